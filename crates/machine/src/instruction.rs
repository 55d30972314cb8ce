//! Instruction boundaries in machine code: bytes of a function and an address in it in, whether an instruction begins
//! there out. A breakpoint inside an instruction changes that instruction, and the traced program crashes.

use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, Mnemonic, OpKind};
use std::collections::BTreeMap;

/// Prefixes of instructions that take no uprobe: locks and segments (`is_prefix_bad`, arch/x86/kernel/uprobes.c).
const PREFIXES: &[u8] = &[0xf0, 0x26, 0x2e, 0x36, 0x3e];

/// Prefixes that may stand before those: operand and address size, repetition, REX.
const OTHER_PREFIXES: &[u8] = &[0x66, 0x67, 0xf2, 0xf3];

/// Bytes of a function that are decoded at most.
const MOST: usize = 8 << 20;

/// The instruction set of a binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstructionSet {
    /// x86 of 32 or 64 bits.
    X86(u32),
    /// Every instruction is as long as this, and begins at a multiple of it.
    Fixed(u64),
    /// Only the beginnings of functions are known.
    Other,
}

/// A function's code.
#[derive(Debug, Clone, Copy)]
pub struct Body<'d> {
    /// The address of its first byte.
    pub start: u64,
    pub bytes: &'d [u8],
    /// Whether parts of it are entered from elsewhere: exception handlers, parts of a function that were moved away.
    pub entered_elsewhere: bool,
}

/// Classification of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// An instruction begins.
    Begins,
    /// It is inside the instruction that begins at the first address; the next one begins at the second.
    Inside(u64, u64),
    /// No path from the function's beginning leads there: data, padding, or code that is never run.
    Unreached,
    /// An instruction begins that the kernel puts no probe on.
    Refused,
    /// Only the beginning of a function can be probed on this processor.
    Unknown,
}

impl InstructionSet {
    /// Classifies an address of a function.
    pub fn boundary(self, body: Body<'_>, address: u64) -> Boundary {
        let Some(at) = address.checked_sub(body.start).and_then(|at| usize::try_from(at).ok()) else {
            return Boundary::Unreached;
        };
        let Some(bytes) = body.bytes.get(at..) else { return Boundary::Unreached };
        match self {
            InstructionSet::Fixed(size) => match address % size {
                0 => Boundary::Begins,
                over => Boundary::Inside(address - over, address - over + size),
            },
            InstructionSet::Other if at > 0 => Boundary::Unknown,
            InstructionSet::Other => Boundary::Begins,
            InstructionSet::X86(_) if at >= MOST => Boundary::Unreached,
            InstructionSet::X86(bits) => {
                let bytes_of = Body { bytes: &body.bytes[..body.bytes.len().min(MOST)], ..body };
                let found = if at == 0 { Boundary::Begins } else { Flow::walk(bits, bytes_of).boundary(address) };
                if found == Boundary::Begins && is_refused(bytes) { Boundary::Refused } else { found }
            }
        }
    }

    /// The addresses that code takes without going there.
    pub fn taken(self, body: Body<'_>) -> Vec<u64> {
        let InstructionSet::X86(bits) = self else { return Vec::new() };
        let flow = Flow::walk(bits, Body { bytes: &body.bytes[..body.bytes.len().min(MOST)], ..body });
        let address = |at: &u64| {
            let one = flow.decode(*at)?;
            match one.mnemonic() {
                Mnemonic::Lea if one.is_ip_rel_memory_operand() => Some(one.ip_rel_memory_address()),
                Mnemonic::Mov if is_immediate(one.op1_kind()) => Some(one.immediate(1)),
                _ => None,
            }
        };
        let mut all: Vec<u64> = flow.reached.keys().filter_map(address).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn is_immediate(kind: OpKind) -> bool {
    matches!(kind, OpKind::Immediate32 | OpKind::Immediate64 | OpKind::Immediate32to64)
}

/// Returns whether the kernel puts no uprobe on the x86 instruction that begins here.
pub fn is_refused(bytes: &[u8]) -> bool {
    let prefixes = bytes.iter().take(14).take_while(|byte| PREFIXES.contains(byte) || OTHER_PREFIXES.contains(byte));
    prefixes.into_iter().any(|byte| PREFIXES.contains(byte))
}

/// The instructions of a function that are reached from its beginning.
struct Flow<'d> {
    bits: u32,
    body: Body<'d>,
    /// Lengths, by address.
    reached: BTreeMap<u64, u64>,
    /// Whether it has a jump to an address that is computed.
    computed: bool,
}

impl<'d> Flow<'d> {
    fn walk(bits: u32, body: Body<'d>) -> Flow<'d> {
        let mut flow = Flow { bits, body, reached: BTreeMap::new(), computed: false };
        let mut begun = vec![body.start];
        while let Some(address) = begun.pop() {
            let mut next = Some(address);
            while let Some(at) = next.filter(|at| !flow.reached.contains_key(at)) {
                let Some(one) = flow.decode(at) else { break };
                flow.reached.insert(at, one.len() as u64);
                next = flow.follow(&one, &mut begun);
            }
        }
        flow
    }

    fn decode(&self, address: u64) -> Option<Instruction> {
        let at = usize::try_from(address.checked_sub(self.body.start)?).ok()?;
        let bytes = self.body.bytes.get(at..).filter(|bytes| !bytes.is_empty())?;
        let one = Decoder::with_ip(self.bits, bytes, address, DecoderOptions::NONE).decode();
        (!one.is_invalid()).then_some(one)
    }

    /// Returns the address after an instruction; targets of jumps are queued.
    fn follow(&mut self, one: &Instruction, begun: &mut Vec<u64>) -> Option<u64> {
        match one.flow_control() {
            FlowControl::Next | FlowControl::Call | FlowControl::IndirectCall | FlowControl::Interrupt => {
                Some(one.next_ip())
            }
            FlowControl::ConditionalBranch | FlowControl::XbeginXabortXend => {
                begun.push(one.near_branch_target());
                Some(one.next_ip())
            }
            FlowControl::UnconditionalBranch => Some(one.near_branch_target()),
            FlowControl::IndirectBranch => {
                self.computed = true;
                None
            }
            FlowControl::Return | FlowControl::Exception => None,
        }
    }

    fn boundary(&self, address: u64) -> Boundary {
        if self.reached.contains_key(&address) {
            return Boundary::Begins;
        }
        let before = self.reached.range(..address).next_back().map(|(at, length)| (*at, at + length));
        match before {
            Some((at, end)) if address < end => Boundary::Inside(at, end),
            // Code that nothing jumps to by its address, as that of a `switch`, follows the code that is reached.
            Some((_, end)) if self.computed || self.body.entered_elsewhere => self.sweep(end, address),
            _ => Boundary::Unreached,
        }
    }

    /// One instruction after another from an address on.
    fn sweep(&self, from: u64, address: u64) -> Boundary {
        let mut at = from;
        while at < address {
            let Some(one) = self.decode(at) else { return Boundary::Unreached };
            if one.next_ip() > address {
                return Boundary::Inside(at, one.next_ip());
            }
            at = one.next_ip();
        }
        Boundary::Begins
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_instruction.rs"]
mod tests;
