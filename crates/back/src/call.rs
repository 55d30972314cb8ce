//! Functions of `bpf_headers/nu` as C: what they are called with, and how what fails is tested.

use super::expr::quote;
use super::name;
use super::stmt::Printer;
use nu_ebpf_ir::ir::{Const, ExprId, ExprKind, Fallible, Function, Text, Type};
use nu_ebpf_ir::spec::failure::{BAD_ADDRESS, CANT_CONVERT, NOT_ASCII};
use nu_ebpf_ir::spec::function::{DOWNCASE, SAME, STARTS_WITH, TRIM, UPCASE};
use nu_ebpf_ir::spec::operator::{Checked, Guard};

impl Printer<'_> {
    /// A call that gives a scalar.
    pub fn call(&mut self, function: Function, args: &[ExprId]) -> String {
        if let (true, [text, part]) = (function == &SAME || function == &STARTS_WITH, args)
            && let Some(call) = self.compared(function, *text, *part)
        {
            return call;
        }
        let args = self.arguments(args);
        match function.name {
            // Another name for the same number.
            "" => format!("(__s64){args}"),
            name => format!("{name}({args})"),
        }
    }

    /// Two strings of which the lengths tell whether one is null or was cut; and a constant beginning, without a loop.
    fn compared(&mut self, function: Function, text: ExprId, part: ExprId) -> Option<String> {
        let constant = |this: &Self, id| match &this.program.expr(id).kind {
            ExprKind::Const(Const::String(text)) => Some(text.clone().into_bytes()),
            ExprKind::Const(Const::Binary(bytes)) => Some(bytes.clone()),
            _ => None,
        };
        if function == &SAME {
            let args = self.arguments(&[text, part]);
            let len = |this: &mut Self, id| match (constant(this, id), this.facts.ty(id)) {
                (Some(text), _) => text.len().to_string(),
                (None, Type::Binary(size)) => size.to_string(),
                (None, _) => format!("{}.len", this.buffer(id)),
            };
            let (left, right) = (len(self, text), len(self, part));
            return Some(format!("({left} == {right} && {}({args}))", function.name));
        }
        let (None, Some(part), Type::Text(_)) = (constant(self, text), constant(self, part), self.facts.ty(text))
        else {
            return None;
        };
        let (name, room) = (self.buffer(text), self.facts.ty(text).capacity() as usize);
        let (length, quoted) = (part.len(), quote(&part));
        Some(match length <= room {
            true => format!("({name}.len >= {length} && nu_same({name}.text, {quoted}, {length}))"),
            false => "false".to_string(),
        })
    }

    fn arguments(&mut self, args: &[ExprId]) -> String {
        args.iter().map(|arg| self.argument(*arg)).collect::<Vec<_>>().join(", ")
    }

    /// Length and room of the string that a function changes, where the result of a cut one is cut as well.
    pub fn cut(&mut self, function: Function, args: &[ExprId]) -> Option<String> {
        let keeps = [&TRIM, &DOWNCASE, &UPCASE].contains(&function);
        let text = *args.first().filter(|_| keeps)?;
        let constant = matches!(self.program.expr(text).kind, ExprKind::Const(_));
        let Type::Text(_) = self.facts.ty(text) else { return None };
        (!constant).then(|| format!("{}.len, {}", self.buffer(text), self.facts.ty(text).capacity().max(1)))
    }

    /// An argument: a number, or a string as its bytes, its length and how many bytes may be read.
    fn argument(&mut self, id: ExprId) -> String {
        match (&self.program.expr(id).kind, self.facts.ty(id)) {
            (ExprKind::Const(Const::String(text)), _) => self.known(text.as_bytes()),
            (ExprKind::Const(Const::Binary(bytes)), _) => self.known(bytes),
            (_, Type::Binary(size)) => format!("{}, {size}, {size}", self.buffer(id)),
            (_, Type::Text(_)) => {
                let (name, size) = (self.buffer(id), self.facts.ty(id).capacity().max(1));
                format!("{name}.text, nu_clamp({name}.len, {size}), {size}")
            }
            (_, Type::Stack(_)) => self.expr(id),
            _ => self.operand(id),
        }
    }

    fn known(&mut self, text: &[u8]) -> String {
        format!("{}, {}, {}", self.constant_text(text), text.len(), text.len().max(1))
    }

    /// A constant string in read-only memory.
    pub fn constant_text(&mut self, text: &[u8]) -> String {
        let name = format!("nu_{}", self.globals.fresh("text"));
        let quoted = quote(text);
        self.constants.push(format!("static const char {name}[] SEC(\".rodata\") = {quoted};"));
        name
    }

    /// When something fails that puts its result into `to`, and the kind of error; None of what cannot fail.
    pub fn test(&mut self, fallible: &Fallible, to: &str, ty: Type) -> Option<(String, String)> {
        match fallible {
            Fallible::Checked { op, lhs, rhs } => {
                let Guard::Checked(checked) = op.guard else { return None };
                let divisor = &self.program.expr(*rhs).kind;
                let (lhs, rhs) = (self.operand(*lhs), self.operand(*rhs));
                let failure = failure(checked, divisor, &rhs);
                Some((format!("{}({lhs}, {rhs}, &{to})", checked.function), failure))
            }
            Fallible::Call { function, args } => {
                let kind = function.fails?.c.to_string();
                let cut = match self.cut(function, args) {
                    Some(cut) => {
                        format!(" || ({to}.len = nu_stays_cut({to}.len, {cut}, {}), false)", ty.capacity().max(1))
                    }
                    None => String::new(),
                };
                let (name, args) = (function.name, self.arguments(args));
                let test = match ty {
                    Type::Text(_) => format!("{name}({to}.text, {}, {args}, &{to}.len)", ty.capacity().max(1)) + &cut,
                    _ => format!("{name}({args}, &{to})"),
                };
                Some((test, kind))
            }
            Fallible::Sub { number, args, .. } => {
                let args: Vec<String> = args.iter().map(|arg| format!("nu_fresh({})", self.operand(*arg))).collect();
                let failed = self.namer.fresh("failed");
                self.line(format!("__u32 {failed} = {}({}, &{to});", self.functions[*number], args.join(", ")));
                Some((failed.clone(), format!("{failed} - 1")))
            }
            Fallible::Matches { text, automaton } => {
                let text = self.argument(*text);
                Some((format!("{}({text}, &{to})", name::pattern(self.patterns[*automaton])), NOT_ASCII.c.to_string()))
            }
            Fallible::Format { parts } => {
                let (format, args) = self.format(parts);
                let name = self.namer.fresh("parts");
                let format = self.constant_text(format.as_bytes());
                self.line(format!("__u64 {name}[] = {{{args}}};"));
                let test =
                    format!("nu_format({to}.text, sizeof({to}.text), {format}, {name}, sizeof({name}), &{to}.len)");
                Some((test, CANT_CONVERT.c.to_string()))
            }
            Fallible::Load { pointer, space, direct, .. } => {
                Some((self.load(*pointer, (*space, *direct), to, ty), BAD_ADDRESS.c.to_string()))
            }
            Fallible::ReadStr { .. } | Fallible::ReadBytes { .. } | Fallible::Where { .. } => None,
        }
    }

    /// The format of a text that is put together, and its arguments.
    fn format(&mut self, parts: &[ExprId]) -> (String, String) {
        let (mut format, mut args) = (String::new(), Vec::new());
        for part in parts {
            let (spec, arg) = match (&self.program.expr(*part).kind, self.facts.ty(*part)) {
                // The helper takes printable ASCII only in its format, and no letter or digit behind a string.
                (ExprKind::Const(Const::String(text)), _)
                    if text.chars().all(|c| matches!(c, ' '..='~'))
                        && !(format.ends_with("%s") && text.starts_with(|c: char| c.is_ascii_alphanumeric())) =>
                {
                    format.push_str(&text.replace('%', "%%"));
                    continue;
                }
                (ExprKind::Const(Const::String(text)), _) => ("%s", self.constant_text(text.as_bytes())),
                (_, Type::Text(_)) => ("%s", format!("{}.text", self.buffer(*part))),
                (_, Type::Bool) => ("%s", format!("(({}) ? nu_true : nu_false)", self.expr(*part))),
                _ => ("%lld", self.operand(*part)),
            };
            format.push_str(spec);
            args.push(format!("(__u64){arg}"));
        }
        (format, if args.is_empty() { "0".to_string() } else { args.join(", ") })
    }

    /// The call that puts a string that a function makes, and cannot fail to, into `to`: its length.
    pub fn made(&mut self, function: Function, args: &[ExprId], to: &str, ty: Type) -> String {
        let (cut, room) = (self.cut(function, args), ty.capacity().max(1));
        let args = self.arguments(args);
        let made = format!("{}({to}.text, {room}, {args})", function.name);
        cut.map_or(made.clone(), |cut| format!("nu_stays_cut({made}, {cut}, {room})"))
    }

    /// The line that puts one string into the place of another that may have more room.
    pub fn widened(&mut self, to: &str, ty: Type, from: &str, own: Type) -> String {
        let (room, size) = (ty.capacity(), own.capacity());
        match own {
            Type::Text(Text::Chars(_)) => format!("{to}.len = nu_chars({to}.text, {room}, {from}, {size});"),
            _ => format!("{to}.len = nu_widen({to}.text, {room}, {from}.text, {from}.len, {size});"),
        }
    }
}

/// What has gone wrong where a checked function says so: told by the right operand where that makes a difference.
fn failure(checked: Checked, operand: &ExprKind, rhs: &str) -> String {
    match (checked.zero, operand) {
        (None, _) => checked.failure.c.to_string(),
        (Some(zero), ExprKind::Const(Const::Int(0))) => zero.c.to_string(),
        (Some(_), ExprKind::Const(_)) => checked.failure.c.to_string(),
        (Some(zero), _) => format!("{rhs} ? {} : {}", checked.failure.c, zero.c),
    }
}
