//! `ebpf probes`: what there is to attach to.

use super::{Call, Command, words};
use crate::spec::probe::KINDS;
use nu_ebpf_machine::probes::{Probe, Search, find};
use nu_protocol::{ListStream, PipelineData, Signature, Span, SyntaxShape, Type, Value, record};
use std::path::Path;

pub fn probes() -> Command {
    let glob = "KIND:PLACE with `*`, `?` and `{a,b}` as `ebpf attach` reads it, or a word that names contain";
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    Command {
        signature: Signature::build("ebpf probes")
            .description("What this machine has to attach to.")
            .extra_description(
                "Functions of a binary are listed where the pattern names it. What a machine has nothing of (kprobes, \
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
            let cwd = call.engine.get_current_dir()?;
            let (glob, kind) = (call.args.opt(0)?, call.args.get_flag("kind")?);
            let found = find(&Search { glob, kind, span: call.head(), cwd: Path::new(&cwd) })?;
            found.help.iter().for_each(|help| eprintln!("ebpf: {help}"));
            Ok(table(call, found.all))
        }),
    }
}

/// The rows are made as they are asked for: there may be 100,000.
fn table(call: &Call, all: Vec<Probe>) -> PipelineData {
    let span = call.head();
    let rows = all.into_iter().map(move |probe| row(probe, span));
    PipelineData::list_stream(ListStream::new(rows, span, call.engine.signals().clone()), None)
}

fn row(probe: Probe, span: Span) -> Value {
    let row = record! {
        "probe" => Value::string(probe.text, span),
        "kind" => Value::string(probe.kind.name, span),
        "name" => Value::string(probe.name, span),
        "module" => Value::string(probe.module, span),
    };
    Value::record(row, span)
}
