//! Tests of `crates/machine/src/instruction.rs`, which includes this as a module of its own.

use super::*;

const X86: InstructionSet = InstructionSet::X86(64);

fn body(bytes: &[u8]) -> Body<'_> {
    Body { start: 0x1000, bytes, entered_elsewhere: false }
}

/// What is at each byte: `|` an instruction, `.` inside of one, `-` nothing that is reached, `x` nothing to be probed.
fn drawn(set: InstructionSet, body: Body<'_>) -> String {
    let one = |at| match set.boundary(body, body.start + at) {
        Boundary::Begins => '|',
        Boundary::Inside(before, after) => {
            assert!((before..after).contains(&(body.start + at)));
            '.'
        }
        Boundary::Unreached => '-',
        Boundary::Refused => 'x',
        Boundary::Unknown => '?',
    };
    (0..body.bytes.len() as u64).map(one).collect()
}

#[test]
fn finds_instructions_of_straight_code() {
    // push %rbp; mov %rsp,%rbp; lea 1(%rdi),%eax; pop %rbp; ret
    let code = [0x55, 0x48, 0x89, 0xe5, 0x8d, 0x47, 0x01, 0x5d, 0xc3];
    assert_eq!(drawn(X86, body(&code)), "||..|..||");
    assert_eq!(X86.boundary(body(&code), 0x1002), Boundary::Inside(0x1001, 0x1004));
    assert_eq!(X86.boundary(body(&code), 0x1009), Boundary::Unreached);
    assert_eq!(X86.boundary(body(&code), 0xfff), Boundary::Unreached);
}

#[test]
fn refuses_data_that_a_jump_leads_around() {
    // jmp 1f; .long 0x90909090; 1: test %edi,%edi; je 1b; ret; nop
    let code = [0xeb, 0x04, 0x90, 0x90, 0x90, 0x90, 0x85, 0xff, 0x74, 0xfc, 0xc3, 0x90];
    assert_eq!(drawn(X86, body(&code)), "|.----|.|.|-");
}

#[test]
fn finds_code_behind_a_computed_jump() {
    // jmp *%rax; xor %eax,%eax; ret
    let code = [0xff, 0xe0, 0x31, 0xc0, 0xc3];
    assert_eq!(drawn(X86, body(&code)), "|.|.|");
    // ret; xor %eax,%eax; ret: only where an exception leads to it.
    let code = [0xc3, 0x31, 0xc0, 0xc3];
    assert_eq!(drawn(X86, body(&code)), "|---");
    assert_eq!(drawn(X86, Body { entered_elsewhere: true, ..body(&code) }), "||.|");
}

#[test]
fn ends_at_bytes_that_are_no_instruction() {
    // A computed jump, and what no processor decodes (0x06 of 64 bits).
    let code = [0xff, 0xe0, 0x06, 0x90];
    assert_eq!(drawn(X86, body(&code)), "|.|-");
    // An instruction that the function's end cuts off.
    assert_eq!(drawn(X86, body(&[0x90, 0xe8, 0, 0])), "|---");
}

#[test]
fn refuses_instructions_that_the_kernel_does_not_take() {
    // lock incl (%rdi); notrack jmp *%rax; mov %fs:0,%rax is taken.
    assert_eq!(drawn(X86, body(&[0x90, 0xf0, 0xff, 0x07, 0x3e, 0xff, 0xe0])), "|x..x..");
    assert_eq!(drawn(X86, body(&[0x90, 0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0, 0xc3])), "||........|");
    assert!(is_refused(&[0x66, 0xf0, 0xff]) && !is_refused(&[0x66, 0x90, 0xf0]));
}

#[test]
fn knows_other_processors_by_their_alignment() {
    assert_eq!(drawn(InstructionSet::Fixed(4), body(&[0; 8])), "|...|...");
    assert_eq!(drawn(InstructionSet::Other, body(&[0; 3])), "|??");
    // push %ebp; inc %eax; ret: REX of 64 bits is an instruction of 32.
    assert_eq!(drawn(InstructionSet::X86(32), body(&[0x55, 0x40, 0xc3])), "|||");
}
