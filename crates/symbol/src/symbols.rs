//! The symbols of binaries by blazesym, whose state stays on one thread: requests go there, answers come back. The files
//! that it has taken apart it keeps, as long as [`Symbols`] lives.

use crate::frame::Symbol;
use crate::process::Binary;
use blazesym::symbolize::source::{Elf, Source};
use blazesym::symbolize::{CodeInfo, Input, Sym, Symbolized, Symbolizer};
use nu_ebpf_privilege::{Deed, raise};
use std::os::fd::AsRawFd;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

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
    let symbolizer = Symbolizer::builder().build();
    for (binary, offsets, sender) in requests {
        let Some(file) = &binary.file else { continue };
        // Opened anew by this name, which asks again whether we may.
        let _raised = raise(Deed::Processes);
        // The open file, whatever has become of its name.
        let source = Source::Elf(Elf::new(format!("/proc/self/fd/{}", file.as_raw_fd())));
        // What a file says may be anything: where its reader panics, this one file has no names.
        let look = || symbolizer.symbolize(&source, Input::FileOffset(&offsets)).unwrap_or_default();
        let found = panic::catch_unwind(AssertUnwindSafe(look)).unwrap_or_default();
        let all = found.into_iter().map(|one| match one {
            Symbolized::Sym(symbol) => symbols(&symbol),
            Symbolized::Unknown(_) => Vec::new(),
        });
        // Whoever has asked may be gone.
        let _ = sender.send(all.collect());
    }
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
