//! The target `usdt_notes` for `cargo fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nu_ebpf_fuzz::run("usdt_notes", bytes));
