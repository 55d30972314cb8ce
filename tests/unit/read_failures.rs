//! Tests of `crates/read/src/failures.rs`, which includes this as a module of its own.

use super::*;
use crate::spec::failure::DIVISION_BY_ZERO;

fn slot(what: u64, ktime: u64) -> Vec<u8> {
    [what.to_ne_bytes(), ktime.to_ne_bytes()].concat()
}

#[test]
fn a_slot_is_kind_place_and_time() {
    let wanted = Failed { failure: &DIVISION_BY_ZERO, span: Span::new(12, 300), ktime: 7 };
    assert_eq!(failed(&slot(1 << 56 | 12 << 28 | 300, 7)), Some(wanted));
    assert_eq!(failed(&slot(0, 0)), None);
    assert_eq!(failed(&slot(0xff << 56, 7)), None);
    assert_eq!(failed(&[0; 9]), None);
}
