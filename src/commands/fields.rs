//! `ebpf fields`: what `$ctx` is at an attach point.

use super::{Answer, Call, Command, on_value, words};
use crate::error::{Error, Result};
use crate::front::target;
use crate::ir::{AttachPoint, Named};
use crate::load::iterator;
use crate::spec::{code::Code, probe::ITER};
use crate::{load, pipeline};
use nu_protocol::{IntoValue, Signature, Spanned, SyntaxShape, Type, Value};
use std::path::Path;

pub fn fields() -> Command {
    Command {
        signature: Signature::build("ebpf fields")
            .description("The fields of the context at an attach point, as `$ctx.FIELD` in its closure.")
            .extra_description(
                "`kernel` is what the kernel declares a field as. `type` is null where a field cannot be \
                 read, `since` is the first kernel that can. At a return, `entry.FIELD` is what the field was at the entry.",
            )
            .search_terms(words("bpf context arguments tracepoint format bpftrace"))
            .input_output_type(Type::Nothing, Type::table())
            .required(
                "target",
                SyntaxShape::String,
                "one attach point: KIND:PLACE, such as kprobe:vfs_read, or iter:KIND",
            ),
        examples: vec![
            ("What a closure sees of a file being opened", "ebpf fields 'tracepoint:syscalls/sys_enter_openat'"),
            (
                "What a kernel function is given, with its types",
                "ebpf fields 'kprobe:vfs_read' | where field starts-with args",
            ),
            ("What `ebpf iter` shows of each socket", "ebpf fields iter:tcp"),
            (
                "What is known at the end of a system call of its beginning",
                "ebpf fields 'tracepoint:syscalls/sys_exit_read' | where field starts-with entry",
            ),
        ],
        run: on_value(on_target),
    }
}

fn on_target(call: &Call, _: &Value) -> Answer<Value> {
    let text: Spanned<String> = call.args.req(0)?;
    let find = |error: Error| match text.item.contains(':') {
        true => error,
        false => error.help(format!("`ebpf probes '{}'` lists attach points of this name", text.item)),
    };
    if let Some(name) = text.item.strip_prefix(ITER.name).and_then(|rest| rest.strip_prefix(':')) {
        return Ok(known(&iterator::find(Some(name), text.span)?)?.into_value(call.head()));
    }
    let targets = target::parse_all(&text.item, text.span).map_err(find)?;
    let [target] = targets.as_slice() else { return Err(several(&text).into()) };
    if target.is_pattern() {
        return Err(several(&text).into());
    }
    let cwd = call.engine.get_current_dir()?;
    load::missing(target, Path::new(&cwd)).map_or(Ok(()), Err)?;
    let target = &load::located(target, Path::new(&cwd))?;
    Ok(known(target)?.into_value(call.head()))
}

/// The fields whose types the kernel tells, and the others.
fn known(target: &AttachPoint) -> Result<Vec<Named>> {
    let mut all = crate::front::fields(target)?;
    let known: Vec<String> = all.iter().map(|row| row.field.clone()).collect();
    all.extend(pipeline::context(target)?.fields().into_iter().filter(|row| !known.contains(&row.field)));
    Ok(all)
}

fn several(text: &Spanned<String>) -> Error {
    Error::new(Code::TargetGrammar, "this pattern matches several attach points, expected one")
        .label(text.span, "a pattern")
        .help(format!("ebpf probes '{}' lists them", text.item))
}
