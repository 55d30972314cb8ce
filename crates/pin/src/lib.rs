//! Maps under a name: what `ebpf attach --pin NAME` shares between separate attaches.
//!
//! In come an object's maps, with the layouts of their keys; out come those that were pinned before, with what each keeps
//! ([`Kept`]). They lie in a folder of bpffs where the user may write there, and so outlive the plugin; else as file
//! descriptors in [`Pins`]. A description lies beside them, in a map of its own, as bpffs has no ordinary files. It loads
//! and attaches nothing, and decodes no entries.

mod description;
mod differ;
mod folder;
mod group;

pub use description::{Kept, VERSION, read, write};
pub use differ::{differs, is_shared};
pub use folder::BPFFS;
pub use group::{Group, Known, Pinned, Pins, id};

use error::{Error, Result};
use nu_ebpf_ir::{error, ir, spec};
use spec::code::Code;

/// The most characters of a name.
const NAME: usize = 32;

/// Refuses a name that is none for a folder.
///
/// # Errors
/// [`Code::Option`], without a label.
pub fn check_name(name: &str) -> Result<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if (1..=NAME).contains(&name.len()) && name.chars().all(fits) {
        return Ok(());
    }
    Err(Error::new(Code::Option, "this name cannot be used for pinned maps")
        .help("use at most 32 letters, digits, _ and -: --pin reads"))
}

fn io(what: &str, error: &dyn std::fmt::Display) -> Error {
    Error::new(Code::Io, format!("{what}: {error}"))
}

#[cfg(test)]
#[path = "../../../tests/unit/pin_name.rs"]
mod tests;
