//! The kernel's own structs as far as a program touches them: the way to a member, and what numbers are called.

use super::Span;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A struct or union of the kernel's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tag {
    pub union: bool,
    /// One that has no name has its number in the kernel's types.
    pub name: Result<String, u32>,
}

/// The way from a struct to a member, through structs that lie in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    pub root: Tag,
    pub steps: Vec<Step>,
    /// Bits to the member, of a program's struct, which lies as it is declared; None of the kernel's, of which libbpf
    /// finds out.
    pub fixed: Option<u32>,
}

/// A member, and of an array which element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub member: String,
    /// The struct that declares it. Unnamed ones in between need not be told: libbpf looks into them.
    pub within: Tag,
    pub declared: Declared,
    pub index: Vec<u32>,
}

/// How a member is declared: as much as makes libbpf find it (`bpf_core_fields_are_compat`, libbpf's relo_core.c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Declared {
    Int {
        signed: bool,
        bytes: u32,
    },
    Bits {
        signed: bool,
        bytes: u32,
        bits: u32,
    },
    Bool,
    /// With the bits of a bit-field, else 0.
    Enum {
        bits: u32,
    },
    Pointer,
    Composite(Tag),
    Array {
        of: Box<Declared>,
        length: u32,
    },
}

impl Declared {
    /// Whether it says all that libbpf compares of a variable (`bpf_core_types_are_compat`): not where a pointer leads.
    pub fn is_whole(&self) -> bool {
        match self {
            Declared::Int { .. } | Declared::Bool | Declared::Enum { bits: 0 } | Declared::Composite(_) => true,
            Declared::Bits { .. } | Declared::Enum { .. } | Declared::Pointer => false,
            Declared::Array { of, .. } => of.is_whole(),
        }
    }
}

/// A variable of the kernel's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    pub name: String,
    /// Its type, where the kernel tells it: of those that each processor has its own of (Linux 5.10). Of others only the
    /// address is known.
    pub declared: Option<Declared>,
    /// Where it is first named.
    pub span: Span,
}

/// What the numbers of an enum are called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// `enum socket_state`
    pub declared: Arc<str>,
    pub values: Arc<[(String, i64)]>,
}

impl Names {
    /// The name of a number, the first of several; of flags, the names of the bits: `A|B|0x100`. None of a number
    /// without a name.
    pub fn name(&self, number: i64) -> Option<String> {
        let single = self.values.iter().find(|(_, value)| *value == number).map(|(name, _)| name.clone());
        single.or_else(|| self.flags(number))
    }

    /// The number that goes by a name.
    pub fn value(&self, name: &str) -> Option<i64> {
        let of = |name: &str| self.values.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
        let part = |part: &str| of(part).or_else(|| i64::from_str_radix(part.strip_prefix("0x")?, 16).ok());
        let number = of(name).or_else(|| name.split('|').try_fold(0, |all, name| Some(all | part(name)?)))?;
        // As it would be written, so that whoever compares the rows finds the same.
        (of(name).is_some() || self.name(number).as_deref() == Some(name)).then_some(number)
    }

    /// All names.
    pub fn all(&self) -> Vec<String> {
        self.values.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The names of a number's bits. Numbers that are no flags count up: of those, few are a power of two.
    fn flags(&self, number: i64) -> Option<String> {
        let bits = |value: i64| value.cast_unsigned().count_ones();
        let some = self.values.iter().filter(|(_, value)| *value != 0);
        let (flags, others): (Vec<_>, Vec<_>) = some.partition(|(_, value)| bits(*value) == 1);
        if flags.iter().fold(0, |all, (_, value)| all | value).cast_unsigned().count_ones() < 3
            || flags.len() < others.len()
        {
            return None;
        }
        let mut rest = number;
        let mut names = Vec::new();
        for (name, value) in flags {
            if rest & value != 0 {
                rest &= !value;
                names.push(name.clone());
            }
        }
        if names.is_empty() {
            return None;
        }
        names.extend((rest != 0).then(|| format!("{rest:#x}")));
        Some(names.join("|"))
    }
}

impl Step {
    /// Bits of a bit-field.
    pub fn bits(&self) -> Option<u32> {
        match self.declared {
            Declared::Bits { bits, .. } | Declared::Enum { bits: bits @ 1.. } => Some(bits),
            _ => None,
        }
    }
}
