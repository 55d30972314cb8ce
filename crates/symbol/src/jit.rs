//! Code that a process makes at run time: it may say what it is in `/tmp/perf-PID.map`
//! (tools/perf/Documentation/jit-interface.txt of Linux). The process decides what is in that file, so that what is kept
//! of it is bounded by [`JIT`], and how often it is read by how long that takes.

use crate::budget::{Charge, JIT};
use crate::lines::Lines;
use nu_ebpf_privilege::{Deed, Links, raise, regular};
use std::fs::{self, File};
use std::io::{BufReader, Seek as _, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Bytes of a line that are read, and of a name that are kept.
const LINE: usize = 1024;

/// After a reading, the file is left alone for so many times as long as that took.
const PAUSE: u32 = 20;

/// The functions that one process has told about.
#[derive(Debug)]
pub struct Jit {
    root: PathBuf,
    process: u32,
    /// Device and inode of the file, and how many bytes of it were read.
    read: Option<([u64; 2], u64)>,
    /// When it may be read again.
    next: Option<Instant>,
    /// By their starts, and of one start in the order of the file.
    functions: Vec<Function>,
    names: Vec<u8>,
    charge: Charge,
    /// There was more than there is room for.
    full: bool,
}

#[derive(Debug, Clone, Copy)]
struct Function {
    start: u64,
    size: u32,
    /// Where its name begins among the names: two bytes of its length, then the name.
    name: u32,
}

impl Jit {
    /// Nothing is read before it is asked for; `root` is `/proc`.
    pub fn new(root: PathBuf, process: u32) -> Jit {
        let charge = Charge::none(&JIT);
        let (functions, names) = (Vec::new(), Vec::new());
        Jit { root, process, read: None, next: None, functions, names, charge, full: false }
    }

    /// The function at an address, and where it starts. What the file has got since it was read is read then.
    pub fn function(&mut self, address: u64) -> Option<(Arc<str>, u64)> {
        self.known(address).or_else(|| {
            self.update()?;
            self.known(address)
        })
    }

    /// Whether the process told of more than is kept.
    pub fn is_full(&self) -> bool {
        self.full
    }

    fn known(&self, address: u64) -> Option<(Arc<str>, u64)> {
        let behind = self.functions.partition_point(|function| function.start <= address);
        let last = self.functions.get(..behind)?.last()?;
        (address - last.start < u64::from(last.size)).then_some(())?;
        let name = self.names.get(last.name as usize..)?;
        let (length, name) = name.split_first_chunk()?;
        let name = name.get(..usize::from(u16::from_ne_bytes(*length)))?;
        Some((String::from_utf8_lossy(name).into(), last.start))
    }

    /// Reads what is new in the file.
    fn update(&mut self) -> Option<()> {
        let begin = Instant::now();
        if self.full || self.next.is_some_and(|next| begin < next) {
            return None;
        }
        let (mut file, about) = self.open()?;
        let (which, size) = ([about.dev(), about.ino()], about.len());
        match self.read {
            Some((known, read)) if known == which && read == size => return None,
            Some((known, read)) if known == which && read < size => {
                file.seek(SeekFrom::Start(read)).ok()?;
            }
            _ => self.forget(),
        }
        let before = self.functions.len();
        let read = self.read.map_or(0, |read| read.1) + self.add(file);
        self.read = Some((which, read));
        if self.functions.len() > before {
            // A later line is of a function in the place of an earlier one. The sort keeps their order.
            self.functions.sort_by_key(|function| function.start);
        }
        self.next = Some(Instant::now() + begin.elapsed().min(Duration::from_secs(60)) * PAUSE);
        Some(())
    }

    /// The file and what is known of it. Anybody may have put anything there: a link elsewhere is not followed, and it is
    /// believed only if it belongs to the user of the process, or root.
    fn open(&self) -> Option<(File, fs::Metadata)> {
        let _raised = raise(Deed::Processes);
        let folder = self.root.join(self.process.to_string());
        // A process of another namespace names the file by the id that it has there.
        let own = fs::read_to_string(folder.join("status")).ok().and_then(|status| inner_id(&status));
        let inside = folder.join("root/tmp").join(name(own.unwrap_or(self.process)));
        let outside = Path::new("/tmp").join(name(self.process));
        let user = fs::metadata(&folder).ok()?.uid();
        let found = |path: PathBuf| {
            let file = regular(&path, Links::Refused).ok()?;
            let about = file.metadata().ok()?;
            [0, user].contains(&about.uid()).then_some((file, about))
        };
        [inside, outside].into_iter().find_map(found)
    }

    fn forget(&mut self) {
        (self.functions, self.names, self.read) = (Vec::new(), Vec::new(), None);
        self.charge.set(0);
    }

    /// Adds the functions of whole lines, as long as there is room; the bytes that were read.
    fn add(&mut self, file: File) -> u64 {
        let mut lines = Lines::new(BufReader::with_capacity(1 << 16, file), LINE);
        let mut read = 0;
        while let Ok(Some((line, true))) = lines.next() {
            if let Some((start, size, name)) = function(line)
                && !self.push(start, size, name)
            {
                self.full = true;
                return read;
            }
            read = lines.bytes;
        }
        read
    }

    /// Keeps a function; false where there is no room.
    fn push(&mut self, start: u64, size: u32, name: &[u8]) -> bool {
        let room = |held: usize, used: usize, more: usize| if used + more > held { (held * 2).max(4096) } else { held };
        let functions = room(self.functions.capacity(), self.functions.len(), 1);
        let names = room(self.names.capacity(), self.names.len(), name.len() + 2);
        if functions > self.functions.capacity() || names > self.names.capacity() {
            let bytes = functions * size_of::<Function>() + names;
            if bytes > JIT.share() || !self.charge.set(bytes) {
                return false;
            }
            self.functions.reserve_exact(functions - self.functions.len());
            self.names.reserve_exact(names - self.names.len());
        }
        let Ok(place) = u32::try_from(self.names.len()) else { return false };
        self.functions.push(Function { start, size, name: place });
        self.names.extend((name.len() as u16).to_ne_bytes());
        self.names.extend_from_slice(name);
        true
    }
}

fn name(process: u32) -> String {
    format!("perf-{process}.map")
}

/// The last id of `NSpid` in `/proc/PID/status`.
fn inner_id(status: &str) -> Option<u32> {
    status.lines().find_map(|line| line.strip_prefix("NSpid:"))?.split_whitespace().last()?.parse().ok()
}

/// A line of `START SIZE NAME`, numbers in base 16.
fn function(line: &[u8]) -> Option<(u64, u32, &[u8])> {
    let mut words = line.splitn(3, |byte| *byte == b' ');
    let mut number = || {
        let word = str::from_utf8(words.next()?).ok()?;
        u64::from_str_radix(word.trim_start_matches("0x"), 16).ok()
    };
    let (start, size) = (number()?, number()?);
    start.checked_add(size)?;
    Some((start, u32::try_from(size).unwrap_or(u32::MAX), words.next()?.trim_ascii()))
}

#[cfg(test)]
#[path = "../../../tests/unit/symbol_jit.rs"]
mod tests;
