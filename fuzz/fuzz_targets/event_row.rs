//! The target `event_row` for `cargo fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nu_ebpf_fuzz::run("event_row", bytes));
