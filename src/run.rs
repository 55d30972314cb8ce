//! What `ebpf run` does: records in, what a program emitted for each out. It is loaded once, and run once a record.

use crate::error::{Error, Result};
use crate::ir::{ERRORS as ERRORS_MAP, RING};
use crate::load::Loaded;
use crate::pipeline::Prepared;
use crate::read::{self, Ring, Shell};
use crate::spec::code::Code;
use crate::spec::failure::Failure;
use crate::spec::probe::ARGUMENTS;
use crate::spec::stat::{ERRORS, STATS};
use nu_protocol::{IntoValue, Signals, Span, Value};
use std::ffi::CString;

/// The program's arguments for one record.
#[derive(Debug, Default)]
pub struct Arguments {
    numbers: [u64; ARGUMENTS],
    /// The strings whose addresses are among the numbers.
    strings: Vec<CString>,
}

/// What one run gave.
#[derive(Debug, IntoValue)]
pub struct Outcome {
    /// The rows, in order.
    pub rows: Vec<Value>,
    /// The run-time error that ended it, if one did, as `ebpf list --errors` names it.
    pub error: Option<String>,
    /// The closure's words that it is at.
    pub code: Option<String>,
}

/// The arguments that a record stands for: its columns are named as the context's fields, and what is not there is 0.
///
/// # Errors
/// Something that is no record, an unknown column, or a value that is no argument.
pub fn arguments(input: &Value) -> Result<Arguments> {
    let Value::Record { val, .. } = input else {
        return Err(wrong(input.span(), "`ebpf run` takes records", &format!("this is {}", input.get_type())));
    };
    let mut arguments = Arguments::default();
    for (name, value) in val.iter() {
        let number = name.strip_prefix("arg").and_then(|number| number.parse::<usize>().ok());
        let Some(slot) = number.filter(|number| *number < ARGUMENTS && *name == format!("arg{number}")) else {
            let what = format!("there is no argument `{name}`");
            return Err(wrong(value.span(), &what, &format!("arguments are arg0 to arg{}", ARGUMENTS - 1)));
        };
        arguments.numbers[slot] = match value {
            Value::Int { val, .. } | Value::Duration { val, .. } => *val as u64,
            Value::Filesize { val, .. } => val.get() as u64,
            Value::Bool { val, .. } => u64::from(*val),
            Value::Nothing { .. } => 0,
            Value::String { val, .. } => {
                let Ok(text) = CString::new(val.as_str()) else {
                    return Err(wrong(value.span(), "a string in memory ends at its NUL", "this one contains a NUL"));
                };
                let address = text.as_ptr() as u64;
                arguments.strings.push(text);
                address
            }
            other => {
                let what = format!("a {} cannot be an argument", other.get_type());
                return Err(wrong(other.span(), &what, "expected an int, bool, string, duration, filesize or null"));
            }
        };
    }
    Ok(arguments)
}

fn wrong(span: Span, what: &str, label: &str) -> Error {
    Error::new(Code::Input, what).label(span, label).help("for example: [{arg0: 1, arg1: text}] | ebpf run {|ctx| … }")
}

/// Runs a program once for each of the arguments, until it is interrupted.
///
/// # Errors
/// The kernel refused to run it.
pub fn run(
    prepared: &Prepared, loaded: &Loaded, all: &[Arguments], shell: &Shell, signals: &Signals,
) -> Result<Vec<Outcome>> {
    let ring = loaded.map(RING).map(|map| Ring::open(&map, None)).transpose()?;
    let mut outcomes = Vec::with_capacity(all.len());
    let mut errors = 0;
    for arguments in all.iter().take_while(|_| !signals.interrupted()) {
        loaded.run(&arguments.numbers)?;
        let mut rows = Vec::new();
        // A batch is a part of what a large ring holds.
        while let Some(batch) = ring.as_ref().map(Ring::take).filter(|batch| !batch.is_empty()) {
            rows.extend(batch.values(&prepared.facts.events, shell));
        }
        let before = std::mem::replace(&mut errors, loaded.counter(ERRORS));
        // That there was one is known by the counter.
        let told = || last(prepared, loaded).map_or(("error", ""), |(failure, code)| (failure.name, code));
        let (error, code) = (errors > before).then(told).unzip();
        let (error, code) = (error.map(String::from), code.map(String::from));
        outcomes.push(Outcome { rows, error, code });
    }
    Ok(outcomes)
}

/// What was lost in all runs, a line a cause, for who ran them. The errors of `ebpf run` are in its outcomes.
pub fn losses(loaded: &Loaded, who: &str) -> Vec<String> {
    let lost = STATS.iter().enumerate().filter(|(slot, stat)| *slot != ERRORS && !stat.loss.is_empty());
    let lost = lost.map(|(slot, stat)| (loaded.counter(slot), stat.loss)).filter(|(number, _)| *number > 0);
    lost.map(|(number, loss)| format!("{who}: {number} {loss}")).collect()
}

/// What an iterator has lost, its errors with the newest of them.
pub fn left_out(prepared: &Prepared, loaded: &Loaded, who: &str) -> Vec<String> {
    let mut lost = losses(loaded, who);
    let errors = loaded.counter(ERRORS);
    if errors > 0 {
        let last = last(prepared, loaded).map_or_else(String::new, |(failure, code)| {
            format!("; the last: {} at `{}`", failure.message, code.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        lost.push(format!("{who}: {errors} {}{last}", STATS[ERRORS].loss));
    }
    lost
}

/// The error that ended the run before: runs follow one another, so it is the newest that the object remembers.
fn last<'p>(prepared: &'p Prepared, loaded: &Loaded) -> Option<(&'static Failure, &'p str)> {
    let failed = loaded.map(ERRORS_MAP).and_then(|map| read::failures(&map).into_iter().next())?;
    let (program, span) = prepared.object.locate(failed.span);
    Some((failed.failure, span.of(&program.text)))
}

#[cfg(test)]
#[path = "../tests/unit/run.rs"]
mod tests;
