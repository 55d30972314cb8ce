//! Tests of `crates/compile/src/folder.rs`, which includes this as a module of its own.

use super::*;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

fn place() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn names(place: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(place)
        .expect("read")
        .map(|one| one.expect("one").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    names
}

#[test]
fn removes_only_folders_that_have_our_marker_and_no_owner() {
    let place = place();
    let make = |name: &str, marker: Option<&[u8]>| {
        let path = place.path().join(name);
        fs::create_dir(&path).expect("made");
        fs::write(path.join(TEXT), "").expect("written");
        marker.into_iter().for_each(|text| fs::write(path.join(MARKER), text).expect("written"));
    };
    make("nu_ebpf.left", Some(MARKED));
    make("nu_ebpf.unmarked", None);
    make("nu_ebpf.other", Some(b"something else"));
    make("somebody_else", Some(MARKED));
    let used = Folder::make_in(place.path()).expect("made");
    let name = used.name.clone();
    let folder = File::open(place.path()).expect("opened");
    sweep(folder.as_fd());
    let mut expected = vec!["nu_ebpf.other".to_string(), "nu_ebpf.unmarked".into(), "somebody_else".into(), name];
    expected.sort();
    assert_eq!(names(place.path()), expected);
    drop(used);
    assert_eq!(names(place.path()), ["nu_ebpf.other", "nu_ebpf.unmarked", "somebody_else"]);
}

#[test]
fn keeps_what_is_not_ours_in_a_marked_folder() {
    let place = place();
    let path = place.path().join("nu_ebpf.left");
    fs::create_dir(&path).expect("made");
    fs::write(path.join(MARKER), MARKED).expect("written");
    fs::write(path.join("precious"), "").expect("written");
    sweep(File::open(place.path()).expect("opened").as_fd());
    assert_eq!(names(&path), ["precious"]);
}

#[test]
fn a_folder_that_takes_its_place_is_not_written_to() {
    let place = place();
    let folder = Folder::make_in(place.path()).expect("made");
    // The owner of the place puts a link to a folder of root's there.
    let (own, victim) = (place.path().join(&folder.name), place.path().join("victim"));
    fs::rename(&own, place.path().join("moved")).expect("renamed");
    fs::create_dir(&victim).expect("made");
    fs::write(victim.join(TEXT), "precious").expect("written");
    fs::write(victim.join(OBJECT), "hostile").expect("written");
    symlink(&victim, &own).expect("linked");
    folder.write("int x;").expect("written");
    assert_eq!(fs::read(victim.join(TEXT)).expect("read"), b"precious");
    assert_eq!(fs::read(place.path().join("moved").join(TEXT)).expect("read"), b"int x;");
    assert!(folder.read(OBJECT, 100).is_err());
    drop(folder);
    assert_eq!(names(&victim), [TEXT, OBJECT]);
}

#[test]
fn neither_overwrites_nor_follows_what_is_there() {
    let place = place();
    let folder = Folder::make_in(place.path()).expect("made");
    let own = place.path().join(&folder.name);
    fs::write(place.path().join("precious"), "it").expect("written");
    symlink(place.path().join("precious"), own.join(TEXT)).expect("linked");
    symlink(place.path().join("precious"), own.join(OBJECT)).expect("linked");
    assert!(folder.write("int x;").is_err());
    assert!(folder.read(OBJECT, 100).is_err());
    assert_eq!(fs::read(place.path().join("precious")).expect("read"), b"it");
}

#[test]
fn a_place_of_others_is_refused() {
    let place = place();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o777)).expect("mode");
    let error = unsafe_place(place.path());
    assert!(!is_safe_place(&place.path().canonicalize().expect("a path")) && error.message.contains("other users"));
}
