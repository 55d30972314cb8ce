//! clang: where it is, and one run of it.

use super::FLAGS;
use super::confined::{End, FILE, Patience};
use super::folder::{Folder, OBJECT, TEXT, USAGE};
use super::stack::deepest;
use super::supervisor::supervised;
use crate::error::{Error, Result};
use crate::spec::code::Code;
use crate::spec::hint::refusal;
use crate::spec::limit::STACK;
use nu_ebpf_ir::environment;
use nu_ebpf_ir::ir::marked;
use nu_ebpf_privilege::lends;
use object::{Object as _, ObjectSection as _};
use std::fs;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::{Duration, UNIX_EPOCH};

/// The versions that are looked for by name, newest first, after plain `clang`.
const VERSIONS: std::ops::RangeInclusive<u32> = 14..=19;

/// The environment variable that names a clang.
pub const VARIABLE: &str = "NU_EBPF_CLANG";

/// Folders that only root can write to.
const SYSTEM: &str = "/usr/local/bin:/usr/bin:/bin";

/// Characters of what clang says that are repeated.
const LINE: usize = 300;

/// Messages of a clang without the BPF target (llvm/lib/MC/TargetRegistry.cpp).
const NO_TARGET: [&str; 2] = ["No available targets are compatible with", "unknown target triple 'bpf'"];

/// Message of `bpf_headers/nu/types.h` for a clang that is too old.
const TOO_OLD: &str = "clang 14 or newer is needed";

/// A clang that was found.
#[derive(Debug, Clone)]
pub struct Clang {
    pub path: PathBuf,
    /// Identity without running it: path, size and time of its file.
    pub identity: String,
}

impl Clang {
    /// Finds clang: the one named, else `clang`, else `clang-19` down to `clang-14`.
    ///
    /// # Errors
    /// [`Code::NoClang`], with what to install.
    pub fn find(named: Option<&str>) -> Result<Clang> {
        Clang::find_as(named, lends())
    }

    /// `lent`: whether the plugin has capabilities that its user has not. What that user names, or puts into PATH, is
    /// then not to be run: it would be as if they had them.
    fn find_as(named: Option<&str>, lent: bool) -> Result<Clang> {
        if lent && let Some(named) = named {
            return Err(missing(&format!("{VARIABLE} names `{named}`, but the plugin has capabilities of its own"))
                .help(format!("hide-env {VARIABLE}: clang is then looked up in {SYSTEM}")));
        }
        if let Some(named) = named {
            let no_program = |_| missing(&format!("{VARIABLE} names `{named}`, which is not a program"));
            return Clang::at(in_path(named).map_err(no_program)?);
        }
        let versions = VERSIONS.rev().map(|version| format!("clang-{version}"));
        let which = |name: String| if lent { which::which_in(name, Some(SYSTEM), "/") } else { in_path(&name) };
        let mut found = std::iter::once("clang".to_string()).chain(versions).filter_map(|name| which(name).ok());
        Clang::at(found.next().ok_or_else(|| missing("clang was not found"))?)
    }

    fn at(path: PathBuf) -> Result<Clang> {
        let real = fs::canonicalize(&path).map_err(|error| Error::io(&path, &error))?;
        let meta = fs::metadata(&real).map_err(|error| Error::io(&real, &error))?;
        let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let identity = format!("{} {} {:?}", real.display(), meta.len(), modified);
        Ok(Clang { path, identity })
    }

    /// Its version, as it says it.
    ///
    /// # Errors
    /// It does not start, is older than 14, or says nothing like that.
    pub fn version(&self) -> Result<String> {
        let folder = Folder::make()?;
        let patience = Patience { time: Duration::from_secs(60), given_up: &|| false };
        let said = supervised(&self.path, &["-v"], &folder, &patience)?;
        let said = said.map_err(|error| missing(&format!("{} did not start: {error}", self.path.display())))?.1;
        let version = said.split_once("clang version ").and_then(|(_, rest)| rest.split_whitespace().next());
        let major = version.and_then(|version| version.split('.').next()?.parse::<u32>().ok());
        match version.zip(major) {
            Some((version, major)) if major >= *VERSIONS.start() => Ok(version.to_string()),
            Some((version, _)) => {
                Err(missing(&format!("{} is clang {version}, which is too old", self.path.display())))
            }
            None => Err(missing(&format!("{} does not report a version of clang", self.path.display()))),
        }
    }

    /// Compiles a text in a folder of its own, which is gone afterwards.
    ///
    /// # Errors
    /// clang is no program, failed, wrote no whole object, did not end in time, or the user has given up.
    pub fn run(&self, text: &str, patience: &Patience) -> Result<Vec<u8>> {
        let folder = Folder::make()?;
        folder.write(text)?;
        let arguments = [FLAGS, &["-I.", "-o", OBJECT, TEXT]].concat();
        let run = supervised(&self.path, &arguments, &folder, patience)?;
        let (end, said) = run.map_err(|error| self.not_started(&error))?;
        let status = match end {
            End::Ended(status) => status,
            End::TimedOut => return Err(self.too_slow(patience.time)),
            End::GivenUp => return Err(Error::new(Code::ClangFailed, "interrupted while clang was running")),
        };
        match folder.read(OBJECT, FILE) {
            Ok(bytes) if status.success() && is_whole(&bytes) => {
                let usage = folder.read(USAGE, FILE).unwrap_or_default();
                if deepest(&String::from_utf8_lossy(&usage), text) > STACK { Err(too_deep()) } else { Ok(bytes) }
            }
            _ => Err(self.failed(text, &said, status)),
        }
    }

    fn not_started(&self, error: &io::Error) -> Error {
        let what = format!("{} did not start: {error}", self.path.display());
        match refusal(&error.to_string()) {
            Some(hint) => Error::new(hint.code, what).help(hint.instead),
            None => missing(&what),
        }
    }

    fn too_slow(&self, time: Duration) -> Error {
        let what = format!("{} did not end within {} s", self.path.display(), time.as_secs_f64());
        Error::new(Code::ClangFailed, what)
            .help("clang usually takes a tenth of a second: check the load of the machine")
    }

    /// clang failed: a bug of ours, so the message carries what a report needs. Who knows the closure sets the label.
    fn failed(&self, text: &str, stderr: &str, status: ExitStatus) -> Error {
        if let Some(signal) = status.signal() {
            let what = format!("{} was killed by signal {signal}", self.path.display());
            return Error::new(Code::ClangFailed, what).help(
                "9: probably out of memory (dmesg says so); 6 and 11: clang crashed; 25: its output exceeded the limit",
            );
        }
        if NO_TARGET.iter().any(|words| stderr.contains(words)) {
            return missing(&format!("{} was built without the BPF target", self.path.display()));
        }
        if stderr.contains(TOO_OLD) {
            let older = || missing(&format!("{} is older than clang 14", self.path.display()));
            return self.version().err().unwrap_or_else(older);
        }
        let wrong = stderr.lines().find(|line| line.contains("error"));
        let last = || stderr.lines().rfind(|line| !line.trim().is_empty());
        let first: String =
            wrong.or_else(last).unwrap_or("it wrote no whole object").trim().chars().take(LINE).collect();
        let line = first.split(':').nth(1).and_then(|number| number.parse::<usize>().ok());
        let span = line.and_then(|number| text.lines().nth(number.saturating_sub(1))).and_then(marked);
        // How much clang puts by for itself is known to nobody before.
        if first.contains("stack limit") {
            return Error::new(
                Code::ClosureStack,
                "this closure stores too many values for the stack of a BPF program",
            )
            .label_within(span, "compiled from this")
            .help("keep fewer values in variables, or attach several probes");
        }
        let what = format!("{} did not compile the program ({status})", self.path.display());
        let help = match status.code() {
            // As sh(1) ends where it starts nothing.
            Some(126 | 127) => "PATH is empty there: a script must name clang by its full path",
            _ => "--emit-c shows the C. If the C is wrong, report it as a bug of the plugin",
        };
        let error = Error::new(Code::ClangFailed, what).label_within(span, "compiled from this");
        error.help(format!("{first}\n{help}"))
    }
}

/// Finds a program as the calling shell does.
fn in_path(name: &str) -> which::Result<PathBuf> {
    let folders = std::env::join_paths(environment::search_path()).unwrap_or_default();
    which::which_in(environment::expanded(name.into()), Some(folders), environment::folder())
}

/// Returns whether a file is an object to its end: each of its sections is there.
fn is_whole(bytes: &[u8]) -> bool {
    let file = object::File::parse(bytes);
    file.is_ok_and(|file| file.sections().count() > 0 && file.sections().all(|section| section.data().is_ok()))
}

/// How much clang puts by for itself, nobody knows before.
fn too_deep() -> Error {
    Error::new(Code::ClosureStack, "this closure stores too many values for the stack of a BPF program")
        .help("keep fewer values in variables, read shorter strings (--len), or attach several probes")
}

fn missing(what: &str) -> Error {
    Error::new(Code::NoClang, what).help(format!(
        "install clang 14 or newer (Debian, Ubuntu: apt install clang; Fedora: dnf install clang), or name one in $env.{VARIABLE}"
    ))
}

#[cfg(test)]
#[path = "../../../tests/unit/compile_clang.rs"]
mod tests;
