//! The worker that looks symbols up in files. A file travels with the first request that names it, as a descriptor.

use crate::demangle::demangled;
use crate::frame::Symbol;
use blazesym::symbolize::source::{Elf, Source};
use blazesym::symbolize::{CodeInfo, Input, Sym, Symbolized, Symbolizer};
use memmap2::Mmap;
use nu_ebpf_privilege::{Deed, is_ours, raise};
use nu_ebpf_worker::{Capability, Kind, receive, send};
use object::Object as _;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

/// The most characters of a name: demangled, a name of a few bytes may become very long.
const NAME: usize = 1024;

/// The most inlined functions of one address.
const INLINED: usize = 64;

/// The kind of these workers.
pub static SYMBOLS: Kind = Kind { name: "symbols", serve, keeps: &[Capability::CAP_DAC_READ_SEARCH], tidies: false };

/// What is asked of the worker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The file's number.
    pub number: u64,
    /// Whether to use debug information, or symbols only.
    pub debug: bool,
    pub offsets: Vec<u64>,
}

/// For each offset its functions, innermost first; None where the file could not be parsed.
pub(crate) type Reply = Option<Vec<Vec<Symbol>>>;

/// Answers requests until the socket is closed.
fn serve(socket: &UnixStream) {
    // Names stay as they are: what blazesym takes for mangled may be a plain one.
    let symbolizer = Symbolizer::builder().enable_demangling(false).build();
    // Each file, and whether it may lead to another.
    let mut files: HashMap<u64, (File, bool)> = HashMap::new();
    while let Ok((request, file)) = receive::<Request>(socket) {
        if let Some(file) = file {
            let file = File::from(file);
            let leads = panic::catch_unwind(AssertUnwindSafe(|| may_lead(&file))).unwrap_or(false);
            files.insert(request.number, (file, leads));
        }
        let known = files.get(&request.number);
        // A panic costs the names of this one file.
        let look = || known.and_then(|(file, leads)| symbols_of(&symbolizer, file, request.debug && *leads, &request));
        let reply: Reply = panic::catch_unwind(AssertUnwindSafe(look)).unwrap_or_default();
        if send(socket, &reply, None).is_err() {
            return;
        }
    }
}

fn symbols_of(symbolizer: &Symbolizer, file: &File, debug: bool, request: &Request) -> Reply {
    // Opened anew by this name, which asks again whether we may.
    let _raised = raise(Deed::Processes);
    // The open file, whatever has become of its name.
    let mut elf = Elf::new(format!("/proc/self/fd/{}", file.as_raw_fd()));
    elf.debug_syms = debug;
    let found = symbolizer.symbolize(&Source::Elf(elf), Input::FileOffset(&request.offsets)).ok()?;
    let symbols = |one: Symbolized<'_>| match one {
        Symbolized::Sym(symbol) => functions(&symbol),
        Symbolized::Unknown(_) => Vec::new(),
    };
    Some(found.into_iter().map(symbols).collect())
}

/// The functions of one address, innermost first.
fn functions(symbol: &Sym<'_>) -> Vec<Symbol> {
    let one = |function: &str, offset, info: Option<&CodeInfo<'_>>| Symbol {
        function: short(demangled(function).as_deref().unwrap_or(function)),
        offset,
        // The path by which the process knows the file is known to who asks.
        module: None,
        source: info.and_then(source),
    };
    let inlined = symbol.inlined.iter().rev().take(INLINED);
    let inlined = inlined.map(|inlined| one(&inlined.name, None, inlined.code_info.as_ref()));
    inlined.chain([one(&symbol.name, Some(symbol.offset as u64), symbol.code_info.as_deref())]).collect()
}

fn source(info: &CodeInfo<'_>) -> Option<Arc<str>> {
    Some(short(&format!("{}:{}", info.to_path().display(), info.line?)))
}

/// A name, cut where it is too long.
fn short(name: &str) -> Arc<str> {
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()).into(),
        None => name.into(),
    }
}

/// Sections that name another file, which blazesym opens wherever it is.
const LINKS: [&str; 3] = [".gnu_debuglink", ".gnu_debugaltlink", ".debug_sup"];

/// Whether a file may say where its debug information is, so that who made it does not choose what is opened: it says
/// nothing of it, or only root and this user can change it and what lies beside it.
fn may_lead(file: &File) -> bool {
    // SAFETY: the bytes are only read. Whoever truncates the file meanwhile ends the worker, which is why it is a
    // process (a test that has it as a thread has the file to itself).
    let Ok(data) = (unsafe { Mmap::map(file) }) else { return false };
    let Ok(elf) = object::File::parse(&*data) else { return false };
    if LINKS.iter().all(|name| elf.section_by_name(name).is_none()) {
        return true;
    }
    let here = || -> io::Result<bool> {
        let path = std::fs::canonicalize(format!("/proc/self/fd/{}", file.as_raw_fd()))?;
        let (own, named) = (file.metadata()?, std::fs::metadata(&path)?);
        Ok((own.dev(), own.ino()) == (named.dev(), named.ino()) && is_ours(&path))
    };
    here().unwrap_or(false)
}

#[cfg(test)]
#[path = "../../../tests/unit/symbol_worker.rs"]
mod tests;
