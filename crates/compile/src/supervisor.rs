//! clang below a process of its own: that ends clang and all that clang has started, also when the plugin is killed, and
//! where root runs it, starts it as a user that nobody else is.

use super::confined::{End, Patience, cannot_wait, run};
use super::folder::{Folder, give};
use crate::error::Result;
use nu_ebpf_privilege::raise_all;
use nu_ebpf_worker::{Capability, Failure, Kind, Worker, are_processes, receive, send};
use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};
use rustix::process::{Pid, Signal, Uid, WaitOptions, geteuid, kill_process, set_child_subreaper, wait};
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Duration;

/// The kind of these workers. They give clang another user, and end it.
pub static CLANG: Kind = Kind {
    name: "clang",
    serve,
    keeps: &[
        Capability::CAP_SETUID,
        Capability::CAP_SETGID,
        Capability::CAP_SETPCAP,
        Capability::CAP_CHOWN,
        Capability::CAP_KILL,
        Capability::CAP_DAC_READ_SEARCH,
    ],
    tidies: true,
};

/// Users that the system gives to nobody for long: those of which systemd takes some for services (`DynamicUser=`).
const USERS: std::ops::Range<u32> = 61_184..65_519;

/// Time of the supervisor beyond that of clang.
const LONGER: Duration = Duration::from_secs(10);

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    program: Vec<u8>,
    arguments: Vec<String>,
    /// Time limit.
    time: Duration,
}

/// The exit status (as of wait(2)) and the output, or the reason why it did not start.
#[derive(Debug, Serialize, Deserialize)]
enum Reply {
    Ended(i32, String),
    TimedOut,
    NotStarted(i32, String),
    Lost(String),
}

/// Runs clang in a folder.
///
/// # Errors
/// It did not start (as the system says it); it cannot be waited for.
pub fn supervised(
    program: &Path, arguments: &[&str], folder: &Folder, patience: &Patience,
) -> Result<io::Result<(End, String)>> {
    let arguments: Vec<String> = arguments.iter().map(|argument| argument.to_string()).collect();
    if !are_processes() {
        return run(Command::new(program).args(arguments), folder.descriptor(), None, patience);
    }
    let lost = |what: &str| cannot_wait(what);
    let mut worker = Worker::start(&CLANG, u64::MAX).map_err(|error| lost(&error.to_string()))?;
    let request = Request { program: program.as_os_str().as_bytes().to_vec(), arguments, time: patience.time };
    let folder = Some(folder.descriptor());
    match worker.ask_until(&request, folder, patience.time + LONGER, patience.given_up) {
        Ok(Reply::Ended(status, said)) => Ok(Ok((End::Ended(ExitStatus::from_raw(status)), said))),
        Ok(Reply::TimedOut) => Ok(Ok((End::TimedOut, String::new()))),
        Ok(Reply::NotStarted(0, what)) => Ok(Err(io::Error::other(what))),
        Ok(Reply::NotStarted(number, _)) => Ok(Err(io::Error::from_raw_os_error(number))),
        Ok(Reply::Lost(what)) => Err(lost(&what)),
        Err(Failure::TooSlow) if (patience.given_up)() => Ok(Ok((End::GivenUp, String::new()))),
        Err(Failure::TooSlow) => Ok(Ok((End::TimedOut, String::new()))),
        Err(_) => Err(lost("its supervisor has ended")),
    }
}

/// The worker: one run.
fn serve(socket: &UnixStream) {
    if geteuid().is_root() {
        raise_all();
    }
    // What clang leaves behind becomes this process's child, and is found.
    let _ = set_child_subreaper(Some(rustix::process::getpid()));
    let Ok((request, Some(folder))) = receive::<Request>(socket) else { return };
    let gone = || !matches!(recv(socket, &mut [0u8; 1], RecvFlags::DONTWAIT), Err(Errno::AGAIN | Errno::INTR));
    let patience = Patience { time: request.time, given_up: &gone };
    let reply = match as_nobody_else(&request, folder.as_fd(), &patience) {
        Err(error) => Reply::Lost(error.message),
        Ok(Err(error)) => Reply::NotStarted(error.raw_os_error().unwrap_or(0), error.to_string()),
        Ok(Ok((End::Ended(status), said))) => Reply::Ended(status.into_raw(), said),
        Ok(Ok((End::TimedOut | End::GivenUp, _))) => Reply::TimedOut,
    };
    end_children();
    let _ = send(socket, &reply, None);
}

/// Runs it as a user of its own, if this is root and that can be; else as this one. A clang in a folder that is closed to
/// others, and a container that has no such users, are such cases.
fn as_nobody_else(request: &Request, folder: BorrowedFd<'_>, patience: &Patience) -> Result<io::Result<(End, String)>> {
    let run_as = |user| {
        let mut command = Command::new(OsStr::from_bytes(&request.program));
        run(command.args(&request.arguments), folder, user, patience)
    };
    if !geteuid().is_root() {
        return run_as(None);
    }
    let number = rustix::process::getpid().as_raw_pid().unsigned_abs() % (USERS.end - USERS.start);
    let user = Uid::from_raw(USERS.start + number);
    let refused = match give(folder, user).map(|()| run_as(Some(user))) {
        Ok(Ok(Err(error))) => matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::InvalidInput),
        Ok(other) => return other,
        Err(_) => true,
    };
    let own = give(folder, geteuid());
    if !refused || own.is_err() {
        return Ok(Err(own.err().unwrap_or_else(|| ErrorKind::PermissionDenied.into())));
    }
    run_as(None)
}

/// Ends all that is left below this process, and what that has started meanwhile.
fn end_children() {
    let task = format!("/proc/self/task/{}/children", rustix::thread::gettid().as_raw_pid());
    loop {
        let children = fs::read_to_string(&task).unwrap_or_default();
        let ids = children.split_whitespace().filter_map(|id| Pid::from_raw(id.parse().ok()?));
        ids.for_each(|id| {
            let _ = kill_process(id, Signal::KILL);
        });
        // Waits for one of them; there is no other, or they cannot be listed.
        match wait(WaitOptions::empty()) {
            Ok(Some(_)) if !children.is_empty() => {}
            _ => return,
        }
    }
}
