//! Code that a process makes at run time: it may say what it is in `/tmp/perf-PID.map`
//! (tools/perf/Documentation/jit-interface.txt of Linux).

use nu_ebpf_privilege::{Deed, Links, raise, regular};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of the largest file that is read.
const LARGEST: u64 = 64 << 20;

/// The functions that one process has told about.
#[derive(Debug)]
pub struct Jit {
    root: PathBuf,
    process: u32,
    /// Bytes of the file when it was read.
    size: u64,
    /// By their starts: the first address behind, and the name.
    functions: BTreeMap<u64, (u64, Arc<str>)>,
}

impl Jit {
    /// Nothing is read before it is asked for; `root` is `/proc`.
    pub fn new(root: PathBuf, process: u32) -> Jit {
        Jit { root, process, size: 0, functions: BTreeMap::new() }
    }

    /// The function at an address, and where it starts. The file is read again when it has grown.
    pub fn function(&mut self, address: u64) -> Option<(Arc<str>, u64)> {
        self.known(address).or_else(|| {
            self.read()?;
            self.known(address)
        })
    }

    fn known(&self, address: u64) -> Option<(Arc<str>, u64)> {
        let (start, (end, name)) = self.functions.range(..=address).next_back()?;
        (address < *end).then(|| (name.clone(), *start))
    }

    /// Reads the file, if it is not what was read before.
    fn read(&mut self) -> Option<()> {
        let _raised = raise(Deed::Processes);
        let folder = self.root.join(self.process.to_string());
        // A process of another namespace names the file by the id that it has there.
        let own = fs::read_to_string(folder.join("status")).ok().and_then(|status| inner_id(&status));
        let inside = folder.join("root/tmp").join(file(own.unwrap_or(self.process)));
        let outside = Path::new("/tmp").join(file(self.process));
        let user = fs::metadata(&folder).ok()?.uid();
        // Anybody may have put anything there: a link elsewhere is not followed, nor is everything read, nor believed.
        let found = |path: PathBuf| {
            let file = regular(&path, Links::Refused).ok()?;
            let about = file.metadata().ok()?;
            [0, user].contains(&about.uid()).then_some((file, about.len()))
        };
        let (file, size) = [inside, outside].into_iter().find_map(found)?;
        if size == self.size || size > LARGEST {
            return None;
        }
        let mut text = Vec::new();
        file.take(LARGEST).read_to_end(&mut text).ok()?;
        self.size = size;
        self.functions = functions(&String::from_utf8_lossy(&text));
        Some(())
    }
}

fn file(process: u32) -> String {
    format!("perf-{process}.map")
}

/// The last id of `NSpid` in `/proc/PID/status`.
fn inner_id(status: &str) -> Option<u32> {
    status.lines().find_map(|line| line.strip_prefix("NSpid:"))?.split_whitespace().last()?.parse().ok()
}

/// Lines of `START SIZE NAME`, numbers in base 16. A later line is of a function in the place of an earlier.
fn functions(text: &str) -> BTreeMap<u64, (u64, Arc<str>)> {
    let function = |line: &str| {
        let mut words = line.splitn(3, ' ');
        let mut number = || u64::from_str_radix(words.next()?.trim_start_matches("0x"), 16).ok();
        let (start, size) = (number()?, number()?);
        Some((start, (start.checked_add(size)?, words.next()?.trim().into())))
    };
    text.lines().filter_map(function).collect()
}

#[cfg(test)]
#[path = "../../../tests/unit/symbol_jit.rs"]
mod tests;
