//! What this machine has to attach a probe to, and what it lacks: tracepoints and their records, the kernel's functions
//! and system calls, the functions of binaries; symbols and their addresses. Names and files in, facts and errors out; it
//! loads and attaches nothing.

pub mod argument;
pub mod binary;
pub mod clock;
pub mod counter;
pub mod hook;
mod image;
mod implementation;
mod instruction;
pub mod iterator;
pub mod kernel;
pub mod locate;
pub mod memory;
pub mod perf;
pub mod place;
pub mod probe;
pub mod probes;
pub mod process;
pub mod requirement;
pub mod symbol;
pub mod tracefs;
pub mod usdt;

use nu_ebpf_ir::{error, ir, spec};
