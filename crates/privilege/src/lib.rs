//! Capabilities. The table of those that tracing takes and what for ([`table`]), how a process holds them back until
//! they are needed ([`hold`]), and the steps that give them to the plugin's binary ([`setup`]). It loads and attaches
//! nothing, and what a command is called it does not know.

pub mod file;
pub mod hold;
pub mod setup;
pub mod table;

pub use hold::{Raised, begin, holds, lends, raise};
pub use table::Deed;

use nu_ebpf_ir::{error, spec};
