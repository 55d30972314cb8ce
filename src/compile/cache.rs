//! The object cache: a second attach of the same closure needs no clang.
//!
//! Entries are named by a digest of the C text, the headers, the flags and the clang; each begins with a digest of its
//! own content, so that a damaged one is compiled anew, not loaded. The folder is the user's own: one that others can
//! write to, or that somebody else owns, is not used.

use super::clang::Clang;
use super::{FLAGS, HEADERS};
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

/// Bytes of the digest before an entry's object.
const DIGEST: usize = 32;

/// A usable cache folder.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
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
        let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let base = base.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))?;
        Cache::at(&base.join("nu_plugin_ebpf"))
    }

    /// The cache in a folder.
    pub fn at(folder: &Path) -> Option<Cache> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).ok()?;
        let meta = fs::symlink_metadata(folder).ok()?;
        let own = fs::metadata("/proc/self").ok()?.uid();
        (meta.is_dir() && meta.uid() == own && meta.mode() & 0o077 == 0).then(|| Cache { folder: folder.to_path_buf() })
    }

    /// An entry's object; none where it is missing or damaged.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let mut entry = fs::read(self.folder.join(key)).ok()?;
        if entry.len() <= DIGEST {
            return None;
        }
        let object = entry.split_off(DIGEST);
        (Sha256::digest(&object).as_slice() == entry.as_slice()).then_some(object)
    }

    /// Keeps an object. A cache that cannot be written only costs time.
    pub fn put(&self, key: &str, object: &[u8]) {
        // Under another name first: a reader sees a whole entry or none.
        let written = tempfile::NamedTempFile::new_in(&self.folder).and_then(|mut file| {
            file.write_all(&Sha256::digest(object))?;
            file.write_all(object)?;
            file.persist(self.folder.join(key)).map_err(|error| error.error)?;
            Ok(())
        });
        drop(written);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_damaged_entry_is_not_trusted() {
        let home = tempfile::tempdir().expect("a folder");
        let cache = Cache::at(&home.path().join("cache")).expect("usable");
        assert_eq!(cache.get("k"), None);
        cache.put("k", b"object");
        assert_eq!(cache.get("k").as_deref(), Some(&b"object"[..]));
        let path = home.path().join("cache/k");
        let mut bytes = fs::read(&path).expect("the entry");
        *bytes.last_mut().expect("bytes") ^= 1;
        fs::write(&path, &bytes).expect("written");
        assert_eq!(cache.get("k"), None);
        fs::write(&path, b"short").expect("written");
        assert_eq!(cache.get("k"), None);
    }

    #[test]
    fn a_folder_that_others_may_write_is_not_used() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("cache");
        assert!(Cache::at(&folder).is_some());
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("mode");
        assert!(Cache::at(&folder).is_none());
    }
}
