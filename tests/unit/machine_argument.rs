//! Tests of `crates/machine/src/argument.rs`, which includes this as a module of its own.

use super::*;

fn declared_of(text: &str) -> Vec<(String, bool)> {
    arguments(text).into_iter().map(|argument| (argument.declared, argument.read.is_some())).collect()
}

#[test]
fn locates_x86_operands() {
    let cases = [
        ("$-9", Location::Constant(-9)),
        ("$0x10", Location::Constant(16)),
        ("$18446744073709551615", Location::Constant(-1)),
        ("%eax", Location::Register(80)),
        ("%r15b", Location::Register(0)),
        ("%sil", Location::Register(104)),
        ("(%rsp)", Location::Memory { base: 152, offset: 0 }),
        ("-20(%rbp)", Location::Memory { base: 32, offset: -20 }),
        ("(%rdi,%rcx)", Location::Indexed { base: 112, index: 88, shift: 0, offset: 0 }),
        ("-96(%rbp,%rax,8)", Location::Indexed { base: 32, index: 80, shift: 3, offset: -96 }),
    ];
    for (operand, wanted) in cases {
        assert_eq!(x86(operand), Some(wanted), "{operand}");
    }
    for operand in [
        "",
        "$",
        "$name",
        "%ah",
        "%xmm0",
        "%st(1)",
        "%fs:0x10",
        "name(%rip)",
        "4+name(%rip)",
        "(,%rax,4)",
        "(%rax,%rbx,3)",
        "(%rax",
        "8(%rax,%rbx,4,5)",
        "0x",
    ] {
        assert_eq!(x86(operand), None, "{operand}");
    }
}

#[test]
fn locates_arm64_operands() {
    let cases = [
        ("5", Location::Constant(5)),
        ("x4", Location::Register(32)),
        ("w30", Location::Register(240)),
        ("sp", Location::Register(248)),
        ("[sp]", Location::Memory { base: 248, offset: 0 }),
        ("[x0, -8]", Location::Memory { base: 0, offset: -8 }),
    ];
    for (operand, wanted) in cases {
        assert_eq!(arm64(operand), Some(wanted), "{operand}");
    }
    for operand in ["", "x31", "d0", "s1", "v2", "[d0]", "[x0, x1]", "[x0", "[x0, :lo12:name]"] {
        assert_eq!(arm64(operand), None, "{operand}");
    }
}

#[test]
fn splits_descriptions_outside_brackets() {
    assert_eq!(split("  -4@[sp, 96] 8@x0 ").collect::<Vec<_>>(), ["-4@[sp, 96]", "8@x0"]);
    assert_eq!(split("4@8(%rax, %rbx, 4) 1@$5").collect::<Vec<_>>(), ["4@8(%rax, %rbx, 4)", "1@$5"]);
    assert_eq!(split("4@)( 8@$1").collect::<Vec<_>>(), ["4@)(", "8@$1"]);
    assert_eq!(split("4@)) 8@$1").count(), 2);
    assert_eq!(split("4@( 8@$1").count(), 1);
}

#[cfg(target_arch = "x86_64")]
#[test]
fn reads_no_float_and_no_unsupported_size() {
    let wanted = [
        ("s32", true),
        ("f64", false),
        ("f32", false),
        ("f64", false),
        ("f128", false),
        ("s128", false),
        ("?", false),
        ("s64", true),
    ];
    let text = "-4@%edi 8f@%rax 4f@-4(%rbp) -8@%xmm3 16f@%st -16@%rax x@%rax %rdx";
    assert_eq!(declared_of(text), wanted.map(|(name, read)| (name.to_string(), read)));
}

#[cfg(target_arch = "x86_64")]
#[test]
fn reads_the_first_twelve_arguments() {
    let read = declared_of(&"-4@$1 ".repeat(14)).into_iter().map(|one| one.1).collect::<Vec<_>>();
    assert_eq!(read, [[true; 12].as_slice(), &[false; 2]].concat());
}
