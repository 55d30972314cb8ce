//! Tests of `crates/ir/src/error.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn the_nearest_name_comes_first() {
    let names = ["vfs_read", "vfs_write", "vfs_readv", "tcp_connect"];
    assert_eq!(nearest("vfs_raed", names).first(), Some(&"vfs_read"));
    assert_eq!(nearest("vfs_rea", names), ["vfs_read", "vfs_readv"]);
    assert_eq!(nearest("zzz", names), [""; 0]);
}

#[test]
fn errors_without_words_are_named() {
    let message = |text: &str| Error::new(Code::Io, text).message;
    assert_eq!(
        message("x: Unknown error 4001 (os error 4001)"),
        "x: the file is not of the expected format (LIBBPF_ERRNO__FORMAT) (os error 4001)"
    );
    assert!(message("Unknown error 512").contains("interrupted by a signal"));
    assert_eq!(
        message("Unknown error 4999 at x, Unknown error 524"),
        "Unknown error 4999 at x, this kernel does not support it (ENOTSUPP)"
    );
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let error = Error::new(Code::Io, "a\u{1b}b").label(Span::test_data(), "c\rd").help("e\u{7f}\nf");
    assert_eq!((&*error.message, &*error.labels[0].1), ("a\\u{1b}b", "c\\u{d}d"));
    assert_eq!(error.help.as_deref(), Some("e\\u{7f}\nf"));
}
