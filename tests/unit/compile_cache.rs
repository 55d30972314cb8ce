//! Tests of `crates/compile/src/cache.rs`, which includes this as a module of its own.

use super::*;
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_damaged_entry_is_not_trusted() {
    let home = tempfile::tempdir().expect("a folder");
    let cache = Cache::at(&home.path().join("cache")).expect("usable");
    assert_eq!(cache.get("k"), None);
    cache.put("k", b"object");
    assert_eq!(cache.get("k").as_deref(), Some(&b"object"[..]));
    let path = home.path().join("cache/k");
    let mut bytes = fs::read(&path).expect("the entry");
    *bytes.last_mut().expect("bytes") ^= 1;
    fs::write(&path, &bytes).expect("written");
    assert_eq!(cache.get("k"), None);
    fs::write(&path, b"short").expect("written");
    assert_eq!(cache.get("k"), None);
}

#[test]
fn reads_no_entry_beyond_the_limit() {
    let home = tempfile::tempdir().expect("a folder");
    let cache = Cache::at(&home.path().join("cache")).expect("usable");
    let most = vec![0; FILE as usize];
    cache.put("most", &most);
    assert!(cache.get("most").is_some_and(|object| object.len() == most.len()));
    // Whole, but for the one byte that is not read.
    cache.put("more", &[most.as_slice(), &[0]].concat());
    assert_eq!(cache.get("more"), None);
}

#[test]
fn a_folder_that_others_may_write_is_not_used() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("cache");
    assert!(Cache::at(&folder).is_some());
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("mode");
    assert!(Cache::at(&folder).is_none());
}

#[test]
fn what_comes_in_the_folder_s_place_is_not_read() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("cache");
    let cache = Cache::at(&folder).expect("usable");
    fs::rename(&folder, home.path().join("before")).expect("renamed");
    let other = Cache::at(&folder).expect("usable");
    other.put("k", b"other");
    assert_eq!(cache.get("k"), None);
    cache.put("k", b"own");
    assert_eq!((cache.get("k").as_deref(), other.get("k").as_deref()), (Some(&b"own"[..]), Some(&b"other"[..])));
    fs::remove_dir_all(&folder).expect("removed");
    std::os::unix::fs::symlink(home.path().join("before"), &folder).expect("linked");
    assert!(Cache::at(&folder).is_none());
}

#[test]
fn in_another_user_s_home_root_makes_nothing() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let home = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::chown(home.path(), Some(65534), None).expect("given away");
    assert!(Cache::at(&home.path().join(".cache/nu_plugin_ebpf")).is_none());
    assert!(!home.path().join(".cache").exists());
}
