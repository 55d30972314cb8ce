//! Tests of `crates/load/src/usdt.rs`, which includes this as a module of its own.

use super::*;
use crate::ir::Width;

#[test]
fn encodes_arguments_as_libbpf_lays_them_out() {
    let width = Width { signed: true, bytes: 4 };
    let location = Location::Indexed { base: 152, index: 80, shift: 3, offset: -96 };
    let argument = Argument { declared: "s32".into(), read: Some((width, location)) };
    let float = Argument { declared: "f64".into(), read: None };
    let bytes = encoded(&[float, argument], 7);
    assert_eq!(bytes.len(), 304);
    assert_eq!(bytes[..24], [0; 24]);
    let wanted =
        [0xa0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 3, 0, 80, 0x30, 0, 0, 152, 0, 1, 32, 0, 0, 0, 0, 0, 0];
    assert_eq!(bytes[24..48], wanted);
    assert_eq!(bytes[48..288], [0; 240]);
    assert_eq!(bytes[288..], [7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
}
