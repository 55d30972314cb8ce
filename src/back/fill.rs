//! Filling a place with a value: a member of a row or key, or a variable.

use super::expr::quote;
use super::stmt::Printer;
use crate::ir::{Const, ExprId, ExprKind, Fallible, Field, Space, Text, Type};
use crate::spec::field::Read;
use crate::spec::function::COPY;

/// Bytes from which on a string is copied by a helper.
const LONG: u32 = 64;

impl Printer<'_> {
    /// The lines that put an expression's value into `to`. `key`: what is behind a string's end must stay zero.
    pub fn fill(&mut self, to: &str, ty: Type, id: ExprId, key: bool) -> Vec<String> {
        let program = self.program;
        match &program.expr(id).kind {
            ExprKind::Fallible(Fallible::ReadStr { pointer, space, .. }) => {
                let from = self.expr(*pointer);
                let read = if *space == Space::User { "nu_read_user_str" } else { "nu_read_kernel_str" };
                vec![format!("{to}.len = {read}({to}.text, sizeof({to}.text), (const void *){from});")]
            }
            ExprKind::Field(Field::Builtin(crate::spec::field::Field { read: Read::Fill(helper), .. })) => {
                vec![format!("{helper}({to}, sizeof({to}));")]
            }
            ExprKind::Const(Const::String(text)) => fill_constant(to, ty, text),
            ExprKind::Fallible(Fallible::Call { function, args }) => match args.as_slice() {
                [text] if *function == &COPY => {
                    let from = self.buffer(*text);
                    vec![self.widened(to, ty, &from, self.facts.ty(*text))]
                }
                _ => vec![self.made(function, args, to, ty)],
            },
            _ if matches!(self.facts.ty(id), Type::Text(_)) && self.facts.ty(id) != ty => {
                let from = self.buffer(id);
                vec![self.widened(to, ty, &from, self.facts.ty(id))]
            }
            kind => {
                let from = self.expr(id);
                let member = matches!(kind, ExprKind::Field(Field::Member { .. }));
                vec![match self.facts.ty(id) {
                    Type::Text(Text::Chars(_)) if member && key => {
                        format!("bpf_probe_read_kernel_str({to}, sizeof({to}), {from});")
                    }
                    // By the helper: the verifier takes loads at fixed offsets only, and clang may turn a copy into others.
                    Type::Text(Text::Chars(_)) | Type::Binary(_) if member => {
                        format!("bpf_probe_read_kernel({to}, sizeof({to}), {from});")
                    }
                    ty => copied(to, ty, &from),
                }]
            }
        }
    }
}

/// The line that copies a value from memory of the program's own, or a map's.
pub fn copied(to: &str, ty: Type, from: &str) -> String {
    match ty {
        Type::Text(Text::Chars(_)) | Type::Binary(_) => format!("__builtin_memcpy({to}, {from}, sizeof({to}));"),
        // By the helper: clang would load a long string whole before it stores it, on the stack.
        Type::Text(_) if ty.size() > LONG => format!("bpf_probe_read_kernel(&{to}, sizeof({to}), &{from});"),
        _ => format!("{to} = {from};"),
    }
}

/// A constant string into a variable that another branch gives a string of the kernel.
fn fill_constant(to: &str, ty: Type, text: &str) -> Vec<String> {
    let (quoted, length) = (quote(text.as_bytes()), text.len());
    match ty {
        Type::Text(Text::Chars(size)) => vec![format!("__builtin_memcpy({to}, (char[{size}]){{{quoted}}}, {size});")],
        _ => vec![format!("{to}.len = {length};"), format!("__builtin_memcpy({to}.text, {quoted}, {});", length + 1)],
    }
}
