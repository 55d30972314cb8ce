//! `ebpf setup`: what this machine has of what tracing needs, and how ordinary users come to trace.

use super::call::{Answer, Call};
use super::{Command, on_value, words};
use crate::error::Error;
use crate::load;
use crate::pipeline;
use crate::spec::code::Code;
use nu_ebpf_privilege::setup::{GROUP, Wanted, asked, is_group, plan, run};
use nu_ebpf_privilege::{Deed, raise};
use nu_protocol::{IntoValue, Signature, SyntaxShape, Type, Value};

pub fn setup() -> Command {
    let names = SyntaxShape::List(Box::new(SyntaxShape::String));
    Command {
        signature: Signature::build("ebpf setup")
            .description("Show or run the steps that let ordinary users trace; --check tests what this machine supports.")
            .extra_description(
                "Gives the plugin's binary capabilities, which whoever may run it has. Without --yes the steps are shown; \
                 with it root runs them. --check loads and attaches small programs, one for each kind of probe.",
            )
            .search_terms(words("bpf check capabilities privileges doctor install setcap"))
            .input_output_type(Type::Nothing, Type::table())
            .switch("check", "test without changing anything", None)
            .switch("strict", "with --check: an error where a basic requirement is missing", None)
            .switch("yes", "run the open steps (as root)", None)
            .switch("undo", "take the capabilities away, and let everybody run the plugin", None)
            .named("with", names, "also lend these capabilities, such as cap_syslog", None)
            .named("group", SyntaxShape::String, "who may run the plugin (the group ebpf)", None)
            .switch("everyone", "let everybody run it, and trace", None),
        examples: vec![
            ("Missing requirements, and how to meet them", "ebpf setup --check | where not ok"),
            ("What would let a group trace", "ebpf setup --group tracers | where state == 'to do' | get command"),
        ],
        run: on_value(|call, _| {
            apart(call)?;
            if call.has("check")? { check(call) } else { change(call) }
        }),
    }
}

/// Flags that say nothing beside each other, or the contrary.
const APART: &[(&str, &[&str])] = &[
    ("check", &["yes", "undo", "with", "group", "everyone"]),
    ("everyone", &["group", "undo"]),
    ("undo", &["with", "group"]),
];

fn apart(call: &Call) -> Answer<()> {
    let wrong =
        |what: String, at, help: &str| Err(Error::new(Code::Option, what).label(at, "this flag").help(help).into());
    for (one, others) in APART {
        if let (Some(_), Some((other, at))) = (call.first_of(&[one]), call.first_of(others)) {
            return wrong(format!("--{one} and --{other} do not go together"), at, "leave one of them out");
        }
    }
    match (call.first_of(&["strict"]), call.first_of(&["check"])) {
        (Some((_, at)), None) => wrong("--strict needs --check".into(), at, "write ebpf setup --check --strict"),
        _ => Ok(()),
    }
}

fn check(call: &Call) -> Answer<Value> {
    let all = pipeline::requirements(call.clang().as_deref());
    let lacking = if call.has("strict")? { load::lacking(&all) } else { None };
    lacking
        .map_or(Ok(all.into_value(call.head())), |error| Err(error.label(call.head(), "every probe needs it").into()))
}

fn change(call: &Call) -> Answer<Value> {
    // The plugin may lie in another user's folder.
    let _raised = raise(Deed::Files);
    let plugin = std::env::current_exe().map_err(|error| Error::io("the plugin".as_ref(), &error))?;
    // As the kernel writes a file that is gone (proc(5)).
    if !plugin.try_exists().unwrap_or(true) {
        return Err(Error::new(Code::Setup, "the plugin's file was replaced or removed since it was started")
            .label(call.head(), "nothing was changed")
            .help("start the new one: plugin stop ebpf")
            .into());
    }
    let names: Option<Vec<String>> = call.flag("with", |_| true, "names of capabilities")?;
    let group = call
        .flag("group", |name: &String| is_group(name), "a group's name, of a-z, 0-9, _ and -, or number")?
        .unwrap_or_else(|| GROUP.into());
    let wanted = Wanted {
        plugin,
        with: asked(&names.unwrap_or_default(), call.head())?,
        group: (!call.has("everyone")?).then_some(group),
        undo: call.has("undo")?,
    };
    let steps = if call.has("yes")? { run(&wanted, call.head())? } else { plan(&wanted) };
    Ok(steps.into_value(call.head()))
}
