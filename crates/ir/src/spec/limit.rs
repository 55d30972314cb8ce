//! What the kernel allows a program, for every stage that counts by it.

/// Bytes of stack that a program and the functions that it calls have together (`MAX_BPF_STACK`,
/// include/linux/filter.h).
pub const STACK: u32 = 512;

/// What the verifier rounds a function's stack up to (`round_up` in `check_max_stack_depth`, kernel/bpf/verifier.c; 16
/// since Linux 6.7 where the program is compiled to machine code).
pub const STACK_STEP: u32 = 32;
