//! Types as C declares them, for people.

use crate::query::DEEPEST;
use crate::{Btf, Type, TypeId};

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
}
