//! The object cache: a second attach of the same closure needs no clang.
//! Entries are named by a digest of C text, headers, flags and clang; each begins with a digest of its own content, so
//! that a damaged one is compiled anew. A folder that others can write to, or that somebody else owns, is not used.

use super::clang::Clang;
use super::confined::FILE;
use super::{FLAGS, HEADERS};
use nu_ebpf_ir::environment;
use nu_ebpf_privilege::{Deed, Links, raise, regular, within};
use rustix::fs::{Mode, OFlags};
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

/// Bytes of the digest before an entry's object.
const DIGEST: usize = 32;

/// A usable cache folder, held open: whoever owns the one above may put another in its place.
#[derive(Debug)]
pub struct Cache {
    folder: File,
}

/// The name of an entry.
pub fn key(text: &str, clang: &Clang) -> String {
    let mut digest = Sha256::new();
    for part in [text, &clang.identity].into_iter().chain(FLAGS.iter().copied()) {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    for (_, header) in HEADERS {
        digest.update(header);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Cache {
    /// The user's cache folder, made if it is missing; none where it cannot be trusted.
    pub fn open() -> Option<Cache> {
        let base = environment::setting("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let base = base.or_else(|| environment::setting("HOME").map(|home| Path::new(&home).join(".cache")))?;
        Cache::at(&base.join("nu_plugin_ebpf"))
    }

    /// The cache in a folder.
    pub fn at(folder: &Path) -> Option<Cache> {
        let _raised = raise(Deed::Files);
        let own = rustix::process::geteuid().as_raw();
        // Root may have been left another user's home: there it makes nothing.
        let above = folder.ancestors().find_map(|above| fs::metadata(above).ok())?;
        if ![0, own].contains(&above.uid()) {
            return None;
        }
        DirBuilder::new().recursive(true).mode(0o700).create(folder).ok()?;
        let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder = File::from(rustix::fs::open(folder, flags, Mode::empty()).ok()?);
        let meta = folder.metadata().ok()?;
        (meta.uid() == own && meta.mode() & 0o077 == 0).then_some(Cache { folder })
    }

    fn path(&self) -> PathBuf {
        format!("/proc/self/fd/{}", self.folder.as_raw_fd()).into()
    }

    /// An entry's object; none where it is missing or damaged.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let _raised = raise(Deed::Files);
        let entry = within(&regular(&self.path().join(key), Links::Refused).ok()?, |_| FILE + DIGEST as u64).ok()?;
        let (digest, object) = entry.split_at_checked(DIGEST)?;
        (Sha256::digest(object).as_slice() == digest).then(|| object.to_vec())
    }

    /// Keeps an object. A cache that cannot be written only costs time.
    pub fn put(&self, key: &str, object: &[u8]) {
        let _raised = raise(Deed::Files);
        // Under another name first: a reader sees a whole entry or none.
        let _ = tempfile::NamedTempFile::new_in(self.path()).and_then(|mut file| {
            file.write_all(&Sha256::digest(object))?;
            file.write_all(object)?;
            Ok(file.persist(self.path().join(key))?)
        });
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/compile_cache.rs"]
mod tests;
