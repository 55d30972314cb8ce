//! `ebpf attach`: a closure becomes a running probe.

use super::{Answer, Call, Command, words};
use crate::bug;
use crate::load;
use crate::pipeline::Prepared;
use crate::plugin::Named;
use crate::read::Stacks;
use crate::underneath::Choice;
use nu_ebpf_pin::Group;
use nu_ebpf_portable::Targets;
use nu_ebpf_upgrade::Kept;
use nu_protocol::{CollectionColumns, IntoValue, PipelineData, Signature, SyntaxShape, Type, Value};
use std::path::Path;
use std::sync::atomic::Ordering;

/// Documentation of map contents.
const KEYS: &str =
    "keys that a map holds at most (default 10240; of histograms as many as take 4 MiB on each processor)";

/// Description of --no-upgrade.
const UPGRADE: &str = "attach as it is written, also where something cheaper gives the same (fentry for a kprobe)";

/// Advice for reading both rows and tables.
const WITHOUT: &str = "to read them, attach without --stream and follow the rows by `ebpf trace --follow`";

pub fn attach() -> Command {
    let (target, closure) = written();
    let object = SyntaxShape::OneOf(vec![SyntaxShape::Binary, SyntaxShape::Filepath]);
    Command {
        signature: Signature::build("ebpf attach")
            .description("Run a closure in the kernel whenever an attach point is passed.")
            .extra_description(
                "Returns the probe's id, or with --stream its rows. `ebpf detach` takes it off again, as does the end \
                 of the stream. A list of attach points, or one with `*`, `?` or `{a,b}` in its place, runs the \
                 closure at all of them; `$ctx.probe` and `$ctx.func` say which it was. A record of closures is one \
                 probe as well: its closures count into the same table. All are attached, or none. With --pin, so do those of several \
                 attaches: each uses the maps of that name, and adds those that there are not. They outlive the probes, \
                 and where bpffs can be written to the shell as well: `ebpf list --pins`, `ebpf unpin`.",
            )
            .search_terms(words("bpf trace probe kprobe uprobe tracepoint bpftrace"))
            .input_output_type(Type::Nothing, Type::Any)
            .optional("target", target, TARGET)
            .optional("closure", closure, CLOSURE)
            .switch("stream", "return the emitted rows as they come, until the reader stops", Some('s'))
            .switch("emit-c", "return the C text instead of attaching (needs neither privileges nor clang)", None)
            .switch("dry-run", "compile and pass the kernel's verifier without attaching; return what was loaded", None)
            .switch("no-upgrade", UPGRADE, None)
            .switch("optional", "leave out attach points that this machine does not have, if it has one of them", None)
            .named("max-probes", SyntaxShape::Int, "attach points that a pattern may stand for (default 1000)", None)
            .named("max-entries", SyntaxShape::Int, KEYS, None)
            .named("ring-buffer", SyntaxShape::Filesize, "size of the ring buffer for rows (default 256KiB)", None)
            .named("object", object, "attach an object of `ebpf compile`, a file or its bytes; needs no clang", None)
            .named("kernel", SyntaxShape::String, KERNEL, None)
            .named("pin", SyntaxShape::String, "share the maps with other probes of this name", None)
            .named("pid", SyntaxShape::Int, "only this process", Some('p'))
            .named("comm", SyntaxShape::String, "only threads of this command name", Some('c')),
        examples: examples(),
        run: Box::new(|call, _| on_target(call)),
    }
}

/// Descriptions and code.
fn examples() -> Vec<(&'static str, &'static str)> {
    vec![
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
        (
            "Signals that are sent, by system call and process",
            "let id = ebpf attach 'tracepoint:syscalls/sys_enter_{kill,tkill,tgkill}' \
                 {|ctx| {call: $ctx.func, comm: $ctx.comm} | count }; sleep 1sec; ebpf counters $id",
        ),
        (
            "Two closures in one probe",
            "ebpf attach -s {'tracepoint:sched/sched_process_exec': {|ctx| {pid: $ctx.pid, what: 'begin'} | emit }, \
                 'tracepoint:sched/sched_process_exit': {|ctx| {pid: $ctx.pid, what: 'end'} | emit }} | first 10",
        ),
        (
            "Whichever of the three this kernel has",
            "ebpf attach -s --optional 'tracepoint:syscalls/sys_enter_{open,openat,openat2}' \
                 {|ctx| {call: $ctx.func, file: ($ctx.filename | read-str)} | emit } | first 10",
        ),
        (
            "How long reads take, by two probes that share a timer",
            "let begin = ebpf attach --pin reads 'tracepoint:syscalls/sys_enter_read' {|ctx| start-timer }; \
                 let end = ebpf attach --pin reads 'tracepoint:syscalls/sys_exit_read' {|ctx| stop-timer | histogram }; \
                 sleep 1sec; ebpf detach $begin; ebpf detach $end; ebpf histogram --pin reads; ebpf unpin reads",
        ),
        ("The C that a closure becomes", "ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| $ctx.retval | emit }"),
    ]
}

/// Description of `--kernel`.
pub const KERNEL: &str = "build for this kernel release, such as '5.10' (default: the running kernel)";

/// Description of the attach point.
pub const TARGET: &str = "attach point, list of them, or record of closures: KIND:PLACE, such as kprobe:vfs_read";
pub const CLOSURE: &str = "the closure to run there: {|ctx| … | emit }";

/// Their shapes: an attach point, a list of them, or a record of closures. Anything can be read as a string: that is last.
pub fn written() -> (SyntaxShape, SyntaxShape) {
    let list = SyntaxShape::List(Box::new(SyntaxShape::String));
    let targets = vec![list, SyntaxShape::Record(CollectionColumns::default()), SyntaxShape::String];
    (SyntaxShape::OneOf(targets), SyntaxShape::Closure(Some(vec![SyntaxShape::Any])))
}

/// Returns the programs to attach, compiled elsewhere or not compiled yet, and the user's words for them.
fn chosen(call: &Call, pinned: Option<&Group>) -> Answer<(Choice, Targets)> {
    if let Some(file) = call.given("object") {
        let (prepared, targets) = call.object(&file, pinned)?;
        return Ok((Choice::new(prepared, Some(Kept::Compiled)), targets));
    }
    let (closures, targets) = call.targets()?;
    let kept = if pinned.is_some() { Some(Kept::Pinned) } else { None };
    let kept = if call.has("no-upgrade")? { Some(Kept::Asked) } else { kept };
    Ok((Choice::new(call.prepare(closures, pinned, pinned.is_some())?, kept), targets))
}

fn on_target(call: &Call) -> Answer<PipelineData> {
    let one = |value| Ok(PipelineData::value(value, None));
    let (emit_c, dry) = (call.has("emit-c")?, call.has("dry-run")?);
    if !emit_c {
        call.check_process()?;
    }
    let group = call.group(!emit_c && !dry)?;
    let pinned = group.as_ref().map(|(group, _)| group);
    let (choice, targets) = chosen(call, pinned)?;
    if emit_c {
        return one(Value::string(choice.text(), call.head()));
    }
    let binaries = load::binaries(&choice.plain.object, Path::new(&call.engine.get_current_dir()?))?;
    let shared = pinned.map(Group::maps).unwrap_or_default();
    let attached = |prepared: &Prepared| {
        let loaded = call.load(prepared, dry, shared)?;
        if dry {
            return Ok((loaded, None));
        }
        let stacks = Stacks::open(|name| loaded.map(name))
            .map_err(|error| error.label_if_bare(call.head(), "needed for its stacks"))?;
        loaded.attach(&prepared.object, &binaries)?;
        Ok((loaded, Some(stacks)))
    };
    let (prepared, (loaded, stacks), underneath) = choice.first(attached)?;
    let Some(stacks) = stacks else {
        let mut report = loaded.report(call.head());
        report.push("kernel", prepared.oldest().to_string().into_value(call.head()));
        report.push("underneath", underneath.into_value(call.head()));
        return one(Value::record(report, call.head()));
    };
    let mut named = Named { words: targets.words, skipped: targets.skipped, pin: None, underneath: underneath.by };
    if let Some((group, at)) = group {
        let facts = &prepared.facts;
        named.pin = Some(group.name().to_string());
        let kept = group.keep(&prepared.object, &facts.keys, &facts.values, |symbol| loaded.map(symbol));
        kept.map_err(|error| error.label_if_bare(at, "needed for the maps of this name"))?;
    }
    named.skipped.iter().for_each(|line| bug::tell(&format!("ebpf: left out {line}")));
    let probe = call.plugin.probes.add(call.engine, (loaded, stacks), prepared.object, prepared.facts, named);
    if !call.has("stream")? {
        return one(Value::int(probe.id as i64, call.head()));
    }
    let (probes, shell, of) = (call.plugin.probes.clone(), call.engine.clone(), probe.clone());
    let finish = Box::new(move || {
        probes.remove(&shell, of.id);
        of.tell_losses();
        let gone = of.named.pin.is_none() && of.object.maps.iter().any(|map| map.aggregate().is_some());
        if gone && !of.detached.load(Ordering::Acquire) {
            of.tell(&format!("its tables are gone with the stream: {WITHOUT}"));
        }
    });
    let stream = bug::caught(call.head(), || call.stream(&probe, call.head(), finish));
    stream.inspect_err(|_| call.plugin.probes.remove(call.engine, probe.id))
}
