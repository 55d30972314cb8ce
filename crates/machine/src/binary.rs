//! Programs and libraries that uprobes name: where they are, and which functions they have.

use crate::error::{Error, Result, offer};
use crate::ir::{AttachPoint, Place};
use crate::spec::code::Code;
use object::{Object as _, ObjectSymbol as _, SymbolFlags};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Folders that the dynamic loader looks into by itself (ld.so(8)), besides those that /etc/ld.so.conf names.
const FOLDERS: &[&str] = &["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"];

/// An attach point's file: a path (maybe from `cwd`), a library with or without `lib` and `.so`, a program in `PATH`.
///
/// # Errors
/// [`Code::TargetBinary`] where there is none, or it is not ELF.
pub fn resolve(target: &AttachPoint, cwd: &Path) -> Result<Option<PathBuf>> {
    let Place::Binary { binary, .. } = &target.place else { return Ok(None) };
    let found = match binary.contains('/') {
        true => Some(cwd.join(binary)).filter(|path| path.exists()),
        false => library(binary).or_else(|| which::which(binary).ok()),
    };
    let wrong = |what: String, label: &str, help: &str| {
        Err(Error::new(Code::TargetBinary, what).label(target.span, label).help(help))
    };
    let Some(path) = found else {
        let help = "give its path, the name of a library that the loader finds (libc), or of a program in PATH";
        return wrong(format!("no program or library `{binary}`"), "this binary was not found", help);
    };
    let name = path.display();
    match is_elf(&path) {
        Ok(true) => Ok(Some(path)),
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

/// Whether a path leads to a file that begins as ELF does. Anything but a file is not opened: a pipe would block.
fn is_elf(path: &Path) -> std::io::Result<bool> {
    let mut magic = Vec::new();
    if path.is_file() {
        fs::File::open(path)?.take(4).read_to_end(&mut magic)?;
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
    let data = fs::read(path).ok()?;
    let file = object::File::parse(&*data).ok()?;
    let symbols = file.symbols().chain(file.dynamic_symbols());
    let function = |flags| matches!(flags, SymbolFlags::Elf { st_info, .. } if st_info & 0xf == object::elf::STT_FUNC);
    let defined = symbols.filter(|symbol| function(symbol.flags()) && !symbol.is_undefined());
    let names = defined.filter_map(|symbol| symbol.name().ok()).filter(|name| !name.is_empty());
    Some(names.map(String::from).collect())
}

/// Why a function of a binary could not be probed: it has none of that name, or no symbols at all.
pub fn no_function(path: &Path, function: &str, target: &AttachPoint) -> Option<Error> {
    let names = functions(path)?;
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
