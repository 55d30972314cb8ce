//! Capabilities. The table of those that tracing takes and what for ([`table`]), how a process holds them back until
//! they are needed ([`hold`]), the steps that give them to the plugin's binary ([`setup`]), and how files are looked at
//! that others may have made ([`foreign`]). It loads and attaches nothing, and what a command is called it does not know.

pub mod file;
pub mod foreign;
pub mod hold;
pub mod setup;
pub mod table;

pub use caps::Capability;
pub use foreign::{FOREIGN, Links, contents, is_ours, is_safe_place, is_trusted, regular, within};
pub use hold::{Raised, begin, holds, keep_only, lends, raise, raise_all};
pub use table::Deed;

use nu_ebpf_ir::{error, spec};
