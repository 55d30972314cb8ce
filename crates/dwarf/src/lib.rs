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
mod worker;

pub use worker::TYPES;

use file::Opened;
use gimli::AbbreviationsCacheStrategy::Duplicates;
use nu_ebpf_btf::{Btf, Prototype, Type, TypeId};
use nu_ebpf_privilege::{Deed, Links, is_trusted, raise, regular};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use worker::{Answer, Question, ask};

/// A function, with the types that it is described by.
pub type Function = (&'static Btf, Prototype);

/// A type, among those that it leads to.
pub type Named = (&'static Btf, TypeId);

/// Why nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Missing {
    /// There is no debug information.
    DebugInfo,
    /// What there is says nothing of this.
    Undescribed,
    /// It cannot be read, and why.
    Unreadable(String),
    /// It exceeds a limit.
    Limited {
        why: String,
        /// Other users can change the file, which has lower limits therefore.
        foreign: bool,
    },
}

impl Missing {
    /// Returns what the user can do about it.
    pub fn help(&self, path: &Path) -> String {
        match self {
            Missing::DebugInfo | Missing::Undescribed => "build it with -g, or install its debug symbols".into(),
            Missing::Unreadable(_) => "build it for this machine: cc -g -gz=none".into(),
            Missing::Limited { foreign: true, .. } => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                format!("other users can change it: name a copy of your own, cp {} ~/{name}", path.display())
            }
            Missing::Limited { foreign: false, .. } => {
                "name a smaller library, or take arguments by their numbers: $ctx.arg0".into()
            }
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::DebugInfo => f.write_str("this binary has no debug information"),
            Missing::Undescribed => f.write_str("the debug information of this binary does not describe it"),
            Missing::Unreadable(why) | Missing::Limited { why, .. } => {
                write!(f, "the debug information of this binary cannot be read: {why}")
            }
        }
    }
}

/// A file in one of its states (path, device, inode, time of the last change, which includes its owner and mode), and the
/// name that was asked for.
type Key = (PathBuf, [u64; 2], [i64; 2], String);

type Cache<T> = LazyLock<Mutex<HashMap<Key, Result<T, Missing>>>>;

/// A function of a binary, by the name that its symbol has.
///
/// # Errors
/// Nothing is known of it.
pub fn function(path: &Path, name: &str) -> Result<Function, Missing> {
    static KNOWN: Cache<Function> = LazyLock::new(Mutex::default);
    cached(&KNOWN, path, name, || match ask(path, Question::Function(name.into()))? {
        Answer::Function(data, prototype) => Ok((kept(data, path)?, prototype)),
        _ => Err(Missing::Undescribed),
    })
}

fn function_of(path: &Path, name: &str) -> Result<(Btf, Prototype), Missing> {
    let opened = Opened::open(path)?;
    if let Some(btf) = opened.btf(path)
        && let Some(prototype) = btf.function(None, name)
    {
        let before = build::before(&btf, prototype.gives, Some(gimli::DW_LANG_C));
        return Ok((btf, Prototype { before, ..prototype }));
    }
    let address = opened.address(name).ok_or(Missing::Undescribed)?;
    opened.look(|dwarf| {
        dwarf.populate_abbreviations_cache(Duplicates);
        let units = units::Units::of(dwarf);
        let found = find::at(&units, address).ok_or(Missing::Undescribed)?;
        build::function(&units, &found, path, name).ok_or(Missing::Undescribed)
    })
}

/// `struct NAME`, `union NAME`, `enum NAME`, or another name for a type, wherever a binary defines it.
///
/// # Errors
/// It has none of that name.
pub fn type_named(path: &Path, words: &str) -> Result<Named, Missing> {
    static KNOWN: Cache<Named> = LazyLock::new(Mutex::default);
    cached(&KNOWN, path, words, || match ask(path, Question::Type(words.into()))? {
        Answer::Type(data, id) => Ok((kept(data, path)?, id)),
        _ => Err(Missing::Undescribed),
    })
}

fn type_of(path: &Path, words: &str) -> Result<(Btf, TypeId), Missing> {
    let opened = Opened::open(path)?;
    if let Some(btf) = opened.btf(path)
        && let Some(id) = btf.type_named(words)
    {
        return Ok((btf, id));
    }
    opened.look(|dwarf| {
        let (wanted, name) = find::Wanted::parse(words);
        if !find::occurs(dwarf, name) {
            return Err(Missing::Undescribed);
        }
        dwarf.populate_abbreviations_cache(Duplicates);
        let units = units::Units::of(dwarf);
        let found = find::named(&units, wanted, name).ok_or(Missing::Undescribed)?;
        build::type_at(&units, found, path).ok_or(Missing::Undescribed)
    })
}

/// The names of a binary's structs, of a large one some.
pub fn structs(path: &Path) -> Vec<String> {
    match ask(path, Question::Structs) {
        Ok(Answer::Structs(names)) => names,
        _ => Vec::new(),
    }
}

fn structs_of(path: &Path) -> Result<Vec<String>, Missing> {
    Opened::open(path)?.look(|dwarf| Ok(find::structs(&units::Units::of(dwarf))))
}

/// What a program's type is; of one that is declared only, what another unit of the program defines.
pub fn defined(btf: &'static Btf, id: TypeId) -> Named {
    let (Type::Forward { name, union }, Some(path)) = (btf.get(btf.bare(id)), btf.program()) else { return (btf, id) };
    let word = if union { "union" } else { "struct" };
    type_named(path, &format!("{word} {name}")).unwrap_or((btf, id))
}

/// The most bytes of all types that are kept of files that other users can change.
const KEPT: usize = 16 << 20;

/// Types, for as long as the process lives.
fn kept(data: Vec<u8>, path: &Path) -> Result<&'static Btf, Missing> {
    static OTHERS: AtomicUsize = AtomicUsize::new(0);
    let raised = raise(Deed::Files);
    let trusted = regular(path, Links::Followed).is_ok_and(|file| is_trusted(&file));
    drop(raised);
    if !trusted && OTHERS.fetch_add(data.len(), Ordering::Relaxed) + data.len() > KEPT {
        let why = format!("the types of files that other users can change exceed {} MiB together", KEPT >> 20);
        return Err(Missing::Limited { why, foreign: true });
    }
    let btf = Btf::of_program(data, path).ok_or(Missing::Undescribed)?;
    Ok(Box::leak(Box::new(btf)))
}

fn cached<T: Clone>(
    known: &Cache<T>, path: &Path, name: &str, find: impl FnOnce() -> Result<T, Missing>,
) -> Result<T, Missing> {
    let raised = raise(Deed::Files);
    let meta = fs::metadata(path).map_err(|error| Missing::Unreadable(error.to_string()))?;
    drop(raised);
    let key = (path.to_path_buf(), [meta.dev(), meta.ino()], [meta.ctime(), meta.ctime_nsec()], name.to_string());
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
