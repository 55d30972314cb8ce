//! Expressions as C.

use super::name;
use super::record::c_type;
use super::stmt::Printer;
use nu_ebpf_ir::ir::{Binary, Const, ExprId, ExprKind, Field, Form, Text, Type, Width};
use nu_ebpf_ir::spec::field::{Read, TASK};
use nu_ebpf_ir::spec::probe::Frame;

impl Printer<'_> {
    /// A scalar expression. What has to be read into a buffer first goes before the statement.
    pub fn expr(&mut self, id: ExprId) -> String {
        match &self.program.expr(id).kind {
            ExprKind::Const(value) => constant(value),
            ExprKind::Field(field) => self.field(*field),
            ExprKind::Var(var) => self.var(*var),
            ExprKind::Not(operand) => format!("!({})", self.expr(*operand)),
            ExprKind::Binary { op, lhs, rhs } => self.binary(op, *lhs, *rhs),
            ExprKind::IsNull(text) => format!("{}.len < 0", self.buffer(*text)),
            ExprKind::Member { base, access, .. } => self.member(*base, *access),
            ExprKind::Container { member, access } => self.container(*member, *access),
            ExprKind::Variable { variable, cpu } => self.variable(*variable, *cpu),
            ExprKind::Call { function, args } => self.call(function, args),
            // `front` makes these stand alone, and `fill` prints them.
            ExprKind::Fallible(_) => String::from("0"),
        }
    }

    fn field(&mut self, field: Field) -> String {
        match field {
            Field::Builtin(row) => {
                self.reads_context |= row.is_in_context();
                match row.read {
                    // What it gives is read by another helper then, not directly.
                    Read::Value(_) if row.name == TASK && !self.object.kernel.has(row.needs) => {
                        "(__u64)bpf_get_current_task()".to_string()
                    }
                    Read::Value(c) => c.to_string(),
                    Read::Fill(_) | Read::Titled(_) | Read::Later(..) => String::from("0"),
                }
            }
            Field::Argument { row, ty } => {
                let value = self.field(Field::Builtin(row));
                if ty == Type::Bool { format!("!!(__u8){value}") } else { format!("({}){value}", c_type(ty)) }
            }
            Field::Target if self.program.targets.len() == 1 => self.program.first.to_string(),
            Field::Target => {
                self.reads_context = true;
                let usdt = self.program.target().kind.frame == Frame::Usdt;
                String::from(if usdt { "(__u32)bpf_usdt_cookie(ctx)" } else { "(__u32)bpf_get_attach_cookie(ctx)" })
            }
            Field::Member { member, element } => {
                self.reads_context = true;
                let member = &self.program.context.members[member];
                let name = name::ident(&member.name);
                match (member.form, element, member.ty) {
                    _ if self.program.context.frame == Frame::Usdt => {
                        format!("({})nu_usdt_arg(ctx, {})", c_type(member.ty), member.offset)
                    }
                    (Form::DataLoc, ..) => format!("((__u64)ctx + (nu_field(ctx, {name}) & 0xffff))"),
                    (_, Some(element), _) => format!("nu_field(ctx, {name}[{element}])"),
                    (_, None, Type::Int(width)) if u32::from(width.bytes) != member.size => {
                        format!("({})nu_field(ctx, {name})", c_type(member.ty))
                    }
                    // The address of an array goes to a helper; a scalar is loaded.
                    (_, None, Type::Text(_) | Type::Binary(_)) => format!("ctx->{name}"),
                    (_, None, _) => format!("nu_field(ctx, {name})"),
                }
            }
        }
    }

    fn binary(&mut self, op: Binary, lhs: ExprId, rhs: ExprId) -> String {
        if let (Type::Text(_), Type::Text(_)) = (self.facts.ty(lhs), self.facts.ty(rhs)) {
            let same = self.same_text(lhs, rhs);
            return if op.c == "!=" { format!("!{same}") } else { same };
        }
        // `a || b || c` needs no brackets, and clang allows only so many.
        let chain = matches!(op.c, "||" | "&&")
            && matches!(self.program.expr(lhs).kind, ExprKind::Binary { op: inner, .. } if inner == op);
        let left = if chain { self.expr(lhs) } else { self.operand(lhs) };
        format!("{left} {} {}", op.c, self.operand(rhs))
    }

    /// An operand as the 64-bit signed integer that Nushell computes with, or as a bool.
    pub fn operand(&mut self, id: ExprId) -> String {
        let text = self.expr(id);
        match (&self.program.expr(id).kind, self.facts.ty(id)) {
            // A comparison's or a bit operator's result is a bool or a signed integer of 64 bits already.
            (ExprKind::Binary { .. } | ExprKind::IsNull(_), _) => format!("({text})"),
            (ExprKind::Const(_), _) | (_, Type::Bool) => text,
            (_, Type::Int(Width::I64) | Type::Duration | Type::Filesize | Type::Datetime) => text,
            _ => format!("(__s64){text}"),
        }
    }

    /// Whether a string is the constant that it is compared with.
    fn same_text(&mut self, lhs: ExprId, rhs: ExprId) -> String {
        let program = self.program;
        match (&program.expr(lhs).kind, &program.expr(rhs).kind) {
            (ExprKind::Const(Const::String(left)), ExprKind::Const(Const::String(right))) => {
                (left == right).to_string()
            }
            (ExprKind::Const(Const::String(text)), _) => self.same_as(rhs, text),
            (_, ExprKind::Const(Const::String(text))) => self.same_as(lhs, text),
            _ => String::from("false"),
        }
    }

    fn same_as(&mut self, id: ExprId, text: &str) -> String {
        let quoted = quote(text.as_bytes());
        match self.facts.ty(id) {
            // A constant that does not fit can never be equal; one of a NUL neither, as the string ends there.
            Type::Text(Text::Chars(size)) if text.len() as u32 > size || text.contains('\0') => String::from("false"),
            Type::Text(Text::Counted(max)) if text.len() as u32 > max => String::from("false"),
            // One that fills all of it has no NUL there.
            Type::Text(Text::Chars(size)) => {
                format!("nu_same({}, {quoted}, {})", self.buffer(id), size.min(text.len() as u32 + 1))
            }
            _ => format!("({0}.len == {1} && nu_same({0}.text, {quoted}, {1}))", self.buffer(id), text.len()),
        }
    }

    /// The name of a buffer that holds a string: its variable, or one filled before the statement.
    pub fn buffer(&mut self, id: ExprId) -> String {
        if let ExprKind::Var(var) = self.program.expr(id).kind {
            return self.var(var);
        }
        let base = match &self.program.expr(id).kind {
            ExprKind::Field(Field::Builtin(row)) => row.name,
            ExprKind::Field(Field::Member { member, .. }) => &self.program.context.members[*member].name,
            _ => "text",
        };
        let name = self.namer.fresh(base);
        let ty = self.facts.ty(id);
        self.declare(&name, ty, false, self.program.expr(id).span);
        for line in self.fill(&name, ty, id, false) {
            self.line(line);
        }
        name
    }
}

/// A constant as C.
pub fn constant(value: &Const) -> String {
    match value {
        Const::Bool(value) => value.to_string(),
        Const::Int(value) | Const::Duration(value) | Const::Filesize(value) => integer(*value),
        Const::Datetime(value) => integer(value.timestamp_nanos_opt().unwrap_or(0)),
        Const::Nothing | Const::Float(_) | Const::String(_) | Const::Binary(_) | Const::Value(_) => String::from("0"),
    }
}

/// An integer literal: C has no literal for the least one.
pub fn integer(value: i64) -> String {
    match value {
        i64::MIN => String::from("(-9223372036854775807LL - 1)"),
        value if i32::try_from(value).is_ok() => value.to_string(),
        value => format!("{value}LL"),
    }
}

/// Bytes as a C string literal.
pub fn quote(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in bytes {
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            // Three octal digits never run into what follows; `?` could begin a trigraph.
            b'?' => out.push_str("\\077"),
            0x20..=0x7e => out.push(char::from(*byte)),
            other => out.push_str(&format!("\\{other:03o}")),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
#[path = "../../../tests/unit/back_expr.rs"]
mod tests;
