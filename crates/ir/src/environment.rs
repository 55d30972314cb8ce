//! Environment variables of the calling shell. The plugin process has the environment in which it was started, which is
//! out of date as soon as the shell changes a variable, and several calls with different environments may run at once.

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Looks a variable up in the environment of one call.
pub type Lookup = Arc<dyn Fn(&str) -> Option<OsString> + Send + Sync>;

/// The name under which a [`Lookup`] answers with the current directory.
pub const FOLDER: &str = "PWD";

/// The root folder, where no current directory is known.
const ROOT: &str = "/";

thread_local! {
    static SHELL: RefCell<Option<Lookup>> = const { RefCell::new(None) };
}

/// Makes `lookup` the environment of this thread until the result is dropped.
#[must_use]
pub fn enter(lookup: Lookup) -> Entered {
    Entered(SHELL.replace(Some(lookup)))
}

/// Guard of [`enter`]; restores the previous environment.
pub struct Entered(Option<Lookup>);

impl Drop for Entered {
    fn drop(&mut self) {
        SHELL.set(self.0.take());
    }
}

/// Returns the value of a variable in the calling shell, or in this process on threads that serve no call.
pub fn variable(name: &str) -> Option<OsString> {
    // Cloned, as the lookup may come back here.
    let lookup = SHELL.with_borrow(Clone::clone);
    lookup.map_or_else(|| std::env::var_os(name), |lookup| lookup(name))
}

/// Returns the value of a variable that is set and not empty.
pub fn setting(name: &str) -> Option<OsString> {
    variable(name).filter(|value| !value.is_empty())
}

/// Returns the path in a variable: `~` is the user's home, and a relative path starts at the shell's current directory.
pub fn path(name: &str) -> Option<PathBuf> {
    setting(name).map(|named| folder().join(expanded(named.into())))
}

/// Returns the shell's current directory.
pub fn folder() -> PathBuf {
    variable(FOLDER).map(PathBuf::from).or_else(|| std::env::current_dir().ok()).unwrap_or_else(|| ROOT.into())
}

/// Returns the folders of `PATH`, each absolute.
pub fn search_path() -> Vec<PathBuf> {
    let folders = variable("PATH").unwrap_or_default();
    std::env::split_paths(&folders).map(|entry| folder().join(expanded(entry))).collect()
}

/// Replaces a leading `~` by the user's home folder.
pub fn expanded(path: PathBuf) -> PathBuf {
    let rest = path.strip_prefix("~").ok();
    rest.zip(setting("HOME")).map(|(rest, home)| Path::new(&home).join(rest)).unwrap_or(path)
}

#[cfg(test)]
#[path = "../../../tests/unit/ir_environment.rs"]
mod tests;
