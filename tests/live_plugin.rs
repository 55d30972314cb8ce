//! The plugin as a whole, on this machine's kernel: its examples run, its preflight finds what the kernel has, and
//! nothing stays in the kernel however its shell ends. Needs root.

mod support;

use nu_plugin_ebpf::{commands, load};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use support::{LIMIT, Nu, PLUGIN, program, report};

/// How long the kernel and the processes may take to be rid of a probe.
const GONE: Duration = Duration::from_secs(5);

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

#[test]
fn nothing_stays_however_the_shell_ends() {
    // To whom which signal goes: the shell and the plugin together (Ctrl-C), or one of them.
    for (signal, to) in
        [("INT", To::Group), ("TERM", To::Shell), ("KILL", To::Shell), ("TERM", To::Plugin), ("KILL", To::Plugin)]
    {
        for script in [
            "ebpf attach -s 'tracepoint:syscalls/sys_enter_mkdir' {|ctx| $ctx.pid | emit } | length",
            "ebpf attach 'tracepoint:syscalls/sys_enter_mkdir' {|ctx| $ctx.mode | count }; sleep 30sec",
        ] {
            let case = format!("{signal} to {to:?}: {script}");
            let mut shell = shell(script, &[]);
            let plugin = until("the probe is attached", || attached().then(|| plugin_of(&shell)).flatten());
            to.send(&shell, signal, &case);
            until(&format!("{case}: the probe is gone"), || (!attached()).then_some(()));
            let running = |id: &str| std::fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|line| !line.is_empty());
            until(&format!("{case}: the plugin is gone"), || (!running(&plugin)).then_some(()));
            let _ = shell.kill();
            let _ = shell.wait();
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum To {
    Group,
    Shell,
    Plugin,
}

impl To {
    fn send(self, shell: &Child, signal: &str, case: &str) {
        let target = match self {
            To::Group => Some(format!("-{}", shell.id())),
            To::Shell => Some(shell.id().to_string()),
            To::Plugin => plugin_of(shell),
        };
        let target = target.unwrap_or_else(|| panic!("{case}: there is no plugin"));
        let sent = Command::new("kill").args(["-s", signal, "--", &target]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{case}: no signal was sent");
    }
}

#[test]
fn no_clang_stays_however_the_shell_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let clang = folder.path().join("clang");
    std::fs::write(&clang, "#!/bin/sh\n>&2 echo $$\nexec sleep 1000\n").expect("written");
    std::fs::set_permissions(&clang, std::fs::Permissions::from_mode(0o755)).expect("mode");
    let temporary = folder.path().join("tmp");
    // What clang says is in the folder that it works in.
    let said = || {
        let folders = std::fs::read_dir(&temporary).ok()?.flatten();
        folders.filter_map(|folder| std::fs::read_to_string(folder.path().join("said")).ok()).find(|id| !id.is_empty())
    };
    for (signal, to) in [("INT", To::Group), ("KILL", To::Shell), ("TERM", To::Plugin), ("KILL", To::Plugin)] {
        std::fs::create_dir(&temporary).expect("a folder");
        let script = "ebpf attach 'tracepoint:syscalls/sys_enter_mkdir' {|ctx| $ctx.mode | count }";
        let places = [("TMPDIR", &temporary), ("XDG_CACHE_HOME", &temporary), ("NU_EBPF_CLANG", &clang)];
        let mut shell = shell(script, &places);
        let case = format!("{signal} to {to:?}");
        let id = until(&format!("{case}: clang is at work"), said).trim().to_string();
        to.send(&shell, signal, &case);
        let gone = || std::fs::read_to_string(format!("/proc/{id}/stat")).map_or(true, |stat| stat.contains(") Z "));
        until(&format!("{case}: clang is gone"), || gone().then_some(()));
        assert!(!attached(), "{case}: nothing was attached");
        let _ = shell.kill();
        let _ = shell.wait();
        std::fs::remove_dir_all(&temporary).expect("removed");
    }
}

/// A shell in a process group of its own.
fn shell(script: &str, variables: &[(&str, &PathBuf)]) -> Child {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(program());
    command.args(["-n", "--no-std-lib", "--plugins", &format!("[{PLUGIN}]"), "-c", script]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command.envs(variables.iter().copied());
    command.spawn().unwrap_or_else(|error| panic!("nu did not start: {error}"))
}

/// Whether the probe of the scripts above is in the kernel.
fn attached() -> bool {
    let output = Command::new("bpftool").args(["prog", "list"]).output();
    let output = output.unwrap_or_else(|error| panic!("bpftool did not start: {error}"));
    String::from_utf8_lossy(&output.stdout).contains("nu_sys_enter_mk")
}

/// The process id of a shell's plugin.
fn plugin_of(shell: &Child) -> Option<String> {
    let children = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", shell.id())).ok()?;
    let all = children.split_whitespace().map(String::from).chain(threads_children(shell.id()));
    let name = |id: &String| std::fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
    all.into_iter().find(|id| name(id).starts_with(PLUGIN))
}

/// Children that other threads of a process have started.
fn threads_children(process: u32) -> Vec<String> {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().map(String::from).collect::<Vec<_>>()).collect()
}

/// Waits for something that must come.
fn until<T>(what: &str, mut there: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = there() {
            return found;
        }
        assert!(begin.elapsed() < GONE, "expected within {GONE:?}: {what}");
        sleep(Duration::from_millis(20));
    }
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
