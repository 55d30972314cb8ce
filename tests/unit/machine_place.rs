//! Tests of `crates/machine/src/place.rs`, which includes this as a module of its own.

use super::fits;

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
    ] {
        assert_eq!(fits(pattern, name), fit, "{pattern} {name}");
    }
}
