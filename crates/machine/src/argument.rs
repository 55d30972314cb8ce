//! The argument descriptions in USDT notes: `-4@%edi`, `8@8(%rsp)`, `8f@%xmm0`. Each gives a size and an assembler operand,
//! which is translated to a location in the registers that the kernel saves, or in memory that they point to.

use crate::ir::Width;

/// Number of arguments that the programs can read (`BPF_USDT_MAX_ARG_CNT` of bpf/usdt.bpf.h).
pub const MOST: usize = 12;

/// One argument at one place of a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The type as the kernel would name it: `s32`, `f64`.
    pub declared: String,
    /// Its size and location; None where it cannot be read, as of a float.
    pub read: Option<(Width, Location)>,
}

/// Where the value of an argument is. Registers are given as offsets into `struct pt_regs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    Constant(i64),
    Register(u16),
    Memory {
        base: u16,
        offset: i64,
    },
    /// At `base + (index << shift) + offset`.
    Indexed {
        base: u16,
        index: u16,
        shift: u8,
        offset: i64,
    },
}

/// The arguments that a note describes.
pub fn arguments(text: &str) -> Vec<Argument> {
    split(text).enumerate().map(|(number, part)| argument(part, number < MOST)).collect()
}

/// The description of each argument, which may have blanks within brackets: `-4@[sp, 96]`.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let parts = text.split(move |letter: char| {
        depth += i32::from("[(".contains(letter)) - i32::from("])".contains(letter));
        depth <= 0 && letter.is_whitespace()
    });
    parts.filter(|part| !part.is_empty())
}

fn argument(text: &str, has_room: bool) -> Argument {
    // Without a size it is a register's.
    let (size, operand) = text.split_once('@').unwrap_or(("-8", text));
    let bytes = size.trim_start_matches('-').trim_end_matches('f').parse::<u8>().ok();
    let is_float =
        size.ends_with('f') || ["%xmm", "%ymm", "%zmm", "%st", "%mm"].iter().any(|one| operand.contains(one));
    let bytes = bytes.filter(|bytes| *bytes > 0);
    let letter = if is_float {
        'f'
    } else if size.starts_with('-') {
        's'
    } else {
        'u'
    };
    let declared = bytes.map_or("?".to_string(), |bytes| format!("{letter}{}", u32::from(bytes) * 8));
    let bytes = bytes.filter(|bytes| !is_float && has_room && matches!(bytes, 1 | 2 | 4 | 8));
    let width = bytes.map(|bytes| Width { signed: size.starts_with('-'), bytes });
    Argument { declared, read: width.and_then(|width| Some((width, location(operand.trim())?))) }
}

/// The location that an operand of this machine's assembler names.
fn location(operand: &str) -> Option<Location> {
    if cfg!(target_arch = "aarch64") { arm64(operand) } else { x86(operand) }
}

/// `$-9`, `%eax`, `(%rsp)`, `-20(%rbp)`, `-96(%rbp,%rax,8)`.
fn x86(operand: &str) -> Option<Location> {
    if let Some(constant) = operand.strip_prefix('$') {
        return number(constant).map(Location::Constant);
    }
    let Some((offset, inside)) = operand.split_once('(') else { return x86_register(operand).map(Location::Register) };
    let offset = if offset.trim().is_empty() { 0 } else { number(offset.trim())? };
    let parts: Vec<&str> = inside.strip_suffix(')')?.split(',').map(str::trim).collect();
    let (base, index, scale) = match parts.as_slice() {
        [base] => return Some(Location::Memory { base: x86_register(base)?, offset }),
        [base, index] => (base, index, "1"),
        [base, index, scale] => (base, index, *scale),
        _ => return None,
    };
    let shift = ["1", "2", "4", "8"].iter().position(|one| *one == scale)? as u8;
    Some(Location::Indexed { base: x86_register(base)?, index: x86_register(index)?, shift, offset })
}

/// The offset of a register in `struct pt_regs` (arch/x86/include/uapi/asm/ptrace.h). The second byte of one (`%ah`)
/// cannot be read.
fn x86_register(name: &str) -> Option<u16> {
    const NAMES: [(u16, [&str; 4]); 17] = [
        (0, ["r15", "r15d", "r15w", "r15b"]),
        (8, ["r14", "r14d", "r14w", "r14b"]),
        (16, ["r13", "r13d", "r13w", "r13b"]),
        (24, ["r12", "r12d", "r12w", "r12b"]),
        (32, ["rbp", "ebp", "bp", "bpl"]),
        (40, ["rbx", "ebx", "bx", "bl"]),
        (48, ["r11", "r11d", "r11w", "r11b"]),
        (56, ["r10", "r10d", "r10w", "r10b"]),
        (64, ["r9", "r9d", "r9w", "r9b"]),
        (72, ["r8", "r8d", "r8w", "r8b"]),
        (80, ["rax", "eax", "ax", "al"]),
        (88, ["rcx", "ecx", "cx", "cl"]),
        (96, ["rdx", "edx", "dx", "dl"]),
        (104, ["rsi", "esi", "si", "sil"]),
        (112, ["rdi", "edi", "di", "dil"]),
        (128, ["rip", "eip", "", ""]),
        (152, ["rsp", "esp", "sp", "spl"]),
    ];
    let name = name.strip_prefix('%')?;
    NAMES.iter().find(|row| row.1.contains(&name)).map(|row| row.0)
}

/// `5`, `x4`, `[sp]`, `[sp, 96]`.
fn arm64(operand: &str) -> Option<Location> {
    let Some(inside) = operand.strip_prefix('[') else {
        return number(operand).map(Location::Constant).or_else(|| arm64_register(operand).map(Location::Register));
    };
    let inside = inside.strip_suffix(']')?;
    let (base, offset) = inside.split_once(',').unwrap_or((inside, "0"));
    Some(Location::Memory { base: arm64_register(base.trim())?, offset: number(offset.trim())? })
}

/// The offset of a register in `struct user_pt_regs` (arch/arm64/include/uapi/asm/ptrace.h).
fn arm64_register(name: &str) -> Option<u16> {
    if name == "sp" {
        return Some(31 * 8);
    }
    let number = name.strip_prefix(['x', 'w'])?.parse::<u16>().ok()?;
    (number < 31).then_some(number * 8)
}

/// A number as assemblers write it; one beyond the signed range has the same bits.
fn number(text: &str) -> Option<i64> {
    let (minus, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let value = match digits.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => digits.parse::<u64>(),
    };
    let value = value.ok()? as i64;
    Some(if minus { value.wrapping_neg() } else { value })
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_argument.rs"]
mod tests;
