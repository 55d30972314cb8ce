//! The flags of `ebpf attach`: their bounds, and the closure that comes with them.

use crate::compile::VARIABLE;
use crate::error::{Error, Result};
use crate::front::{Closure, Options};
use crate::ir::Filters;
use crate::spec::code::Code;
use nu_plugin::{EngineInterface, EvaluatedCall};
use nu_protocol::{LabeledError, Span, Spanned, Value};
use std::collections::HashMap;

/// Entries of a keyed map where none are asked for.
pub const MAX_ENTRIES: i64 = 10_240;

/// Bytes of the ring buffer where none are asked for.
pub const RING: u32 = 256 * 1024;

/// The least and the most bytes of a ring buffer: a page, and what the kernel can map.
const RING_BOUNDS: std::ops::RangeInclusive<i64> = 4096..=1 << 30;

/// The most bytes of a command name (`TASK_COMM_LEN` less the NUL, include/linux/sched.h).
const COMM: usize = 15;

/// Limits and filters.
pub fn options(call: &EvaluatedCall) -> Result<Options> {
    let entries = flag::<i64>(call, "max-entries")?;
    if let Some(entries) = entries.as_ref().filter(|entries| !(1..=1 << 26).contains(&entries.item)) {
        return Err(bounds("--max-entries", entries.span, "from 1 to 67108864"));
    }
    let process = flag::<i64>(call, "pid")?;
    if let Some(process) = process.as_ref().filter(|process| !(1..=i64::from(i32::MAX)).contains(&process.item)) {
        return Err(bounds("--pid", process.span, "a process id is a positive number"));
    }
    let comm = flag::<String>(call, "comm")?;
    if let Some(comm) =
        comm.as_ref().filter(|comm| comm.item.len() > COMM || comm.item.is_empty() || comm.item.contains('\0'))
    {
        return Err(bounds("--comm", comm.span, "a command name has 1 to 15 bytes: the kernel keeps no more"));
    }
    Ok(Options {
        max_entries: entries.map_or(MAX_ENTRIES, |entries| entries.item) as u32,
        filters: Filters { process: process.map(|process| process.item as u32), comm: comm.map(|comm| comm.item) },
        stream: has(call, "stream")?,
    })
}

/// For a program that hangs on nothing: what there is, unlimited and unfiltered.
pub fn unfiltered() -> Options {
    Options { max_entries: MAX_ENTRIES as u32, filters: Filters::default(), stream: false }
}

/// The ring buffer's size in bytes, rounded up to the power of two that the kernel wants.
pub fn ring(call: &EvaluatedCall) -> Result<u32> {
    let Some(value) = call.get_flag_value("ring-buffer") else { return Ok(RING) };
    match &value {
        Value::Filesize { val, .. } if RING_BOUNDS.contains(&val.get()) => Ok((val.get() as u32).next_power_of_two()),
        other => Err(bounds("--ring-buffer", other.span(), "from 4KiB to 1GiB")),
    }
}

fn bounds(flag: &str, span: Span, what: &str) -> Error {
    Error::new(Code::Option, format!("{flag} is out of bounds")).label(span, what).help(what)
}

fn flag<T: nu_protocol::FromValue>(call: &EvaluatedCall, name: &str) -> Result<Option<Spanned<T>>> {
    call.get_flag::<Spanned<T>>(name)
        .map_err(|error| Error::new(Code::Option, error.to_string()).label(call.head, format!("--{name}")))
}

/// Whether a switch is set.
pub fn has(call: &EvaluatedCall, name: &str) -> Result<bool> {
    call.has_flag(name)
        .map_err(|error| Error::new(Code::Option, error.to_string()).label(call.head, format!("--{name}")))
}

/// The clang that the shell's environment names.
pub fn clang(engine: &EngineInterface) -> std::result::Result<Option<String>, LabeledError> {
    Ok(engine.get_env_var(VARIABLE)?.and_then(|value| value.coerce_into_string().ok()))
}

/// The closure with everything that lowering wants to know of it.
pub fn closure(engine: &EngineInterface, value: &Value) -> Result<Closure> {
    let unread = |error: nu_protocol::ShellError| {
        Error::new(Code::ClosureRead, format!("Nushell did not hand the closure over: {error}"))
            .label(value.span(), "this closure")
    };
    let Value::Closure { val, .. } = value else {
        return Err(Error::new(Code::ClosureType, "a closure is wanted")
            .label(value.span(), format!("this is {}", value.get_type()))
            .help("write one: {|ctx| $ctx.pid | emit }"));
    };
    let ir = engine.get_block_ir(val.block_id).map_err(unread)?;
    let extent = Closure::extent(&ir);
    let text = engine.get_span_contents(extent).map_err(unread)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let captures: HashMap<_, _> = val.captures.iter().cloned().collect();
    Ok(Closure { ir, captures, text, base: extent.start })
}
