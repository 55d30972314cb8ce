//! Filling a place with a value: a member of a row or key, or a variable.

use super::expr::quote;
use super::name;
use super::record::names;
use super::stmt::Printer;
use super::view::{KeyView, print};
use nu_ebpf_ir::ir::{Const, ExprId, ExprKind, Fallible, Field, Layout, Map, Shape, Space, Span, StmtKind, Text, Type};
use nu_ebpf_ir::spec::failure::BAD_ADDRESS;
use nu_ebpf_ir::spec::field::Read;
use nu_ebpf_ir::spec::function::COPY;

/// Bytes from which on a string is copied by a helper.
const LONG: u32 = 64;

impl Printer<'_> {
    /// The lines that declare and fill the key of a map, and its name.
    pub fn key(&mut self, map: &Map, layout: &Layout, leaves: Vec<ExprId>, span: Span) -> (String, String) {
        let name = self.namer.fresh("key");
        let fills = self.fills(layout, leaves, &format!("{name}."), true);
        let (zero, mark) = (has_gaps(layout), self.mark(span));
        let fills = fills.into_iter().chain(self.test_absent(span)).collect();
        (name.clone(), print(&KeyView { layout: name::key(map), name, zero, fills, mark }))
    }

    /// The leaves of a row or key that travel: constants do not.
    pub fn travelling(&self, shape: &Shape) -> Vec<ExprId> {
        let travels = |expr: &ExprId| {
            let constant = matches!(self.program.expr(*expr).kind, ExprKind::Const(_));
            !constant && !matches!(self.facts.ty(*expr), Type::Nothing | Type::Constant(_))
        };
        shape.leaves().into_iter().map(|(_, expr)| expr).filter(travels).collect()
    }

    /// The lines that fill a layout's slots, each with its leaf; what they need first goes before them.
    pub fn fills(&mut self, layout: &Layout, leaves: Vec<ExprId>, to: &str, key: bool) -> Vec<String> {
        let mut fills = Vec::new();
        for ((expr, slot), member) in leaves.into_iter().zip(&layout.slots).zip(names(layout)) {
            let mark = self.mark(self.program.expr(expr).span);
            let lines = self.fill(&format!("{to}{member}"), slot.ty, expr, key);
            fills.extend(lines.into_iter().map(|line| format!("{line} {mark}")));
        }
        fills
    }

    /// The lines that put an expression's value into `to`. `key`: what is behind a string's end must stay zero.
    pub fn fill(&mut self, to: &str, ty: Type, id: ExprId, key: bool) -> Vec<String> {
        let program = self.program;
        match &program.expr(id).kind {
            ExprKind::Fallible(Fallible::Load { pointer, space, direct, .. }) => {
                let test = self.load(*pointer, (*space, *direct), to, ty);
                match &self.noted {
                    Some(failed) => vec![format!("{failed} |= {test};")],
                    None => {
                        vec![format!("if ({test})"), format!("\t{}", self.fails(BAD_ADDRESS.c, program.expr(id).span))]
                    }
                }
            }
            ExprKind::Fallible(Fallible::Where { there, read }) => {
                let (there, read) = (self.expr(*there), self.read(to, ty, *read));
                vec![format!("{to}.len = ({there}) ? {read} : -1;")]
            }
            ExprKind::Field(Field::Builtin(nu_ebpf_ir::spec::field::Field { read: Read::Fill(helper), .. })) => {
                vec![format!("{helper}({to}, sizeof({to}));")]
            }
            ExprKind::Const(Const::String(text)) => fill_constant(to, ty, text),
            ExprKind::Fallible(Fallible::Call { function, args }) if *function == &COPY && args.len() == 1 => {
                let from = self.buffer(args[0]);
                vec![self.widened(to, ty, &from, self.facts.ty(args[0]))]
            }
            ExprKind::Fallible(Fallible::ReadStr { .. } | Fallible::ReadBytes { .. } | Fallible::Call { .. }) => {
                vec![format!("{to}.len = {};", self.read(to, ty, id))]
            }
            _ if matches!(self.facts.ty(id), Type::Text(_)) && self.facts.ty(id) != ty => {
                let from = self.buffer(id);
                vec![self.widened(to, ty, &from, self.facts.ty(id))]
            }
            kind => {
                let from = self.expr(id);
                let member = matches!(kind, ExprKind::Field(Field::Member { .. }));
                vec![match self.facts.ty(id) {
                    Type::Text(Text::Chars(_)) if key && !self.is_clear(id) => {
                        format!("nu_array({to}, sizeof({to}), {from}, false);")
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

    /// The call that reads a string into `to`, or has a function make it: its length.
    fn read(&mut self, to: &str, ty: Type, id: ExprId) -> String {
        let program = self.program;
        let postpones = self.postpones_at(id);
        if postpones {
            self.absent.push(format!("{to}.len == NU_ABSENT"));
        }
        match &program.expr(id).kind {
            ExprKind::Fallible(Fallible::Where { there, read }) => {
                let (there, read) = (self.expr(*there), self.read(to, ty, *read));
                format!("(({there}) ? {read} : -1)")
            }
            ExprKind::Fallible(Fallible::ReadStr { pointer, space, array, .. }) => {
                let from = self.expr(*pointer);
                let read = match (array, space) {
                    (false, None) if postpones => "nu_try_str",
                    (false, Some(Space::User)) if postpones => "nu_try_user_str",
                    (true, Some(Space::User)) if postpones => "nu_try_user_array",
                    (true, Some(Space::User)) => "nu_read_user_array",
                    (true, _) => "nu_read_kernel_array",
                    (false, Some(Space::User)) => "nu_read_user_str",
                    (false, Some(Space::Kernel)) => "nu_read_kernel_str",
                    (false, None) => "nu_read_str",
                };
                format!("{read}({to}.text, sizeof({to}.text), (const void *){from})")
            }
            ExprKind::Fallible(Fallible::ReadBytes { pointer, length, space, max }) => {
                let (from, length) = (self.expr(*pointer), self.expr(*length));
                let read = match space {
                    Space::User if postpones => "nu_try_user_bytes",
                    Space::User => "nu_read_user_bytes",
                    Space::Kernel => "nu_read_kernel_bytes",
                };
                format!("{read}({to}.text, {max}, (const void *){from}, {length})")
            }
            ExprKind::Fallible(Fallible::Call { function, args }) => self.made(function, args, to, ty),
            _ => String::from("-1"),
        }
    }

    /// Whether a character array has nothing behind its NUL, as what has filled it clears the rest.
    fn is_clear(&self, id: ExprId) -> bool {
        let ExprKind::Var(var) = self.program.expr(id).kind else { return false };
        let clears = |value: ExprId| match self.program.expr(value).kind {
            ExprKind::Field(Field::Builtin(row)) => matches!(row.read, Read::Fill(_)),
            _ => false,
        };
        self.program.stmts().into_iter().all(|stmt| match &stmt.kind {
            StmtKind::Let { var: to, value } => *to != var || clears(value.expr()),
            kind => !kind.assigned().contains(&var),
        })
    }
}

/// Whether a struct has bytes that filling it leaves alone: padding, or what lies behind the end of a string.
pub fn has_gaps(layout: &Layout) -> bool {
    let filled: u32 = layout.slots.iter().map(|slot| slot.ty.size()).sum();
    filled != layout.size || layout.slots.iter().any(|slot| matches!(slot.ty, Type::Text(_)))
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
