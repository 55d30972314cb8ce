//! Watches a stream from its first row to its end, also while no row comes: ends it when its reader is gone, and reports
//! the losses of its probe while it runs.

use crate::error::{Error, Result};
use crate::spec::code::Code;
use nu_protocol::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// Time between two checks.
const TICK: Duration = Duration::from_secs(1);

/// The longest pause between two reports of losses. The first pause is two ticks, and each is twice as long as the last.
const LONGEST: Duration = Duration::from_secs(64);

/// Returns whether the reader is gone.
pub type Gone = Box<dyn FnMut() -> bool + Send>;

/// Reports the losses since the last report; false if there are none.
pub type Report = Box<dyn Fn() -> bool + Send>;

/// The rows of a stream that is watched.
pub struct Watched<I> {
    rows: I,
    watch: Watch,
}

/// The watching thread. It ends before the stream does: Nushell answers no message of a call that is over.
struct Watch {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Watches `rows`, which end soon after `stop` is set.
///
/// # Errors
/// The system gives no thread.
pub fn watched<I: Iterator<Item = Value>>(
    rows: I, stop: Arc<AtomicBool>, mut gone: Gone, report: Report,
) -> Result<Watched<I>> {
    let (end, ended) = channel();
    let mut losses = Losses { report, next: Instant::now(), pause: TICK };
    let work = move || {
        while matches!(ended.recv_timeout(TICK), Err(RecvTimeoutError::Timeout)) {
            losses.check(Instant::now());
            if gone() {
                stop.store(true, Ordering::Release);
                return;
            }
        }
    };
    let thread = Builder::new()
        .name("watch".into())
        .spawn(work)
        .map_err(|error| Error::new(Code::Io, format!("cannot start a thread to watch the stream: {error}")))?;
    Ok(Watched { rows, watch: Watch { end: Some(end), thread: Some(thread) } })
}

/// When losses are reported: soon after the first, then at growing intervals.
struct Losses {
    report: Report,
    next: Instant,
    pause: Duration,
}

impl Losses {
    fn check(&mut self, now: Instant) {
        if now >= self.next && (self.report)() {
            self.pause = (2 * self.pause).min(LONGEST);
            self.next = now + self.pause;
        }
    }
}

impl<I: Iterator<Item = Value>> Iterator for Watched<I> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let next = self.rows.next();
        if next.is_none() {
            self.watch.end();
        }
        next
    }
}

impl Watch {
    fn end(&mut self) {
        drop(self.end.take());
        self.thread.take().map(JoinHandle::join);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
#[path = "../tests/unit/watch.rs"]
mod tests;
