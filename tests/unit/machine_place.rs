//! Tests of `crates/machine/src/place.rs`, which includes this as a module of its own.

use super::*;
use crate::spec::probe::kind;
use nu_protocol::Span;

#[test]
fn patterns_fit_whole_names() {
    for (pattern, name, fit) in [
        ("vfs_*", "vfs_read", true),
        ("vfs_*", "vfs_", true),
        ("vfs_*", "xvfs_read", false),
        ("*_read*", "vfs_readv", true),
        ("*_read", "vfs_readv", false),
        ("vfs_rea?", "vfs_read", true),
        ("vfs_rea?", "vfs_rea", false),
        ("*", "", true),
        ("a*b*c", "abbbc", true),
        ("a*b*c", "abbb", false),
        ("", "", true),
        ("", "a", false),
        ("**", "a", true),
        ("*a?c*", "abcaacad", true),
        ("?*?", "a", false),
        ("ä*?", "äßö", true),
    ] {
        assert_eq!(fits(pattern, name), fit, "{pattern} {name}");
    }
}

#[test]
fn many_stars_take_no_time() {
    let pattern = "*e".repeat(40);
    let name = "e".repeat(4000);
    assert!(fits(&pattern, &name));
    assert!(!fits(&format!("{pattern}*z"), &name));
}

#[test]
fn an_attach_point_named_twice_is_one() {
    let kind = kind("kprobe").expect("a kind");
    let point = |number: usize| AttachPoint {
        kind,
        place: Place::Function(format!("f{number}")),
        text: format!("kprobe:f{number}"),
        span: Span::test_data(),
    };
    let all: Vec<AttachPoint> = (0..100_000).chain(0..100_000).map(point).collect();
    let found = find(all.clone(), Path::new("/"), false, all.len()).expect("all are within the limit");
    let texts = |points: &[AttachPoint]| points.iter().map(|point| point.text.clone()).collect::<Vec<_>>();
    assert!(texts(&found.targets) == texts(&all[..100_000]), "expected each once, in order");
}
