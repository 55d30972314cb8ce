//! The symbols of binaries by blazesym, whose state stays on one thread: requests go there, answers come back. The files
//! that it has taken apart it keeps, as long as [`Symbols`] lives.

use crate::frame::Symbol;
use crate::process::Binary;
use blazesym::symbolize::source::{Elf, Source};
use blazesym::symbolize::{CodeInfo, Input, Sym, Symbolized, Symbolizer};
use memmap2::Mmap;
use nu_ebpf_privilege::{Deed, is_ours, raise};
use object::Object as _;
use std::collections::HashMap;
use std::fs::File;
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

/// Files that blazesym keeps at most.
const MOST: usize = 256;

/// A file, offsets in it, and who wants to know.
type Request = (Arc<Binary>, Vec<u64>, Sender<Answer>);

/// For each offset its functions, innermost first.
type Answer = Vec<Vec<Symbol>>;

/// The handle of the thread, which ends with it.
#[derive(Debug)]
pub struct Symbols {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
}

impl Default for Symbols {
    fn default() -> Self {
        let (requests, wanted) = channel();
        let thread = thread::Builder::new().name("symbols".into()).spawn(move || answer(&wanted)).ok();
        // Without a thread, addresses have no names: every frame tells that.
        Symbols { requests: thread.is_some().then_some(requests), thread }
    }
}

impl Drop for Symbols {
    fn drop(&mut self) {
        // Nobody waits for an answer any more, so it ends at once; the files that it has open end with it.
        drop(self.requests.take());
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Symbols {
    /// The functions at offsets in a file.
    pub fn file(&self, binary: &Arc<Binary>, offsets: &[u64]) -> Answer {
        let (sender, answer) = channel();
        let request = (binary.clone(), offsets.to_vec(), sender);
        let sent = self.requests.as_ref().is_some_and(|requests| requests.send(request).is_ok());
        let mut all = if sent { answer.recv().unwrap_or_default() } else { Vec::new() };
        all.resize(offsets.len(), Vec::new());
        all
    }
}

/// The thread.
fn answer(requests: &Receiver<Request>) {
    let mut symbolizer = Symbolizer::builder().build();
    // Each file that it has open, and whether it may lead to another.
    let mut open: HashMap<u64, bool> = HashMap::new();
    for (binary, offsets, sender) in requests {
        let Some(file) = &binary.file else { continue };
        // It keeps every file open and in memory; what it has said is remembered elsewhere.
        if open.len() >= MOST && !open.contains_key(&binary.number) {
            open.clear();
            symbolizer = Symbolizer::builder().build();
        }
        // Opened anew by this name, which asks again whether we may.
        let _raised = raise(Deed::Processes);
        // The open file, whatever has become of its name.
        let mut elf = Elf::new(format!("/proc/self/fd/{}", file.as_raw_fd()));
        // What a file says may be anything: where its reader panics, this one file has no names.
        let look = || {
            elf.debug_syms = *open.entry(binary.number).or_insert_with(|| may_lead(file));
            symbolizer.symbolize(&Source::Elf(elf), Input::FileOffset(&offsets)).unwrap_or_default()
        };
        let found = panic::catch_unwind(AssertUnwindSafe(look)).unwrap_or_default();
        let all = found.into_iter().map(|one| match one {
            Symbolized::Sym(symbol) => symbols(&symbol),
            Symbolized::Unknown(_) => Vec::new(),
        });
        // Whoever has asked may be gone.
        let _ = sender.send(all.collect());
    }
}

/// Sections that name another file, which blazesym opens wherever it is.
const LINKS: [&str; 3] = [".gnu_debuglink", ".gnu_debugaltlink", ".debug_sup"];

/// Whether a file may say where its debug information is, so that who has made it does not choose what is opened: it says
/// nothing of it, or it is one of this system's, or of this user's own.
fn may_lead(file: &File) -> bool {
    // SAFETY: as blazesym itself does; the bytes are only read.
    let Ok(data) = (unsafe { Mmap::map(file) }) else { return false };
    let Ok(elf) = object::File::parse(&*data) else { return false };
    if LINKS.iter().all(|name| elf.section_by_name(name).is_none()) {
        return true;
    }
    let here = || -> std::io::Result<bool> {
        let path = std::fs::canonicalize(format!("/proc/self/fd/{}", file.as_raw_fd()))?;
        let (own, named) = (file.metadata()?, std::fs::metadata(&path)?);
        Ok((own.dev(), own.ino()) == (named.dev(), named.ino()) && is_ours(&path))
    };
    here().unwrap_or(false)
}

/// The functions of one address, innermost first.
fn symbols(symbol: &Sym<'_>) -> Vec<Symbol> {
    let one = |function: &str, offset, info: Option<&CodeInfo<'_>>| Symbol {
        function: function.into(),
        offset,
        // The path by which the process knows the file is told elsewhere.
        module: None,
        source: info.and_then(source),
    };
    let inlined = symbol.inlined.iter().rev();
    let inlined = inlined.map(|inlined| one(&inlined.name, None, inlined.code_info.as_ref()));
    inlined.chain([one(&symbol.name, Some(symbol.offset as u64), symbol.code_info.as_deref())]).collect()
}

fn source(info: &CodeInfo<'_>) -> Option<Arc<str>> {
    Some(format!("{}:{}", info.to_path().display(), info.line?).into())
}

#[cfg(test)]
#[path = "../../../tests/unit/symbol_symbols.rs"]
mod tests;
