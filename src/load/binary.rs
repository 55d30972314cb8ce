//! Programs and libraries that uprobes name: where they are, and which functions they have.

use crate::error::{Error, Result, nearest};
use crate::ir::{AttachPoint, Place};
use crate::spec::code::Code;
use object::{Object as _, ObjectSymbol as _};
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that the dynamic loader looks into by itself (ld.so(8)), besides those that /etc/ld.so.conf names.
const FOLDERS: &[&str] = &["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"];

/// The file that an attach point's binary is: a path (relative ones from `cwd`), a library's name with or without
/// `lib`, `.so` and version, or a program in `PATH`.
///
/// # Errors
/// [`Code::TargetBinary`] where there is none, or it is not ELF.
pub fn resolve(target: &AttachPoint, cwd: &Path) -> Result<Option<PathBuf>> {
    let Place::Binary { binary, .. } = &target.place else { return Ok(None) };
    let found = match binary.contains('/') {
        true => Some(cwd.join(binary)).filter(|path| path.exists()),
        false => library(binary).or_else(|| which::which(binary).ok()),
    };
    let Some(path) = found else {
        return Err(Error::new(Code::TargetBinary, format!("no program or library `{binary}`"))
            .label(target.span, "this binary was not found")
            .help("give its path, the name of a library that the loader finds (libc), or of a program in PATH"));
    };
    match is_elf(&path) {
        Ok(true) => Ok(Some(path)),
        Ok(false) => Err(not_elf(&path, target)),
        Err(error) => Err(Error::new(Code::TargetBinary, format!("{}: {error}", path.display()))
            .label(target.span, "this binary cannot be read")
            .help("a uprobe needs a regular file that may be read")),
    }
}

fn not_elf(path: &Path, target: &AttachPoint) -> Error {
    Error::new(Code::TargetBinary, format!("{} is not an ELF file", path.display()))
        .label(target.span, "a script or data file has no functions to probe")
        .help("name the program that runs it, or a library")
}

/// A library by its name: `libc`, `c`, `libc.so`, `libc.so.6`; of several versions the last by name.
fn library(name: &str) -> Option<PathBuf> {
    let stems = [name.to_string(), format!("lib{name}")];
    let fits = |file: &str| {
        stems.iter().any(|stem| {
            let rest = file.strip_prefix(stem.as_str());
            rest.is_some_and(|rest| {
                rest.is_empty() && stem.contains(".so")
                    || rest.starts_with(".so")
                    || (stem.contains(".so") && rest.starts_with('.'))
            })
        })
    };
    for folder in folders() {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found: Vec<PathBuf> = files
            .filter(|entry| entry.file_name().to_str().is_some_and(fits))
            .filter_map(|entry| fs::canonicalize(entry.path()).ok())
            // A plain `.so` may be the linker's script, not the library.
            .filter(|path| is_elf(path).unwrap_or(false))
            .collect();
        found.sort();
        if let Some(path) = found.pop() {
            return Some(path);
        }
    }
    None
}

/// Whether a path leads to a file that begins as ELF does. Anything but a file is not opened: a pipe would block.
fn is_elf(path: &Path) -> std::io::Result<bool> {
    if !path.is_file() {
        return Ok(false);
    }
    let mut magic = [0; 4];
    match fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut magic)) {
        Ok(()) => Ok(&magic == b"\x7fELF"),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn folders() -> Vec<PathBuf> {
    let files = fs::read_dir("/etc/ld.so.conf.d").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    files.insert(0, PathBuf::from("/etc/ld.so.conf"));
    let lines = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    let named = lines.flat_map(|text| text.lines().map(|line| line.trim().to_string()).collect::<Vec<_>>());
    let named = named.filter(|line| line.starts_with('/')).map(PathBuf::from);
    named.chain(FOLDERS.iter().map(PathBuf::from)).collect()
}

/// Why a function of a binary could not be probed: it has none of that name, or no symbols at all.
pub fn no_function(path: &Path, function: &str, target: &AttachPoint) -> Option<Error> {
    let data = fs::read(path).ok()?;
    let file = object::File::parse(&*data).ok()?;
    let symbols = file.symbols().chain(file.dynamic_symbols());
    let defined = symbols.filter(|symbol| symbol.kind() == object::SymbolKind::Text && !symbol.is_undefined());
    let names: Vec<&str> = defined.filter_map(|symbol| symbol.name().ok()).filter(|name| !name.is_empty()).collect();
    let error = Error::new(Code::TargetSymbol, format!("{} has no function `{function}`", path.display()));
    if names.is_empty() {
        return Some(
            error.label(target.span, "this binary is stripped: it has no symbols").help(
                "install its debug symbols, or name an instruction by its offset in the file: uprobe:PATH:+0x1234",
            ),
        );
    }
    if names.contains(&function) {
        return None;
    }
    let help = match nearest(function, names.iter().copied()).as_slice() {
        [] => format!(
            "it has {} functions, none of a similar name; a static one may have been stripped or inlined",
            names.len()
        ),
        near => format!("did you mean {}?", near.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    };
    Some(error.label(target.span, "no such function").help(help))
}
