//! The target `verifier_log` for `cargo fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nu_ebpf_fuzz::run("verifier_log", bytes));
