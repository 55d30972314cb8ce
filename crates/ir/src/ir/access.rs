//! The kernel's own structs as far as a program touches them: the way to a member, and what numbers are called.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A struct or union of the kernel's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    pub union: bool,
    /// One that has no name has its number in the kernel's types.
    pub name: Result<String, u32>,
}

/// The way from a struct to a member, through structs that lie in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub root: Tag,
    pub steps: Vec<Step>,
    /// Bits to the member, of a program's struct, which lies as it is declared; None of the kernel's, of which libbpf
    /// finds out.
    pub fixed: Option<u32>,
}

/// A member, and of an array which element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub member: String,
    /// The struct that declares it. Unnamed ones in between need not be told: libbpf looks into them.
    pub within: Tag,
    pub declared: Declared,
    pub index: Vec<u32>,
}

/// How a member is declared: as much as makes libbpf find it (`bpf_core_fields_are_compat`, libbpf's relo_core.c).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declared {
    Int { signed: bool, bytes: u32 },
    Bits { signed: bool, bytes: u32, bits: u32 },
    Bool,
    Enum { bytes: u32 },
    Pointer,
    Composite(Tag),
    Array { of: Box<Declared>, length: u32 },
}

/// What the numbers of an enum are called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// `enum socket_state`
    pub declared: Arc<str>,
    pub values: Arc<[(String, i64)]>,
}

impl Names {
    /// The name of a number; the first of several.
    pub fn name(&self, number: i64) -> Option<&str> {
        self.values.iter().find(|(_, value)| *value == number).map(|(name, _)| name.as_str())
    }

    pub fn value(&self, name: &str) -> Option<i64> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

impl Step {
    /// Bits of a bit-field.
    pub fn bits(&self) -> Option<u32> {
        match self.declared {
            Declared::Bits { bits, .. } => Some(bits),
            _ => None,
        }
    }
}
