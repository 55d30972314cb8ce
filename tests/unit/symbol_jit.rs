//! Tests of `crates/symbol/src/jit.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn functions_are_found_by_their_ranges() {
    let functions = functions("1000 20 Builtin:Add\n2000 10 LazyCompile:~f a b.js:1\nnonsense\n");
    let jit = Jit { functions, ..Jit::new("/proc".into(), 0) };
    assert_eq!(jit.known(0x1010), Some(("Builtin:Add".into(), 0x1000)));
    assert_eq!(jit.known(0x200f), Some(("LazyCompile:~f a b.js:1".into(), 0x2000)));
    assert_eq!((jit.known(0x1020), jit.known(0xfff)), (None, None));
}

#[test]
fn the_file_of_a_process_in_a_container_is_found() {
    let root = std::env::temp_dir().join(format!("nu-ebpf-symbol-{}", std::process::id()));
    let tmp = root.join("77/root/tmp");
    fs::create_dir_all(&tmp).unwrap();
    fs::write(root.join("77/status"), "NSpid:\t77\t5\n").unwrap();
    fs::write(tmp.join("perf-5.map"), "1000 20 f\n").unwrap();
    let mut jit = Jit::new(root.clone(), 77);
    assert_eq!(jit.function(0x1001), Some(("f".into(), 0x1000)));
    fs::write(tmp.join("perf-5.map"), "1000 20 f\n3000 8 g\n").unwrap();
    assert_eq!(jit.function(0x3000), Some(("g".into(), 0x3000)));
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn the_innermost_id_is_the_last() {
    assert_eq!(inner_id("Name:\tx\nNSpid:\t77\t5\n"), Some(5));
}

#[test]
fn what_another_user_says_or_a_link_leads_to_is_not_believed() {
    let root = tempfile::tempdir().expect("a folder");
    let tmp = root.path().join("77/root/tmp");
    fs::create_dir_all(&tmp).expect("a folder");
    let (file, kept) = (tmp.join("perf-77.map"), tmp.join("kept"));
    let told = || Jit::new(root.path().into(), 77).function(0x1001).map(|found| found.1);
    fs::write(&file, "1000 20 f\n").expect("written");
    assert_eq!(told(), Some(0x1000));
    fs::rename(&file, &kept).expect("renamed");
    std::os::unix::fs::symlink(&kept, &file).expect("linked");
    assert_eq!(told(), None);
    fs::remove_file(&file).expect("removed");
    fs::rename(&kept, &file).expect("renamed");
    // Only root can give it away.
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(&file, Some(65534), None).expect("given away");
        assert_eq!(told(), None);
        std::os::unix::fs::chown(root.path().join("77"), Some(65534), None).expect("given away");
        assert_eq!(told(), Some(0x1000));
    }
}
