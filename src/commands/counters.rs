//! `ebpf counters`: the table that a probe's `count` keeps.

use super::{Command, on_value, words};
use nu_protocol::{Signature, SyntaxShape, Type};

pub fn counters() -> Command {
    Command {
        signature: Signature::build("ebpf counters")
            .description("The counts of a probe, largest first.")
            .extra_description(
                "The fields of a record that was counted are columns; any other value is the column `key`.",
            )
            .search_terms(words("bpf count aggregate map table"))
            .input_output_type(Type::Nothing, Type::table())
            .required("id", SyntaxShape::Int, "the probe's id"),
        examples: vec![(
            "The most frequent system calls by process",
            "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' \
             {|ctx| {comm: $ctx.comm, call: $ctx.id} | count }; sleep 1sec; ebpf counters $id | first 3",
        )],
        run: on_value(|call, _| {
            let (probe, at) = call.probe()?;
            Ok(probe.counts(at)?)
        }),
    }
}
