//! Tests of `crates/compile/src/confined.rs`, which includes this as a module of its own.

use super::*;
use std::cell::Cell;
use std::fs;
use std::os::fd::AsFd;

const LONG: Duration = Duration::from_secs(600);

/// A shell's script: how it ended, what it said, and its folder.
fn shell(script: &str, time: Duration, given_up: &dyn Fn() -> bool) -> (End, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let patience = Patience { time, given_up };
    let mut command = Command::new("/bin/sh");
    let place = fs::File::open(folder.path()).expect("opened");
    let run = run(command.args(["-c", script]), place.as_fd(), None, &patience);
    let (end, said) = run.expect("waited for").expect("started");
    (end, said, folder)
}

fn status(end: End) -> String {
    match end {
        End::Ended(status) => status.to_string(),
        End::TimedOut | End::GivenUp => format!("{end:?}"),
    }
}

/// Whether a process is at work: one that was killed waits for somebody to ask after it.
fn runs(id: &str) -> bool {
    fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn it_says_how_it_ended_and_what_it_said() {
    let (end, said, _) = shell("echo hello >&2; exit 3", LONG, &|| false);
    assert_eq!((status(end), said), ("exit status: 3".into(), "hello\n".into()));
    let (end, ..) = shell("kill -KILL $$", LONG, &|| false);
    assert_eq!(status(end), "signal: 9 (SIGKILL)");
}

#[test]
fn one_that_hangs_ends_with_all_that_it_has_started() {
    let script = "sleep 1000 & echo $! >started; echo $$ >>started; wait";
    let (end, _, folder) = shell(script, Duration::from_secs(1), &|| false);
    assert_eq!(end, End::TimedOut);
    let started = fs::read_to_string(folder.path().join("started")).expect("it ran");
    assert_eq!(started.lines().count(), 2);
    // A signal is delivered, but its process needs a moment of a processor to go.
    while started.lines().any(runs) {
        std::thread::yield_now();
    }
}

#[test]
fn one_that_has_ended_leaves_nothing_running() {
    let (end, _, folder) = shell("sleep 1000 & echo $! >started", LONG, &|| false);
    assert_eq!(status(end), "exit status: 0");
    let started = fs::read_to_string(folder.path().join("started")).expect("it ran");
    while started.lines().any(runs) {
        std::thread::yield_now();
    }
}

#[test]
fn one_that_nobody_waits_for_any_longer_ends() {
    let asked = Cell::new(0);
    let (end, ..) = shell("sleep 1000", LONG, &|| asked.replace(asked.get() + 1) == 3);
    assert_eq!((end, asked.get()), (End::GivenUp, 4));
}

#[test]
fn it_has_no_capabilities_no_environment_and_no_way_back() {
    let script = "grep -E '^(Cap|NoNewPrivs)' /proc/self/status >&2; cat /proc/$$/environ >&2; pwd >&2";
    let (_, said, folder) = shell(script, LONG, &|| false);
    let own = fs::read_to_string("/proc/self/status").expect("status");
    // Who may not change the bounding set keeps it, but has nothing to get back through it.
    let bounding = own.lines().find(|line| line.starts_with("CapBnd")).expect("a line");
    let said = said.replace(bounding, "CapBnd:\t0000000000000000");
    let sets = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map(|set| format!("{set}:\t0000000000000000\n"));
    let folder = fs::canonicalize(folder.path()).expect("a path");
    assert_eq!(said, format!("{}NoNewPrivs:\t1\n{}\n", sets.concat(), folder.display()));
}

#[test]
fn one_that_does_not_stop_talking_is_stopped() {
    let (end, said, _) = shell("exec yes >&2", LONG, &|| false);
    assert_eq!(status(end), "signal: 25 (SIGXFSZ)");
    assert_eq!(said.len() as u64, SAID);
}

#[test]
fn root_runs_it_as_another_user() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let place = fs::File::open("/").expect("opened");
    let patience = Patience { time: LONG, given_up: &|| false };
    let mut command = Command::new("/bin/sh");
    let command =
        command.args(["-c", "id -u >&2; id -G >&2; touch /tmp/../root/nu-ebpf-touched >&2 && echo touched >&2"]);
    let run = run(command, place.as_fd(), Some(Uid::from_raw(61_999)), &patience);
    let (_, said) = run.expect("waited for").expect("started");
    assert!(said.starts_with("61999\n61999\n") && !said.contains("touched\n"), "{said}");
}
