//! The preflight: one small fixed program, compiled with the plugin, that shows what this machine allows.
//! It is opened, loaded and attached as a closure's object, without clang: it reads a field, counts, sends a row.

use super::log;
use super::object::{no_privileges, refused};
use crate::error::{Error, Result};
use crate::spec::probe::KINDS;
use libbpf_rs::skel::{OpenSkel, Skel, SkelBuilder};
use libbpf_rs::{MapCore, MapFlags, ProgramInput, RingBufferBuilder};
use nu_ebpf_machine::kernel;
use std::cell::RefCell;
use std::mem::MaybeUninit;

#[allow(clippy::all, missing_docs, dead_code)]
mod skeleton {
    include!(concat!(env!("OUT_DIR"), "/preflight.skel.rs"));
}

/// What the preflight found working.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preflight {
    /// The process id that the program read from the kernel's own structure, as it came through the ring buffer.
    pub process: i32,
    /// How often the map says that the program ran.
    pub runs: u64,
}

/// Loads, attaches and runs the preflight once.
///
/// # Errors
/// What the machine lacks: capabilities, type information, or what the kernel said.
pub fn preflight() -> Result<Preflight> {
    log::capture(run).0
}

fn run() -> Result<Preflight> {
    let mut storage = MaybeUninit::uninit();
    let open = skeleton::PreflightSkelBuilder::default().open(&mut storage).map_err(|error| explain("open", &error))?;
    let mut skel = open.load().map_err(|error| explain("load", &error))?;
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

fn explain(phase: &str, error: &libbpf_rs::Error) -> Error {
    let known = no_privileges(error, &KINDS[0]).or_else(kernel::no_btf);
    known.unwrap_or_else(|| refused(phase, error, ""))
}
