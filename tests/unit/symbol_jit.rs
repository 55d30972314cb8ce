//! Tests of `crates/symbol/src/jit.rs`, which includes this as a module of its own.

use super::*;

/// What is said of a process in a `/proc` of tests.
fn told(text: &[u8]) -> (tempfile::TempDir, Jit) {
    let root = tempfile::tempdir().expect("a folder");
    let tmp = root.path().join("77/root/tmp");
    fs::create_dir_all(&tmp).expect("a folder");
    fs::write(tmp.join("perf-77.map"), text).expect("written");
    let jit = Jit::new(root.path().into(), 77);
    (root, jit)
}

#[test]
fn functions_are_found_by_their_ranges() {
    let (_root, mut jit) = told(b"2000 10 LazyCompile:~f a b.js:1\n1000 20 Builtin:Add\nnonsense\n2000 10 Later\n");
    assert_eq!(jit.function(0x1010), Some(("Builtin:Add".into(), 0x1000)));
    assert_eq!(jit.function(0x200f), Some(("Later".into(), 0x2000)));
    assert_eq!((jit.known(0x1020), jit.known(0xfff)), (None, None));
}

#[test]
fn memory_is_bounded_whatever_is_said() {
    let lines = |count: u64, name: &str| -> Vec<u8> {
        (0..count).flat_map(|number| format!("{:x} 8 {name}\n", 16 * number).into_bytes()).collect()
    };
    for text in [lines(1_000_000, "f"), lines(50_000, &"long".repeat(300))] {
        let (_root, mut jit) = told(&text);
        assert_eq!(jit.function(4).map(|found| found.1), Some(0));
        assert_eq!(jit.function(u64::MAX), None);
        let bytes = jit.functions.capacity() * size_of::<Function>() + jit.names.capacity();
        assert!(jit.is_full() && bytes <= JIT.share() && bytes > JIT.share() / 8, "{bytes}");
    }
}

#[test]
fn a_file_that_takes_long_is_left_alone_for_longer() {
    let (root, mut jit) = told(b"1000 20 f\n");
    assert!(jit.function(0x1000).is_some());
    fs::write(root.path().join("77/root/tmp/perf-77.map"), "1000 20 f\n3000 8 g\n").expect("written");
    jit.next = Some(Instant::now() + Duration::from_secs(3600));
    assert_eq!(jit.function(0x3000), None);
    jit.next = None;
    assert_eq!(jit.function(0x3000), Some(("g".into(), 0x3000)));
    assert!(jit.next.is_some());
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
    jit.next = None;
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
