//! Rows as they come: a thread drains the ring buffer, the consumer's thread decodes.
//! Between them is a channel of a few batches. While it is full the thread goes on filling one more; when that is full
//! too, the ring fills and the kernel counts what it drops: a burst is kept, memory is bounded, no loss is unseen.

use super::decode::{Shell, event};
use super::ring::{Batch, Ring};
use crate::bug;
use crate::error::{Error, Result};
use crate::ir::Layout;
use crate::spec::code::Code;
use nu_protocol::{LabeledError, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the ring is looked at when no watermark wakes the thread.
const TICK: Duration = Duration::from_millis(5);

/// Batches that may wait for the consumer: with the one that is being filled, what a stream costs at most.
const BATCHES: usize = 16;

/// What ends a stream.
#[derive(Debug, Clone)]
pub struct Ends {
    /// The reader has gone: what is in the ring stays there.
    pub reader: Arc<AtomicBool>,
    /// The probe has gone: what is in the ring is still delivered.
    pub probe: Arc<AtomicBool>,
}

/// What is to be done when the stream has ended, however it ended, with the batches that nobody has read.
pub type Finish = Box<dyn FnOnce(Vec<Batch>) + Send>;

/// The rows of a stream.
pub struct Rows {
    batches: Receiver<Batch>,
    batch: Batch,
    next: usize,
    layouts: Vec<Layout>,
    shell: Shell,
    reader: Arc<AtomicBool>,
    finish: Option<Finish>,
    /// The thread, until its end was looked at.
    thread: Option<JoinHandle<Result<()>>>,
}

/// Starts the thread that drains `ring`; the rows of `before` come first.
///
/// # Errors
/// The system gives no thread.
pub fn stream(
    ring: Ring, before: Vec<Batch>, layouts: Vec<Layout>, shell: Shell, ends: Ends, finish: Finish,
) -> Result<Rows> {
    let (sender, batches) = sync_channel(BATCHES);
    let (reader, at) = (ends.reader.clone(), shell.span);
    let work = move || {
        let delivered = before.into_iter().all(|batch| sender.send(batch).is_ok());
        if delivered {
            bug::point("ring buffer");
            drain(&ring, &ends, &sender);
        }
        Ok(())
    };
    let thread = std::thread::Builder::new().name("ring buffer".into()).spawn(move || bug::caught(at, work)).map_err(
        |error| Error::new(Code::Io, format!("cannot start the thread that reads the ring buffer: {error}")),
    )?;
    let (batch, next, finish, thread) = (Batch::default(), 0, Some(finish), Some(thread));
    Ok(Rows { batches, batch, next, layouts, shell, reader, finish, thread })
}

fn drain(ring: &Ring, ends: &Ends, sender: &SyncSender<Batch>) {
    loop {
        if ends.reader.load(Ordering::Acquire) {
            // Whoever ends the stream takes what is on its way; if nobody does, nobody wants it.
            let _ = sender.send(ring.pending());
            return;
        }
        // Looked at before the ring, so that what came before the end is still taken.
        let last = ends.probe.load(Ordering::Acquire);
        let batch = ring.take();
        if batch.is_empty() {
            if last {
                let _ = sender.send(ring.finish());
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
                bug::point("row");
                if let Some(value) = event(&self.layouts, bytes, &self.shell) {
                    return Some(value);
                }
            }
            let Ok(batch) = self.batches.recv() else {
                self.end();
                // A panic of the thread ends the stream, and is its last row.
                let ended = self.thread.take().and_then(|thread| thread.join().ok());
                let error = LabeledError::from(ended?.err()?);
                return Some(Value::error(error.into(), self.shell.span));
            };
            (self.batch, self.next) = (batch, 0);
        }
    }
}

impl Rows {
    /// Ends the thread, and waits for it: after that another reader may come.
    fn end(&mut self) {
        let Some(finish) = self.finish.take() else { return };
        self.reader.store(true, Ordering::Release);
        let mut unread = vec![std::mem::take(&mut self.batch).rest(self.next)];
        // Until the thread has closed its end.
        unread.extend(self.batches.iter());
        unread.retain(|batch| !batch.is_empty());
        finish(unread);
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        self.end();
    }
}
