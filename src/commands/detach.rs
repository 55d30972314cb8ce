//! `ebpf detach`: takes a probe off.

use super::{Command, on_value, words};
use nu_protocol::{Signature, SyntaxShape, Type, Value};

pub fn detach() -> Command {
    Command {
        signature: Signature::build("ebpf detach")
            .description("Take a probe off its attach point and end its stream.")
            .search_terms(words("bpf remove stop unload"))
            .input_output_type(Type::Nothing, Type::Nothing)
            .required("id", SyntaxShape::Int, "the probe's id, as `ebpf attach` returned it"),
        examples: vec![(
            "Attach a probe and take it off again",
            "let id = ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| count }; ebpf detach $id",
        )],
        run: on_value(|call, _| {
            let (probe, _) = call.probe()?;
            call.plugin.probes.remove(call.engine, probe.id);
            Ok(Value::nothing(call.head()))
        }),
    }
}
