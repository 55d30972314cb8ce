//! Processes by their ids, as this process sees them: in its own pid namespace.

use crate::error::Error;
use crate::kernel::{INITIAL_PID_NAMESPACE, pid_namespace};
use crate::spec::code::Code;
use nu_protocol::Span;
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use std::fs;

/// Returns the error for an id that belongs to no process, labelled at `span`. None if a process has the id, or if this
/// machine does not let us ask.
pub fn no_process(id: u32, span: Span) -> Option<Error> {
    let pid = Pid::from_raw(i32::try_from(id).ok()?)?;
    match pidfd_open(pid, PidfdFlags::empty()).err()? {
        Errno::SRCH => Some(
            Error::new(Code::Option, format!("no process has the id {id}"))
                .label(span, "no such process")
                .help("`ps` lists the processes; to trace one that has not started yet, give its name: --comm NAME"),
        ),
        // ENOENT since Linux 6.15.
        Errno::INVAL | Errno::NOENT => Some(thread(id, span)),
        _ => None,
    }
}

fn thread(id: u32, span: Span) -> Error {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let process = status.lines().find_map(|line| line.strip_prefix("Tgid:")).map(str::trim);
    let initial = [0, INITIAL_PID_NAMESPACE].contains(&pid_namespace());
    let field = if initial { "tid" } else { "nspid" };
    let test = format!("test the thread in the closure: if $ctx.{field} == {id} {{ … }}");
    let (label, help) = match process {
        Some(process) => (format!("a thread of process {process}"), format!("write --pid {process}, or {test}")),
        None => ("a thread".to_string(), test),
    };
    Error::new(Code::Option, format!("{id} is the id of a thread, not of a process")).label(span, label).help(help)
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_process.rs"]
mod tests;
