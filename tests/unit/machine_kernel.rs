//! Tests of `crates/machine/src/kernel.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn what_stands_for_no_function_is_not_offered() {
    let is_code = |line: &str| Function::read(line.split_whitespace()).is_some_and(|function| function.is_code());
    for line in ["should_failslab", "v9fs_open\t[9p]", "bpf_prog_load", "pfx_"] {
        assert!(is_code(line), "{line}");
    }
    for line in
        ["bpf_prog_8cecc6ee9c766d14_nu_probe\t[bpf]", "bpf_trampoline_6442\t[bpf]", "__pfx_vfs_read", "__cfi_vfs_read"]
    {
        assert!(!is_code(line), "{line}");
    }
}
