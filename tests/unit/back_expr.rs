//! Tests of `crates/back/src/expr.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn literals_are_c() {
    assert_eq!(integer(-5), "-5");
    assert_eq!(integer(1 << 40), "1099511627776LL");
    assert_eq!(integer(i64::MIN), "(-9223372036854775807LL - 1)");
    assert_eq!(quote(b"a\"\\\n1?"), r#""a\"\\\0121\077""#);
}
