//! A program's file in, the types of its functions and its structs out, in the form in which the kernel's own types are
//! asked for ([`Btf`]): from its `.BTF` section, or its debug information (DWARF), its own or a separate file's. It looks
//! at files only: no process, no closure.
//!
//! A lookup reads what it needs and no more: the unit that a function lies in, and what its arguments lead to. What was
//! found is kept for as long as the process lives, as types of the kernel's are: one graph a function or type that was
//! asked for, a file that has changed anew.

mod build;
mod file;
mod find;
mod units;

use file::Opened;
use gimli::AbbreviationsCacheStrategy::Duplicates;
use nu_ebpf_btf::{Btf, Prototype, Type, TypeId};
use nu_ebpf_privilege::{Deed, raise};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

/// A function, with the types that it is described by.
pub type Function = (&'static Btf, Prototype);

/// A type, among those that it leads to.
pub type Named = (&'static Btf, TypeId);

/// Why nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// There is no debug information.
    DebugInfo,
    /// What there is says nothing of this.
    Undescribed,
    /// It cannot be read, and why.
    Unreadable(String),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::DebugInfo => f.write_str("this binary has no debug information"),
            Missing::Undescribed => f.write_str("the debug information of this binary does not describe it"),
            Missing::Unreadable(what) => write!(f, "the debug information of this binary cannot be read: {what}"),
        }
    }
}

/// A file as it was: path, device, inode, time of the last change; and what was asked for.
type Key = (PathBuf, [u64; 2], [i64; 2], String);

type Cache<T> = LazyLock<Mutex<HashMap<Key, Result<T, Missing>>>>;

/// A function of a binary, by the name that its symbol has.
///
/// # Errors
/// Nothing is known of it.
pub fn function(path: &Path, name: &str) -> Result<Function, Missing> {
    static KNOWN: Cache<Function> = LazyLock::new(Mutex::default);
    cached(&KNOWN, path, name, || {
        let opened = Opened::open(path)?;
        if let Some(btf) = opened.btf(path)
            && let Some(prototype) = btf.function(None, name)
        {
            let before = build::before(&btf, prototype.gives, Some(gimli::DW_LANG_C));
            return Ok((kept(btf), Prototype { before, ..prototype }));
        }
        let address = opened.address(name).ok_or(Missing::Undescribed)?;
        opened.look(|dwarf| {
            dwarf.populate_abbreviations_cache(Duplicates);
            let units = units::Units::of(dwarf);
            let found = find::at(&units, address).ok_or(Missing::Undescribed)?;
            let (btf, prototype) = build::function(&units, &found, path, name).ok_or(Missing::Undescribed)?;
            Ok((kept(btf), prototype))
        })
    })
}

/// `struct NAME`, `union NAME`, `enum NAME`, or another name for a type, wherever a binary defines it.
///
/// # Errors
/// It has none of that name.
pub fn type_named(path: &Path, words: &str) -> Result<Named, Missing> {
    static KNOWN: Cache<Named> = LazyLock::new(Mutex::default);
    cached(&KNOWN, path, words, || {
        let opened = Opened::open(path)?;
        if let Some(btf) = opened.btf(path)
            && let Some(id) = btf.type_named(words)
        {
            return Ok((kept(btf), id));
        }
        opened.look(|dwarf| {
            let (wanted, name) = find::Wanted::parse(words);
            if !find::occurs(dwarf, name) {
                return Err(Missing::Undescribed);
            }
            dwarf.populate_abbreviations_cache(Duplicates);
            let units = units::Units::of(dwarf);
            let found = find::named(&units, wanted, name).ok_or(Missing::Undescribed)?;
            let (btf, id) = build::type_at(&units, found, path).ok_or(Missing::Undescribed)?;
            Ok((kept(btf), id))
        })
    })
}

/// The names of a binary's structs, of a large one some.
pub fn structs(path: &Path) -> Vec<String> {
    let names = |opened: Opened| opened.look(|dwarf| Ok(find::structs(&units::Units::of(dwarf))));
    Opened::open(path).and_then(names).unwrap_or_default()
}

/// What a program's type is; of one that is declared only, what another unit of the program defines.
pub fn defined(btf: &'static Btf, id: TypeId) -> Named {
    let (Type::Forward { name, union }, Some(path)) = (btf.get(btf.bare(id)), btf.program()) else { return (btf, id) };
    let word = if union { "union" } else { "struct" };
    type_named(path, &format!("{word} {name}")).unwrap_or((btf, id))
}

fn kept(btf: Btf) -> &'static Btf {
    Box::leak(Box::new(btf))
}

fn cached<T: Clone>(
    known: &Cache<T>, path: &Path, name: &str, find: impl FnOnce() -> Result<T, Missing>,
) -> Result<T, Missing> {
    let raised = raise(Deed::Files);
    let meta = fs::metadata(path).map_err(|error| Missing::Unreadable(error.to_string()))?;
    drop(raised);
    let key = (path.to_path_buf(), [meta.dev(), meta.ino()], [meta.mtime(), meta.mtime_nsec()], name.to_string());
    let found = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some(found) = found {
        return found;
    }
    let found = find();
    known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, found.clone());
    found
}

#[cfg(test)]
#[path = "../../../tests/unit/dwarf.rs"]
mod tests;
