//! Tests of `crates/ir/src/error.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn the_nearest_name_comes_first() {
    let names = ["vfs_read", "vfs_write", "vfs_readv", "tcp_connect"];
    assert_eq!(nearest("vfs_raed", names).first(), Some(&"vfs_read"));
    assert_eq!(nearest("vfs_rea", names), ["vfs_read", "vfs_readv"]);
    assert_eq!(nearest("zzz", names), [""; 0]);
}
