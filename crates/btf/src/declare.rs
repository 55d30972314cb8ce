//! Types as C declares them, for people and for the fragments that our C has of them.

use crate::query::DEEPEST;
use crate::{Btf, Type, TypeId};
use nu_ebpf_ir::ir::{Declared, Tag};

impl Btf {
    /// The C spelling of a type, without what it declares: `const char *`, `struct file *`, `char [16]`.
    pub fn declared(&self, id: TypeId) -> String {
        self.declared_in(id, DEEPEST)
    }

    /// The same, of so many types before one at most.
    fn declared_in(&self, id: TypeId, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else { return "…".into() };
        match self.get(id) {
            Type::Void => "void".into(),
            Type::Int { name, .. } | Type::Float { name, .. } | Type::Typedef { name, .. } => name.into(),
            Type::Pointer(to) => match self.get(to) {
                Type::Prototype { .. } => "void (*)()".into(),
                _ => {
                    let to = self.declared_in(to, depth);
                    if to.ends_with('*') { format!("{to}*") } else { format!("{to} *") }
                }
            },
            Type::Array { of, length } => format!("{} [{length}]", self.declared_in(of, depth)),
            Type::Composite { name, union, .. } | Type::Forward { name, union } => {
                let word = if union { "union" } else { "struct" };
                if name.is_empty() { format!("{word} {{…}}") } else { format!("{word} {name}") }
            }
            Type::Enum { name, .. } => {
                if name.is_empty() {
                    "enum {…}".into()
                } else {
                    format!("enum {name}")
                }
            }
            Type::Qualified { word, of } => match self.get(of) {
                // `char *const`: what is constant is the address.
                Type::Pointer(_) => format!("{}{word}", self.declared_in(of, depth)),
                _ => format!("{word} {}", self.declared_in(of, depth)),
            },
            Type::Tagged { of, .. } | Type::Variable { of, .. } | Type::Function { of, .. } => {
                self.declared_in(of, depth)
            }
            Type::Prototype { .. } => "void ()".into(),
            Type::Other => "?".into(),
        }
    }

    /// What a struct or union goes by; None of anything else.
    pub fn tag(&self, id: TypeId) -> Option<Tag> {
        match self.get(id) {
            Type::Composite { name, union, .. } | Type::Forward { name, union } => {
                Some(Tag { union, name: if name.is_empty() { Err(id.0) } else { Ok(name.to_string()) } })
            }
            _ => None,
        }
    }

    /// How a member of a type is declared; `bits` of a bit-field, else 0. None of what no member is.
    pub fn declaration(&self, ty: TypeId, bits: u32) -> Option<Declared> {
        self.declaration_in(ty, bits, DEEPEST)
    }

    /// The same, of so many dimensions of an array at most.
    fn declaration_in(&self, ty: TypeId, bits: u32, depth: usize) -> Option<Declared> {
        let depth = depth.checked_sub(1)?;
        Some(match self.get(self.bare(ty)) {
            Type::Int { bytes, signed, .. } if bits > 0 => Declared::Bits { signed, bytes, bits },
            Type::Int { bool: true, .. } => Declared::Bool,
            Type::Int { bytes, signed, .. } => Declared::Int { signed, bytes },
            Type::Enum { bytes, .. } => Declared::Enum { bytes, bits },
            // No value, but an address can be taken.
            Type::Float { bytes, .. } => Declared::Int { signed: false, bytes },
            Type::Pointer(_) => Declared::Pointer,
            Type::Composite { .. } => Declared::Composite(self.tag(self.bare(ty))?),
            Type::Array { of, length } => Declared::Array { of: Box::new(self.declaration_in(of, 0, depth)?), length },
            _ => return None,
        })
    }
}
