//! Programs and libraries that uprobes name: where they are, and which functions they have.

use crate::error::{Error, Result, offer, offer_of};
use crate::image::{Function, Image};
use crate::implementation::{Implementation, implementation};
use crate::ir::glob::{alternatives, fits, is_pattern};
use crate::ir::{AttachPoint, Place};
use crate::locate::{Locator, selected};
use crate::spec::code::Code;
use nu_ebpf_ir::environment;
use nu_ebpf_privilege::{Deed, Links, contents, raise, regular};
use nu_ebpf_symbol::demangle;
use nu_protocol::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Folders that the dynamic loader looks into by itself (ld.so(8)), besides those that /etc/ld.so.conf names.
const FOLDERS: &[&str] = &["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"];

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
        true => Some(resolved(binary, cwd)).filter(|path| path.try_exists().unwrap_or(true)),
        false => library(binary).or_else(|| program(binary, cwd)),
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
            let help = "a uprobe needs a readable regular file";
            wrong(format!("{name}: {error}"), "this binary cannot be read", help)
        }
    }
}

/// Finds a program in the `PATH` of the calling shell.
fn program(name: &str, cwd: &Path) -> Option<PathBuf> {
    let folders = std::env::join_paths(environment::search_path()).ok()?;
    which::which_in(name, Some(folders), cwd).ok()
}

/// Resolves a path as the shell does: from `cwd`, with `~` for the user's home.
fn resolved(path: &str, cwd: &Path) -> PathBuf {
    cwd.join(environment::expanded(path.into()))
}

/// Suggests similar names, in the folder of a path, or among programs and libraries.
fn near(binary: &str, cwd: &Path) -> String {
    let help = "give its path, or the name of a library (libc) or of a program in PATH";
    let (folder, name) = binary.rsplit_once('/').map_or((None, binary), |(folder, name)| (Some(folder), name));
    let searched = match folder {
        Some(folder) => vec![resolved(if folder.is_empty() { "/" } else { folder }, cwd)],
        None => environment::search_path().into_iter().chain(folders()).collect(),
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

/// Returns whether a path leads to a file that begins as ELF does.
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

/// A function of a binary that can be probed by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Its symbol.
    pub symbol: String,
    /// As people write it, of C++ and Rust, with its parameters.
    pub demangled: Option<String>,
}

impl Named {
    fn new(symbol: &str) -> Named {
        Named { symbol: symbol.to_string(), demangled: demangle::demangled(symbol) }
    }

    /// As an attach point names it.
    pub fn shown(&self) -> &str {
        self.demangled.as_deref().unwrap_or(&self.symbol)
    }

    /// Returns whether one of its names fits a pattern.
    pub fn fits(&self, pattern: &str) -> bool {
        fits(pattern, &self.symbol)
            || self.demangled.as_deref().is_some_and(|name| fits(pattern, name))
            || self.plain().is_some_and(|name| fits(pattern, &name))
    }

    /// Returns whether it is written with its parameters, or without them: then all of that name are meant.
    fn is(&self, written: &str) -> bool {
        let Some(demangled) = &self.demangled else { return false };
        let written = signature(written);
        signature(demangled) == written
            || self.plain().is_some_and(|plain| {
                let returned = demangled.find(plain.as_str()).and_then(|at| demangled.get(at..));
                signature(&plain) == written
                    || signature(plain.split('<').next().unwrap_or(&plain)) == written
                    || returned.is_some_and(|without| signature(without) == written)
            })
    }

    fn plain(&self) -> Option<String> {
        self.demangled.as_ref().and_then(|_| demangle::plain(&self.symbol))
    }
}

/// A name of C++ without what may be written in several ways: blanks, and `const` before a type or behind it.
fn signature(name: &str) -> String {
    let mut all = String::new();
    for (number, word) in name.trim_start_matches("::").split_inclusive(['(', ',', ')', '<']).enumerate() {
        let bare = word.trim();
        let (word, end) = bare.split_at(bare.len() - usize::from(bare.ends_with(['(', ',', ')', '<'])));
        match word.strip_prefix("const ").filter(|_| number > 0) {
            Some(of) => {
                let (of, pointers) = of.split_at(of.find(['*', '&']).unwrap_or(of.len()));
                all.extend([of.trim(), " const", pointers, end]);
            }
            None => all.extend([word, end]),
        }
    }
    // Between words a blank tells them apart.
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let words: Vec<&str> = all.split_whitespace().collect();
    words.iter().fold(String::new(), |mut text, word| {
        if is_word(text.chars().last()) && is_word(word.chars().next()) {
            text.push(' ');
        }
        text + word
    })
}

/// The functions of a binary that can be probed by their names, each name once. Left out are those whose first
/// instruction the kernel does not take, and those of which it is not known which implementation is run. `span`: where the
/// file is named.
///
/// # Errors
/// The file is damaged. What cannot be read at all has another error, and here no functions.
pub fn named(path: &Path, span: Span) -> Result<Vec<Named>> {
    let Some(data) = bytes(path) else { return Ok(Vec::new()) };
    let image = Image::parse(&data).ok_or_else(|| damaged(path, span))?;
    let names = image.functions().chunk_by(|one, next| one.name == next.name);
    let probed = |one: &Function| {
        let address = match one.chooses {
            false => Some(one.address),
            true => match implementation(&data, &one.name, one.version.as_deref()) {
                Some(Implementation::Inside(address)) => Some(address),
                _ => None,
            },
        };
        address.is_some_and(|at| image.offset(at).is_some() && !image.is_refused(at))
    };
    let fine = names.filter_map(|same| {
        let all: Vec<&Function> = same.iter().collect();
        let meant = selected(&all, None);
        (!meant.is_empty() && meant.iter().all(|one| probed(one))).then(|| Named::new(&same[0].name))
    });
    Ok(fine.collect())
}

/// The functions that a name or a pattern in an attach point means: that of the symbol itself, else those that are written
/// so in C++ or Rust, else those that fit it.
///
/// # Errors
/// As [`named`].
pub fn meant(path: &Path, written: &str, span: Span) -> Result<Vec<Named>> {
    let all = named(path, span)?;
    let exact: Vec<Named> = all.iter().filter(|one| one.symbol == written).cloned().collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    let same: Vec<Named> = all.iter().filter(|one| one.is(written)).cloned().collect();
    match is_pattern(written) && same.is_empty() {
        true => Ok(all.into_iter().filter(|one| one.fits(written)).collect()),
        false => Ok(same),
    }
}

/// A file that the user names.
pub fn bytes(path: &Path) -> Option<Vec<u8>> {
    let _raised = raise(Deed::Files);
    contents(path, Links::Followed).ok()
}

/// Locates attach points in their files: one offset each, or several if several functions share the name.
/// `binaries`: the files, in their order.
///
/// # Errors
/// The first that cannot be probed, and why.
pub fn offsets(targets: &[AttachPoint], binaries: &[Option<PathBuf>]) -> Result<Vec<Vec<u64>>> {
    let mut files: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (number, path) in binaries.iter().enumerate().take(targets.len()) {
        files.entry(path.as_deref().unwrap_or(Path::new(""))).or_default().push(number);
    }
    let mut all = vec![Vec::new(); targets.len()];
    for (path, numbers) in files {
        let Some(data) = numbers.first().and_then(|_| bytes(path)) else {
            let what = format!("{} cannot be read", path.display());
            let span = targets.get(numbers[0]).map_or(Span::unknown(), |target| target.span);
            return Err(Error::new(Code::TargetBinary, what)
                .label(span, "this binary")
                .help("a regular file is needed"));
        };
        let image = Image::parse(&data);
        for number in numbers {
            let target = &targets[number];
            let image = image.as_ref().ok_or_else(|| damaged(path, target.span))?;
            all[number] = Locator { image, path, target }.offsets()?;
        }
    }
    Ok(all)
}

/// The error for a function that a binary does not have.
pub fn no_such(image: &Image<'_>, path: &Path, function: &str, target: &AttachPoint) -> Error {
    let names: Vec<&str> = image.functions().iter().map(|one| one.name.as_str()).collect();
    let error = Error::new(Code::TargetSymbol, format!("{} has no function `{function}`", path.display()));
    if names.is_empty() {
        let help = "install its debug symbols, or name an instruction by its address or its offset in the file: \
                    uprobe:PATH:+0x1234";
        return error.label(target.span, "this binary is stripped: it has no symbols").help(help);
    }
    let none_near = "none of a similar name; a static one may have been stripped or inlined";
    let none_near = format!("it has {} functions, {none_near}", names.len());
    let shown: Vec<String> = names.iter().filter_map(|name| demangle::plain(name)).collect();
    let known = names.into_iter().chain(shown.iter().map(String::as_str));
    error.label(target.span, "no such function").help(offer(function, known, none_near))
}

/// Why an attach point could not be probed in a file.
pub fn not_probed(path: &Path, target: &AttachPoint) -> Option<Error> {
    offsets(std::slice::from_ref(target), &[Some(path.to_path_buf())]).err()
}

/// The files that an attach point names: one, or all that fit a path with `*`, `?` and `{a,b}`.
///
/// # Errors
/// As [`resolve`]; none fits.
pub fn files(target: &AttachPoint, cwd: &Path) -> Result<Vec<PathBuf>> {
    let (Place::Binary { binary, .. } | Place::Usdt { binary, .. }) = &target.place else { return Ok(Vec::new()) };
    let literal = resolved(binary, cwd).try_exists().unwrap_or(true);
    let patterns = alternatives(binary);
    if literal || !(binary.contains('/') && (is_pattern(binary) || patterns.len() > 1)) {
        return named_file(binary, target.span, cwd).map(|path| vec![path]);
    }
    let _raised = raise(Deed::Files);
    let mut all: Vec<PathBuf> = patterns.iter().flat_map(|pattern| fitting(pattern, cwd)).collect();
    all.retain(|path| is_elf(path).unwrap_or(false));
    // Several names of one file are one.
    let mut known = BTreeSet::new();
    all.retain(|path| fs::canonicalize(path).is_ok_and(|real| known.insert(real)));
    if all.is_empty() {
        return Err(Error::new(Code::TargetBinary, format!("no program or library matches `{binary}`"))
            .label(target.span, "no such binary")
            .help("`*` stands for any characters but `/`, `?` for one"));
    }
    Ok(all)
}

/// The files whose paths fit a pattern, folder by folder.
fn fitting(pattern: &str, cwd: &Path) -> Vec<PathBuf> {
    let pattern = environment::expanded(pattern.into());
    let pattern = pattern.to_string_lossy();
    let begin = if pattern.starts_with('/') { PathBuf::from("/") } else { cwd.to_path_buf() };
    pattern.split('/').filter(|part| !part.is_empty()).fold(vec![begin], |folders, part| {
        let inside = |folder: PathBuf| -> Vec<PathBuf> {
            if !is_pattern(part) {
                return Some(folder.join(part)).filter(|path| path.exists()).into_iter().collect();
            }
            let names = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
            // As in a shell, what begins with a dot is asked for by a dot.
            let named = |name: &OsString| {
                let name = name.to_string_lossy();
                fits(part, &name) && (part.starts_with('.') || !name.starts_with('.'))
            };
            let mut names: Vec<OsString> = names.filter(named).collect();
            names.sort();
            names.into_iter().map(|name| folder.join(name)).collect()
        };
        folders.into_iter().flat_map(inside).collect()
    })
}

/// A file's bytes, read as ELF.
///
/// # Errors
/// It is damaged.
pub fn parsed<'data>(data: &'data [u8], path: &Path, span: Span) -> Result<object::File<'data>> {
    object::File::parse(data).map_err(|_| damaged(path, span))
}

fn damaged(path: &Path, span: Span) -> Error {
    let what = format!("{} is damaged: it has an ELF header but is not a valid ELF file", path.display());
    let error = Error::new(Code::TargetBinary, what).label(span, "this binary cannot be read");
    error.help("install or build it again")
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_binary.rs"]
mod tests;
