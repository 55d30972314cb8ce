//! The preflight: small fixed programs, compiled with the plugin, that show what this machine allows: one that reads a
//! field, counts and sends a row, and one a kind of probe. They are loaded and attached as a closure's, without clang.

use super::log;
use super::object::{no_privileges, refused};
use crate::error::{Error, Result};
use crate::spec::code::Code;
use crate::spec::probe::{Attach, ITER, KINDS, Kind};
use libbpf_rs::skel::{OpenSkel, Skel, SkelBuilder};
use libbpf_rs::{MapCore, MapFlags, ProgramAttachType, ProgramInput, RingBufferBuilder, UprobeOpts};
use nu_ebpf_machine::requirement::{self, EVERYTHING, Requirement};
use nu_ebpf_machine::{counter, hook, kernel};
use nu_ebpf_privilege::{Deed, raise};
use std::cell::RefCell;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, IntoRawFd};

#[allow(clippy::all, missing_docs, dead_code)]
mod skeleton {
    include!(concat!(env!("OUT_DIR"), "/preflight.skel.rs"));
}

/// Results of the preflight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preflight {
    /// The process id that the program read from the kernel's own structure, as it came through the ring buffer.
    pub process: i32,
    /// Number of runs of the program, by its map.
    pub runs: u64,
}

/// Loads, attaches and runs the preflight once.
///
/// # Errors
/// What the machine lacks: capabilities, type information, or what the kernel said.
pub fn preflight() -> Result<Preflight> {
    log::capture(run).0
}

type Storage = MaybeUninit<libbpf_rs::OpenObject>;

/// One of the programs, without the others.
fn loaded<'s>(program: &str, kind: &Kind, storage: &'s mut Storage) -> Result<skeleton::PreflightSkel<'s>> {
    let explain = |phase: &str, error| explain(phase, &error, kind);
    let mut open = skeleton::PreflightSkelBuilder::default().open(storage).map_err(|error| explain("open", error))?;
    for mut it in open.open_object_mut().progs_mut() {
        it.set_autoload(it.name() == program);
        match kind.attach {
            Attach::Kprobe { .. } if kernel::wants_multi(kind) => it.set_attach_type(ProgramAttachType::KprobeMulti),
            _ if kernel::wants_multi(kind) => it.set_attach_type(ProgramAttachType::TraceUprobeMulti),
            _ => {}
        }
    }
    open.load().map_err(|error| explain("load", error))
}

/// Loads and attaches the program of a kind of probe.
fn tried(kind: &Kind) -> Result<String> {
    // What it reads may be a file that the user has named.
    hook::unable(kind).map_or(Ok(()), Err)?;
    let _raised = [Deed::Load, Deed::Tracefs].map(raise);
    let refused = |error: libbpf_rs::Error| explain("attach", &error, kind);
    let mut storage = MaybeUninit::uninit();
    let name = format!("on_{}", kind.name);
    let mut skel = loaded(&name, kind, &mut storage)?;
    let program = skel.object_mut().progs_mut().find(|program| program.name() == name.as_str());
    let Some(program) = program else { return Err(Error::new(Code::KernelRefused, "not tested")) };
    let _link = match kind.attach {
        Attach::Perf { .. } => {
            let event = counter::tried(kind).map_err(|error| refused(error.into()).help(counter::INSTEAD))?;
            let link = program.attach_perf_event(event.as_raw_fd()).map_err(refused)?;
            let _ = event.into_raw_fd();
            link
        }
        Attach::Kprobe { ret } if kernel::wants_multi(kind) => {
            program.attach_kprobe_multi(ret, vec!["vfs_read"]).map_err(refused)?
        }
        _ if kernel::wants_multi(kind) => {
            program.attach_uprobe_multi(-1, "libc.so.6", "malloc", false, false).map_err(refused)?
        }
        Attach::Uprobe { .. } | Attach::Usdt => {
            let ret = kind.attach == Attach::Uprobe { ret: true };
            let options = UprobeOpts { retprobe: ret, func_name: Some("malloc".into()), ..UprobeOpts::default() };
            program.attach_uprobe_with_opts(-1, "libc.so.6", 0, options).map_err(refused)?
        }
        _ => program.attach().map_err(refused)?,
    };
    Ok("loaded and attached".into())
}

/// Returns all requirements: those that are looked up, and tests of loading and of each kind of probe.
pub fn requirements() -> Vec<Requirement> {
    let seen = preflight().map(|seen| format!("ran {} time(s), and read the kernel's types", seen.runs));
    let mut all = requirement::looked_at();
    all.push(Requirement::tried("preflight: a program runs", EVERYTHING, seen, "mend the rows above"));
    let try_it = |kind: &Kind| Requirement::tried(kind.name, kind.example, log::capture(|| tried(kind)).0, "");
    all.extend(KINDS.iter().chain([&ITER]).map(try_it));
    all
}

fn run() -> Result<Preflight> {
    let _raised = raise(Deed::Load);
    let explain = |phase: &str, error: &libbpf_rs::Error| explain(phase, error, &KINDS[0]);
    let mut storage = MaybeUninit::uninit();
    let mut skel = loaded("preflight", &KINDS[0], &mut storage)?;
    skel.attach().map_err(|error| explain("attach", &error))?;
    let seen = RefCell::new(Vec::new());
    let mut builder = RingBufferBuilder::new();
    let taken = |row: &[u8]| {
        seen.borrow_mut().push(row.first_chunk().map_or(0, |id| i32::from_ne_bytes(*id)));
        0
    };
    builder.add(&skel.maps.seen, taken).map_err(|error| explain("read", &error))?;
    let ring = builder.build().map_err(|error| explain("read", &error))?;
    // A raw tracepoint's arguments: it looks at none.
    let mut arguments = [0u8; 24];
    let input = ProgramInput { context_in: Some(&mut arguments), ..ProgramInput::default() };
    skel.progs.preflight.test_run(input).map_err(|error| explain("run", &error))?;
    ring.consume().map_err(|error| explain("read", &error))?;
    let own = std::process::id() as i32;
    let seen = seen.borrow();
    let runs = skel.maps.runs.lookup(&0u32.to_ne_bytes(), MapFlags::ANY).ok().flatten().unwrap_or_default();
    Ok(Preflight {
        // Other processes may have started meanwhile; their rows are theirs.
        process: seen.iter().copied().find(|id| *id == own).or(seen.first().copied()).unwrap_or(0),
        runs: runs.first_chunk().map_or(0, |runs| u64::from_ne_bytes(*runs)),
    })
}

fn explain(phase: &str, error: &libbpf_rs::Error, kind: &Kind) -> Error {
    no_privileges(error, kind).or_else(kernel::no_btf).unwrap_or_else(|| refused(phase, error, ""))
}
