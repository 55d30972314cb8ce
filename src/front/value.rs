//! What a register's content is, and making it fit: a value, a single one, a string, one that is kept.

use super::kernel::Skipped;
use super::{Code, Error, Lowering, Reg, Result, Span, Spot};
use crate::ir::{Const, Expr, ExprId, ExprKind, Fallible, Kind, Later, Shape, StmtKind, Text, Type, VarId, rule};
use crate::spec::failure;
use crate::spec::function::{COPY, PATH};
use crate::spec::operator;
use nu_protocol::{RegId, Value};

/// Values that `bpf_snprintf` takes (`MAX_BPRINTF_VARARGS`, include/linux/bpf.h), less one constant that it may take.
const MOST_PARTS: usize = 11;

/// What an error says of a value that is not at hand where it is made.
pub const OTHER: &str = "a value of another type comes here";

impl Lowering<'_> {
    /// A register's content as a value.
    pub fn shape(&mut self, reg: RegId, span: Span) -> Result<Shape> {
        let origin = self.origin(reg);
        let value = self.take(reg)?;
        self.value_of(value, origin, span)
    }

    /// What a register held as a value.
    pub fn shape_of(&mut self, value: Reg, span: Span) -> Result<Shape> {
        self.value_of(value, span, span)
    }

    pub fn value_of(&mut self, value: Reg, origin: Span, span: Span) -> Result<Shape> {
        match value {
            Reg::Shape(shape) => Ok(shape),
            Reg::Empty => Ok(Shape::Leaf(self.add(ExprKind::Const(Const::Nothing), span))),
            Reg::Args | Reg::EntryArgs => self.all_arguments(value == Reg::EntryArgs, &Skipped::new(), origin),
            Reg::Typed(typed) => self.typed_value(&typed),
            // A constant that the kernel has no use for is handed on as it is.
            Reg::Range(_) | Reg::CellPath(_) if self.constant_reg(&value).is_some() => {
                let known = self.constant_reg(&value).unwrap_or_default();
                Ok(Shape::Leaf(self.add(ExprKind::Const(Const::Value(Box::new(known))), span)))
            }
            Reg::Mixed => Err(Error::new(Code::ClosureType, "the branches give different kinds of value")
                .unsupported()
                .label(self.place(origin), "the value of this `if` has no single shape")
                .help("let every branch give the same kind of value, or emit in each branch")),
            other => Err(Error::new(Code::ClosureType, format!("{} cannot be used as a value", other.describe()))
                .label(self.place(origin), format!("this is {}", other.describe()))
                .help(match other {
                    Reg::Entry => "name the fields you want: {file: $ctx.entry.filename, flags: $ctx.entry.flags}",
                    Reg::Ctx => "name the fields you want: {pid: $ctx.pid, comm: $ctx.comm}; filter with `if $ctx.pid > 1 { … }`",
                    _ => "a probe works with ints, bools, strings, durations, filesizes, datetimes, records and lists",
                })),
        }
    }

    /// A value as a single one: a string that is read becomes a variable, text that is put together is so now.
    pub fn leaf(&mut self, value: impl Into<Reg>, span: Span) -> Result<ExprId> {
        let (what, label, help) = match self.shape_of(value.into(), span)? {
            Shape::Leaf(expr) => return Ok(self.standing(expr)),
            // Where a name will not do, the number is meant.
            Shape::Later { op, mut args } if op.is_number() && args.len() == 1 => {
                return self.leaf(args.remove(0), span);
            }
            Shape::Later { op: Later::Text, args } => return self.written(args, span),
            Shape::Later { op, args } => {
                self.asking.alone |= matches!(op, Later::Title(_));
                let (what, label, help) = op.refusal();
                let help = self.multiplied(op, &args).unwrap_or_else(|| help.to_string());
                let error = Error::new(Code::ClosureType, what).label(self.place(span), label).help(help);
                return Err(error.unsupported());
            }
            Shape::Either { .. } => (
                "this is of one kind or of another",
                "a single kind of value is wanted here",
                "give every branch the same type, or use `default`",
            ),
            Shape::Record(_) | Shape::List(_) | Shape::Sparse(_) => (
                "a single value is wanted here",
                "this comes from a record or list as a whole",
                "take one of its fields: $r.name",
            ),
        };
        Err(Error::new(Code::ClosureType, what).label(self.place(span), label).help(help))
    }

    /// What to write instead of a multiplication by a fraction: one by an int, and a division.
    fn multiplied(&self, op: Later, args: &[Shape]) -> Option<String> {
        let (Later::Operator(operator), [left, right]) = (op, args) else { return None };
        let (Value::Float { val, .. }, Shape::Leaf(value)) = (self.constant_of(right)?, left) else { return None };
        let by = |by: u32| (val * f64::from(by)).fract() == 0.0;
        let (below, words) = ((1..=1000).find(|below| by(*below))?, self.expr(*value).span.of(&self.closure.text));
        let above = (val * f64::from(below)) as i64;
        if operator.nu != operator::MULTIPLY.nu || !words.starts_with('$') || above.unsigned_abs() > 1 << 20 {
            return None;
        }
        Some(format!("compute with whole numbers: {words} * {above} // {below}"))
    }

    /// An expression must not fail: what may becomes a variable first.
    pub fn standing(&mut self, expr: ExprId) -> ExprId {
        let Expr { kind: ExprKind::Fallible(_), span } = *self.expr(expr) else { return expr };
        self.bind(expr, "text", span)
    }

    /// An expression whose value stays: a constant, or a variable that nobody assigns.
    pub fn steady(&mut self, expr: ExprId, name: &str) -> ExprId {
        match self.expr(expr).kind {
            ExprKind::Const(_) => expr,
            ExprKind::Var(var) if !self.mutable.contains(&var) => expr,
            _ => self.bind(expr, name, self.expr(expr).span),
        }
    }

    /// A string fit to be an argument: a constant, or a variable with its length. Null is an error, as in Nushell.
    pub fn text(&mut self, expr: ExprId, span: Span) -> Result<ExprId> {
        if self.kind(expr) != Kind::Text {
            return Err(self.no_text(expr, "a string is wanted here"));
        }
        let text = self.counted(expr);
        if self.is_nullable(text) {
            let cond = self.add(ExprKind::IsNull(text), span);
            self.push_if(cond, StmtKind::Fail(&failure::TYPE_MISMATCH), span);
        }
        Ok(text)
    }

    /// A string with its length: a constant or a variable.
    pub fn counted(&mut self, expr: ExprId) -> ExprId {
        let expr = self.standing(expr);
        let Type::Text(Text::Chars(_)) = self.ty(expr) else { return expr };
        let span = self.expr(expr).span;
        self.bound(ExprKind::Fallible(Fallible::Call { function: &COPY, args: vec![expr] }), "text", span)
    }

    /// Parts of a text: a constant where all are known and written in one way only; else for the reader to put together.
    pub fn text_of(&mut self, args: Vec<Shape>, span: Span) -> Reg {
        let known = |arg: &Shape| match self.constant_of(arg)? {
            Value::String { val, .. } => Some(val),
            Value::Int { val, .. } => Some(val.to_string()),
            Value::Bool { val, .. } => Some(val.to_string()),
            Value::Nothing { .. } => Some(String::new()),
            _ => None,
        };
        match args.iter().map(known).collect::<Option<String>>() {
            Some(text) => self.constant(Const::String(text), self.local(span)),
            None => Shape::Later { op: Later::Text, args }.into(),
        }
    }

    /// Text put together in the kernel.
    fn written(&mut self, args: Vec<Shape>, span: Span) -> Result<ExprId> {
        let mut parts = Vec::new();
        for arg in args {
            // Parts of parts are parts.
            let arg = match arg {
                Shape::Later { op: Later::Text, args } => self.written(args, span)?,
                Shape::Later { op, .. } if op.is_kept() || matches!(op, Later::Symbol(_)) => {
                    return Err(self.for_people(span));
                }
                arg => self.leaf(arg, span)?,
            };
            parts.push(match self.kind(arg) {
                // In a text, null is nothing.
                Kind::Text => self.counted(arg),
                Kind::Int | Kind::Bool => arg,
                _ => {
                    return Err(self.for_people(span));
                }
            });
        }
        let nul = parts.iter().any(|part| self.constant_text(*part).is_some_and(|text| text.contains('\0')));
        let values = parts.iter().filter(|part| !self.is_constant(**part)).count();
        if nul || values > MOST_PARTS {
            let most = format!("a text is put together of at most {MOST_PARTS} values in the kernel");
            let what = if nul { "a text with a NUL cannot be put together in the kernel" } else { &most };
            return Err(Error::new(Code::ClosureSyntax, what)
                .label(self.place(span), "it is made in the kernel here, as it is compared or counted by")
                .help("emit it, or compare and count by its parts"));
        }
        Ok(self.bound(ExprKind::Fallible(Fallible::Format { parts }), "text", span))
    }

    fn for_people(&self, span: Span) -> Error {
        Error::new(Code::ClosureSyntax, "this cannot be converted to text in the kernel")
            .label(self.place(span), "its text is for people, and made after the kernel")
            .help("emit it, or compare and count by the value itself")
    }

    /// Returns whether a string may be null: it was read, or may have been.
    pub fn is_nullable(&self, expr: ExprId) -> bool {
        match &self.expr(expr).kind {
            ExprKind::Var(var) => self.nullable.contains(var) || self.mutable.contains(var),
            ExprKind::Fallible(Fallible::ReadStr { .. }) => true,
            ExprKind::Fallible(Fallible::Call { function, .. }) => *function == &PATH,
            ExprKind::Fallible(Fallible::Where { read, .. }) => self.is_nullable(*read),
            _ => false,
        }
    }

    /// Returns whether it is a string that may be null.
    pub fn may_be_null(&self, expr: ExprId) -> bool {
        self.kind(expr) == Kind::Text && self.is_nullable(expr)
    }

    pub fn is_later(&self, shape: &Shape) -> bool {
        match shape {
            // Some stand for their number.
            Shape::Later { op, .. } => !op.is_number(),
            Shape::Leaf(leaf) => self.kind(*leaf) == Kind::Float,
            _ => false,
        }
    }

    pub fn is_text(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Leaf(leaf) => self.kind(*leaf) == Kind::Text,
            Shape::Later { op, .. } => op.is_text(),
            _ => false,
        }
    }

    /// What an expression is, as far as lowering has come.
    pub fn ty(&self, expr: ExprId) -> Type {
        let kind = &self.expr(expr).kind;
        let var = |var: VarId| self.vars[var.0 as usize].ty;
        let found = rule::expression(kind, self.context, &mut |operand| self.ty(operand), &var);
        // An operator that does not take its operands is `check`'s to refuse.
        let boolean = matches!(kind, ExprKind::Binary { .. });
        found.unwrap_or(if boolean { Type::Bool } else { Type::Int(crate::ir::Width::I64) })
    }

    pub fn kind(&self, expr: ExprId) -> Kind {
        self.ty(expr).kind()
    }

    /// A variable is given a value: what it holds now.
    pub fn set_type(&mut self, var: VarId, value: ExprId) {
        let ty = self.ty(value);
        let old = self.vars[var.0 as usize].ty;
        self.vars[var.0 as usize].ty = if old == Type::Nothing { ty } else { rule::join(old, ty).unwrap_or(old) };
        if self.is_nullable(value) {
            self.nullable.insert(var);
        }
        self.lead(var, value);
    }

    /// Makes a value fit to be used more than once: run-time leaves become variables.
    pub fn keep_shape(&mut self, shape: Shape, name: &str, span: impl Spot) -> Shape {
        self.bind_all(shape, name, span, false)
    }

    /// A value of the wrong kind.
    pub fn mismatch(&self, span: Span, what: &str) -> Error {
        Error::new(Code::ClosureType, what)
            .label(self.place(span), OTHER)
            .help("Nushell would raise an error here as well: try the closure on a record outside the probe")
    }
}
