//! Panics, which are bugs of ours. Work in; its result out, or an error that says what happened: one thread or command
//! ends, and nothing else. It holds for every place where others' threads run our code, and for our own threads.

use crate::environment;
use crate::error::Error;
use crate::spec::code::Code;
use nu_protocol::{LabeledError, Span, Value};
use std::cell::RefCell;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

thread_local! {
    /// The panic of this thread while panics are caught; None otherwise.
    static CAUGHT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Names a place that is to panic, for tests of what becomes of it; in debug builds only.
const VARIABLE: &str = "NU_EBPF_PANIC";

/// Keeps Rust's own account of panics from the user's terminal. What nobody catches is told there in a line.
pub fn listen() {
    panic::set_hook(Box::new(|info| {
        let what = account(info);
        let caught = CAUGHT.try_with(|caught| {
            let mut caught = caught.try_borrow_mut().ok()?;
            caught.as_mut().map(|said| what.clone_into(said))
        });
        if caught.ok().flatten().is_none() {
            tell(&format!("ebpf: {}: {}; {HELP}", Code::Bug.text(), what));
        }
    }));
}

const HELP: &str = "report it with the closure; other probes continue";

/// Describes a panic and its location.
fn account(info: &PanicHookInfo<'_>) -> String {
    let what = info.payload_as_str().unwrap_or("a panic").lines().next().unwrap_or_default();
    let at = info.location().map(|at| format!(" ({}:{})", at.file(), at.line()));
    format!("{what}{}", at.unwrap_or_default())
}

/// Runs work. Where that panics, what it held is given free, and the panic is an error; `at` is what the user has written.
///
/// # Errors
/// Those of the work, and [`Code::Bug`].
pub fn caught<T, E: From<Error>>(at: Span, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let outer = CAUGHT.replace(Some(String::new()));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let said = CAUGHT.replace(outer).unwrap_or_default();
    done.unwrap_or_else(|_| {
        let error = Error::new(Code::Bug, format!("a bug of the plugin: {said}"));
        Err(error.label(at, "this has failed").help(HELP).into())
    })
}

/// The rows of a stream. Where the next one panics, that is the last, and an error.
pub struct Rows<I> {
    /// None behind the end.
    rows: Option<I>,
    at: Span,
}

/// Rows that are made behind the command that returns them; `at` is where that stands.
pub fn rows<I: Iterator<Item = Value>>(rows: I, at: Span) -> Rows<I> {
    Rows { rows: Some(rows), at }
}

impl<I: Iterator<Item = Value>> Iterator for Rows<I> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let rows = self.rows.as_mut()?;
        let next = caught(self.at, || Ok::<_, Error>(rows.next()));
        next.unwrap_or_else(|error| {
            // What is to be done at the stream's end is done here, and may be what panics.
            let rows = self.rows.take();
            let _ = caught(self.at, || {
                drop(rows);
                Ok::<_, Error>(())
            });
            Some(Value::error(LabeledError::from(error).into(), self.at))
        })
    }
}

/// Panics where the environment says so: nowhere but in tests.
pub fn point(place: &str) {
    if cfg!(debug_assertions) && environment::variable(VARIABLE).is_some_and(|wanted| wanted == place) {
        panic::panic_any(format!("the test wants {place} to panic"));
    }
}

/// A line for the user's terminal; where that is gone, nobody wants it.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", crate::visible::visible(line));
}

#[cfg(test)]
#[path = "../../../tests/unit/bug.rs"]
mod tests;
