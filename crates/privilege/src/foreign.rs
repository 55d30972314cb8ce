//! Files that others may have put where they are: a path in, whose word it is, or the file opened without waiting for
//! anything out.

use rustix::fs::{Mode, OFlags, open};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Whether a link in the place of a file leads to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    Followed,
    Refused,
}

/// A regular file, open for reading. Anything else is not opened: a pipe would wait for its other end, a device may do
/// something.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] for what is no regular file, or what the system says.
pub fn regular(path: &Path, links: Links) -> io::Result<File> {
    let links = if links == Links::Refused { OFlags::NOFOLLOW } else { OFlags::empty() };
    // What stands there, not opened: once it is known what it is, it stays that.
    let place = open(path, OFlags::PATH | OFlags::CLOEXEC | links, Mode::empty())?;
    let place = File::from(place);
    if !place.metadata()?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is no regular file"));
    }
    File::open(format!("/proc/self/fd/{}", place.as_raw_fd()))
}

/// The bytes of a regular file.
///
/// # Errors
/// Those of [`regular`], and of reading.
pub fn contents(path: &Path, links: Links) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    regular(path, links)?.read_to_end(&mut bytes).map(|_| bytes)
}

/// Whether nobody but root and this user can have put there what is there, or put something beside it. `path` is a
/// canonical one.
pub fn is_ours(path: &Path) -> bool {
    let own = rustix::process::geteuid().as_raw();
    let owned = |about: &Metadata| [0, own].contains(&about.uid());
    let closed = |about: &Metadata| about.mode() & 0o022 == 0;
    // Of a folder like /tmp nobody removes what is another's.
    let sticky = |about: &Metadata| about.mode() & 0o1000 != 0;
    path.ancestors().enumerate().all(|(above, path)| {
        fs::symlink_metadata(path).is_ok_and(|about| owned(&about) && (closed(&about) || above > 1 && sticky(&about)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn nothing_but_a_regular_file_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link, pipe) = (folder.path().join("file"), folder.path().join("link"), folder.path().join("pipe"));
        fs::write(&file, "it").expect("written");
        symlink(&file, &link).expect("linked");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
        let read = |path: &Path, links| io::read_to_string(regular(path, links)?);
        assert_eq!(read(&file, Links::Refused).expect("read"), "it");
        assert_eq!(read(&link, Links::Followed).expect("read"), "it");
        for (path, links) in [(&*link, Links::Refused), (&pipe, Links::Followed), (folder.path(), Links::Followed)] {
            assert_eq!(regular(path, links).expect_err("refused").kind(), ErrorKind::InvalidInput, "{path:?}");
        }
        let missing = regular(&folder.path().join("missing"), Links::Followed);
        assert_eq!(missing.expect_err("refused").kind(), ErrorKind::NotFound);
    }

    #[test]
    fn what_others_may_change_is_not_ours() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().canonicalize().expect("a path");
        let file = folder.join("file");
        fs::write(&file, "it").expect("written");
        let modes = |of_folder, of_file| {
            fs::set_permissions(&folder, fs::Permissions::from_mode(of_folder)).expect("mode");
            fs::set_permissions(&file, fs::Permissions::from_mode(of_file)).expect("mode");
            is_ours(&file)
        };
        assert!(modes(0o755, 0o644));
        assert!(!modes(0o1777, 0o644) && !modes(0o775, 0o644) && !modes(0o755, 0o664));
        assert!(!is_ours(&folder.join("missing")));
    }
}
