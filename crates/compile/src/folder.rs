//! The folder of one run of clang. It is made where nobody else can put another in its place, and reached through its open
//! descriptor only: no name in it is looked up by a path that others may change.

use super::HEADERS;
use crate::error::{Error, Result};
use crate::spec::code::Code;
use nu_ebpf_ir::environment;
use nu_ebpf_privilege::{Deed, is_safe_place, raise};
use rustix::fs::{
    AtFlags, Dir, FlockOperation, Gid, Mode, OFlags, Uid, fchown, flock, mkdirat, open, openat, renameat, unlinkat,
};
use std::collections::BTreeSet;
use std::fs::File;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The folder that all users share.
const TMP: &str = "/tmp";

/// Prefix of their names.
const NAME: &str = "nu_ebpf.";

/// The file that marks a folder of the plugin. It is locked while the folder is in use.
const MARKER: &str = "nu_plugin_ebpf.marker";
const MARKED: &[u8] = b"A folder of nu_plugin_ebpf, in which it runs clang.\n";

/// Files of a run besides the headers and the marker.
pub const TEXT: &str = "probe.bpf.c";
pub const OBJECT: &str = "probe.bpf.o";
pub const USAGE: &str = "probe.bpf.su";

/// Opens a folder, not a link to one.
const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// A folder, which goes when this is dropped.
#[derive(Debug)]
pub struct Folder {
    place: OwnedFd,
    name: String,
    folder: OwnedFd,
    /// Its lock.
    marker: File,
}

impl Folder {
    /// Makes one, in the user's place for such (`TMPDIR`), or in /tmp: whichever others cannot tamper with.
    ///
    /// # Errors
    /// There is no such place, or it cannot be written to.
    pub fn make() -> Result<Folder> {
        let places = [environment::path("TMPDIR").unwrap_or_else(|| TMP.into()), TMP.into()];
        let mut why = None;
        for place in places.into_iter().filter_map(|place| place.canonicalize().ok()) {
            if !is_safe_place(&place) {
                why.get_or_insert_with(|| unsafe_place(&place));
                continue;
            }
            match Folder::make_in(&place) {
                Ok(folder) => return Ok(folder),
                Err(error) => drop(why.get_or_insert_with(|| Error::io(&place, &error))),
            }
        }
        Err(why.unwrap_or_else(|| Error::io(Path::new(TMP), &ErrorKind::NotFound.into())))
    }

    pub fn make_in(place: &Path) -> io::Result<Folder> {
        let _raised = raise(Deed::Files);
        let place = open(place, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        sweep(place.as_fd());
        let name = loop {
            let name = format!("{NAME}{:016x}", RandomState::new().build_hasher().finish());
            match mkdirat(&place, &name, Mode::RWXU) {
                Err(rustix::io::Errno::EXIST) => {}
                made => break made.map(|()| name)?,
            }
        };
        let folder = openat(&place, &name, FOLDER, Mode::empty())?;
        let next = format!("{MARKER}.new");
        let marker = create(folder.as_fd(), &next, MARKED)?;
        // With its lock it gets the name by which it is looked for.
        let _ = flock(&marker, FlockOperation::NonBlockingLockExclusive);
        renameat(&folder, &next, &folder, MARKER)?;
        Ok(Folder { place, name, folder, marker })
    }

    /// Returns the descriptor at which names in it are looked up.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.folder.as_fd()
    }

    /// Writes the headers and a text.
    ///
    /// # Errors
    /// Those of the system.
    pub fn write(&self, text: &str) -> Result<()> {
        let wrong = |name: &str, error: &io::Error| Error::io(&PathBuf::from(&self.name).join(name), error);
        for name in folders() {
            mkdirat(&self.folder, name, Mode::RWXU).map_err(|error| wrong(name, &error.into()))?;
        }
        for (name, text) in HEADERS.iter().copied().chain([(TEXT, text)]) {
            create(self.descriptor(), name, text.as_bytes()).map_err(|error| wrong(name, &error))?;
        }
        Ok(())
    }

    /// The bytes of a file that clang has written, at most so many. A pipe would block, a link lead elsewhere.
    ///
    /// # Errors
    /// There is no such regular file, or those of the system.
    pub fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let _raised = raise(Deed::Files);
        let mut bytes = Vec::new();
        regular(self.descriptor(), name)?.take(most).read_to_end(&mut bytes).map(|_| bytes)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _raised = raise(Deed::Files);
        clear(self.folder.as_fd());
        let _ = unlinkat(&self.place, &self.name, AtFlags::REMOVEDIR);
        let _ = flock(&self.marker, FlockOperation::Unlock);
    }
}

/// Gives a folder of a run and all that is in it to a user.
pub fn give(folder: BorrowedFd<'_>, uid: Uid) -> io::Result<()> {
    let files = HEADERS.iter().map(|header| header.0).chain([TEXT]);
    for name in folders().into_iter().chain(files) {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        match openat(folder, name, flags, Mode::empty()) {
            Ok(file) => fchown(file, Some(uid), Some(Gid::from_raw(uid.as_raw())))?,
            // A run may be of no text.
            Err(rustix::io::Errno::NOENT) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(fchown(folder, Some(uid), Some(Gid::from_raw(uid.as_raw())))?)
}

/// The folders of the headers.
fn folders() -> BTreeSet<&'static str> {
    HEADERS.iter().filter_map(|(name, _)| Some(name.split_once('/')?.0)).collect()
}

/// Makes a file that was not there.
fn create(folder: BorrowedFd<'_>, name: &str, bytes: &[u8]) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut file = File::from(openat(folder, name, flags, Mode::RUSR | Mode::WUSR)?);
    file.write_all(bytes)?;
    Ok(file)
}

fn regular(folder: BorrowedFd<'_>, name: &str) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(openat(folder, name, flags, Mode::empty())?);
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// Removes what a run has, and nothing else.
fn clear(folder: BorrowedFd<'_>) {
    for name in HEADERS.iter().map(|header| header.0).chain([TEXT, OBJECT, USAGE, MARKER]) {
        let _ = unlinkat(folder, name, AtFlags::empty());
    }
    // What clang had begun to write has a name of its own.
    for entry in Dir::read_from(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_bytes().starts_with(b"probe") {
            let _ = unlinkat(folder, name, AtFlags::empty());
        }
    }
    for name in folders() {
        let _ = unlinkat(folder, name, AtFlags::REMOVEDIR);
    }
}

/// Removes the folders of plugins that were killed while clang was at work: those that have our marker, and nobody who
/// holds its lock.
pub fn sweep(place: BorrowedFd<'_>) {
    let entries = Dir::read_from(place).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_owned());
    for name in names.filter(|name| name.to_bytes().starts_with(NAME.as_bytes())) {
        if let Ok(folder) = openat(place, &*name, FOLDER, Mode::empty())
            && let Some(_held) = left(folder.as_fd())
        {
            clear(folder.as_fd());
            let _ = unlinkat(place, &*name, AtFlags::REMOVEDIR);
        }
    }
}

/// The lock of a folder that was left.
fn left(folder: BorrowedFd<'_>) -> Option<File> {
    let own = rustix::process::geteuid().as_raw();
    let marker = regular(folder, MARKER).ok()?;
    let mut text = Vec::new();
    (&marker).take(MARKED.len() as u64 + 1).read_to_end(&mut text).ok()?;
    let ours = marker.metadata().ok()?.uid() == own && text == MARKED;
    (ours && flock(&marker, FlockOperation::NonBlockingLockExclusive).is_ok()).then_some(marker)
}

fn unsafe_place(place: &Path) -> Error {
    let what = format!("{}: other users can change files there, so clang is not run in it", place.display());
    Error::new(Code::Io, what).help("name a folder that only you or root can write to: $env.TMPDIR = '/run/user/1000'")
}

#[cfg(test)]
#[path = "../../../tests/unit/compile_folder.rs"]
mod tests;
