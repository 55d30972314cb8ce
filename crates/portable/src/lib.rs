//! A checked object and what clang made of it in, one file out; such a file in, the same on another machine out, or why
//! that cannot be. It compiles, loads and attaches nothing.
//!
//! The file is the ELF object, which libbpf and bpftool load as they would without, and behind its sections one more,
//! [`SECTION`], that no loader puts into memory:
//!
//! | bytes | what |
//! | --- | --- |
//! | 4 | [`FORMAT`], the lowest byte first |
//! | 32 | SHA-256 of the whole file, with zeroes in this place |
//! | the rest | a `Description` in MessagePack |
//!
//! A file may come from anywhere. What it says is not believed: its ELF is loaded as any program of root's is, by the
//! kernel's verifier, but the reader's memory is not to depend on it. [`sound`] holds what every reader relies on.

mod description;
mod elf;
mod needs;
pub mod sound;

pub use description::{Portable, Targets};

use description::Description;
use nu_ebpf_check::Facts;
use nu_ebpf_ir::error::{Error, Result};
use nu_ebpf_ir::ir::Object;
use nu_ebpf_ir::spec::code::Code;
use nu_ebpf_ir::{ir, spec};
use nu_ebpf_privilege::{Deed, Links, raise, regular};
use nu_protocol::Span;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

/// The section's name.
pub const SECTION: &str = ".nu_ebpf";

/// The form of what is written. One of another number is not read; any change of [`Description`] makes it another.
pub const FORMAT: u32 = 1;

/// Bytes of a file that is read at most.
pub const MOST: u64 = 64 << 20;

/// Values in values that a description has at most: a reader's stack has an end.
const DEPTH: usize = 128;

/// Bytes of the format's number, and of the digest behind it.
const NUMBER: usize = 4;
const DIGEST: usize = 32;

/// Puts an object and what is known of it into one file.
///
/// # Errors
/// What cannot be written down, as a constant that another shell could make nothing of; an object that is not whole.
pub fn write(elf: &[u8], object: &Object, facts: &Facts, targets: Targets) -> Result<Vec<u8>> {
    let file = sealed(elf, &Description::of(object, facts, targets)?)?;
    // What cannot be read again is not written.
    read(&file, Span::unknown()).map_err(|error| unwritten(&error.message))?;
    Ok(file)
}

/// The file of a description, whatever that says.
fn sealed(elf: &[u8], description: &Description) -> Result<Vec<u8>> {
    let mut own = FORMAT.to_le_bytes().to_vec();
    own.extend([0; DIGEST]);
    let mut writer = rmp_serde::Serializer::new(&mut own).with_struct_map();
    description.serialize(&mut writer).map_err(|error| unwritten(&error.to_string()))?;
    let made = elf::with_section(elf, SECTION, &own);
    let (mut file, place) = made.ok_or_else(|| unwritten("clang's object is not whole"))?;
    sign(&mut file, place);
    Ok(file)
}

/// A file that was changed, with the digest of what it is now; None of one that has no place for it.
pub fn signed(file: &[u8]) -> Option<Vec<u8>> {
    let place = elf::section(file, SECTION).filter(|place| place.len() >= NUMBER + DIGEST)?;
    let mut file = file.to_vec();
    sign(&mut file, place);
    Some(file)
}

fn sign(file: &mut [u8], section: Range<usize>) {
    if let Some(digest) = digest(file, &section) {
        let at = section.start + NUMBER;
        file[at..at + DIGEST].copy_from_slice(&digest);
    }
}

fn unwritten(what: &str) -> Error {
    Error::new(Code::Io, format!("cannot describe the requirements of the object: {what}"))
        .help("attach it where it was written: ebpf attach")
}

/// The bytes of a file, which is named from `cwd` on; `at`: where.
///
/// # Errors
/// There is none, or it cannot be one of ours.
pub fn open(cwd: &Path, named: &str, at: Span) -> Result<Vec<u8>> {
    let _raised = raise(Deed::Files);
    let path = cwd.join(named);
    let unread = |error: std::io::Error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let error = Error::io(Path::new(named), &error).label(at, "this file");
        let help = format!("write it with: ebpf compile 'KIND:PLACE' {{|ctx| … }} --output {named}");
        if missing { Error { message: format!("there is no file {named}"), ..error }.help(help) } else { error }
    };
    let file = regular(&path, Links::Followed).map_err(unread)?;
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() as u64 > MOST { Err(damaged(at, "it is larger than any")) } else { Ok(bytes) }
}

/// What a file holds; `at`: where it is named, which is where all its errors are labelled.
///
/// # Errors
/// [`Code::ObjectDamaged`] for what is no such file, or not whole; [`Code::ObjectFormat`] for what another version has
/// written.
pub fn read(file: &[u8], at: Span) -> Result<Portable> {
    let place = elf::section(file, SECTION).ok_or_else(|| {
        Error::new(Code::ObjectDamaged, "this is not an object of `ebpf compile`, or it is truncated")
            .label(at, "the plugin's own section is missing")
            .help("create one: ebpf compile TARGET {|ctx| … } --output FILE")
    })?;
    let own = &file[place.clone()];
    let damaged = |what: &str| damaged(at, what);
    let number = own.first_chunk().map(|number| u32::from_le_bytes(*number));
    match number.ok_or_else(|| damaged("it ends too early"))? {
        FORMAT => {}
        other => return Err(other_format(at, &format!("it is of format {other}, this plugin reads {FORMAT}"))),
    }
    if digest(file, &place).is_none_or(|digest| own.get(NUMBER..NUMBER + DIGEST) != Some(&digest[..])) {
        return Err(damaged("its bytes are not those that were written"));
    }
    let mut reader = rmp_serde::Deserializer::from_read_ref(&own[NUMBER + DIGEST..]);
    reader.set_max_depth(DEPTH);
    let description = match Description::deserialize(&mut reader) {
        Ok(description) => description,
        // A row of a table that this version does not have is known by its name.
        Err(error) => return Err(other_format(at, &error.to_string())),
    };
    description.like_ours().map_err(|what| other_format(at, &what))?;
    sound::check(&description, &elf::symbols(file)).map_err(|what| damaged(&what))?;
    Ok(description.restored(file.to_vec(), at))
}

/// The digest of a file, with zeroes in its own place.
fn digest(file: &[u8], section: &Range<usize>) -> Option<[u8; DIGEST]> {
    let at = section.start + NUMBER;
    let (before, after) = (file.get(..at)?, file.get(at + DIGEST..)?);
    Some(Sha256::new().chain_update(before).chain_update([0; DIGEST]).chain_update(after).finalize().into())
}

/// The error for a file whose bytes cannot be what was written.
fn damaged(at: Span, what: &str) -> Error {
    Error::new(Code::ObjectDamaged, format!("this object is damaged: {what}"))
        .label(at, "this object")
        .help("copy it again, or compile it again: ebpf compile TARGET {|ctx| … } --output FILE")
}

fn other_format(at: Span, what: &str) -> Error {
    Error::new(Code::ObjectFormat, format!("this object was written by another version of the plugin: {what}"))
        .label(at, "this object")
        .help("compile it with this version: ebpf compile TARGET {|ctx| … } --output FILE")
}

#[cfg(test)]
#[path = "../../../tests/unit/portable.rs"]
mod tests;
