//! Tests of `crates/ir/src/ir/span.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn a_mark_is_found_again() {
    let span = Span::new(12, 18);
    assert_eq!(marked(&format!("\tevent->pid = 1; {}", mark(span))), Some(span));
    assert_eq!(marked("; e->pid = 1; /* nu:3..4 */ @ probe.bpf.c:23"), Some(Span::new(3, 4)));
    assert_eq!(marked("; return 0;"), None);
    assert_eq!(marked("/* nu:x..4 */"), None);
    assert_eq!(marked("/* nu:"), None);
}
