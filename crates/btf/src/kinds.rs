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

/// Whether it is a character: plain `char`. `signed char` and `unsigned char` are numbers, by whatever name.
pub fn is_char(btf: &Btf, ty: TypeId) -> bool {
    matches!(btf.get(btf.bare(ty)), Type::Int { name: "char", bytes: 1, .. })
}

/// Whether an array of it is bytes: `unsigned char`, `u8`, `__u8`, `uint8_t`.
pub fn is_byte(btf: &Btf, ty: TypeId) -> bool {
    matches!(btf.get(btf.bare(ty)), Type::Int { bytes: 1, signed: false, bool: false, .. }) && !is_char(btf, ty)
}
