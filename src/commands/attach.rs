//! `ebpf attach`: a closure becomes a running probe.

use super::{Answer, Call, Command, words};
use crate::front::target;
use crate::{load, pipeline};
use nu_protocol::{PipelineData, Signature, Spanned, SyntaxShape, Type, Value};
use std::path::Path;

/// What a map holds.
const KEYS: &str =
    "keys that a map holds at most (default 10240; of histograms as many as take 4 MiB on each processor)";

/// How rows and tables are both read.
const WITHOUT: &str = "to read them, attach without --stream and follow the rows by `ebpf trace --follow`";

pub fn attach() -> Command {
    let closure = SyntaxShape::Closure(Some(vec![SyntaxShape::Any]));
    Command {
        signature: Signature::build("ebpf attach")
            .description("Run a closure in the kernel whenever an attach point is passed.")
            .extra_description(
                "Returns the probe's id, or with --stream its rows. `ebpf detach` takes it off again, as does the end \
                 of the stream.",
            )
            .search_terms(words("bpf trace probe kprobe uprobe tracepoint bpftrace"))
            .input_output_type(Type::Nothing, Type::Any)
            .required("target", SyntaxShape::String, "the attach point: KIND:PLACE, such as kprobe:vfs_read")
            .required("closure", closure, "what to do there: {|ctx| … | emit }")
            .switch("stream", "return the emitted rows as they come, until the reader stops", Some('s'))
            .switch("emit-c", "return the C text instead of attaching (needs neither privileges nor clang)", None)
            .switch("dry-run", "compile and pass the kernel's verifier without attaching; return what was loaded", None)
            .named("max-entries", SyntaxShape::Int, KEYS, None)
            .named("ring-buffer", SyntaxShape::Filesize, "size of the ring buffer for rows (default 256KiB)", None)
            .named("pid", SyntaxShape::Int, "only this process", Some('p'))
            .named("comm", SyntaxShape::String, "only threads of this command name", Some('c')),
        examples: vec![
            (
                "The next ten files that are opened, with names",
                "ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' \
                 {|ctx| {pid: $ctx.pid, file: ($ctx.filename | read-str)} | emit } | first 10",
            ),
            (
                "The five processes with the most system calls in a second",
                "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| $ctx.comm | count }; sleep 1sec; \
                 let table = ebpf counters $id; ebpf detach $id; $table | first 5",
            ),
            ("The C that a closure becomes", "ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| $ctx.retval | emit }"),
        ],
        run: Box::new(|call, _| on_target(call)),
    }
}

fn on_target(call: &Call) -> Answer<PipelineData> {
    let one = |value| Ok(PipelineData::value(value, None));
    let text: Spanned<String> = call.args.req(0)?;
    let prepared = call.prepare(target::parse(&text.item, text.span)?, 1)?;
    if call.has("emit-c")? {
        return one(Value::string(prepared.text, call.head()));
    }
    let binary = load::resolve_binary(prepared.target(), Path::new(&call.engine.get_current_dir()?))?;
    let clang = call.clang()?;
    let dry = call.has("dry-run")?;
    let loaded = pipeline::load(&prepared, clang.as_deref(), dry)?;
    if dry {
        return one(loaded.report(call.head()));
    }
    loaded.attach(prepared.target(), binary.as_deref())?;
    let probe = call.plugin.probes.add(call.engine, loaded, prepared.object, prepared.facts);
    if !call.has("stream")? {
        return one(Value::int(probe.id as i64, call.head()));
    }
    let (probes, shell, of) = (call.plugin.probes.clone(), call.engine.clone(), probe.clone());
    let finish = Box::new(move || {
        // `ebpf detach` has returned the tables already, if it was that.
        let detached = probes.all().iter().all(|probe| probe.id != of.id);
        probes.remove(&shell, of.id);
        of.losses().iter().for_each(|line| eprintln!("{line}"));
        if !detached && !of.object.maps.is_empty() {
            eprintln!("ebpf: probe {} ({}): its tables went with the stream: {WITHOUT}", of.id, of.target);
        }
    });
    call.stream(&probe, call.head(), finish).inspect_err(|_| call.plugin.probes.remove(call.engine, probe.id))
}
