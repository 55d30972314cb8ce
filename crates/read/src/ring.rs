//! A ring buffer's raw rows, taken in bounded batches.

use super::decode::{Shell, event};
use super::order::Order;
use crate::error::{Error, Result};
use crate::ir::Layout;
use crate::spec::code::Code;
use libbpf_rs::{MapHandle, RingBuffer, RingBufferBuilder};
use nu_ebpf_privilege::{Deed, raise};
use nu_protocol::Value;
use std::os::fd::RawFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes at which a batch is full: what is left stays in the ring.
const FULL: usize = 1024 * 1024;

/// Rows one after the other, at most [`FULL`] bytes of them (and a row).
#[derive(Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
    /// Where each row ends.
    ends: Vec<usize>,
}

impl Batch {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all rows.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The bytes of a row.
    pub fn row(&self, number: usize) -> Option<&[u8]> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes.get(start..end)
    }

    /// The values of the rows that are some, by their layouts.
    pub fn values<'a>(&'a self, layouts: &'a [Layout], shell: &'a Shell) -> impl Iterator<Item = Value> + 'a {
        (0..self.len()).filter_map(|number| event(layouts, self.row(number)?, shell))
    }

    /// The rows from a number on.
    pub fn rest(self, from: usize) -> Batch {
        let start = from.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let bytes = self.bytes.get(start..).unwrap_or_default().to_vec();
        Batch { bytes, ends: self.ends.iter().skip(from).map(|end| end - start).collect() }
    }

    fn push(&mut self, row: &[u8]) {
        self.bytes.extend_from_slice(row);
        self.ends.push(self.bytes.len());
    }
}

/// The consumer's end of a ring buffer. There must be one at a time.
pub struct Ring {
    ring: RingBuffer<'static>,
    batch: Arc<Mutex<Batch>>,
    /// Where events may be postponed.
    order: Option<Arc<Mutex<Order>>>,
}

impl Ring {
    /// `order` puts the rows in order, where events may be postponed.
    ///
    /// # Errors
    /// The ring buffer cannot be mapped.
    pub fn open(map: &MapHandle, order: Option<Arc<Mutex<Order>>>) -> Result<Ring> {
        let _raised = raise(Deed::Read);
        let batch = Arc::new(Mutex::new(Batch::default()));
        let (sink, orders) = (batch.clone(), order.clone());
        let mut builder = RingBufferBuilder::new();
        let taken = move |row: &[u8]| {
            let mut batch = sink.lock().unwrap_or_else(PoisonError::into_inner);
            match &orders {
                None => batch.push(row),
                Some(order) => locked(order).take(row, &mut |row: &[u8]| batch.push(row)),
            }
            // A negative result ends the round; the row itself counts as taken (libbpf, `ringbuf_process_ring`).
            if batch.bytes.len() < FULL { 0 } else { -1 }
        };
        builder.add(map, taken).map_err(failed)?;
        let ring = builder.build().map_err(failed)?;
        Ok(Ring { ring, batch, order })
    }

    /// What is there now, behind what was put back, up to a full batch.
    pub fn take(&self) -> Batch {
        if self.batch().bytes.len() < FULL {
            // Its result is the number of rows, or our own -1.
            self.ring.consume_raw();
        }
        if let Some(order) = &self.order {
            let mut batch = self.batch();
            locked(order).advance(Instant::now(), &mut |row: &[u8]| batch.push(row));
        }
        self.pending()
    }

    /// Returns whether rows that were taken wait for earlier ones. They wait for at most [`super::PATIENCE`].
    pub fn holds_rows(&self) -> bool {
        self.order.as_ref().is_some_and(|order| !locked(order).is_empty())
    }

    /// What is left when no more rows will come: those that wait for others.
    pub fn finish(&self) -> Batch {
        if let Some(order) = &self.order {
            let mut batch = self.batch();
            locked(order).finish(&mut |row: &[u8]| batch.push(row));
        }
        self.pending()
    }

    /// Gives a batch back that nobody could take: the next one begins with its rows.
    pub fn put_back(&self, batch: Batch) {
        *self.batch() = batch;
    }

    fn batch(&self) -> MutexGuard<'_, Batch> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was put back, or came while waiting, and nobody has taken.
    pub fn pending(&self) -> Batch {
        std::mem::take(&mut *self.batch())
    }

    /// The descriptor that is readable while there are rows.
    pub fn wakes(&self) -> RawFd {
        self.ring.epoll_fd()
    }

    /// Waits for the ring's watermark, at most that long. Rows taken meanwhile are in the next batch.
    pub fn wait(&self, timeout: Duration) {
        self.ring.poll_raw(timeout);
    }
}

fn locked(order: &Mutex<Order>) -> MutexGuard<'_, Order> {
    order.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed(error: libbpf_rs::Error) -> Error {
    Error::new(Code::Io, format!("cannot open the ring buffer: {error}"))
}

#[cfg(test)]
#[path = "../../../tests/unit/read_ring.rs"]
mod tests;
