//! `ebpf stacks` and `ebpf flamegraph`: the tables of a probe whose keys have stacks.

use super::{Answer, Call, Command, on_value, words};
use crate::error::Error;
use crate::spec::code::Code;
use crate::tables::{Keeper, Source, Wanted};
use nu_ebpf_symbol::fold;
use nu_protocol::{IntoValue, Signature, SyntaxShape, Type, Value};

pub fn stacks() -> Command {
    Command {
        signature: reading(Signature::build("ebpf stacks"))
            .description("What a probe has counted by stacks, largest first.")
            .extra_description(
                "The table is that of `ebpf counters`. A stack is a table of frames, the innermost first: `function`, \
                 `offset` (bytes from its start), `module` (the binary's path, a kernel module or `kernel`), `source` \
                 (file and line, where the binary has debugging information), `address`. What is not known is null. \
                 A stack that is null was not kept: `ebpf list` counts `collisions`. A process is looked at when its \
                 first stack is taken; of one that has ended even before, there are addresses only.",
            )
            .search_terms(words("bpf stack trace backtrace profile symbols folded"))
            .input_output_type(Type::Nothing, Type::list(Type::Any))
            .switch("folded", "lines instead, for flame graph tools: `comm;main;work 7`", Some('f'))
            .switch("clear", "begin anew: the next table has what comes after this one", None),
        examples: vec![
            (
                "The ways to system calls",
                "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| {comm: $ctx.comm, user: $ctx.ustack} \
                 | count }; sleep 1sec; ebpf stacks $id | where user != null | first 3 | update user {|row| $row.user.function? }",
            ),
            (
                "Where the kernel wakes threads up, as folded lines",
                "let id = ebpf attach 'tracepoint:sched/sched_waking' {|ctx| $ctx.kstack | count }; sleep 1sec; \
                 ebpf stacks $id --folded | first 3",
            ),
        ],
        run: on_value(|call, _| {
            let keeper = keeper(call)?;
            let clear = call.has("clear")?;
            let value = match call.has("folded")? {
                true => keeper.folded(clear)?.0.into_value(call.head()),
                false => keeper.table(clear)?,
            };
            keeper.tell_losses();
            Ok(value)
        }),
    }
}

pub fn flame_graph() -> Command {
    Command {
        signature: reading(Signature::build("ebpf flamegraph"))
            .description("What a probe has counted by stacks, as a flame graph: the text of an SVG picture.")
            .extra_description("Open it in a browser, where it can be zoomed and searched.")
            .search_terms(words("bpf stack profile flame graph svg picture"))
            .input_output_type(Type::Nothing, Type::String)
            .named("title", SyntaxShape::String, "what stands above it (default: the attach points)", Some('t')),
        examples: vec![(
            "A picture of where a second's threads are put off their processors",
            "let id = ebpf attach 'tracepoint:sched/sched_switch' {|ctx| {comm: $ctx.comm, user: $ctx.ustack, \
             kernel: $ctx.kstack} | count }; sleep 1sec; ebpf flamegraph $id | save --force /tmp/off.svg",
        )],
        run: on_value(|call, _| {
            let keeper = keeper(call)?;
            let title: Option<String> = call.flag("title", |_| true, "")?;
            let title = title.unwrap_or_else(|| keeper.title());
            let (lines, unit) = keeper.folded(false)?;
            keeper.tell_losses();
            let picture = fold::flame_graph(&lines, &title, unit).map_err(|error| {
                Error::new(Code::NothingToRead, format!("cannot draw a flame graph: {error}"))
                    .label(call.head(), "nothing was counted yet")
                    .help("wait for an event at the attach point; `ebpf stacks` shows the table")
            })?;
            Ok(Value::string(picture, call.head()))
        }),
    }
}

fn reading(signature: Signature) -> Signature {
    signature.required("id", SyntaxShape::Int, "the probe's id").named(
        "as",
        SyntaxShape::String,
        "the table of that name, where the closure keeps several",
        None,
    )
}

fn keeper(call: &Call) -> Answer<Keeper> {
    let (probe, at) = call.probe()?;
    Ok(Keeper::find(Source::Probe(probe), Wanted::Stacks, call.name("as")?, at)?)
}
