//! Stacks by their numbers, and symbols of addresses. The kernel's table of stacks has the addresses; of processes, what they have mapped is kept
//! by a thread that the kernel program wakes at the first stack of each, as they may be gone when a stack is read.

use super::ring::Ring;
use crate::bug;
use crate::error::{Error, Result};
use crate::ir::{PROCESSES, STACKS, Space};
use crate::spec::code::Code;
use libbpf_rs::{MapCore, MapFlags, MapHandle};
use nu_ebpf_privilege::{Deed, raise};
use nu_ebpf_symbol::{Frame, Image, Resolver};
use nu_protocol::{Record, Span, Value};
use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// What `bpf_headers/nu/stack.h` stores where there is no such stack.
const NO_STACK: i32 = -1;

/// The nice value of the thread: it has little to do, and at once.
const FIRST: i32 = -20;

/// Stacks whose frames are remembered, and all of their frames; beyond, it begins anew.
const MOST: usize = 1 << 16;
const MOST_FRAMES: usize = 1 << 17;

/// The columns of a frame.
pub const FUNCTION: &str = "function";
pub const MODULE: &str = "module";

/// What a row or a key holds of a stack: its number, and of a user's whose it is.
type Stored = (i32, Option<Image>);

/// The stacks of one probe. With it ends the thread.
pub struct Stacks {
    /// Where it takes some.
    map: Option<MapHandle>,
    shared: Arc<Shared>,
    known: Mutex<Known>,
    /// The thread that keeps what processes have mapped, where there is one.
    watcher: Option<Watcher>,
}

struct Watcher {
    /// Tells it to end.
    end: Arc<OwnedFd>,
    thread: JoinHandle<()>,
}

/// Frames, with the number that the same frames have wherever they are found.
type Numbered = (i64, Arc<[Frame]>);

/// What was found already.
#[derive(Default)]
struct Known {
    stacks: HashMap<Stored, Numbered>,
    numbers: HashMap<Arc<[Frame]>, i64>,
    /// How many frames the numbered ones have together.
    frames: usize,
    next: i64,
}

impl Known {
    fn numbered(&mut self, frames: Arc<[Frame]>) -> Numbered {
        if self.numbers.len() >= MOST || self.stacks.len() >= MOST || self.frames >= MOST_FRAMES {
            *self = Known { next: self.next, ..Known::default() };
        }
        // A number is never given twice: at worst, two rows of a very long table stay two.
        let next = self.next;
        self.next += 1;
        let number = self.numbers.entry(frames);
        self.frames += if matches!(number, Entry::Vacant(_)) { number.key().len() } else { 0 };
        // One allocation for all that are alike.
        let frames = number.key().clone();
        (*number.or_insert(next), frames)
    }
}

/// What the thread shares with those who read.
struct Shared {
    resolver: Resolver,
    /// Where the kernel program tells of new images of processes.
    ring: Option<Mutex<Ring>>,
}

impl fmt::Debug for Stacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stacks").finish_non_exhaustive()
    }
}

impl Stacks {
    /// The stacks and symbols of an object whose maps are found by their names. To be called before it is attached, so that
    /// no process is missed.
    ///
    /// # Errors
    /// The ring buffer cannot be opened, or the system gives no thread.
    pub fn open(find: impl Fn(&str) -> Option<MapHandle>) -> Result<Arc<Stacks>> {
        let ring = find(PROCESSES).map(|map| Ring::open(&map, None)).transpose()?.map(Mutex::new);
        let shared = Arc::new(Shared { resolver: Resolver::default(), ring });
        let mut stacks = Stacks { map: find(STACKS), shared, known: Mutex::default(), watcher: None };
        if stacks.shared.ring.is_some() {
            let no_thread = |error: &dyn fmt::Display| {
                Error::new(Code::Io, format!("cannot start the thread that tracks mappings: {error}"))
            };
            let end = eventfd(0, EventfdFlags::CLOEXEC).map_err(|error| no_thread(&error))?;
            let end = Arc::new(end);
            let (shared, ended) = (stacks.shared.clone(), end.clone());
            let thread = thread::Builder::new().name("processes".into());
            let thread = thread.spawn(move || shared.watch(&ended)).map_err(|error| no_thread(&error))?;
            stacks.watcher = Some(Watcher { end, thread });
        }
        Ok(Arc::new(stacks))
    }

    /// A stack as it lies in a row or a key: a table of frames, innermost first; empty where there was none, null where
    /// it was not kept. None for bytes that are too short.
    pub fn value(&self, space: Space, bytes: &[u8], span: Span) -> Option<Value> {
        Some(match self.frames(stored(space, bytes)?) {
            Some((_, frames)) => Value::list(frames.iter().map(|frame| record(frame, span)).collect(), span),
            None => Value::nothing(span),
        })
    }

    /// A number that all stacks of the same frames have, and no others; -1 for those that were not kept.
    pub fn number(&self, space: Space, bytes: &[u8]) -> Option<i64> {
        Some(self.frames(stored(space, bytes)?).map_or(-1, |(number, _)| number))
    }

    /// The frames of a stack, looked up once, and their number; None where the table has it not.
    fn frames(&self, stored: Stored) -> Option<Numbered> {
        if stored.0 == NO_STACK {
            return Some(self.known().numbered(Arc::default()));
        }
        if let Some(known) = self.known().stacks.get(&stored) {
            return Some(known.clone());
        }
        let id = u32::try_from(stored.0).ok()?;
        // Once a stack, also because the kernel takes it out of the table for the moment.
        let raised = raise(Deed::Read);
        let bytes = self.map.as_ref()?.lookup(&id.to_ne_bytes(), MapFlags::ANY).ok()??;
        drop(raised);
        let words = bytes.chunks_exact(8).filter_map(|word| word.first_chunk()).map(|word| u64::from_ne_bytes(*word));
        let addresses: Vec<u64> = words.take_while(|address| *address != 0).collect();
        let resolver = &self.shared.resolver;
        let (frames, last): (Arc<[Frame]>, bool) = match stored.1 {
            None => (resolver.kernel(&addresses).into(), true),
            Some(image) => {
                // What was told before this stack was sent is known before it is resolved.
                self.shared.listen();
                (resolver.user(image, &addresses).into(), resolver.processes.knows(image))
            }
        };
        let mut known = self.known();
        let frames = known.numbered(frames);
        // Of an image that nobody has told of, more may be known later.
        if last {
            known.stacks.insert(stored, frames.clone());
        }
        Some(frames)
    }

    /// How many addresses have no name because of a limit on data of other users' processes.
    pub fn beyond(&self) -> u64 {
        self.shared.resolver.beyond()
    }

    /// The name of what is at an address: of the kernel, or of the image of that number (`nu_image_number`).
    pub fn symbol(&self, address: u64, image: Option<u64>) -> Option<String> {
        let resolver = &self.shared.resolver;
        let Some(number) = image else { return resolver.kernel_symbol(address) };
        self.shared.listen();
        resolver.user_symbol(Image { process: number as u32, number: (number >> 32) as u32 }, address)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stacks {
    fn drop(&mut self) {
        let Some(Watcher { end, thread }) = self.watcher.take() else { return };
        // It has the ring buffer, which is gone with the probe. One that cannot be told ends with the plugin.
        if rustix::io::write(&end, &1u64.to_ne_bytes()).is_ok() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// The thread: sleeps until a process is told of, or the end.
    fn watch(&self, end: &OwnedFd) {
        let Some(ring) = &self.ring else { return };
        // A process may be about to end: this goes before others, where the plugin may ask for that.
        let raised = raise(Deed::Processes);
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), FIRST);
        drop(raised);
        let wakes = ring.lock().unwrap_or_else(PoisonError::into_inner).wakes();
        // SAFETY: the descriptor is the ring's, which lives as long as `self`.
        let wakes = unsafe { BorrowedFd::borrow_raw(wakes) };
        loop {
            let mut both = [PollFd::new(&wakes, PollFlags::IN), PollFd::new(end, PollFlags::IN)];
            match poll(&mut both, None) {
                Ok(_) if both[1].revents().is_empty() => {
                    // A panic costs the names of those processes, and is told; the others are still kept.
                    let kept = bug::caught(Span::unknown(), || {
                        bug::point("processes");
                        self.listen();
                        Ok::<_, Error>(())
                    });
                    let _ = kept.inspect_err(|error| bug::tell(&format!("ebpf: {}: {error}", error.code.text())));
                }
                Err(rustix::io::Errno::INTR) => {}
                Ok(_) | Err(_) => return,
            }
        }
    }

    /// Keeps what the processes that were told of have mapped.
    fn listen(&self) {
        let Some(ring) = &self.ring else { return };
        // Held while they are looked at: whoever asks about one meanwhile waits until it is known.
        let ring = ring.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let batch = ring.take();
            if batch.is_empty() {
                return;
            }
            for (image, stack) in (0..batch.len()).filter_map(|number| told(batch.row(number)?)) {
                self.resolver.processes.keep(image, stack);
            }
        }
    }
}

/// A stack as it lies in a row or a key.
fn stored(space: Space, bytes: &[u8]) -> Option<Stored> {
    let word = |number: usize| Some(u32::from_ne_bytes(*bytes.get(4 * number..)?.first_chunk()?));
    let image = match space {
        Space::Kernel => None,
        Space::User => Some(Image { process: word(1)?, number: word(2)? }),
    };
    Some((word(0)? as i32, image))
}

/// `struct nu_process` of `bpf_headers/nu/process.h`.
fn told(row: &[u8]) -> Option<(Image, u64)> {
    let word = |number: usize| Some(u32::from_ne_bytes(*row.get(4 * number..)?.first_chunk()?));
    let image = Image { process: word(0)?, number: word(1)? };
    Some((image, u64::from_ne_bytes(*row.get(8..)?.first_chunk()?)))
}

fn record(frame: &Frame, span: Span) -> Value {
    let text =
        |text: &Option<Arc<str>>| text.as_ref().map_or(Value::nothing(span), |text| Value::string(&**text, span));
    let mut record = Record::with_capacity(5);
    record.push(FUNCTION, text(&frame.function));
    record.push("offset", frame.offset.map_or(Value::nothing(span), |offset| Value::int(offset as i64, span)));
    record.push(MODULE, text(&frame.module));
    record.push("source", text(&frame.source));
    record.push("address", Value::int(frame.address as i64, span));
    Value::record(record, span)
}

#[cfg(test)]
#[path = "../../../tests/unit/read_stacks.rs"]
mod tests;
