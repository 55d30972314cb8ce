//! A program's file in, the types of its functions and its structs out, in the form in which the kernel's own types are
//! asked for ([`Btf`]): from its `.BTF` section, or its debug information (DWARF), its own or a separate file's. It looks
//! at files only: no process, no closure.
//!
//! A lookup reads what it needs and no more: the unit that a function lies in, and what its arguments lead to. What was
//! found is kept for as long as the process lives, as types of the kernel's are: one graph a function or type that was
//! asked for, a file that has changed anew.

mod build;
mod definition;
mod file;
mod find;
mod units;
mod worker;

pub use worker::TYPES;

use file::Opened;
use gimli::AbbreviationsCacheStrategy::Duplicates;
use nu_ebpf_btf::{Btf, Choice, Definition, Prototype, Type, TypeId};
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
    /// The debug information does not describe it.
    Undescribed,
    /// Several units define it differently.
    Ambiguous(Vec<Definition>),
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
            Missing::Ambiguous(all) => Definition::offer(all),
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
            Missing::Ambiguous(_) => f.write_str("several source files of this binary define it differently"),
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

/// A function of a binary, and where it is.
#[derive(Debug, Clone)]
pub struct Place {
    /// As symbols have it.
    pub address: u64,
    /// The source file; empty where that is unknown.
    pub source: String,
    /// None without debug information.
    pub function: Option<Function>,
}

/// The functions of a binary that have a symbol's name, or begin at an address that is written `0x1234`. Several static
/// functions may share a name.
///
/// # Errors
/// None of them is described.
pub fn functions(path: &Path, name: &str) -> Result<Vec<Place>, Missing> {
    static KNOWN: Cache<Vec<Place>> = LazyLock::new(Mutex::default);
    cached(&KNOWN, path, name, || match ask(path, Question::Functions(name.into()))? {
        Answer::Functions(all) => all
            .into_iter()
            .map(|(address, source, function)| {
                let function = function.map(|(data, prototype)| Ok((kept(data, path)?, prototype))).transpose()?;
                Ok(Place { address, source, function })
            })
            .collect(),
        _ => Err(Missing::Undescribed),
    })
}

fn functions_of(path: &Path, name: &str) -> Result<Vec<worker::Placed>, Missing> {
    let opened = Opened::open(path)?;
    let addresses = opened.addresses(name);
    if let Some(btf) = opened.btf(path)
        && let Some(prototype) = btf.function(None, name)
    {
        let before = build::before(&btf, prototype.gives, Some(gimli::DW_LANG_C));
        let address = addresses.first().copied().unwrap_or_default();
        return Ok(vec![(address, String::new(), Some((btf.data().to_vec(), Prototype { before, ..prototype })))]);
    }
    if addresses.is_empty() {
        return Err(Missing::Undescribed);
    }
    opened.look(|dwarf| {
        dwarf.populate_abbreviations_cache(Duplicates);
        let units = units::Units::of(dwarf);
        let place = |address: &u64| {
            let found = find::at(&units, *address);
            let source = found.as_ref().map(|found| units.source(&found.unit)).unwrap_or_default();
            let function = found.and_then(|found| build::function(&units, &found, path, name));
            (*address, source, function.map(|(btf, prototype)| (btf.data().to_vec(), prototype)))
        };
        let all: Vec<worker::Placed> = addresses.iter().map(place).collect();
        if all.iter().all(|one| one.2.is_none()) { Err(Missing::Undescribed) } else { Ok(all) }
    })
}

/// `struct NAME`, `union NAME`, `enum NAME`, or another name for a type. If several units of the binary define it
/// differently: what the units of a function define. After the name, `in FILE` or `#NUMBER` selects one.
///
/// # Errors
/// The binary has none of that name, or several and none is selected.
pub fn type_named(path: &Path, words: &str, function: Option<&str>) -> Result<Named, Missing> {
    static KNOWN: Cache<Named> = LazyLock::new(Mutex::default);
    let question = || Question::Type(words.into(), function.map(String::from));
    cached(&KNOWN, path, &format!("{words}\0{}", function.unwrap_or_default()), || match ask(path, question())? {
        Answer::Type(data, id) => Ok((kept(data, path)?, id)),
        _ => Err(Missing::Undescribed),
    })
}

fn type_of(path: &Path, words: &str, function: Option<&str>) -> Result<(Btf, TypeId), Missing> {
    let opened = Opened::open(path)?;
    if let Some(btf) = opened.btf(path) {
        match btf.choose(words, None, &[]) {
            Choice::One(id) => return Ok((btf, id)),
            Choice::Several(all) => return Err(Missing::Ambiguous(all)),
            Choice::None => {}
        }
    }
    let addresses = function.map(|name| opened.addresses(name)).unwrap_or_default();
    opened.look(|dwarf| {
        dwarf.populate_abbreviations_cache(Duplicates);
        let units = units::Units::of(dwarf);
        match definition::choose(&units, words, &addresses) {
            Choice::One(place) => build::type_at(&units, place, path).ok_or(Missing::Undescribed),
            Choice::Several(all) => Err(Missing::Ambiguous(all)),
            Choice::None => Err(Missing::Undescribed),
        }
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
    type_named(path, &format!("{word} {name}"), None).unwrap_or((btf, id))
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
