//! Programs and libraries that uprobes name: where they are, and which functions they have.

use crate::error::{Error, Result, offer, offer_of};
use crate::ir::{AttachPoint, Place};
use crate::spec::code::Code;
use nu_ebpf_privilege::{Deed, Links, contents, raise, regular};
use nu_protocol::Span;
use object::{Object as _, ObjectSegment as _, ObjectSymbol as _, SymbolFlags};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Folders that the dynamic loader looks into by itself (ld.so(8)), besides those that /etc/ld.so.conf names.
const FOLDERS: &[&str] = &["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"];

/// How instructions begin that the kernel puts no uprobe on: locks and segments (`is_prefix_bad`, arch/x86/kernel/uprobes.c).
const PREFIXES: &[u8] = &[0xf0, 0x26, 0x2e, 0x36, 0x3e];

/// An attach point's file: a path (maybe from `cwd`), a library with or without `lib` and `.so`, a program in `PATH`.
///
/// # Errors
/// [`Code::TargetBinary`] where there is none, or it is not ELF.
pub fn resolve(target: &AttachPoint, cwd: &Path) -> Result<Option<PathBuf>> {
    let (Place::Binary { binary, .. } | Place::Usdt { binary, .. }) = &target.place else { return Ok(None) };
    named_file(binary, target.span, cwd).map(Some)
}

/// The same of a file that is named without a place in it; `span`: where.
///
/// # Errors
/// As [`resolve`].
pub fn named_file(binary: &str, span: Span, cwd: &Path) -> Result<PathBuf> {
    let _raised = raise(Deed::Files);
    let found = match binary.contains('/') {
        // One that cannot be looked at is there, as far as anybody knows.
        true => Some(cwd.join(binary)).filter(|path| path.try_exists().unwrap_or(true)),
        false => library(binary).or_else(|| which::which(binary).ok()),
    };
    let wrong =
        |what: String, label: &str, help: &str| Err(Error::new(Code::TargetBinary, what).label(span, label).help(help));
    let Some(path) = found else {
        let help = near(binary, cwd);
        return wrong(format!("no program or library `{binary}`"), "this binary was not found", &help);
    };
    let name = path.display();
    match is_elf(&path) {
        Ok(true) => Ok(path),
        Ok(false) => {
            let label = "a script or data file has no functions to probe";
            wrong(format!("{name} is not an ELF file"), label, "name the program that runs it, or a library")
        }
        Err(error) => {
            let help = "a uprobe needs a regular file that may be read";
            wrong(format!("{name}: {error}"), "this binary cannot be read", help)
        }
    }
}

/// What there is of a name like that, in the folder that a path names, or where programs and libraries are found.
fn near(binary: &str, cwd: &Path) -> String {
    let help = "give its path, the name of a library that the loader finds (libc), or of a program in PATH";
    let (folder, name) = binary.rsplit_once('/').map_or((None, binary), |(folder, name)| (Some(folder), name));
    let searched = match folder {
        Some(folder) => vec![cwd.join(if folder.is_empty() { "/" } else { folder })],
        None => std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).chain(folders()).collect(),
    };
    let files = searched.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let names: BTreeSet<String> = files
        .filter_map(|entry| entry.file_name().into_string().ok())
        // A library goes by what stands before its version.
        .map(|file| match (folder, file.split_once(".so")) {
            (None, Some((library, _))) => library.to_string(),
            _ => file,
        })
        .collect();
    offer_of(name, names.iter().map(String::as_str), help)
}

/// A library by its name: `libc`, `c`, `libc.so`, `libc.so.6`; of several versions the last by name.
fn library(name: &str) -> Option<PathBuf> {
    let stems = [name.to_string(), format!("lib{name}")];
    let fits = |file: &str| {
        stems.iter().filter_map(|stem| file.strip_prefix(stem.as_str())).any(|rest| match name.contains(".so") {
            true => rest.is_empty() || rest.starts_with('.'),
            false => rest.starts_with(".so"),
        })
    };
    folders().iter().find_map(|folder| {
        let files = fs::read_dir(folder).ok()?.flatten().filter(|entry| entry.file_name().to_str().is_some_and(fits));
        let paths = files.filter_map(|entry| fs::canonicalize(entry.path()).ok());
        // A plain `.so` may be the linker's script, not the library.
        paths.filter(|path| is_elf(path).unwrap_or(false)).max()
    })
}

/// Whether a path leads to a file that begins as ELF does.
fn is_elf(path: &Path) -> std::io::Result<bool> {
    let mut magic = Vec::new();
    match regular(path, Links::Followed) {
        Err(error) if error.kind() == ErrorKind::InvalidInput => {}
        file => {
            file?.take(4).read_to_end(&mut magic)?;
        }
    }
    Ok(magic == b"\x7fELF")
}

fn folders() -> Vec<PathBuf> {
    let files = fs::read_dir("/etc/ld.so.conf.d").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    files.insert(0, PathBuf::from("/etc/ld.so.conf"));
    let texts: Vec<String> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
    let named = texts.iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| line.starts_with('/'));
    named.chain(FOLDERS.iter().copied()).map(PathBuf::from).collect()
}

/// The functions that a binary defines and has symbols for; None where it cannot be read. Those that the loader chooses
/// (STT_GNU_IFUNC) are none: their symbols are of what chooses, and libbpf does not find them.
pub fn functions(path: &Path) -> Option<Vec<String>> {
    Some(addresses(path)?.into_iter().map(|(name, _)| name).collect())
}

/// Those of the functions that can be probed by their names, each once: of several of one name none can, as in C each
/// file may have its own. Neither can those whose first instruction the kernel does not take. `span`: where the file is named.
///
/// # Errors
/// The file is damaged. What cannot be read at all has another error, and here no functions.
pub fn named(path: &Path, span: Span) -> Result<Vec<String>> {
    let Some(data) = bytes(path) else { return Ok(Vec::new()) };
    let file = parsed(&data, path, span)?;
    let segments: Vec<_> = file.segments().collect();
    let takes = |address: u64| {
        let first = in_file(&segments, address).and_then(|offset| data.get(offset as usize));
        !first.is_some_and(|byte| cfg!(target_arch = "x86_64") && PREFIXES.contains(byte))
    };
    let mut all = listed(&file);
    all.sort();
    all.dedup();
    let alone = all.chunk_by(|one, next| one.0 == next.0).filter(|same| same.len() == 1);
    Ok(alone.flatten().filter(|one| takes(one.1)).map(|(name, _)| name.clone()).collect())
}

/// The functions and their addresses.
fn addresses(path: &Path) -> Option<Vec<(String, u64)>> {
    let data = bytes(path)?;
    Some(listed(&object::File::parse(&*data).ok()?))
}

fn listed(file: &object::File<'_>) -> Vec<(String, u64)> {
    let symbols = file.symbols().chain(file.dynamic_symbols());
    let function = |flags| matches!(flags, SymbolFlags::Elf { st_info, .. } if st_info & 0xf == object::elf::STT_FUNC);
    let defined = symbols.filter(|symbol| function(symbol.flags()) && !symbol.is_undefined());
    let named = defined.filter_map(|symbol| Some((symbol.name().ok()?.to_string(), symbol.address())));
    named.filter(|(name, _)| !name.is_empty()).collect()
}

/// A file that the user names.
pub fn bytes(path: &Path) -> Option<Vec<u8>> {
    let _raised = raise(Deed::Files);
    contents(path, Links::Followed).ok()
}

/// Where in its file an address is.
fn in_file(segments: &[object::Segment<'_, '_>], address: u64) -> Option<u64> {
    let of = |one: &&object::Segment<'_, '_>| address >= one.address() && address - one.address() < one.size();
    segments.iter().find(of).map(|one| address - one.address() + one.file_range().0)
}

/// Where in a file the places of attach points are: one each, None where there is no such function, or several. (libbpf
/// finds none by their names for a link of many where a binary is stripped of its own.)
pub fn offsets<'p>(path: &Path, places: impl Iterator<Item = &'p Place>) -> Option<Vec<Option<u64>>> {
    let data = bytes(path)?;
    let file = object::File::parse(&*data).ok()?;
    let mut known: HashMap<String, BTreeSet<u64>> = HashMap::new();
    for (name, address) in listed(&file) {
        known.entry(name).or_default().insert(address);
    }
    let segments: Vec<_> = file.segments().collect();
    let place = |place: &Place| match place {
        Place::Binary { function: None, offset, .. } => Some(*offset),
        Place::Binary { function: Some(name), offset, .. } => {
            let addresses = known.get(name).filter(|all| all.len() == 1)?;
            Some(in_file(&segments, *addresses.first()?)? + offset)
        }
        _ => None,
    };
    Some(places.map(place).collect())
}

/// Why a function of a binary could not be probed: it has none of that name, or no symbols at all.
pub fn no_function(path: &Path, function: &str, target: &AttachPoint) -> Option<Error> {
    let Some(names) = functions(path) else {
        // What cannot be read at all has another error.
        return bytes(path).map(|_| damaged(path, target.span));
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let error = Error::new(Code::TargetSymbol, format!("{} has no function `{function}`", path.display()));
    if names.is_empty() {
        let help = "install its debug symbols, or name an instruction by its offset in the file: uprobe:PATH:+0x1234";
        return Some(error.label(target.span, "this binary is stripped: it has no symbols").help(help));
    }
    let none_near = "none of a similar name; a static one may have been stripped or inlined";
    let none_near = format!("it has {} functions, {none_near}", names.len());
    let offered = || offer(function, names.iter().copied(), none_near);
    (!names.contains(&function)).then(|| error.label(target.span, "no such function").help(offered()))
}

/// A file's bytes, read as ELF.
///
/// # Errors
/// It is damaged.
pub fn parsed<'data>(data: &'data [u8], path: &Path, span: Span) -> Result<object::File<'data>> {
    object::File::parse(data).map_err(|_| damaged(path, span))
}

fn damaged(path: &Path, span: Span) -> Error {
    let what = format!("{} is damaged: it begins as an ELF file, but is none", path.display());
    let error = Error::new(Code::TargetBinary, what).label(span, "this binary cannot be read");
    error.help("it may be half written; name one that is whole")
}

/// Why a function that is there could not be probed: there is another of its name.
pub fn several(path: &Path, function: &str, target: &AttachPoint) -> Option<Error> {
    let own = addresses(path)?.into_iter().filter(|(name, _)| name == function);
    let several = own.map(|(_, address)| address).collect::<BTreeSet<_>>().len() > 1;
    several.then(|| {
        Error::new(Code::TargetSymbol, format!("{} has several functions `{function}`", path.display()))
            .label(target.span, "which of them is not said")
            .help("name one by its offset in the file: uprobe:PATH:+0x1234, as `nm` lists them")
    })
}
