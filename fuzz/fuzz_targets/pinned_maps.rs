//! The target `pinned_maps` for `cargo fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nu_ebpf_fuzz::run("pinned_maps", bytes));
