//! Files that other users may have made or may still change: whether a file is trusted, opening it without blocking,
//! and reading it within bounds.

use rustix::fs::{Mode, OFlags, fstatfs, open};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The most bytes of a file that others may change, and of everything decompressed from it, that is held in memory.
pub const FOREIGN: u64 = 64 << 20;

/// The most bytes read from a file that only root and this user can change.
pub const TRUSTED: u64 = 4 << 30;

/// `FUSE_SUPER_MAGIC` of include/uapi/linux/magic.h: what such a file says of its owner is the word of a program.
const FUSE: u64 = 0x6573_5546;

/// Whether a link in the place of a file leads to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    Followed,
    Refused,
}

/// Opens a regular file for reading, and nothing else: a pipe would wait for its other end, and opening a device may do
/// something. A file on which its owner holds a lease (fcntl(2)) is refused instead of waited for.
///
/// # Errors
/// [`ErrorKind::InvalidInput`] for what is no regular file, or what the system says.
pub fn regular(path: &Path, links: Links) -> io::Result<File> {
    let links = if links == Links::Refused { OFlags::NOFOLLOW } else { OFlags::empty() };
    // What stands there, not opened: once it is known what it is, it stays that.
    let place = open(path, OFlags::PATH | OFlags::CLOEXEC | links, Mode::empty())?;
    let place = File::from(place);
    if !place.metadata()?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let again = format!("/proc/self/fd/{}", place.as_raw_fd());
    Ok(open(&*again, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())?.into())
}

/// Reads a regular file: at most [`FOREIGN`] bytes of one that others may change, else at most [`TRUSTED`].
///
/// # Errors
/// Those of [`regular`] and [`within`].
pub fn contents(path: &Path, links: Links) -> io::Result<Vec<u8>> {
    within(&regular(path, links)?, |trusted| if trusted { TRUSTED } else { FOREIGN })
}

/// Reads an open file to its end; `most`: the bytes it may have, by whether it [`is_trusted`].
///
/// # Errors
/// [`ErrorKind::FileTooLarge`] for a larger file, or what the system says.
pub fn within(file: &File, most: impl FnOnce(bool) -> u64) -> io::Result<Vec<u8>> {
    let trusted = is_trusted(file);
    let most = most(trusted);
    let mut bytes = Vec::new();
    // Its size may change at any time: it only tells how much to reserve.
    let size = file.metadata()?.len();
    if size <= most {
        bytes.try_reserve_exact(size as usize).map_err(|_| ErrorKind::OutOfMemory)?;
        file.take(most + 1).read_to_end(&mut bytes)?;
    }
    if size > most || bytes.len() as u64 > most {
        let whose = if trusted { "" } else { "other users can change it, and " };
        let what = format!("{whose}it is larger than the limit of {} MiB", most >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, what));
    }
    Ok(bytes)
}

/// Whether only root and this user can change an open file: it cannot be truncated or rewritten by others while it is
/// mapped into memory.
pub fn is_trusted(file: &File) -> bool {
    let own = rustix::process::geteuid().as_raw();
    let closed = file.metadata().is_ok_and(|about| [0, own].contains(&about.uid()) && about.mode() & 0o022 == 0);
    closed && fstatfs(file).is_ok_and(|about| about.f_type as u64 & 0xffff_ffff != FUSE)
}

/// Whether nobody but root and this user can have put there what is there, or put something beside it. `path` is a
/// canonical one.
pub fn is_ours(path: &Path) -> bool {
    kept_from_others(path, 2)
}

/// Whether what this user puts into a folder stays there: nobody else can rename or remove it, nor the folder. `path` is a
/// canonical one.
pub fn is_safe_place(path: &Path) -> bool {
    kept_from_others(path, 0)
}

/// Returns whether nobody else can change a path; from so many steps above it on, folders may be sticky.
fn kept_from_others(path: &Path, sticky_from: usize) -> bool {
    let own = rustix::process::geteuid().as_raw();
    let owned = |about: &Metadata| [0, own].contains(&about.uid());
    let closed = |about: &Metadata| about.mode() & 0o022 == 0;
    // Of a folder like /tmp nobody removes what is another's.
    let sticky = |about: &Metadata| about.mode() & 0o1000 != 0;
    path.ancestors().enumerate().all(|(above, path)| {
        fs::symlink_metadata(path)
            .is_ok_and(|about| owned(&about) && (closed(&about) || above >= sticky_from && sticky(&about)))
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
    fn reads_no_more_than_the_limit() {
        let mut file = tempfile::tempfile().expect("a file");
        io::Write::write_all(&mut file, &[7; 100]).expect("written");
        let read = |most| {
            io::Seek::rewind(&mut &file).expect("rewound");
            within(&file, |_| most).map(|bytes| bytes.len()).map_err(|error| error.kind())
        };
        assert_eq!((read(100), read(99)), (Ok(100), Err(ErrorKind::FileTooLarge)));
    }

    #[test]
    fn trusts_only_files_that_others_cannot_change() {
        let file = tempfile::tempfile().expect("a file");
        let with = |mode| {
            file.set_permissions(fs::Permissions::from_mode(mode)).expect("mode");
            is_trusted(&file)
        };
        assert!(with(0o644) && !with(0o664) && !with(0o646));
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::fchown(&file, Some(65534), None).expect("given away");
            assert!(!with(0o644));
        }
    }

    #[test]
    fn refuses_a_leased_file_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, "it").expect("written");
        let held = File::options().read(true).write(true).open(&path).expect("opened");
        // A signal that the lease is broken ends no test.
        let lease = |kind: libc::c_int| {
            // SAFETY: a number goes in.
            unsafe { libc::signal(libc::SIGIO, libc::SIG_IGN) };
            // SAFETY: the descriptor is open.
            unsafe { libc::fcntl(held.as_raw_fd(), libc::F_SETLEASE, kind) }
        };
        assert_eq!(lease(libc::F_WRLCK), 0);
        let begin = std::time::Instant::now();
        assert_eq!(regular(&path, Links::Followed).expect_err("refused").kind(), ErrorKind::WouldBlock);
        assert!(begin.elapsed() < std::time::Duration::from_secs(5));
        lease(libc::F_UNLCK);
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
        let place = |mode| {
            fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("mode");
            is_safe_place(&folder)
        };
        assert!(place(0o700) && place(0o1777) && !place(0o777));
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(&folder, Some(65534), None).expect("given away");
            assert!(!place(0o700) && !place(0o1777));
            fs::create_dir(folder.join("inside")).expect("made");
            assert!(!is_safe_place(&folder.join("inside")));
        }
    }
}
