//! `ebpf probes`: what there is to attach to.

use super::{Command, words};
use crate::bug;
use nu_ebpf_machine::probes::{Search, find, listed_kinds};
use nu_protocol::{IntoValue, ListStream, PipelineData, Signature, SyntaxShape, Type};

pub fn probes() -> Command {
    let glob = "KIND:PLACE with `*`, `?` and `{a,b}` as `ebpf attach` reads it, or a word that names contain";
    let names: Vec<&str> = listed_kinds().map(|kind| kind.name).collect();
    Command {
        signature: Signature::build("ebpf probes")
            .description("What this machine has to attach to.")
            .extra_description(
                "Functions of a binary are listed where the pattern names it; `iter` is what `ebpf iter` goes through. What a machine has nothing of (kprobes, \
                 hardware events) is left out, and is an error where its kind is named; so is a place of a kind that \
                 nothing fits. Else a search without a result is an empty table.",
            )
            .search_terms(words("bpf list find tracepoints kprobes functions events bpftrace"))
            .input_output_type(Type::Nothing, Type::table())
            .optional("glob", SyntaxShape::String, glob)
            .named("kind", SyntaxShape::String, format!("only this kind: {}", names.join(", ")), Some('k')),
        examples: vec![
            ("Whatever has to do with forks", "ebpf probes fork"),
            ("System calls that open something, as tracepoints", "ebpf probes 'tracepoint:syscalls/sys_enter_open*'"),
            ("Functions of the C library", "ebpf probes 'uprobe:libc:mall*'"),
            ("How much there is of each kind", "ebpf probes | group-by kind --to-table | update items { length }"),
            (
                "Attach to what the table says",
                "let id = ebpf probes 'tracepoint:sched/*fork*' | get probe | ebpf attach $in {|ctx| count }; ebpf detach $id",
            ),
        ],
        run: Box::new(|call, _| {
            let (cwd, span) = (call.engine.get_current_dir()?, call.head());
            let (glob, kind) = (call.args.opt(0)?, call.args.get_flag("kind")?);
            let found = find(Search { glob, kind, span, cwd: cwd.into() })?;
            found.help.iter().for_each(|help| bug::tell(&format!("ebpf: {help}")));
            let rows = found.all.map(move |probe| probe.into_value(span));
            Ok(PipelineData::list_stream(ListStream::new(rows, span, call.engine.signals().clone()), None))
        }),
    }
}
