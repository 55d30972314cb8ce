//! One Nushell that runs many scripts, one after another, where each start of a shell would take seconds. Scripts in, what
//! each has printed out; it knows nothing of what they are to print.

use super::{AFTERWARDS, Nu, alive_after, kill_all, reader, spawned};
use std::process::Child;
use std::sync::mpsc::Receiver;

/// Ends what a script prints, in both outputs: the record separator of ASCII.
const MARK: u8 = 0x1e;

/// A shell with its scripts.
pub struct Shell<'a> {
    nu: &'a Nu,
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
}

/// What a script has printed.
pub struct Printed {
    pub stdout: String,
    pub stderr: String,
}

impl Shell<'_> {
    /// Starts it. The probes and jobs that a script leaves end before the next one; what fails is printed with the rest.
    pub fn start<'a>(nu: &'a Nu, scripts: &[&str]) -> Shell<'a> {
        let text: String = scripts.iter().map(|script| wrapped(script)).collect();
        // A file, as an argument has at most 128 KiB (MAX_ARG_STRLEN).
        let file = nu.home.path().join("scripts.nu");
        std::fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut child = spawned(&mut nu.command(&[file.into_os_string()]));
        let (stdout, stderr) = (reader(child.stdout.take(), Some(MARK)), reader(child.stderr.take(), Some(MARK)));
        Shell { nu, child, stdout, stderr }
    }

    /// What the next script prints, once it has ended. Where it does not end in time, or ends the shell: what it has
    /// printed until then; there is no next one then.
    pub fn next(&mut self) -> Result<Printed, Printed> {
        let kill = || kill_all(self.nu.home.path());
        // What is killed closes its pipes, so that what it has printed comes at last.
        let piece = |pipe: &Receiver<String>, limit| {
            let late = |_| {
                kill();
                pipe.recv_timeout(AFTERWARDS)
            };
            pipe.recv_timeout(limit).or_else(late).unwrap_or_default()
        };
        let (stdout, stderr) = (piece(&self.stdout, self.nu.limit), piece(&self.stderr, AFTERWARDS));
        let fine = [&stdout, &stderr].iter().all(|text| text.ends_with(MARK as char));
        let without = |text: String| text.trim_end_matches(MARK as char).to_string();
        let printed = Printed { stdout: without(stdout), stderr: without(stderr) };
        if fine {
            return Ok(printed);
        }
        kill();
        Err(printed)
    }

    /// Waits for its end after the last script; the complaint if it, or what it has started, does not end well.
    pub fn end(mut self) -> Option<String> {
        let home = self.nu.home.path();
        if alive_after(home) {
            kill_all(home);
            return Some(format!(
                "the shell, or what it has started, has not ended {AFTERWARDS:?} after its last script"
            ));
        }
        let status = self.child.wait().unwrap_or_else(|error| panic!("the shell cannot be waited for: {error}"));
        (!status.success()).then(|| format!("the shell of all scripts: {status}"))
    }
}

/// A script in a scope of its own, then the end of what it leaves, then the mark. A job may just have ended by itself.
fn wrapped(script: &str) -> String {
    let mark = r#""\u{1e}""#;
    format!(
        "try {{ do {{\n{script} | print\n}} }} catch {{|error| print $error.rendered }}\n\
         try {{ job list | each {{|job| try {{ job kill $job.id }} }} | ignore; ebpf detach --all | ignore }} \
         catch {{|error| print $error.rendered }}\n\
         print --no-newline --stderr {mark}; print --no-newline {mark}\n"
    )
}
