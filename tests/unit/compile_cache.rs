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
fn a_folder_that_others_may_write_is_not_used() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("cache");
    assert!(Cache::at(&folder).is_some());
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).expect("mode");
    assert!(Cache::at(&folder).is_none());
}
