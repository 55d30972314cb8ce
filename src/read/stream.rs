//! Rows as they come: a thread drains the ring buffer, the consumer's thread decodes.
//!
//! Between them is a channel of a few batches. While it is full the thread goes on filling one more; when that is full
//! too, the ring fills and the kernel counts what it drops. So a burst is kept, a stream costs bounded memory, and
//! nothing is lost unseen.

use super::event;
use super::ring::{Batch, Ring};
use crate::error::{Error, Result};
use crate::ir::Layout;
use crate::spec::code::Code;
use nu_protocol::{Span, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

/// How often the ring is looked at when no watermark wakes the thread.
const TICK: Duration = Duration::from_millis(5);

/// Batches that may wait for the consumer: with the one that is being filled, what a stream costs at most.
const BATCHES: usize = 16;

/// What is to be done when the stream has ended, however it ended.
pub type Finish = Box<dyn FnOnce() + Send>;

/// The rows of a stream.
pub struct Rows {
    batches: Receiver<Batch>,
    batch: Batch,
    next: usize,
    layouts: Vec<Layout>,
    span: Span,
    stop: Arc<AtomicBool>,
    finish: Option<Finish>,
}

/// Starts the thread that drains `ring` until `stop` is set; what is in the ring then is still delivered.
///
/// # Errors
/// The system gives no thread.
pub fn stream(ring: Ring, layouts: Vec<Layout>, span: Span, stop: Arc<AtomicBool>, finish: Finish) -> Result<Rows> {
    let (sender, batches) = sync_channel(BATCHES);
    let flag = stop.clone();
    std::thread::Builder::new()
        .name("ring buffer".into())
        .spawn(move || drain(&ring, &flag, &sender))
        .map_err(|error| Error::new(Code::Io, format!("no thread to read the ring buffer: {error}")))?;
    Ok(Rows { batches, batch: Batch::default(), next: 0, layouts, span, stop, finish: Some(finish) })
}

fn drain(ring: &Ring, stop: &AtomicBool, sender: &SyncSender<Batch>) {
    loop {
        // Looked at before the ring, so that what came before the end is still taken.
        let stopped = stop.load(Ordering::Acquire);
        let batch = ring.take();
        if batch.is_empty() {
            if stopped {
                return;
            }
            ring.wait(TICK);
            continue;
        }
        match sender.try_send(batch) {
            Ok(()) => {}
            Err(TrySendError::Full(batch)) => {
                ring.put_back(batch);
                std::thread::sleep(TICK / 5);
            }
            Err(TrySendError::Disconnected(_)) => return,
        }
    }
}

impl Iterator for Rows {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        loop {
            while let Some(bytes) = self.batch.row(self.next) {
                self.next += 1;
                if let Some(value) = event(&self.layouts, bytes, self.span) {
                    return Some(value);
                }
            }
            match self.batches.recv() {
                Ok(batch) => (self.batch, self.next) = (batch, 0),
                Err(_) => {
                    self.end();
                    return None;
                }
            }
        }
    }
}

impl Rows {
    fn end(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(finish) = self.finish.take() {
            finish();
        }
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        self.end();
    }
}
