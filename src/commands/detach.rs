//! `ebpf detach`: takes a probe off.

use super::{Command, on_value, words};
use crate::tables;
use nu_protocol::{Signature, SyntaxShape, Type};

pub fn detach() -> Command {
    Command {
        signature: Signature::build("ebpf detach")
            .description("Take a probe off its attach point and end its stream.")
            .extra_description("Returns the tables that it kept, each under its name; nothing where it kept none.")
            .search_terms(words("bpf remove stop unload"))
            .input_output_type(Type::Nothing, Type::Any)
            .required("id", SyntaxShape::Int, "the probe's id, as `ebpf attach` returned it"),
        examples: vec![(
            "How many processes are started in a second",
            "let id = ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| count }; sleep 1sec; \
             ebpf detach $id | get count",
        )],
        run: on_value(|call, _| {
            let (probe, _) = call.probe()?;
            call.detaching(&probe)();
            Ok(tables::all(&probe, call.head())?)
        }),
    }
}
