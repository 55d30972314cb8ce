//! bpffs: the plugin's folder in it, whose it must be, and the maps and the description that a name's folder has.

use crate::description::{self, Kept};
use crate::error::{Error, Result};
use crate::group::Pinned;
use crate::io;
use crate::spec::code::Code;
use libbpf_rs::libbpf_sys::bpf_map_create_opts;
use libbpf_rs::{MapCore, MapFlags, MapHandle, MapType};
use nu_ebpf_privilege::{Deed, raise};
use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The usual mount point of bpffs.
pub const BPFFS: &str = "/sys/fs/bpf";

/// `BPF_FS_MAGIC` of include/uapi/linux/magic.h.
const MAGIC: u64 = 0xcafe_4a11;

/// The plugin's folder.
const OURS: &str = "nu_plugin_ebpf";

/// The file of the description, and that of one which is to take its place. bpffs has no names with a dot.
const ABOUT: &str = "about";
const NEXT: &str = "about_new";

/// The plugin's folder, if this user has one or (`make`) may make one.
///
/// # Errors
/// [`Code::PinFolder`] where somebody else could change what lies in it.
pub fn ours(bpffs: &Path, make: bool) -> Result<Option<PathBuf>> {
    let _raised = raise(Deed::Files);
    let is_bpffs = rustix::fs::statfs(bpffs).is_ok_and(|about| about.f_type as u64 & 0xffff_ffff == MAGIC);
    let path = bpffs.join(OURS);
    if !is_bpffs || (make && !made(&path)?) {
        return Ok(None);
    }
    Ok(safe(&path)?.then_some(path))
}

/// Makes a folder that nobody else may look into. False: this user may not.
fn made(path: &Path) -> Result<bool> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(false),
        Err(error) => Err(Error::io(path, &error)),
    }
}

/// Whether a folder is there, and this user's alone. One of another user that this one cannot write to is not there.
fn safe(path: &Path) -> Result<bool> {
    let about = match fs::symlink_metadata(path) {
        Ok(about) => about,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => return Ok(false),
        Err(error) => return Err(Error::io(path, &error)),
    };
    let (user, open) = (rustix::process::geteuid().as_raw(), about.mode() & 0o022 != 0);
    let why = match (about.is_dir(), about.uid() == user) {
        (false, _) => "it is not a folder",
        (true, true) if open => "other users can write to it",
        (true, true) => return Ok(true),
        (true, false) if open || user == 0 => "it belongs to another user",
        (true, false) => return Ok(false),
    };
    Err(Error::new(Code::PinFolder, format!("maps are not shared through {}: {why}", path.display()))
        .help("remove it (rm -r, as its owner), or name another bpffs: $env.NU_EBPF_BPFFS = '/run/bpf'"))
}

/// Keeps other plugins from attaching as long as it is held; waits until none of them does, or the user has `given_up`.
///
/// # Errors
/// The system's, or [`Code::Io`] where the user has given up.
pub fn lock(ours: &Path, given_up: &dyn Fn() -> bool) -> Result<File> {
    let folder = File::open(ours).map_err(|error| Error::io(ours, &error))?;
    wait_for(given_up, || match folder.try_lock() {
        Ok(()) => Some(Ok(())),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(error)) => Some(Err(Error::io(ours, &error))),
    })??;
    Ok(folder)
}

/// Interval between attempts.
const AGAIN: Duration = Duration::from_millis(20);

/// Tries until there is something.
///
/// # Errors
/// [`Code::Io`] where the user has given up.
pub fn wait_for<T>(given_up: &dyn Fn() -> bool, mut tried: impl FnMut() -> Option<T>) -> Result<T> {
    loop {
        if let Some(found) = tried() {
            return Ok(found);
        }
        if given_up() {
            return Err(Error::new(Code::Io, "interrupted while another attach with --pin was under way")
                .help("the other plugin holds the lock on pinned maps: end its command, then try again"));
        }
        std::thread::sleep(AGAIN);
    }
}

/// The names that have folders.
pub fn names(ours: &Path) -> Vec<String> {
    let entries = fs::read_dir(ours).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| crate::check_name(name).is_ok());
    names.sort();
    names
}

/// Returns the maps of a name, each with its handle; none if the name is unknown. A map that is gone is skipped.
///
/// # Errors
/// Another version pinned them, or the folder belongs to another user.
pub fn maps(ours: &Path, name: &str) -> Result<Vec<Pinned>> {
    let _raised = raise(Deed::Load);
    let folder = ours.join(name);
    if !safe(&folder)? {
        return Ok(Vec::new());
    }
    let about = match MapHandle::from_pinned_path(folder.join(ABOUT)) {
        Ok(about) => about,
        Err(error) if error.kind() == libbpf_rs::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io(&folder.join(ABOUT).display().to_string(), &error)),
    };
    let bytes = about.lookup(&0u32.to_ne_bytes(), MapFlags::ANY).map_err(|error| io(ABOUT, &error))?;
    let kept = description::read(&bytes.unwrap_or_default(), name)?;
    let with_map = |kept: Kept| {
        let open = |symbol: String| MapHandle::from_pinned_path(folder.join(symbol)).ok();
        let (symbol, period) = kept.symbols();
        let (map, period) = (open(symbol)?, period.map(|period| open(period).ok_or(())));
        Some(Pinned { kept, map, period: period.transpose().ok()? })
    };
    Ok(kept.into_iter().filter_map(with_map).collect())
}

/// Pins maps, all of them or none, and writes the description of these and those that were there before.
pub fn pin(ours: &Path, name: &str, new: &mut [Pinned], before: Vec<Kept>) -> Result<()> {
    let _raised = raise(Deed::Load);
    let folder = ours.join(name);
    let is_new = fs::symlink_metadata(&folder).is_err();
    if !made(&folder)? || !safe(&folder)? {
        return Err(Error::new(Code::PinFolder, format!("{} cannot be created", folder.display())));
    }
    let mut pinned = Vec::new();
    let all = || -> Result<()> {
        let files = new.iter_mut().flat_map(|pinned| {
            let (symbol, period) = pinned.kept.symbols();
            let period = period.zip(pinned.period.as_mut());
            [(symbol, &mut pinned.map)].into_iter().chain(period)
        });
        for (symbol, map) in files {
            let path = folder.join(symbol);
            // What no description names was left by a plugin that died in this place.
            remove_file(&path)?;
            map.pin(&path).map_err(|error| io(&path.display().to_string(), &error))?;
            pinned.push(path);
        }
        describe(&folder, before.into_iter().chain(new.iter().map(|pinned| pinned.kept.clone())).collect())
    };
    let done = all();
    if done.is_err() {
        // The first error is the one to tell.
        pinned.iter().for_each(|path| drop(fs::remove_file(path)));
        if is_new {
            let _ = fs::remove_dir(&folder);
        }
    }
    done
}

/// Writes the description. It takes the place of the last one at once.
fn describe(folder: &Path, kept: Vec<Kept>) -> Result<()> {
    let bytes = description::write(kept)?;
    let options = bpf_map_create_opts { sz: size_of::<bpf_map_create_opts>() as _, ..Default::default() };
    let about = MapHandle::create(MapType::Array, Some("nu_about"), 4, bytes.len() as u32, 1, &options);
    let mut about = about.map_err(|error| io("the description of the pinned maps", &error))?;
    about.update(&0u32.to_ne_bytes(), &bytes, MapFlags::ANY).map_err(|error| io(ABOUT, &error))?;
    let next = folder.join(NEXT);
    remove_file(&next)?;
    about.pin(&next).map_err(|error| io(&next.display().to_string(), &error))?;
    fs::rename(&next, folder.join(ABOUT)).map_err(|error| Error::io(&next, &error))
}

/// Removes a name's folder. False: there is none.
pub fn remove(ours: &Path, name: &str) -> Result<bool> {
    let folder = ours.join(name);
    if !safe(&folder)? {
        return Ok(false);
    }
    let entries = fs::read_dir(&folder).map_err(|error| Error::io(&folder, &error))?;
    for entry in entries.flatten() {
        remove_file(&entry.path())?;
    }
    fs::remove_dir(&folder).map_err(|error| Error::io(&folder, &error))?;
    Ok(true)
}

fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io(path, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gives_up_waits_no_longer_for_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let held = lock(folder, &|| false).expect("locked");
        let asked = std::cell::Cell::new(0);
        let given_up = || asked.replace(asked.get() + 1) == 3;
        let error = lock(folder, &given_up).expect_err("given up");
        assert!(error.message.contains("interrupted") && asked.get() == 4, "{error:?}");
        drop(held);
        lock(folder, &|| true).expect("locked");
    }
}
