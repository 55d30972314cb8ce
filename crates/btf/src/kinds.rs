//! What a type is to a closure: a number, a letter, what addresses lead to.

use crate::{Btf, Type, TypeId};
use nu_ebpf_ir::ir::{self, Width};

/// Whether it is a struct that the verifier follows addresses to.
pub fn is_named(btf: &Btf, to: TypeId) -> bool {
    matches!(btf.get(btf.bare(to)), Type::Composite { name, .. } if !name.is_empty())
}

/// A number's type in the closure.
pub fn scalar(btf: &Btf, ty: TypeId) -> Option<ir::Type> {
    Some(match btf.get(btf.bare(ty)) {
        Type::Int { bool: true, .. } => ir::Type::Bool,
        Type::Int { bytes, signed, .. } | Type::Enum { bytes, signed, .. } if bytes <= 8 => {
            ir::Type::Int(Width { signed, bytes: bytes as u8 })
        }
        _ => return None,
    })
}

/// Whether it is a letter: `char`, with or without a sign.
pub fn is_char(btf: &Btf, ty: TypeId) -> bool {
    matches!(btf.get(btf.bare(ty)), Type::Int { name: "char" | "signed char" | "unsigned char", .. })
        && !["u8", "__u8", "s8", "__s8", "uint8_t"].iter().any(|name| btf.goes_by(ty, name))
}
