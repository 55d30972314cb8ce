//! What processes have mapped, kept for when they are gone: mappings, and the mapped files themselves, held open, so
//! that one that was replaced or removed, or that only another mount namespace has, can still be read.

use crate::budget::{Charge, MAPPINGS};
use crate::jit::Jit;
use crate::lines::Lines;
use crate::maps::{Mapping, executable};
use nu_ebpf_privilege::{Deed, Links, raise, regular};
use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};
use std::collections::{HashMap, VecDeque};
use std::fs::{self, File};
use std::io::BufReader;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Processes that are kept; for a new one the oldest goes that has ended.
const MOST: usize = 8_192;

/// How many of the oldest are looked at for one that has ended.
const LIVING: usize = 64;

/// Mappings of an image that are kept; those that were unmapped first go.
const MOST_MAPPINGS: usize = 4096;

/// Bytes of a line of mappings: a path has 4096, and its line breaks are written as four.
const LINE: usize = 5 << 10;

/// Bytes of a process's mappings that are read.
const READ: u64 = 16 << 20;

/// A reading that takes more processor time than this is not repeated until [`PAUSE`] times as long has passed.
const QUICK: Duration = Duration::from_millis(5);
const PAUSE: u32 = 20;

/// How often mappings are read again for an address that is in none of them, without finding it.
const TRIES: u32 = 16;

/// Bytes that a file takes besides its path.
const BINARY: usize = 256;

/// A program that a process runs, or ran: an `exec` makes another of the same process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Image {
    pub process: u32,
    /// A number that no other image of the process has, nor a later process of the same id.
    pub number: u32,
}

/// A file that code was mapped from.
#[derive(Debug)]
pub struct Binary {
    /// Tells it from every other one.
    pub number: u64,
    pub path: Arc<str>,
    /// None where it could not be opened, is no regular file, or there is none.
    pub file: Option<File>,
    _charge: Charge,
}

impl Drop for Binary {
    fn drop(&mut self) {
        HELD.fetch_sub(u64::from(self.file.is_some()), Ordering::Relaxed);
    }
}

/// The files that all [`Binary`]s hold open.
static HELD: AtomicU64 = AtomicU64::new(0);

/// Where an address lies.
#[derive(Debug, Clone)]
pub enum Place {
    /// In a file, so many bytes from its start.
    File(Arc<Binary>, u64),
    /// In code that was made at run time, or in nothing that is known of the image: it may have said what is there.
    Anonymous(Arc<Mutex<Jit>>),
    /// Nowhere that is known.
    Nowhere,
    /// In what the image had mapped beyond the limits.
    Beyond,
}

/// An executable mapping, and the file that it is of.
#[derive(Debug)]
struct Mapped {
    start: u64,
    end: u64,
    /// Bytes from the file's start to the mapping's.
    offset: u64,
    binary: Option<Arc<Binary>>,
}

/// The mappings of an image.
#[derive(Debug)]
struct Kept {
    /// Where its stack starts: what `/proc/PID/stat` says of another image is not this. 0 is not known.
    stack: u64,
    mappings: Vec<Mapped>,
    charge: Charge,
    /// It had more mapped than is kept.
    cut: bool,
    jit: Arc<Mutex<Jit>>,
    /// How often it may be read again, and when.
    tries: u32,
    next: Option<Instant>,
}

/// What was read of a process.
struct Reading {
    mappings: Vec<Mapped>,
    cut: bool,
    next: Option<Instant>,
}

#[derive(Debug, Default)]
struct Inner {
    kept: HashMap<Image, Kept>,
    /// The images, the oldest first.
    order: VecDeque<Image>,
    /// The files by device, inode and path, as long as a mapping has them. The device as `stat` tells it, where it does:
    /// the mappings of a btrfs say one for all of its subvolumes, which number their inodes by themselves.
    files: HashMap<(String, u64, String), Weak<Binary>>,
    files_opened: u64,
}

/// The kept processes.
#[derive(Debug)]
pub struct Processes {
    /// `/proc`, but in tests.
    root: PathBuf,
    inner: Mutex<Inner>,
}

impl Default for Processes {
    fn default() -> Self {
        Processes::below("/proc".into())
    }
}

impl Processes {
    /// Those that a folder like `/proc` tells of.
    pub fn below(root: PathBuf) -> Processes {
        Processes { root, inner: Mutex::default() }
    }

    /// Keeps what an image has mapped now, besides what it had before; `stack` is where its stack starts, by which a later
    /// image of the same process is told from it. Of a process that is gone, what is kept stays as it is.
    pub fn keep(&self, image: Image, stack: u64) {
        let mut inner = self.inner();
        if inner.kept.get(&image).is_some_and(Kept::rests) {
            return;
        }
        let reading = inner.read(&self.folder(image), stack);
        if !inner.kept.contains_key(&image) {
            if inner.order.len() >= MOST {
                self.forget(&mut inner, true);
            }
            inner.order.push_back(image);
            let jit = Arc::new(Mutex::new(Jit::new(self.root.clone(), image.process)));
            inner.kept.insert(image, Kept::new(stack, jit));
        }
        if let Some(reading) = reading {
            self.add(&mut inner, image, reading);
            inner.kept.get_mut(&image).into_iter().for_each(|kept| kept.tries = TRIES);
        }
    }

    /// Adds what was read to what is kept. Where there is no room, images that have ended go.
    fn add(&self, inner: &mut Inner, image: Image, mut reading: Reading) {
        for _ in 0..LIVING {
            let Some(kept) = inner.kept.get_mut(&image) else { return };
            match kept.add(reading) {
                Ok(()) => return,
                Err(back) => reading = back,
            }
            if !self.forget(inner, false) {
                break;
            }
        }
        inner.kept.get_mut(&image).into_iter().for_each(|kept| kept.cut = true);
    }

    /// Whether anything was asked about the image yet.
    pub fn knows(&self, image: Image) -> bool {
        self.inner().kept.contains_key(&image)
    }

    /// Where addresses of an image lie.
    pub fn places(&self, image: Image, addresses: &[u64]) -> Vec<Place> {
        let mut places = self.mapped(image, addresses);
        let inner = self.inner();
        if let Some(kept) = inner.kept.get(&image) {
            let nowhere = places.iter_mut().filter(|place| matches!(place, Place::Nowhere));
            let instead = || if kept.cut { Place::Beyond } else { Place::Anonymous(kept.jit.clone()) };
            nowhere.for_each(|place| *place = instead());
        }
        places
    }

    /// Where they lie in what the image has mapped. What it has mapped since (`dlopen`) is looked for as long as it lives.
    fn mapped(&self, image: Image, addresses: &[u64]) -> Vec<Place> {
        let mut inner = self.inner();
        let found =
            |inner: &Inner| -> Vec<Place> { addresses.iter().map(|address| inner.place(image, *address)).collect() };
        let places = found(&inner);
        let missing = places.iter().any(|place| matches!(place, Place::Nowhere));
        let again = inner.kept.get(&image).filter(|kept| missing && kept.tries > 0 && !kept.rests());
        let Some(stack) = again.map(|kept| kept.stack) else { return places };
        let reading = inner.read(&self.folder(image), stack);
        let Some(kept) = inner.kept.get_mut(&image) else { return places };
        kept.tries = if reading.is_some() { kept.tries - 1 } else { 0 };
        if let Some(reading) = reading {
            self.add(&mut inner, image, reading);
        }
        let places = found(&inner);
        if !places.iter().any(|place| matches!(place, Place::Nowhere))
            && let Some(kept) = inner.kept.get_mut(&image)
        {
            kept.tries = TRIES;
        }
        places
    }

    /// Forgets the oldest image that has ended. Where many of the oldest live, `must` forgets one of them: nobody tells of
    /// it again. False: none was forgotten.
    fn forget(&self, inner: &mut Inner, must: bool) -> bool {
        let lives = |image: Image, kept: &Kept| {
            let stat = text(&self.folder(image), "stat");
            kept.stack != 0 && stat.and_then(|stat| stack_start(&stat)) == Some(kept.stack)
        };
        for left in (0..LIVING).rev() {
            let Some(oldest) = inner.order.pop_front() else { return false };
            if (left > 0 || !must) && inner.kept.get(&oldest).is_some_and(|kept| lives(oldest, kept)) {
                inner.order.push_back(oldest);
            } else {
                inner.kept.remove(&oldest);
                return true;
            }
        }
        false
    }

    fn folder(&self, image: Image) -> PathBuf {
        self.root.join(image.process.to_string())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn new(stack: u64, jit: Arc<Mutex<Jit>>) -> Kept {
        let charge = Charge::none(&MAPPINGS);
        Kept { stack, mappings: Vec::new(), charge, cut: false, jit, tries: 0, next: None }
    }

    /// Whether it is not to be read again yet.
    fn rests(&self) -> bool {
        self.next.is_some_and(|next| Instant::now() < next)
    }

    /// What was unmapped since stays known: older stacks have its addresses. What was read comes back where there is no
    /// room for it.
    fn add(&mut self, reading: Reading) -> Result<(), Reading> {
        let most = (self.mappings.len() + reading.mappings.len()).min(MOST_MAPPINGS);
        if !self.charge.set(most * size_of::<Mapped>()) {
            return Err(reading);
        }
        // Both in order: each old one is compared with the new ones near it only.
        let new = &reading.mappings;
        let covered = |old: &Mapped| {
            let near = new.partition_point(|new| new.end <= old.start);
            new.get(near).is_some_and(|new| new.start < old.end)
        };
        self.mappings.retain(|old| !covered(old));
        self.mappings.extend(reading.mappings);
        let over = self.mappings.len().saturating_sub(MOST_MAPPINGS);
        self.mappings.drain(..over);
        self.mappings.shrink_to_fit();
        self.charge.set(self.mappings.len() * size_of::<Mapped>());
        (self.cut, self.next) = (self.cut || reading.cut || over > 0, reading.next);
        Ok(())
    }
}

/// The processor time of this thread.
fn spent() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

impl Inner {
    fn place(&self, image: Image, address: u64) -> Place {
        let Some(kept) = self.kept.get(&image) else { return Place::Nowhere };
        let covers = |mapped: &&Mapped| (mapped.start..mapped.end).contains(&address);
        match kept.mappings.iter().find(covers) {
            Some(Mapped { start, offset, binary: Some(binary), .. }) => {
                Place::File(binary.clone(), (address - start).saturating_add(*offset))
            }
            Some(_) => Place::Anonymous(kept.jit.clone()),
            None => Place::Nowhere,
        }
    }

    /// The mappings of the process of that folder; None where it is gone, or runs another image now.
    fn read(&mut self, folder: &Path, stack: u64) -> Option<Reading> {
        let begin = spent();
        let _raised = raise(Deed::Processes);
        let mut lines = Lines::new(BufReader::with_capacity(1 << 16, File::open(folder.join("maps")).ok()?), LINE);
        let (mut mappings, mut cut) = (Vec::new(), false);
        while let Some((line, _)) = lines.next().ok()? {
            let Some(mapping) = executable(line) else { continue };
            if mappings.len() >= MOST_MAPPINGS || lines.bytes > READ {
                cut = true;
                break;
            }
            let binary = if mapping.path.is_empty() { None } else { self.binary(folder, &mapping) };
            cut |= binary.is_none() && !mapping.path.is_empty();
            let Mapping { start, end, offset, .. } = mapping;
            mappings.push(Mapped { start, end, offset, binary });
        }
        // Behind the reading: an image that ran until now is the one whose mappings were read. A kernel that does not
        // show us where the stack is says 0.
        let now = stack_start(&text(folder, "stat")?)?;
        let took = spent().saturating_sub(begin);
        let next = (took > QUICK).then(|| Instant::now() + took * PAUSE);
        (!mappings.is_empty() && (now == stack || now == 0 || stack == 0)).then_some(Reading { mappings, cut, next })
    }

    /// The file of a mapping, opened once for all processes; None where there is no room to remember it.
    fn binary(&mut self, folder: &Path, mapping: &Mapping) -> Option<Arc<Binary>> {
        let about = fs::metadata(folder.join("map_files").join(mapping.range()));
        let device = about.map_or_else(|_| mapping.device.clone(), |about| format!("{:x}", about.dev()));
        let key = (device, mapping.inode, mapping.path.clone());
        if let Some(binary) = self.files.get(&key).and_then(Weak::upgrade) {
            return Some(binary);
        }
        let mut charge = Charge::none(&MAPPINGS);
        if !charge.set(2 * mapping.path.len() + BINARY) {
            return None;
        }
        self.files_opened += 1;
        // What is in no file has the inode 0, and names of its own.
        let room = room();
        let file = if mapping.inode == 0 || !room { None } else { open(folder, mapping) };
        HELD.fetch_add(u64::from(file.is_some()), Ordering::Relaxed);
        let binary =
            Arc::new(Binary { number: self.files_opened, path: mapping.path.as_str().into(), file, _charge: charge });
        // There may be room later.
        if !room {
            return Some(binary);
        }
        if self.files_opened.is_multiple_of(1024) {
            self.files.retain(|_, file| file.strong_count() > 0);
        }
        self.files.insert(key, Arc::downgrade(&binary));
        Some(binary)
    }
}

/// Whether there is room for another file: a half of the descriptors that this process may have is for other things.
fn room() -> bool {
    HELD.load(Ordering::Relaxed) < getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX) / 2
}

/// The mapped file itself, whatever has become of its name; else what has its name, if that is the same file.
fn open(folder: &Path, mapping: &Mapping) -> Option<File> {
    // Not a device, which can be mapped as well: opening one may do something.
    let mapped = regular(&folder.join("map_files").join(mapping.range()), Links::Followed);
    mapped.ok().or_else(|| {
        let path = folder.join("root").join(mapping.path.trim_start_matches('/'));
        // Not the device: of some file systems the kernel writes another one than `stat` tells.
        let file = regular(&path, Links::Followed).ok()?;
        (file.metadata().ok()?.ino() == mapping.inode).then_some(file)
    })
}

/// A file of a process's folder. Names in it may be of any bytes.
fn text(folder: &Path, name: &str) -> Option<String> {
    Some(String::from_utf8_lossy(&fs::read(folder.join(name)).ok()?).into_owned())
}

/// `startstack` of `/proc/PID/stat`, its 28th field; the second one, in brackets, may have blanks.
fn stack_start(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(25)?.parse().ok()
}

#[cfg(test)]
#[path = "../../../tests/unit/symbol_process.rs"]
mod tests;
