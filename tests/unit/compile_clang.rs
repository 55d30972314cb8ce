//! Tests of `crates/compile/src/clang.rs`, which includes this as a module of its own: what clang may do to us.

use super::*;
use std::os::unix::fs::PermissionsExt;

/// A clang that does something else; what becomes of its object.
fn fake(script: &str) -> Result<Vec<u8>> {
    fake_with(script, "/* C */\n")
}

fn fake_with(script: &str, text: &str) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clang");
    // Another thread may be starting a program, which then holds this file open for writing for a moment.
    let made = std::process::Command::new("/bin/sh")
        .args(["-c", "cat >clang", "sh"])
        .current_dir(folder.path())
        .stdin(std::process::Stdio::piped())
        .spawn()
        .and_then(|mut child| {
            use std::io::Write;
            child.stdin.take().map_or(Ok(()), |mut input| write!(input, "#!/bin/sh\n{script}\n"))?;
            child.wait()
        });
    assert!(made.expect("written").success());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("mode");
    let clang = Clang { path, identity: String::new() };
    clang.run(text, &Patience { time: Duration::from_secs(2), given_up: &|| false })
}

fn said(script: &str) -> String {
    let error = fake(script).expect_err("no object");
    assert_eq!(error.code, Code::ClangFailed);
    format!("{} | {}", error.message, error.help.unwrap_or_default()).replace('\n', " ")
}

/// An object of clang's own, in the script's folder.
const OBJECT: &str = "/usr/bin/clang-19 -target bpf -c -o whole.o -x c /dev/null";

#[test]
fn a_whole_object_is_taken() {
    let object = fake(&format!("{OBJECT} && mv whole.o probe.bpf.o")).expect("an object");
    assert!(object.starts_with(b"\x7fELF"));
}

#[test]
fn half_an_object_is_none() {
    let half = format!("{OBJECT} && head -c 200 whole.o >probe.bpf.o");
    assert!(said(&half).contains("it wrote no whole object"), "{}", said(&half));
    assert!(said("echo garbage >probe.bpf.o").contains("it wrote no whole object"));
    assert!(said(": >probe.bpf.o").contains("it wrote no whole object"));
    assert!(said("").contains("it wrote no whole object"));
}

#[test]
fn one_that_is_killed_says_so() {
    assert!(said("kill -KILL $$").contains("was killed by signal 9 | 9: probably out of memory"));
}

#[test]
fn a_pipe_is_no_object() {
    assert!(said("mkfifo probe.bpf.o").contains("it wrote no whole object"));
    assert!(said("ln -s /dev/zero probe.bpf.o").contains("it wrote no whole object"));
    let object = fake(&format!("{OBJECT} && mv whole.o probe.bpf.o && mkfifo probe.bpf.su")).expect("an object");
    assert!(object.starts_with(b"\x7fELF"));
}

#[test]
fn a_script_that_finds_no_clang_is_told_why() {
    let said = said("exec no-such-clang \"$@\"");
    assert!(said.contains("127") && said.contains("not found") && said.contains("full path"), "{said}");
}

#[test]
fn one_that_hangs_is_given_up() {
    assert!(said("sleep 1000").contains("did not end within 2 s"));
}

#[test]
fn garbage_is_not_repeated_at_length() {
    let error = said("head -c 100000 /dev/urandom >&2; exit 1");
    assert!(error.len() < 1000, "{} bytes", error.len());
}

#[test]
fn a_plugin_with_capabilities_of_its_own_runs_no_clang_of_its_users() {
    let error = Clang::find_as(Some("/bin/true"), true).expect_err("refused");
    assert_eq!((error.code, error.message.contains("capabilities of its own")), (Code::NoClang, true));
    assert!(Clang::find_as(Some("/bin/true"), false).is_ok());
    let found = Clang::find_as(None, true).expect("clang is installed").path;
    assert!(SYSTEM.split(':').any(|folder| found.starts_with(folder)), "{}", found.display());
}

#[test]
fn names_clang_without_bpf_target() {
    let said = |words: &str| fake(&format!("echo \"error: {words}\" >&2; exit 1")).expect_err("no object");
    for words in [
        "unable to create target: 'No available targets are compatible with triple \\\"bpf\\\"'",
        "unknown target triple 'bpf', please use -triple or -arch",
    ] {
        let error = said(words);
        assert_eq!(error.code, Code::NoClang);
        assert!(error.message.ends_with("was built without the BPF target"), "{}", error.message);
        assert!(error.help.unwrap_or_default().starts_with("install clang 14 or newer"));
    }
}

#[test]
fn names_clang_that_is_too_old() {
    let version = "case \"$1\" in -v) echo 'clang version 11.0.1' >&2; exit 0;; esac";
    let older = "exec /usr/bin/clang-19 -Wno-everything -U__clang_major__ -D__clang_major__=11 \"$@\"";
    let error = fake_with(&format!("{version}\n{older}"), "#include <nu/types.h>\n").expect_err("no object");
    assert_eq!(error.code, Code::NoClang);
    assert!(error.message.ends_with("is clang 11.0.1, which is too old"), "{}", error.message);
}
