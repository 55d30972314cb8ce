//! The plugin as a whole, on this machine's kernel: its examples run, and its preflight finds what the kernel has. Needs
//! root.

mod support;

use nu_plugin_ebpf::{commands, load};
use std::process::{Child, Command, Stdio};
use support::{LIMIT, Nu, report};

#[test]
fn every_example_runs() {
    let nu = Nu::new(LIMIT);
    let mut failed = Vec::new();
    let mut count = 0;
    for command in commands::all() {
        for example in command.examples() {
            count += 1;
            let load = Load::start();
            let run = nu.text(example.example);
            drop(load);
            if !run.fine {
                failed.push(format!("{}: {}\n{}", command.name(), example.example, run.stderr));
            }
        }
    }
    assert!(count >= 12, "expected an example a command, came {count}");
    report(&failed);
}

#[test]
fn the_preflight_sees_this_process() {
    let seen = load::preflight().unwrap_or_else(|error| panic!("{error}: {:?}", error.help));
    assert_eq!(seen.process, std::process::id() as i32);
    assert!(seen.runs >= 1, "{seen:?}");
}

/// Something for the examples to see: a process that opens files, again and again.
struct Load(Child);

impl Load {
    fn start() -> Load {
        let script = "while :; do cat /etc/hostname; sleep 0.02; done";
        let child = Command::new("sh").args(["-c", script]).stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        Load(child.unwrap_or_else(|error| panic!("sh did not start: {error}")))
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
