//! Tests of `crates/read/src/cgroup.rs`, which includes this as a module of its own.

use super::*;

const TEXT: &str = "\
30 26 0:26 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
31 26 0:27 /some/part /run/my\\040part rw,relatime shared:1 - cgroup2 cgroup2 rw
32 26 0:27 / /sys/fs/cgroup/unified rw,relatime shared:2 master:3 - cgroup2 cgroup2 rw";

#[test]
fn the_whole_of_cgroup2_is_taken_before_a_part() {
    assert_eq!(mounted(TEXT), Some("/sys/fs/cgroup/unified".into()));
    let part: Vec<&str> = TEXT.lines().take(2).collect();
    assert_eq!(mounted(&part.join("\n")), Some("/run/my part".into()));
    assert_eq!(mounted(part[0]), None);
}

#[test]
fn a_cgroup_is_found_by_its_folder_and_keeps_its_name() {
    let root = std::env::temp_dir().join(format!("nu-ebpf-cgroup-{}", std::process::id()));
    let inner = root.join("a.slice/b");
    fs::create_dir_all(&inner).expect("a folder");
    let id = |path: &Path| fs::metadata(path).expect("a folder").ino();
    let (outer, inside) = (id(&root), id(&inner));
    let mut cgroups = Cgroups::default();
    assert_eq!(cgroups.path(inside, || Some(root.clone())), "/a.slice/b");
    assert_eq!(cgroups.path(outer, || None), "/");
    fs::remove_dir_all(&root).expect("no folder");
    assert_eq!(cgroups.path(inside, || Some(root.clone())), "/a.slice/b");
    // One that is not there is asked for once, when the last look is old enough: this one is of the future.
    cgroups.looked = Some(Instant::now() + Duration::from_secs(3600));
    assert_eq!(cgroups.path(7, || Some(root.clone())), "#7");
    assert!(!cgroups.known.contains_key(&7));
    // Of a greater id than any before it is plain that it has come since.
    let newest = cgroups.greatest + 1;
    assert_eq!(cgroups.path(newest, || Some(root.clone())), format!("#{newest}"));
    assert!(cgroups.known.contains_key(&newest));
    cgroups.looked = Some(Instant::now() + Duration::from_secs(3600));
    cgroups.looked = None;
    assert_eq!(cgroups.path(7, || Some(root.clone())), "#7");
    assert!(cgroups.known.contains_key(&7));
    let most = MOST as u64;
    (0..=most).for_each(|id| drop(cgroups.path(cgroups.greatest + 1 + id, || Some(root.clone()))));
    assert!(cgroups.known.len() <= MOST);
}
