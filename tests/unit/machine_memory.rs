//! Tests of `crates/machine/src/memory.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn what_no_machine_has_is_refused() {
    let large = Entries { count: u32::MAX, key: 64, value: 4096, copies: 4096 };
    let error = too_much(&[large, large], 0).expect("refused");
    assert_eq!(error.code, Code::KernelMemory);
    let usual = Entries { count: 10_240, key: 16, value: 8, copies: 4 };
    assert_eq!(too_much(&[usual], 4096), None);
    assert!(too_much(&[], u64::MAX).is_some());
}

#[test]
fn an_entry_has_a_value_a_processor() {
    let one = Entries { count: 10, key: 8, value: 12, copies: 1 };
    assert_eq!(one.bytes(), 10 * (8 + RECORD + 16));
    assert_eq!(Entries { copies: 3, ..one }.bytes(), 10 * (8 + RECORD + 48));
}

#[test]
fn the_kernel_s_words_are_read() {
    assert_eq!(available("MemTotal: 9 kB\nMemAvailable:   24 kB\n"), Some(24 << 10));
    assert_eq!(available("MemTotal: 9 kB\n"), None);
}
