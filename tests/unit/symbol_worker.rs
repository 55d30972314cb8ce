//! Tests of `crates/symbol/src/worker.rs`, which includes this as a module of its own.

use super::*;
use std::os::unix::fs::{PermissionsExt, chown};
use std::process::Command;

#[test]
fn only_a_file_of_ours_names_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = folder.path().join("plain");
    std::fs::copy("/proc/self/exe", &plain).expect("copied");
    let linked = folder.path().join("linked");
    let mut objcopy = Command::new("objcopy");
    objcopy.arg("--strip-debug").arg("--add-gnu-debuglink=/proc/self/exe").args([&plain, &linked]);
    assert!(objcopy.status().is_ok_and(|status| status.success()), "expected objcopy to succeed");
    let may = |path| may_lead(&File::open(path).expect("opened"));
    let mode = |mode| std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).expect("mode");
    assert!(may(&plain) && may(&linked));
    mode(0o777);
    assert!(may(&plain) && !may(&linked));
    mode(0o700);
    if rustix::process::geteuid().is_root() {
        chown(&linked, Some(65534), None).expect("given away");
        assert!(!may(&linked));
        chown(&linked, Some(0), None).expect("taken back");
    }
    // Another file has its name.
    let held = File::open(&linked).expect("opened");
    std::fs::rename(&plain, &linked).expect("renamed");
    assert!(!may_lead(&held));
}
