//! Paths of cgroups, by the ids that the kernel gives them: the inodes of their folders in cgroup2's file system. What was
//! found once is kept, so that a cgroup that has gone since has its name still.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How old a look at the folders may be to be taken for one of now: where many cgroups are gone, not each asks anew.
const AGE: Duration = Duration::from_millis(20);

/// Ids that are kept at most; beyond, it begins anew.
const MOST: usize = 1 << 16;

/// Where processes find what is mounted.
const MOUNTS: &str = "/proc/self/mountinfo";

/// The path of the cgroup of an id, `/` being the outermost that can be seen; `#ID` where it is not there (any more).
pub fn path(id: u64) -> String {
    static KNOWN: LazyLock<Mutex<Cgroups>> = LazyLock::new(Mutex::default);
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner).path(id, root)
}

/// The paths that are known, by id; None of what was looked for and is gone, as no id is given twice.
#[derive(Debug, Default)]
struct Cgroups {
    known: HashMap<u64, Option<String>>,
    /// The greatest id that was seen or asked for.
    greatest: u64,
    looked: Option<Instant>,
}

impl Cgroups {
    fn path(&mut self, id: u64, root: impl Fn() -> Option<PathBuf>) -> String {
        let fresh = self.looked.is_some_and(|looked| looked.elapsed() <= AGE);
        // Ids are given in ascending order: a greater one than all that were there has come since.
        if !self.known.contains_key(&id) && (!fresh || id > self.greatest) {
            if self.known.len() >= MOST {
                self.known.clear();
            }
            self.looked = Some(Instant::now());
            self.greatest = self.greatest.max(id);
            if let Some(root) = root() {
                self.look(&root, &root);
                self.known.entry(id).or_default();
            }
        }
        self.known.get(&id).cloned().flatten().unwrap_or_else(|| format!("#{id}"))
    }

    /// Takes a folder, and those in it.
    fn look(&mut self, folder: &Path, root: &Path) {
        let (Ok(meta), Ok(below)) = (fs::symlink_metadata(folder), folder.strip_prefix(root)) else { return };
        self.greatest = self.greatest.max(meta.ino());
        self.known.insert(meta.ino(), Some(format!("/{}", below.display())));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        folders.for_each(|entry| self.look(&entry.path(), root));
    }
}

/// Where cgroup2 is mounted: the whole, or else a part of it.
pub fn root() -> Option<PathBuf> {
    // Names in it may be of any bytes.
    mounted(&String::from_utf8_lossy(&fs::read(MOUNTS).ok()?))
}

/// The same, in the text of `mountinfo` (proc_pid_mountinfo(5)): `ID PARENT DEVICE ROOT MOUNTED OPTIONS … - TYPE …`.
fn mounted(text: &str) -> Option<PathBuf> {
    let line = |line: &str| {
        let (mount, kind) = line.split_once(" - ")?;
        let mut words = mount.split(' ').skip(3);
        let (root, place) = (words.next()?, words.next()?);
        kind.starts_with("cgroup2 ").then(|| (root != "/", place.replace("\\040", " ")))
    };
    let mut all: Vec<(bool, String)> = text.lines().filter_map(line).collect();
    all.sort_by_key(|(part, _)| *part);
    all.into_iter().next().map(|(_, place)| place.into())
}

#[cfg(test)]
#[path = "../../../tests/unit/read_cgroup.rs"]
mod tests;
