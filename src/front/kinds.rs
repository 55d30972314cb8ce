//! What a type of the kernel's is to a closure and to C: a number, a letter, a declaration.

use crate::ir::{Declared, Tag, Type, Width};
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

pub fn tag(btf: &Btf, id: TypeId) -> Option<Tag> {
    match btf.get(id) {
        BtfType::Composite { name, union, .. } | BtfType::Forward { name, union } => {
            Some(Tag { union, name: if name.is_empty() { Err(id.0) } else { Ok(name.to_string()) } })
        }
        _ => None,
    }
}

pub fn declaration(btf: &Btf, ty: TypeId, bits: u32) -> Option<Declared> {
    Some(match btf.get(btf.bare(ty)) {
        BtfType::Int { bytes, signed, .. } if bits > 0 => Declared::Bits { signed, bytes, bits },
        BtfType::Enum { bytes, signed, .. } if bits > 0 && btf.program().is_some() => {
            Declared::Bits { signed, bytes, bits }
        }
        BtfType::Int { bool: true, .. } => Declared::Bool,
        BtfType::Int { bytes, signed, .. } => Declared::Int { signed, bytes },
        BtfType::Enum { bytes, .. } => Declared::Enum { bytes },
        // No value, but an address can be taken.
        BtfType::Float { bytes, .. } => Declared::Int { signed: false, bytes },
        BtfType::Pointer(_) => Declared::Pointer,
        BtfType::Composite { .. } => Declared::Composite(tag(btf, btf.bare(ty))?),
        BtfType::Array { of, length } => Declared::Array { of: Box::new(declaration(btf, of, 0)?), length },
        _ => return None,
    })
}
