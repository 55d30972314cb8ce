//! One run of another program that is not trusted to end, to be quiet, or to keep to itself: without capabilities, as a user
//! of its own where root runs it, with an empty environment, for a limited time, and never longer than this process. It
//! knows no C.

use crate::error::{Error, Result};
use crate::spec::code::Code;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{MemfdFlags, memfd_create};
use rustix::process::{
    Pid, PidfdFlags, Resource, Rlimit, Signal, Uid, fchdir, kill_process_group, pidfd_open,
    set_parent_process_death_signal, setrlimit,
};
use rustix::thread::{
    CapabilitySet, CapabilitySets, capabilities, remove_capability_from_bounding_set, set_capabilities,
    set_no_new_privs,
};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::os::fd::{AsRawFd, BorrowedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Interval of checks for Ctrl-C.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// The most bytes of one file that it writes: an object takes a thousandth of that.
pub const FILE: u64 = 64 << 20;

/// The most bytes of what it says that are read.
const SAID: u64 = 1 << 20;

/// The most bytes of memory that it may use.
const MEMORY: u64 = 4 << 30;

/// Limits of a run.
pub struct Patience<'a> {
    /// Time limit.
    pub time: Duration,
    /// Whether the user has given up.
    pub given_up: &'a dyn Fn() -> bool,
}

/// The end of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, or killed by somebody else.
    Ended(ExitStatus),
    /// It had not ended in time.
    TimedOut,
    GivenUp,
}

/// The error for a clang whose end cannot be seen, for a reason in the operating system's words.
pub fn cannot_wait(why: &str) -> Error {
    let what = format!("cannot wait for clang: {why}");
    Error::no_descriptor(&what).unwrap_or_else(|| Error::new(Code::Io, what))
}

/// Runs a program in a folder, as a user where one is named; the end, and what it said on its standard error.
///
/// # Errors
/// It did not start (as the system says it); it cannot be waited for.
pub fn run(
    command: &mut Command, folder: BorrowedFd<'_>, user: Option<Uid>, patience: &Patience,
) -> Result<io::Result<(End, String)>> {
    let lost = |error: io::Error| cannot_wait(&error.to_string());
    let said = memfd_create("said", MemfdFlags::CLOEXEC).map_err(|error| lost(error.into()))?;
    let of_child = said.try_clone().map_err(lost)?;
    command.env_clear().process_group(0);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(of_child);
    if let Some(user) = user {
        command.uid(user.as_raw()).gid(user.as_raw());
    }
    let place = folder.as_raw_fd();
    let confined = move || {
        // SAFETY: the descriptor is open as long as its owner waits for this child to be started.
        fchdir(unsafe { BorrowedFd::borrow_raw(place) })?;
        confine()
    };
    // SAFETY: between fork and exec there are system calls only, which neither take memory nor locks.
    unsafe { command.pre_exec(confined) };
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => return Ok(Err(error)),
    };
    let end = wait(&mut child, patience).map_err(|error| {
        let _ = kill_process_group(Pid::from_child(&child), Signal::KILL);
        let _ = child.wait();
        lost(error)
    })?;
    let (mut text, mut said) = (Vec::new(), File::from(said));
    said.rewind().and_then(|()| said.take(SAID).read_to_end(&mut text)).map_err(lost)?;
    Ok(Ok((end, String::from_utf8_lossy(&text).into_owned())))
}

/// Drops the child's privileges before it becomes the program.
fn confine() -> io::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    set_no_new_privs(true)?;
    let none = |most| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Fsize, none(FILE))?;
    setrlimit(Resource::Core, none(0))?;
    setrlimit(Resource::Data, none(MEMORY))?;
    // The plugin holds back what it has. Here that is the child's, and of no use but to take the rest away.
    let held = capabilities(None)?;
    let _ = set_capabilities(None, CapabilitySets { effective: held.permitted, ..held });
    // Root would get all of them back by exec. Who may not take them out has none to get back.
    for capability in CapabilitySet::all().iter() {
        let _ = remove_capability_from_bounding_set(capability);
    }
    let empty = CapabilitySet::empty();
    Ok(set_capabilities(None, CapabilitySets { effective: empty, permitted: empty, inheritable: empty })?)
}

fn wait(child: &mut Child, patience: &Patience) -> io::Result<End> {
    let begin = Instant::now();
    let id = Pid::from_child(child);
    let ended = pidfd_open(id, PidfdFlags::empty())?;
    loop {
        let awake = poll(&mut [PollFd::new(&ended, PollFlags::IN)], Some(&LOOK));
        if matches!(awake, Ok(number) if number > 0) {
            // What it has left running. As long as nobody has waited for it, its number is no other's.
            let _ = kill_process_group(id, Signal::KILL);
            return Ok(End::Ended(child.wait()?));
        }
        let end = match (patience.given_up)() {
            true => End::GivenUp,
            false if begin.elapsed() >= patience.time => End::TimedOut,
            false => continue,
        };
        // With what it has started. It may have ended by itself by now.
        let _ = kill_process_group(id, Signal::KILL);
        child.wait()?;
        return Ok(end);
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/compile_confined.rs"]
mod tests;
