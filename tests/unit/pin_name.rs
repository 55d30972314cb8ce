//! Names that maps are pinned under.

use super::*;

#[test]
fn a_name_is_one_folder() {
    for name in ["a", "reads", "my-reads_2", "_", &"x".repeat(32)] {
        assert!(check_name(name).is_ok(), "{name}");
    }
    for name in ["", ".", "..", "a/b", "a.b", "a b", "ä", &"x".repeat(33)] {
        assert!(check_name(name).is_err(), "{name}");
    }
}
