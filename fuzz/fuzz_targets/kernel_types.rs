//! The target `kernel_types` for `cargo fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nu_ebpf_fuzz::run("kernel_types", bytes));
