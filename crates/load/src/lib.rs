//! An object in, an attached program out: open, load and attach through libbpf, and say why the kernel would not. What
//! the machine has to attach to, `crates/machine` knows. It decodes no data.

mod attach;
pub mod feature;
mod iterate;
pub mod log;
mod object;
mod preflight;
mod report;
mod sample;
mod usdt;

pub use libbpf_rs::MapHandle;
pub use nu_ebpf_machine::binary::named_file;
pub use nu_ebpf_machine::clock::epoch;
pub use nu_ebpf_machine::iterator;
pub use nu_ebpf_machine::place::{Found, binaries, find, located, missing};
pub use nu_ebpf_machine::requirement::{EVERYTHING, Requirement, lacking};
pub use nu_ebpf_machine::tracefs::context;
pub use object::{Loaded, Stats};
pub use preflight::{Preflight, preflight, requirements};

use nu_ebpf_ir::{error, ir, spec};
