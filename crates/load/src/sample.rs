//! Samples and watchpoints: a perf event on each processor, or on one, and the program attached to it.

use super::object::{no_privileges, refused};
use crate::error::{Error, Result};
use crate::ir::{AttachPoint, Place, Rate};
use crate::spec::code::Code;
use crate::spec::hint::refusal;
use crate::spec::probe::Attach;
use libbpf_rs::{Link, ProgramMut};
use nu_ebpf_machine::counter::{self, INSTEAD};
use rustix::io::Errno;
use std::io;
use std::os::fd::{AsRawFd, IntoRawFd};

/// One link for each processor that is there.
///
/// # Errors
/// [`Code::TargetEvent`] where nobody counts the event, or watches the address; the kernel's refusal else.
pub fn attach(program: &ProgramMut<'_>, target: &AttachPoint) -> Result<Vec<Link>> {
    let all = libbpf_rs::num_possible_cpus().unwrap_or(1);
    let mut links = Vec::new();
    for processor in 0..all {
        let opened = match target.place {
            Place::Samples { event, rate } => counter::open(event, rate, processor),
            Place::Watch { address, bytes, access } => counter::watch(address, bytes, access, processor),
            _ => continue,
        };
        let fd = match opened {
            Ok(fd) => fd,
            // It is switched off.
            Err(error) if error.raw_os_error() == Some(Errno::NODEV.raw_os_error()) => continue,
            Err(error) => {
                let told = too_often(&error, target).unwrap_or_else(|| explain(&error, target));
                let known = no_privileges(&error.into(), target.kind);
                return Err(known.map_or(told, |known| known.label(target.span, "this attach point")));
            }
        };
        let refuse = |error: libbpf_rs::Error| {
            let known = no_privileges(&error, target.kind);
            known.unwrap_or_else(|| refused("attach", &error, "")).label_if_bare(target.span, "this attach point")
        };
        links.push(program.attach_perf_event(fd.as_raw_fd()).map_err(refuse)?);
        // The link closes it from now on.
        let _ = fd.into_raw_fd();
        if target.kind.attach == (Attach::Perf { each: false }) {
            break;
        }
    }
    Ok(links)
}

/// The kernel takes no more samples a second than it has found out that it has time for.
fn too_often(error: &io::Error, target: &AttachPoint) -> Option<Error> {
    let Place::Samples { rate: Rate::Hertz(rate), .. } = target.place else { return None };
    let most =
        std::fs::read_to_string("/proc/sys/kernel/perf_event_max_sample_rate").ok()?.trim().parse::<u64>().ok()?;
    let wrong = error.raw_os_error() == Some(Errno::INVAL.raw_os_error()) && rate > most;
    wrong.then(|| {
        Error::new(Code::TargetEvent, "the sampling rate exceeds the kernel's limit")
            .label(target.span, format!("at most {most} per second are allowed at the moment"))
            .help("use a lower rate, or raise the limit: sysctl kernel.perf_event_max_sample_rate")
    })
}

fn explain(error: &io::Error, target: &AttachPoint) -> Error {
    let wanting = [Errno::NOENT, Errno::OPNOTSUPP, Errno::INVAL].map(|code| Some(code.raw_os_error()));
    let watches = matches!(target.place, Place::Watch { .. });
    let known = refusal(&error.to_string());
    let (code, what, help) = match error.kind() {
        io::ErrorKind::PermissionDenied => {
            (Code::NoPrivileges, "the kernel lets you take no samples".to_string(), "it takes CAP_PERFMON, or root")
        }
        _ if watches && error.raw_os_error() == Some(Errno::NOSPC.raw_os_error()) => {
            let what = "all debug registers of the processor are in use".to_string();
            (Code::TargetEvent, what, "most processors have four: detach another watchpoint (ebpf list)")
        }
        _ if watches && wanting.contains(&error.raw_os_error()) => {
            let what = "this processor does not support this watchpoint".to_string();
            (
                Code::TargetEvent,
                what,
                "on x86, `x` takes 8 bytes; the kernel's own watchpoint handlers cannot be watched",
            )
        }
        _ if wanting.contains(&error.raw_os_error()) => {
            (Code::TargetEvent, "this machine does not count that".to_string(), INSTEAD)
        }
        _ => {
            let (code, help) =
                known.map_or((Code::KernelRefused, "dmesg may say more"), |hint| (hint.code, hint.instead));
            (code, format!("the kernel refused to take samples: {error}"), help)
        }
    };
    Error::new(code, what).label(target.span, "this attach point").help(help)
}
