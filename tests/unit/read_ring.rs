//! Tests of `crates/read/src/ring.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn rows_of_any_length_come_back_whole() {
    let mut batch = Batch::default();
    for row in [&b"one"[..], b"", b"three"] {
        batch.push(row);
    }
    let rows: Vec<_> = (0..4).map(|number| batch.row(number)).collect();
    assert_eq!(rows, [Some(&b"one"[..]), Some(b""), Some(b"three"), None]);
    assert_eq!(batch.len(), 3);
    let rest = batch.rest(2);
    assert_eq!((rest.row(0), rest.row(1)), (Some(&b"three"[..]), None));
}
