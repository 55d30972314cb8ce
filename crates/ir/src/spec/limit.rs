//! What the kernel allows a program, for every stage that counts by it.

/// Bytes of stack that a program and the functions that it calls have together (`MAX_BPF_STACK`,
/// include/linux/filter.h).
pub const STACK: u32 = 512;

/// What the verifier rounds a function's stack up to (`round_up` in `check_max_stack_depth`, kernel/bpf/verifier.c; 16
/// since Linux 6.7 where the program is compiled to machine code).
pub const STACK_STEP: u32 = 32;

/// Values that the record of a whole struct has at most.
pub const PARTS: u32 = 256;

/// Structs and arrays inside one another that a whole struct is read to.
pub const DEPTH: u32 = 8;

/// Elements of an array that become a list at most.
pub const ELEMENTS: u32 = 64;

/// Bytes of an array of `unsigned char` that become a binary at most.
pub const BYTES: u32 = 4096;
