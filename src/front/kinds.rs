//! What a type of the kernel's is to a closure and to C: a number, a letter, a declaration.

use crate::ir::{Type, Width};
use nu_ebpf_btf::{Btf, Type as BtfType, TypeId};

/// Whether it is a struct that the verifier follows addresses to.
pub fn is_named(btf: &Btf, to: TypeId) -> bool {
    matches!(btf.get(btf.bare(to)), BtfType::Composite { name, .. } if !name.is_empty())
}

/// A number's type in the closure.
pub fn scalar(btf: &Btf, ty: TypeId) -> Option<Type> {
    Some(match btf.get(btf.bare(ty)) {
        BtfType::Int { bool: true, .. } => Type::Bool,
        BtfType::Int { bytes, signed, .. } | BtfType::Enum { bytes, signed, .. } if bytes <= 8 => {
            Type::Int(Width { signed, bytes: bytes as u8 })
        }
        _ => return None,
    })
}

/// Whether it is a letter: `char`, with or without a sign.
pub fn is_char(btf: &Btf, ty: TypeId) -> bool {
    matches!(btf.get(btf.bare(ty)), BtfType::Int { name: "char" | "signed char" | "unsigned char", .. })
        && !["u8", "__u8", "s8", "__s8", "uint8_t"].iter().any(|name| btf.goes_by(ty, name))
}
