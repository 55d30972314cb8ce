//! Types as C declares them, for people.

use crate::{Btf, Type, TypeId};

impl Btf {
    /// The C spelling of a type, without what it declares: `const char *`, `struct file *`, `char [16]`.
    pub fn declared(&self, id: TypeId) -> String {
        match self.get(id) {
            Type::Void => "void".into(),
            Type::Int { name, .. } | Type::Float { name, .. } | Type::Typedef { name, .. } => name.into(),
            Type::Pointer(to) => match self.get(to) {
                Type::Prototype { .. } => "void (*)()".into(),
                _ => {
                    let to = self.declared(to);
                    if to.ends_with('*') { format!("{to}*") } else { format!("{to} *") }
                }
            },
            Type::Array { of, length } => format!("{} [{length}]", self.declared(of)),
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
                Type::Pointer(_) => format!("{}{word}", self.declared(of)),
                _ => format!("{word} {}", self.declared(of)),
            },
            Type::Tagged { of, .. } | Type::Variable { of, .. } | Type::Function { of, .. } => self.declared(of),
            Type::Prototype { .. } => "void ()".into(),
            Type::Other => "?".into(),
        }
    }
}
