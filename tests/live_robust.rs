//! What ends the plugin, and what does not: a panic ends one command or stream and nothing else; what is no Nushell ends
//! it with a line that says why. Needs root.

mod support;

use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use support::{LIMIT, Nu, PLUGIN};

/// A probe that another one's panic must not take down.
const OTHER: &str =
    "let other = ebpf attach 'tracepoint:syscalls/sys_enter_mkdir' {|ctx| if $ctx.comm == 'mkdir' { count } }";

/// Makes the other probe count something, and says what it has counted.
const COUNTED: &str = "^mkdir other; ebpf counters $other | get count | math sum | print $'other: ($in)'; \
    ebpf list | length | print $'probes: ($in)'";

/// Runs a script in a shell whose plugin panics at a place.
fn panicking(place: &str, script: &str) -> support::Run {
    Nu::new(LIMIT).variable("NU_EBPF_PANIC", place).text(&format!("{OTHER}\n{script}\n{COUNTED}"))
}

#[test]
fn a_panic_ends_a_command_and_nothing_else() {
    let run = panicking("ebpf probes", "try { ebpf probes 'iter:*' } catch {|error| print $error.rendered }");
    let both = format!("{}{}", run.stdout, run.stderr);
    assert!(run.fine && both.contains("ebpf::bug") && both.contains("ebpf probes to panic"), "{both}");
    assert!(run.stdout.contains("other: 1") && run.stdout.contains("probes: 1"), "{both}");
    assert!(!both.contains("panicked at"), "{both}");
}

#[test]
fn a_panic_ends_a_stream_and_detaches_its_probe_and_nothing_else() {
    // Of the thread that reads, and of the one that decodes.
    for place in ["ring buffer", "row"] {
        // A machine where nothing happens reads nothing.
        let script = "job spawn { loop { ^true; sleep 10ms } } | ignore; try { ebpf attach -s 'tracepoint:syscalls/sys_enter_read' {|ctx| $ctx.pid | emit } | to nuon } catch {|error| print $error.rendered }";
        let run = panicking(place, script);
        let both = format!("{}{}", run.stdout, run.stderr);
        assert!(run.fine && both.contains("ebpf::bug") && both.contains(place), "{place}: {both}");
        assert!(run.stdout.contains("other: 1") && run.stdout.contains("probes: 1"), "{place}: {both}");
        assert!(!both.contains("panicked at"), "{place}: {both}");
    }
}

#[test]
fn what_is_no_nushell_ends_the_plugin_with_a_word_why() {
    let hello = |version: &str| {
        let mut bytes = b"\x81\xa5Hello\x83\xa8protocol\xa9nu-plugin\xa7version".to_vec();
        bytes.push(0xa0 | version.len() as u8);
        bytes.extend([version.as_bytes(), b"\xa8features\x90"].concat());
        bytes
    };
    let own = hello("0.115.1");
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("bytes of no message", vec![0xff; 300], "failed to decode"),
        ("an endless list", vec![0x91; 100_000], "failed to decode"),
        ("a list longer than memory", vec![0xdd, 0xff, 0xff, 0xff, 0xff], "failed to decode"),
        ("a hello of another version", hello("0.90.0"), "Nushell is of version 0.90.0"),
        ("a hello of no version", hello("x.y"), "Nushell is of version x.y"),
        ("a hello that is cut off", own[..12].to_vec(), "cut off"),
        ("an unknown message", [&own, &b"\x81\xa7Unknown\xc0"[..]].concat(), "failed to decode"),
    ];
    for (what, bytes, said) in cases {
        let mut plugin = Command::new(PLUGIN);
        plugin.arg("--stdio").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut plugin = plugin.spawn().unwrap_or_else(|error| panic!("{PLUGIN}: {error}"));
        // It may have ended before it has read all.
        let _ = plugin.stdin.take().map(|mut stdin| stdin.write_all(bytes));
        let output = plugin.wait_with_output().unwrap_or_else(|error| panic!("{what}: {error}"));
        ended(what, &output, said);
    }
}

#[test]
fn a_pipe_that_nobody_reads_ends_the_plugin_with_a_word_why() {
    let full = File::options().write(true).open("/dev/full").unwrap_or_else(|error| panic!("/dev/full: {error}"));
    let output = Command::new(PLUGIN).arg("--stdio").stdin(Stdio::null()).stdout(full).output();
    ended(
        "a full disk for its words",
        &output.unwrap_or_else(|error| panic!("{PLUGIN}: {error}")),
        "cannot talk to Nushell",
    );
    let (reader, writer) = std::io::pipe().unwrap_or_else(|error| panic!("no pipe: {error}"));
    drop(reader);
    let output = Command::new(PLUGIN).arg("--stdio").stdin(Stdio::null()).stdout(writer).output();
    ended("nobody reads", &output.unwrap_or_else(|error| panic!("{PLUGIN}: {error}")), "cannot talk to Nushell");
}

/// It has ended as one that failed, with a word why, and without Rust's account of a panic.
fn ended(what: &str, output: &Output, said: &str) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{what}: {stderr}");
    assert!(stderr.contains(said), "{what}: expected `{said}`, came {stderr}");
    assert!(!stderr.contains("panicked at") && !stderr.contains("backtrace"), "{what}: {stderr}");
}
