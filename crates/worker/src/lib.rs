//! Workers: processes that parse files of other users for the plugin. A worker has little memory and time and no
//! capability but to read files, so that a file that is truncated while it is mapped (SIGBUS), or exhausts a parser,
//! ends the worker instead of the plugin.
//!
//! One kind runs clang, and ends with it whatever that has started.
//!
//! A worker is the plugin's own binary, started with [`ARGUMENT`] and a socket as its standard input. It knows neither
//! what is parsed nor for whom: each [`Kind`] has its own requests and replies.

mod message;

pub use message::{receive, send};

pub use nu_ebpf_privilege::Capability;
use nu_ebpf_privilege::{FOREIGN, keep_only};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};
use rustix::process::{Resource, Rlimit, Signal, getppid, set_parent_process_death_signal, setrlimit};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::io;
use std::net::Shutdown;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The first argument of a worker; then come its kind and how many bytes of memory it may use.
const ARGUMENT: &str = "--worker";

/// A kind of workers.
#[derive(Debug)]
pub struct Kind {
    pub name: &'static str,
    /// Answers requests until the socket is closed.
    pub serve: fn(&UnixStream),
    /// The capabilities that it keeps, where it has them.
    pub keeps: &'static [Capability],
    /// Whether it notices that the plugin has ended by itself, and has something to do then. Others end at once.
    pub tidies: bool,
}

/// How often it is looked whether the user has given up.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// What this process is.
static ROLE: AtomicU8 = AtomicU8::new(UNKNOWN);

/// The program of a test: its binary cannot be started as a worker.
const UNKNOWN: u8 = 0;
const PLUGIN: u8 = 1;
const WORKER: u8 = 2;

/// Becomes a worker, if this process was started as one: true when that is over. To be called first in `main`.
pub fn became(kinds: &[&Kind]) -> bool {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|argument| argument != ARGUMENT) {
        ROLE.store(PLUGIN, Ordering::Relaxed);
        return false;
    }
    ROLE.store(WORKER, Ordering::Relaxed);
    let kind = arguments.next().and_then(|name| kinds.iter().find(|kind| name == kind.name));
    let memory = arguments.next().and_then(|most| most.to_str()?.parse().ok());
    if let (Some(kind), Some(memory)) = (kind, memory)
        && let Ok(socket) = confined(kind, memory)
    {
        (kind.serve)(&socket);
    }
    true
}

/// Gives up what a worker does not need; its socket.
fn confined(kind: &Kind, memory: u64) -> io::Result<UnixStream> {
    keep_only(kind.keeps);
    // What a tool shows as its name.
    let _ = rustix::thread::set_name(c"nu_ebpf_worker");
    if !kind.tidies {
        set_parent_process_death_signal(Some(Signal::KILL))?;
    }
    limit(Resource::Core, 0)?;
    limit(Resource::Data, memory)?;
    // A parent that ended before it was said what then happens.
    if getppid().is_none_or(|parent| parent.is_init()) {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

/// Whether workers are processes: in the programs of tests they are not.
pub fn are_processes() -> bool {
    ROLE.load(Ordering::Relaxed) != UNKNOWN
}

/// Has this worker do with as much memory as a file of other users may take. In no worker it does nothing.
pub fn restrict() {
    if ROLE.load(Ordering::Relaxed) == WORKER {
        let _ = limit(Resource::Data, FOREIGN);
    }
}

/// A worker; in the program of a test, a thread.
#[derive(Debug)]
pub struct Worker {
    socket: UnixStream,
    child: Option<Child>,
    tidies: bool,
}

/// How a worker failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// A file was truncated while it was mapped.
    Truncated,
    /// It took too much memory.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// It could not be started, or ended otherwise.
    Other,
}

impl Worker {
    /// Starts one, which may use so many bytes of memory besides what it maps of files. It ends when this thread ends.
    ///
    /// # Errors
    /// The system gives no process, or no socket.
    pub fn start(kind: &'static Kind, memory: u64) -> io::Result<Worker> {
        let (socket, other) = UnixStream::pair()?;
        if !are_processes() {
            thread::Builder::new().name(kind.name.into()).spawn(move || (kind.serve)(&other))?;
            return Ok(Worker { socket, child: None, tidies: kind.tidies });
        }
        let mut command = Command::new("/proc/self/exe");
        command.arg0("nu_plugin_ebpf").args([ARGUMENT, kind.name]).arg(memory.to_string());
        command.env_clear().envs(handed_down()).current_dir("/").process_group(0);
        command.stdin(OwnedFd::from(other)).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Worker { socket, child: Some(command.spawn()?), tidies: kind.tidies })
    }

    /// Asks, and waits for the answer. One that has failed is of no more use.
    ///
    /// # Errors
    /// Why there is none.
    pub fn ask<Q: Serialize, A: DeserializeOwned>(
        &mut self, question: &Q, file: Option<BorrowedFd<'_>>, time: Duration,
    ) -> Result<A, Failure> {
        self.ask_until(question, file, time, &|| false)
    }

    /// The same; `given_up`: whether the user no longer waits, which is [`Failure::TooSlow`] as well.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn ask_until<Q: Serialize, A: DeserializeOwned>(
        &mut self, question: &Q, file: Option<BorrowedFd<'_>>, time: Duration, given_up: &dyn Fn() -> bool,
    ) -> Result<A, Failure> {
        let asked = || -> io::Result<A> {
            let begin = Instant::now();
            self.socket.set_read_timeout(Some(time))?;
            self.socket.set_write_timeout(Some(time))?;
            send(&self.socket, question, file)?;
            while poll(&mut [PollFd::new(&self.socket, PollFlags::IN)], Some(&LOOK)).is_ok_and(|ready| ready == 0) {
                if begin.elapsed() >= time || given_up() {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
            Ok(receive(&self.socket)?.0)
        };
        asked().map_err(|error| self.failure(&error))
    }

    /// Why there was no answer: ends it, if it has not ended by itself.
    fn failure(&mut self, error: &io::Error) -> Failure {
        let slow = matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
        let Some(mut child) = self.child.take() else {
            return if slow { Failure::TooSlow } else { Failure::Other };
        };
        // One that has closed its socket is about to end; one that tidies up notices that the other end is closed.
        if recv(&self.socket, &mut [0u8; 1], RecvFlags::DONTWAIT) == Err(Errno::AGAIN) && !self.tidies {
            let _ = child.kill();
        }
        let _ = self.socket.shutdown(Shutdown::Both);
        let signal = child.wait().ok().and_then(|status| status.signal());
        match signal.and_then(Signal::from_named_raw) {
            Some(Signal::BUS) => Failure::Truncated,
            // As Rust ends where there is no memory, and where the stack has no more room.
            Some(Signal::ABORT | Signal::SEGV) => Failure::TooLarge,
            _ if slow => Failure::TooSlow,
            _ => Failure::Other,
        }
    }
}

/// The part of the environment that a worker needs: where its libraries are, if they are elsewhere.
fn handed_down() -> Option<(&'static str, OsString)> {
    let name = "LD_LIBRARY_PATH";
    std::env::var_os(name).map(|value| (name, value))
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = self.socket.shutdown(Shutdown::Both);
            if !self.tidies {
                let _ = child.kill();
            }
            let _ = child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubles(socket: &UnixStream) {
        while let Ok((number, _)) = receive::<u64>(socket) {
            // A request that is answered by its end.
            if number == 0 || send(socket, &(2 * number), None).is_err() {
                return;
            }
            // And one that is never answered.
            if number == 7 {
                let _ = receive::<u64>(socket);
                thread::park();
            }
        }
    }

    #[test]
    fn answers_and_fails_in_time() {
        static DOUBLES: Kind = Kind { name: "doubles", serve: doubles, keeps: &[], tidies: false };
        let mut worker = Worker::start(&DOUBLES, 0).expect("started");
        let mut ask = |number: u64, millis| worker.ask::<_, u64>(&number, None, Duration::from_millis(millis));
        assert_eq!((ask(21, 60_000), ask(7, 60_000)), (Ok(42), Ok(14)));
        assert_eq!(ask(1, 10), Err(Failure::TooSlow));
        let mut worker = Worker::start(&DOUBLES, 0).expect("started");
        assert_eq!(worker.ask::<_, u64>(&0u64, None, Duration::from_secs(60)), Err(Failure::Other));
    }
}
