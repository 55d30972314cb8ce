//! What the test programs share: running Nushell with the plugin, dropped-in cases, and texts compared with files.

// Every test program uses a part of it.
#![allow(dead_code)]

pub mod compare;
pub mod lanes;
pub mod shell;

use pretty_assertions::StrComparison;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// The plugin under test.
pub const PLUGIN: &str = env!("CARGO_BIN_EXE_nu_plugin_ebpf");

/// The project's folder. Known at compile time: the live tests' program also runs in a VM, without cargo.
pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Where the objects of the expected C lie, in the project's folder: a folder a clang.
pub const OBJECTS: &str = "target/objects";

/// The lane of the oldest kernel, its release, and where the objects lie that are made for it.
pub const OLDER: (&str, &str, &str) = ("vm-5.10", "5.10", "target/objects-5.10");

/// The longest that one script may take on this machine.
pub const LIMIT: Duration = Duration::from_secs(60);

/// How long what a shell has started may outlive it: the plugin ends by itself.
const AFTERWARDS: Duration = Duration::from_secs(30);

/// How one run of Nushell ended.
#[derive(Debug)]
pub struct Run {
    pub status: ExitStatus,
    /// It succeeded, in time, and left no process behind.
    pub fine: bool,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

/// A Nushell with the plugin, an environment with nothing in it but PATH, and a home of its own.
pub struct Nu {
    home: tempfile::TempDir,
    limit: Duration,
    variables: Vec<(OsString, OsString)>,
}

impl Nu {
    pub fn new(limit: Duration) -> Nu {
        let home = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder for a home: {error}"));
        Nu { home, limit, variables: Vec::new() }
    }

    /// One that reads tracepoints' formats and types from `tests/fixtures`, not from the running kernel. In its home is
    /// `program.so`, a library with debug information.
    pub fn with_fixtures() -> Nu {
        let nu = Nu::new(LIMIT);
        let copied = fs::copy(folder("fixtures/dwarf/program.so"), nu.home.path().join("program.so"));
        copied.unwrap_or_else(|error| panic!("expected a library to copy: {error}"));
        nu.variable("NU_EBPF_TRACEFS", folder("fixtures/tracefs"))
            .variable("NU_EBPF_BTF", folder("fixtures/btf/kernel.btf"))
    }

    pub fn variable(mut self, name: &str, value: impl Into<OsString>) -> Nu {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Runs a script file.
    pub fn file(&self, script: &Path) -> Run {
        self.run(&[script.as_os_str().to_os_string()])
    }

    /// Runs a script given as text.
    pub fn text(&self, script: &str) -> Run {
        self.run(&["-c".into(), script.into()])
    }

    fn run(&self, script: &[OsString]) -> Run {
        finish(self.command(script), self.limit, self.home.path())
    }

    fn command(&self, script: &[OsString]) -> Command {
        let home = self.home.path();
        let mut command = Command::new(program());
        command
            .args(["-n", "--no-std-lib", "--plugins", &format!("[{PLUGIN}]")])
            .args(["-I", &format!("{ROOT}/examples")])
            .args(script)
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("NO_COLOR", "1")
            .envs(self.variables.iter().cloned())
            .current_dir(home)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

/// The real program behind `nu`: npm installs a starter, and to kill that one leaves Nushell running.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let output = Command::new("nu").args(["-n", "--no-std-lib", "-c", "$nu.current-exe"]).output();
        let output = output.unwrap_or_else(|error| panic!("`nu` did not start ({error}): is it in PATH?"));
        PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
    })
}

/// Runs a command to its end, or kills it and everything that it has started when its time is up. `home` is in the
/// environment of all of them, and of nobody else's.
fn finish(mut command: Command, limit: Duration, home: &Path) -> Run {
    let begin = Instant::now();
    let mut child = spawned(&mut command);
    let (stdout, stderr) = (reader(child.stdout.take(), None), reader(child.stderr.take(), None));
    let mut complaint = String::new();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if complaint.is_empty() && begin.elapsed() > limit => {
                complaint = format!("(killed: not finished after {limit:?})\n");
                kill_all(home);
            }
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            Err(error) => panic!("{command:?} cannot be waited for: {error}"),
        }
    };
    let took = begin.elapsed();
    if complaint.is_empty() && alive_after(home) {
        complaint = format!("(killed: the shell has ended, but what it has started has not, {AFTERWARDS:?} later)\n");
        kill_all(home);
    }
    let text = |pipe: Receiver<String>| pipe.recv_timeout(AFTERWARDS).unwrap_or_else(|_| "(never closed)".into());
    let stderr = format!("{complaint}{}", text(stderr));
    Run { status, fine: status.success() && complaint.is_empty(), stdout: text(stdout), stderr, took }
}

fn spawned(command: &mut Command) -> Child {
    command.spawn().unwrap_or_else(|error| panic!("{command:?} did not start: {error}"))
}

/// Whether something with that home is still running, some time after the shell has ended.
fn alive_after(home: &Path) -> bool {
    let begin = Instant::now();
    while !processes(home).is_empty() {
        if begin.elapsed() > AFTERWARDS {
            return true;
        }
        thread::sleep(Duration::from_millis(5));
    }
    false
}

/// The processes that have `home` in their environment: those that a run has started.
fn processes(home: &Path) -> Vec<String> {
    let mark = format!("HOME={}", home.display());
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let ours = |id: &String| {
        let bytes = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        bytes.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
    };
    numbers.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())).filter(ours).collect()
}

fn kill_all(home: &Path) {
    for id in processes(home) {
        // It may just have ended by itself.
        let _ = Command::new("kill").args(["-KILL", &id]).stderr(Stdio::null()).status();
    }
}

/// Reads a pipe to its end on a thread of its own, so that no pipe is ever full: what ends with a mark piece by piece, and
/// at last what is left, which may be nothing.
fn reader(pipe: Option<impl Read + Send + 'static>, mark: Option<u8>) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut pipe = pipe.map(BufReader::new);
        loop {
            let mut bytes = Vec::new();
            // What was read before an error is still worth showing.
            let _ = match (&mut pipe, mark) {
                (Some(pipe), Some(mark)) => pipe.read_until(mark, &mut bytes),
                (Some(pipe), None) => pipe.read_to_end(&mut bytes),
                (None, _) => Ok(0),
            };
            let last = mark.is_none() || bytes.last() != mark.as_ref();
            // Nobody may be waiting any more.
            if sender.send(String::from_utf8_lossy(&bytes).into_owned()).is_err() || last {
                return;
            }
        }
    });
    receiver
}

impl Run {
    /// Both outputs, labelled, for a failure's message.
    pub fn both(&self) -> String {
        format!("{}\n--- stdout:\n{}\n--- stderr:\n{}", self.status, self.stdout.trim_end(), self.stderr.trim_end())
    }
}

/// A folder under `tests`.
pub fn folder(name: &str) -> PathBuf {
    Path::new(ROOT).join("tests").join(name)
}

/// The files with an extension in a folder under `tests`, by name.
pub fn files(name: &str, extension: &str) -> Vec<PathBuf> {
    files_in(&folder(name), extension)
}

/// The files with an extension in a folder, by name.
pub fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A path's file name, for messages.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Compares a text with a file, or writes the file where the variable BLESS is set. Returns the complaint.
pub fn differs(file: &Path, actual: &str) -> Option<String> {
    if env::var_os("BLESS").is_some() {
        fs::write(file, actual).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        return None;
    }
    let expected = match fs::read_to_string(file) {
        Ok(expected) => expected,
        Err(error) => return Some(format!("{}: {error}; BLESS=1 writes it:\n{actual}", name(file))),
    };
    let differ = expected != actual;
    differ.then(|| {
        format!("{}: < expected, > came (BLESS=1 accepts)\n{}", name(file), StrComparison::new(&expected, actual))
    })
}

/// Files of an extension that belong to no `.nu` of the same name.
pub fn orphans(folder: &str, extension: &str) -> Vec<String> {
    let left = files(folder, extension).into_iter().filter(|path| !path.with_extension("nu").exists());
    left.map(|path| format!("{}: there is no case of this name", name(&path))).collect()
}

/// Fails with everything that was found, if anything was.
pub fn report(found: &[String]) {
    assert!(found.is_empty(), "{} failed:\n\n{}\n", found.len(), found.join("\n\n"));
}
