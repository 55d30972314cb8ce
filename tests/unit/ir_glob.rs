//! Tests of `crates/ir/src/ir/glob.rs`, which includes this as a module of its own.

use super::*;

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
fn braces_stand_for_each_of_what_they_have() {
    for (text, all) in [
        ("read", "read"),
        ("{a,b}c", "ac bc"),
        ("{a,b}{c,d}", "ac ad bc bd"),
        ("vfs_{read,write}*", "vfs_read* vfs_write*"),
        ("{a", "{a"),
        ("a}", "a}"),
        ("{a}", "{a}"),
        ("{a,}b", "ab b"),
        ("main::{lambda(int, int)#1}", "main::{lambda(int, int)#1}"),
        ("{{closure}}{a,b}", "{{closure}}a {{closure}}b"),
        ("{f(int,int),g}", "f(int,int) g"),
    ] {
        assert_eq!(alternatives(text).join(" "), all, "{text}");
    }
}
