//! The symbols of binaries, asked of workers (`worker.rs`): one for files that others can change, within tight limits,
//! and one for those that only root and this user can.

use crate::process::Binary;
use crate::worker::{Reply, Request, SYMBOLS};
use nu_ebpf_privilege::is_trusted;
use nu_ebpf_worker::{Failure, Worker};
use std::collections::{HashMap, HashSet};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Files that a worker holds open at most.
const MOST: usize = 256;

/// What a worker may use.
struct Limits {
    /// Bytes of memory, besides what it maps of files.
    memory: u64,
    /// For one request.
    time: Duration,
    /// For all requests that were in vain.
    lost: Duration,
}

/// Limits for files that only root and this user can change: debug information may be large.
const TRUSTED: Limits = Limits { memory: 2 << 30, time: Duration::from_secs(120), lost: Duration::from_secs(600) };

/// Limits for files of others.
const FOREIGN: Limits = Limits { memory: 32 << 20, time: Duration::from_secs(10), lost: Duration::from_secs(60) };

/// How often a file may be truncated while it is looked at, until it is given up.
const TRUNCATED: u32 = 16;

/// Files given up that are remembered; beyond, none is looked at any more.
const GIVEN_UP: usize = 4096;

/// A file, offsets in it, and who wants to know.
type Question = (Arc<Binary>, Vec<u64>, Sender<Reply>);

/// The handle of the thread, which ends with it.
#[derive(Debug)]
pub struct Symbols {
    questions: Option<Sender<Question>>,
    thread: Option<JoinHandle<()>>,
}

impl Default for Symbols {
    fn default() -> Self {
        let (questions, asked) = channel();
        let thread = thread::Builder::new().name("symbols".into()).spawn(move || answer(&asked)).ok();
        // Without a thread, addresses have no names: every frame shows that.
        Symbols { questions: thread.is_some().then_some(questions), thread }
    }
}

impl Drop for Symbols {
    fn drop(&mut self) {
        // Nobody waits for an answer any more, so it ends at once; the processes and their files end with it.
        drop(self.questions.take());
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Symbols {
    /// The functions at offsets in a file; None where the file is given up.
    pub fn file(&self, binary: &Arc<Binary>, offsets: &[u64]) -> Reply {
        let (sender, answer) = channel();
        let question = (binary.clone(), offsets.to_vec(), sender);
        self.questions.as_ref()?.send(question).ok()?;
        answer.recv().ok().flatten()
    }
}

/// The thread.
fn answer(questions: &Receiver<Question>) {
    let (mut trusted, mut foreign) = (Workers::new(&TRUSTED), Workers::new(&FOREIGN));
    for (binary, offsets, sender) in questions {
        // What is in no file has no symbols.
        let reply = match &binary.file {
            None => Some(vec![Vec::new(); offsets.len()]),
            Some(file) => {
                let workers = if is_trusted(file) { &mut trusted } else { &mut foreign };
                workers.ask(binary.number, file.as_fd(), offsets)
            }
        };
        // Whoever has asked may be gone.
        let _ = sender.send(reply);
    }
}

/// How much is still asked of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Truncated(u32),
    /// Its debug information was too much: only its symbols.
    SymbolsOnly(u32),
    GivenUp,
}

/// The workers for one kind of files: one at a time, and the files that it has.
struct Workers {
    limits: &'static Limits,
    worker: Option<(Worker, HashSet<u64>)>,
    /// The files with which it was in vain.
    failed: HashMap<u64, Trust>,
    /// How long.
    lost: Duration,
}

impl Workers {
    fn new(limits: &'static Limits) -> Workers {
        Workers { limits, worker: None, failed: HashMap::new(), lost: Duration::ZERO }
    }

    fn ask(&mut self, number: u64, file: BorrowedFd<'_>, offsets: Vec<u64>) -> Reply {
        let count = offsets.len();
        let mut request = Request { number, debug: true, offsets };
        while self.lost < self.limits.lost && self.failed.len() < GIVEN_UP {
            let before = self.failed.get(&number).copied().unwrap_or(Trust::Truncated(0));
            if before == Trust::GivenUp {
                return None;
            }
            request.debug = matches!(before, Trust::Truncated(_));
            let begin = Instant::now();
            match self.once(&request, file)? {
                Ok(Some(reply)) if reply.len() == count => return Some(reply),
                // It has no such file's symbols.
                Ok(_) if !request.debug => return Some(vec![Vec::new(); count]),
                Ok(_) => drop(self.failed.insert(number, Trust::SymbolsOnly(0))),
                Err(failure) => {
                    self.worker = None;
                    self.failed.insert(number, before.after(failure));
                    self.lost += begin.elapsed();
                }
            }
        }
        None
    }

    /// Asks the worker, started anew where there is none or it has too many files; None where none can be started.
    fn once(&mut self, request: &Request, file: BorrowedFd<'_>) -> Option<Result<Reply, Failure>> {
        if self.worker.as_ref().is_none_or(|(_, sent)| sent.len() >= MOST) {
            self.worker = Some((Worker::start(&SYMBOLS, self.limits.memory).ok()?, HashSet::new()));
        }
        let (worker, sent) = self.worker.as_mut()?;
        let new = sent.insert(request.number);
        Some(worker.ask(request, new.then_some(file), self.limits.time))
    }
}

impl Trust {
    /// What is left after a failure.
    fn after(self, failure: Failure) -> Trust {
        let truncated = failure == Failure::Truncated;
        match self {
            Trust::Truncated(times) if truncated && times < TRUNCATED => Trust::Truncated(times + 1),
            Trust::SymbolsOnly(times) if truncated && times < TRUNCATED => Trust::SymbolsOnly(times + 1),
            Trust::Truncated(_) if !truncated => Trust::SymbolsOnly(0),
            _ => Trust::GivenUp,
        }
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/symbol_symbols.rs"]
mod tests;
