//! The type rules: what every expression and variable of a program is.

use crate::error::Error;
use crate::ir::{
    Binary, Const, ExprId, ExprKind, Fallible, Field, Form, Program, Shape, Space, StmtKind, Text, Type, Value, VarId,
    Width,
};
use crate::spec::code::Code;
use crate::spec::operator::Takes;

/// The state of typing one program.
pub struct Typing<'a> {
    program: &'a Program,
    pub exprs: Vec<Type>,
    pub vars: Vec<Type>,
    pub errors: Vec<Error>,
    /// Variables whose values have no common type: an error where one is read.
    torn: Vec<Option<Error>>,
}

impl<'a> Typing<'a> {
    pub fn new(program: &'a Program) -> Self {
        Typing {
            program,
            exprs: vec![Type::Nothing; program.exprs.len()],
            vars: vec![Type::Nothing; program.vars.len()],
            errors: Vec::new(),
            torn: vec![None; program.vars.len()],
        }
    }

    /// Types all statements in order: a variable's type is known before it is read.
    pub fn run(&mut self) {
        let mut assigned: Vec<VarId> = Vec::new();
        let program = self.program;
        let mut stmts = Vec::new();
        program.walk(&mut |stmt| stmts.push(stmt));
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                    let ty = self.expr(value.expr());
                    let first = !assigned.contains(var);
                    assigned.push(*var);
                    self.store(*var, ty, first, value);
                }
                StmtKind::If { cond, .. } => self.expect_bool(*cond, "a condition must be true or false"),
                StmtKind::Emit { row, .. } => self.row(row),
                StmtKind::Count { key: Some(key), .. } => self.row(key),
                StmtKind::Declare { .. } | StmtKind::Count { key: None, .. } | StmtKind::Return | StmtKind::Fail(_) => {
                }
            }
        }
        // A variable is what all of its values together make it, also where it was read before the last of them.
        for (id, expr) in program.exprs.iter().enumerate() {
            if let ExprKind::Var(var) = expr.kind {
                self.exprs[id] = self.vars[var.0 as usize];
            }
        }
    }

    /// The variables that something depends on: a condition, a row, a key, arithmetic that may end the program. What
    /// is only handed on to a variable that nobody reads does not count. Those of no single type are errors.
    pub fn used(&mut self) -> Vec<bool> {
        let mut used = vec![false; self.program.vars.len()];
        let (program, types) = (self.program, &self.exprs);
        let mut known = usize::MAX;
        // Until a round finds nothing new: a variable may be handed on through several others.
        while known != used.iter().filter(|used| **used).count() {
            known = used.iter().filter(|used| **used).count();
            program.walk(&mut |stmt| match &stmt.kind {
                StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                    let checked =
                        matches!(program.expr(value.expr()).kind, ExprKind::Fallible(Fallible::Checked { .. }));
                    if checked || used[var.0 as usize] {
                        used[var.0 as usize] = true;
                        reads(program, value.expr(), &mut used);
                    }
                }
                StmtKind::If { cond, .. } => reads(program, *cond, &mut used),
                StmtKind::Emit { row: shape, .. } | StmtKind::Count { key: Some(shape), .. } => {
                    let travel = shape.leaves().into_iter().filter(|(_, expr)| types[expr.0 as usize] != Type::Nothing);
                    travel.for_each(|(_, expr)| reads(program, expr, &mut used));
                }
                StmtKind::Declare { .. } | StmtKind::Count { key: None, .. } | StmtKind::Return | StmtKind::Fail(_) => {
                }
            });
        }
        let torn = self.torn.iter_mut().zip(&used).filter(|(_, used)| **used);
        self.errors.extend(torn.filter_map(|(torn, _)| torn.take()));
        used
    }

    fn store(&mut self, var: VarId, ty: Type, first: bool, value: &Value) {
        let constant = matches!(self.program.expr(value.expr()).kind, ExprKind::Const(_));
        if matches!(ty, Type::Float | Type::Constant(_)) || (constant && matches!(ty, Type::Binary(_))) {
            let at = self.program.at(self.program.expr(value.expr()).span);
            self.torn[var.0 as usize] = Some(
                Error::new(Code::ClosureType, format!("a variable cannot hold a {ty} in a probe"))
                    .label(at, format!("this is a {ty}"))
                    .help("name the constant where it is used, or emit in each branch"),
            );
            self.vars[var.0 as usize] = ty;
            return;
        }
        let old = self.vars[var.0 as usize];
        let joined = if first { Some(ty) } else { join(old, ty) };
        match joined {
            Some(ty) => self.vars[var.0 as usize] = ty,
            None => {
                let at = self.program.at(self.program.expr(value.expr()).span);
                let (what, help) = match (old, ty) {
                    (Type::Text(Text::Chars(_)), Type::Text(Text::Literal(_)))
                    | (Type::Text(Text::Literal(_)), Type::Text(Text::Chars(_))) => {
                        ("strings of two lengths", "use a constant no longer than the field (comm has 15 bytes)")
                    }
                    (Type::Text(_), Type::Text(_)) => {
                        ("strings of two lengths", "give every `read-str` the same --len")
                    }
                    _ => ("values of two types", "give every branch the same type, or emit in each branch"),
                };
                self.torn[var.0 as usize] = Some(
                    Error::new(Code::ClosureType, format!("one variable cannot hold {what} in a probe"))
                        .label(at, format!("this is {ty}, the other is {old}"))
                        .help(help),
                );
            }
        }
    }

    fn row(&mut self, shape: &Shape) {
        for (_, expr) in shape.leaves() {
            self.expr(expr);
        }
    }

    fn expect_bool(&mut self, expr: ExprId, what: &str) {
        let ty = self.expr(expr);
        if ty != Type::Bool {
            let at = self.program.at(self.program.expr(expr).span);
            self.errors.push(
                Error::new(Code::ClosureType, what)
                    .label(at, format!("this is {ty}"))
                    .help("compare it with something: $ctx.uid == 0"),
            );
        }
    }

    fn expr(&mut self, id: ExprId) -> Type {
        let program = self.program;
        let ty = match &program.expr(id).kind {
            ExprKind::Const(value) => constant(value),
            ExprKind::Field(Field::Builtin(field)) => field.ty,
            ExprKind::Field(Field::Member { member, .. }) => match program.context.members[*member].form {
                Form::DataLoc => Type::Pointer(Some(Space::Kernel)),
                Form::Value | Form::Array(_) | Form::Opaque => program.context.members[*member].ty,
            },
            ExprKind::Var(var) => self.vars[var.0 as usize],
            ExprKind::Not(operand) => {
                self.expect_bool(*operand, "`not` takes true or false");
                Type::Bool
            }
            ExprKind::Binary { op, lhs, rhs } => self.binary(op, *lhs, *rhs, id),
            ExprKind::Fallible(Fallible::Checked { op, lhs, rhs }) => self.binary(op, *lhs, *rhs, id),
            ExprKind::Fallible(Fallible::ReadStr { pointer, space, max }) => {
                self.pointer(*pointer, *space);
                Type::Text(Text::Counted(*max))
            }
        };
        self.exprs[id.0 as usize] = ty;
        ty
    }

    fn binary(&mut self, op: Binary, lhs: ExprId, rhs: ExprId, whole: ExprId) -> Type {
        let (left, right) = (self.expr(lhs), self.expr(rhs));
        match result(op, left, right) {
            Some(ty) if self.comparable(lhs, rhs, left, right) => ty,
            Some(_) => {
                let at = self.program.at(self.program.expr(whole).span);
                self.errors.push(
                    Error::new(Code::ClosureType, "two strings of the kernel cannot be compared yet")
                        .label(at, "one side must be a constant string")
                        .help("emit both and compare them after the probe"),
                );
                Type::Bool
            }
            None => {
                let at = |id| self.program.at(self.program.expr(id).span);
                let error = Error::new(Code::ClosureType, format!("`{}` does not take {left} and {right}", op.name))
                    .label(at(lhs), format!("this is {left}"))
                    .label(at(rhs), format!("this is {right}"))
                    .help(advice(op, left, right));
                self.errors.push(error);
                match op.takes {
                    Takes::Sum | Takes::Difference | Takes::Ints => Type::Int(Width::I64),
                    Takes::Bools | Takes::Same | Takes::Ordered => Type::Bool,
                }
            }
        }
    }

    /// Strings are compared with constants only.
    fn comparable(&self, lhs: ExprId, rhs: ExprId, left: Type, right: Type) -> bool {
        let constant = |id| matches!(self.program.expr(id).kind, ExprKind::Const(_));
        !matches!((left, right), (Type::Text(_), Type::Text(_))) || constant(lhs) || constant(rhs)
    }

    /// An address must be one, and in the right memory.
    fn pointer(&mut self, pointer: ExprId, space: Space) {
        let ty = self.expr(pointer);
        let (name, other) = match space {
            Space::User => ("read-str", "read-kernel-str"),
            Space::Kernel => ("read-kernel-str", "read-str"),
        };
        let at = self.program.at(self.program.expr(pointer).span);
        let error = match ty {
            Type::Int(width) if width.bytes == 8 => return,
            Type::Pointer(None) => return,
            Type::Pointer(Some(its)) if its == space => return,
            Type::Pointer(Some(_)) => Error::new(Code::ClosureType, format!("`{name}` cannot read this {ty}"))
                .label(at, format!("the kernel declares it as an {ty}"))
                .help(format!("write `{other}` instead")),
            Type::Text(_) => Error::new(Code::ClosureType, format!("`{name}` reads at an address"))
                .label(at, "this is a string already")
                .help(format!("leave `{name}` out")),
            _ => Error::new(Code::ClosureType, format!("`{name}` reads at an address"))
                .label(at, format!("this is {ty}, not an address"))
                .help("an address is an argument or field of pointer type: $ctx.arg0, $ctx.filename"),
        };
        self.errors.push(error);
    }
}

/// Marks the variables that an expression reads.
fn reads(program: &Program, expr: ExprId, used: &mut [bool]) {
    match &program.expr(expr).kind {
        ExprKind::Var(var) => used[var.0 as usize] = true,
        ExprKind::Not(operand) => reads(program, *operand, used),
        ExprKind::Binary { lhs, rhs, .. } | ExprKind::Fallible(Fallible::Checked { lhs, rhs, .. }) => {
            reads(program, *lhs, used);
            reads(program, *rhs, used);
        }
        ExprKind::Fallible(Fallible::ReadStr { pointer, .. }) => reads(program, *pointer, used),
        ExprKind::Const(_) | ExprKind::Field(_) => {}
    }
}

fn constant(value: &Const) -> Type {
    match value {
        Const::Nothing => Type::Nothing,
        Const::Bool(_) => Type::Bool,
        Const::Int(_) => Type::Int(Width::I64),
        Const::Float(_) => Type::Float,
        Const::Duration(_) => Type::Duration,
        Const::Filesize(_) => Type::Filesize,
        Const::Datetime(_) => Type::Datetime,
        Const::String(text) => Type::Text(Text::Literal(text.len() as u32)),
        Const::Binary(bytes) => Type::Binary(bytes.len() as u32),
        Const::Value(value) => Type::Constant(match **value {
            nu_protocol::Value::Range { .. } => "range",
            nu_protocol::Value::CellPath { .. } => "cell-path",
            nu_protocol::Value::Date { .. } => "datetime out of 64 bits",
            _ => "constant",
        }),
    }
}

/// The type of a variable that is given values of two types.
fn join(left: Type, right: Type) -> Option<Type> {
    match (left, right) {
        (left, right) if left == right => Some(left),
        (Type::Int(_), Type::Int(_)) => Some(Type::Int(Width::I64)),
        (Type::Pointer(_), Type::Pointer(_)) => Some(Type::Pointer(None)),
        (Type::Text(left), Type::Text(right)) => Some(Type::Text(match (left, right) {
            (Text::Literal(left), Text::Literal(right)) => Text::Literal(left.max(right)),
            (Text::Counted(max), Text::Literal(len)) | (Text::Literal(len), Text::Counted(max)) if len <= max => {
                Text::Counted(max)
            }
            (Text::Chars(size), Text::Literal(len)) | (Text::Literal(len), Text::Chars(size)) if len < size => {
                Text::Chars(size)
            }
            _ => return None,
        })),
        _ => None,
    }
}

/// What an operator gives for two types, by the table's rule; None where Nushell has no such operation.
fn result(op: Binary, left: Type, right: Type) -> Option<Type> {
    let number = |ty| matches!(ty, Type::Int(_) | Type::Duration | Type::Filesize);
    let same = match (left, right) {
        (Type::Int(_), Type::Int(_)) => true,
        (Type::Int(_), Type::Pointer(_)) | (Type::Pointer(_), Type::Int(_)) => true,
        (Type::Pointer(_), Type::Pointer(_)) => true,
        (left, right) => left == right && (number(left) || left == Type::Datetime),
    };
    match op.takes {
        Takes::Bools => (left == Type::Bool && right == Type::Bool).then_some(Type::Bool),
        Takes::Ordered => same.then_some(Type::Bool),
        Takes::Same => {
            let texts = matches!((left, right), (Type::Text(_), Type::Text(_)));
            let counted = |ty| matches!(ty, Type::Text(Text::Counted(_)));
            let null = (counted(left) && right == Type::Nothing) || (left == Type::Nothing && counted(right));
            (same || texts || null || (left == Type::Bool && right == Type::Bool)).then_some(Type::Bool)
        }
        Takes::Ints => match (left, right) {
            (Type::Int(_), Type::Int(_)) => Some(Type::Int(Width::I64)),
            _ => None,
        },
        Takes::Sum | Takes::Difference => match (left, right) {
            (Type::Int(_), Type::Int(_)) => Some(Type::Int(Width::I64)),
            (left, right) if left == right && number(left) => Some(left),
            (Type::Datetime, Type::Duration) => Some(Type::Datetime),
            (Type::Duration, Type::Datetime) if op.takes == Takes::Sum => Some(Type::Datetime),
            (Type::Datetime, Type::Datetime) if op.takes == Takes::Difference => Some(Type::Duration),
            _ => None,
        },
    }
}

fn advice(op: Binary, left: Type, right: Type) -> String {
    match (left, right) {
        (Type::Float, _) | (_, Type::Float) => {
            "a kernel program has no floats: use whole numbers of a smaller unit".into()
        }
        (Type::Datetime, Type::Int(_)) | (Type::Int(_), Type::Datetime) => {
            "the time of day is $ctx.time; $ctx.ktime counts from boot".into()
        }
        (Type::Nothing, _) | (_, Type::Nothing) => {
            "only a string that was read can be null: leave the comparison out".into()
        }
        (Type::Text(_), Type::Text(_)) => format!("strings can be compared with == and !=, not with {}", op.name),
        _ => "both sides must have the same type".into(),
    }
}
