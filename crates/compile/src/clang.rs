//! clang: where it is, and one run of it.

use super::stack::deepest;
use super::{FLAGS, HEADERS};
use crate::error::{Error, Result};
use crate::ir::marked;
use crate::spec::code::Code;
use crate::spec::limit::STACK;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::UNIX_EPOCH;
use tempfile::TempDir;

/// The versions that are looked for by name, newest first, after plain `clang`.
const VERSIONS: std::ops::RangeInclusive<u32> = 14..=19;

/// The environment variable that names a clang.
pub const VARIABLE: &str = "NU_EBPF_CLANG";

/// A clang that was found.
#[derive(Debug, Clone)]
pub struct Clang {
    pub path: PathBuf,
    /// What tells this clang from another without running it: path, size and time of its file.
    pub identity: String,
}

impl Clang {
    /// Finds clang: the one named, else `clang`, else `clang-19` down to `clang-14`.
    ///
    /// # Errors
    /// [`Code::NoClang`], with what to install.
    pub fn find(named: Option<&str>) -> Result<Clang> {
        if let Some(named) = named {
            let no_program = |_| missing(&format!("{VARIABLE} names `{named}`, which is no program"));
            return Clang::at(which::which(named).map_err(no_program)?);
        }
        let versions = VERSIONS.rev().map(|version| format!("clang-{version}"));
        let mut found = std::iter::once("clang".to_string()).chain(versions).filter_map(|name| which::which(name).ok());
        Clang::at(found.next().ok_or_else(|| missing("clang was not found"))?)
    }

    fn at(path: PathBuf) -> Result<Clang> {
        let real = fs::canonicalize(&path).map_err(|error| Error::io(&path, &error))?;
        let meta = fs::metadata(&real).map_err(|error| Error::io(&real, &error))?;
        let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let identity = format!("{} {} {:?}", real.display(), meta.len(), modified);
        Ok(Clang { path, identity })
    }

    /// Compiles a text in a folder of its own, which is gone afterwards.
    pub fn run(&self, text: &str) -> Result<Vec<u8>> {
        let folder = TempDir::with_prefix("nu_ebpf").map_err(|error| Error::io(Path::new("/tmp"), &error))?;
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            let made = path.parent().map_or(Ok(()), fs::create_dir_all);
            made.and_then(|()| fs::write(&path, text)).map_err(|error| Error::io(&path, &error))
        };
        HEADERS.iter().try_for_each(|(name, text)| write(name, text))?;
        write("probe.bpf.c", text)?;
        let output = Command::new(&self.path)
            .args(FLAGS)
            .args(["-I.", "-o", "probe.bpf.o", "probe.bpf.c"])
            .current_dir(folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .map_err(|error| missing(&format!("{} did not start: {error}", self.path.display())))?;
        match fs::read(folder.path().join("probe.bpf.o")) {
            Ok(bytes) if output.status.success() && bytes.starts_with(b"\x7fELF") => {
                let usage = fs::read_to_string(folder.path().join("probe.bpf.su")).unwrap_or_default();
                if deepest(&usage, text) > STACK { Err(too_deep()) } else { Ok(bytes) }
            }
            _ => Err(self.failed(text, &String::from_utf8_lossy(&output.stderr), output.status)),
        }
    }

    /// clang failed: a bug of ours, so the message carries what a report needs. Who knows the closure sets the label.
    fn failed(&self, text: &str, stderr: &str, status: std::process::ExitStatus) -> Error {
        let first = stderr.lines().find(|line| line.contains("error")).unwrap_or("it wrote no object").trim();
        let line = first.split(':').nth(1).and_then(|number| number.parse::<usize>().ok());
        let span = line.and_then(|number| text.lines().nth(number.saturating_sub(1))).and_then(marked);
        // How much clang puts by for itself is known to nobody before.
        if first.contains("stack limit") {
            return Error::new(
                Code::ClosureStack,
                "this closure keeps too many values for the stack of a kernel program",
            )
            .label_within(span, "compiled from this")
            .help("keep fewer values in variables, or attach several probes");
        }
        let what = format!("{} did not compile the program ({status})", self.path.display());
        Error::new(Code::ClangFailed, what)
            .label_within(span, "compiled from this")
            .help(format!("{first}\nThe C is shown by --emit-c. If it is at fault, that is a bug: please report it"))
    }
}

/// How much clang puts by for itself, nobody knows before.
fn too_deep() -> Error {
    Error::new(Code::ClosureStack, "this closure keeps too many values for the stack of a kernel program")
        .help("keep fewer values in variables, read shorter strings (--len), or attach several probes")
}

fn missing(what: &str) -> Error {
    Error::new(Code::NoClang, what).help(format!(
        "install clang 14 or newer (Debian, Ubuntu: apt install clang; Fedora: dnf install clang), or name one in $env.{VARIABLE}"
    ))
}
