//! The type rules: what every expression and variable of a program is.

use crate::error::Error;
use crate::ir::{
    Binary, ExprId, ExprKind, Fallible, Kind, Program, Shape, Space, StmtKind, Type, Value, VarId, Width, rule,
};
use crate::spec::code::Code;

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

    /// Types all statements in order, until no variable changes: in a loop, one may be read before it is given a wider
    /// value.
    pub fn run(&mut self) {
        let mut before = None;
        while before.as_ref() != Some(&self.vars) {
            before = Some(self.vars.clone());
            self.errors.clear();
            self.round();
        }
        for function in &self.program.functions {
            self.expr(function.result);
        }
        // A variable is what all of its values together make it, also where it was read before the last of them.
        for (id, expr) in self.program.exprs.iter().enumerate() {
            if let ExprKind::Var(var) = expr.kind {
                self.exprs[id] = self.vars[var.0 as usize];
            }
        }
    }

    fn round(&mut self) {
        let program = self.program;
        for (var, ty) in program.functions.iter().flat_map(|function| &function.params) {
            self.vars[var.0 as usize] = *ty;
        }
        let mut stmts = Vec::new();
        program.walk(&mut |stmt| stmts.push(stmt));
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                    let ty = self.expr(value.expr());
                    let first = self.vars[var.0 as usize] == Type::Nothing;
                    self.store(*var, ty, first, value);
                }
                StmtKind::If { cond, .. } => self.expect_bool(*cond, "a condition must be true or false"),
                StmtKind::Loop { counter, .. } => self.vars[counter.0 as usize] = Type::Int(Width::I64),
                StmtKind::Emit { row, .. } => self.row(row),
                StmtKind::Count { key: Some(key), .. } => self.row(key),
                StmtKind::Declare { .. } | StmtKind::Count { key: None, .. } | StmtKind::Scope { .. } => {}
                StmtKind::Leave(_) | StmtKind::Return | StmtKind::Fail(_) => {}
            }
        }
    }

    /// The variables that something depends on: a condition, a row, a key, arithmetic that may end the program. What
    /// is only handed on to a variable that nobody reads does not count. Those of no single type are errors.
    pub fn used(&mut self) -> Vec<bool> {
        let mut used = vec![false; self.program.vars.len()];
        let (program, types) = (self.program, &self.exprs);
        program.functions.iter().for_each(|function| reads(program, function.result, &mut used));
        let mut known = usize::MAX;
        // Until a round finds nothing new: a variable may be handed on through several others.
        while known != used.iter().filter(|used| **used).count() {
            known = used.iter().filter(|used| **used).count();
            program.walk(&mut |stmt| match &stmt.kind {
                StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                    let checked = program.expr(value.expr()).kind.fails();
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
                StmtKind::Declare { .. } | StmtKind::Count { key: None, .. } | StmtKind::Scope { .. } => {}
                StmtKind::Loop { .. } | StmtKind::Leave(_) | StmtKind::Return | StmtKind::Fail(_) => {}
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
        let joined = if first { Some(ty) } else { rule::join(old, ty) };
        match joined {
            Some(ty) => self.vars[var.0 as usize] = ty,
            None => {
                let at = self.program.at(self.program.expr(value.expr()).span);
                let (what, help) = ("values of two types", "give every branch the same type, or emit in each branch");
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
        let kind = &program.expr(id).kind;
        let mut operands = Vec::new();
        for operand in kind.operands() {
            operands.push((operand, self.expr(operand)));
        }
        match kind {
            ExprKind::Not(operand) => self.expect_bool(*operand, "`not` takes true or false"),
            ExprKind::Fallible(Fallible::ReadStr { pointer, space, .. }) => self.pointer(*pointer, *space),
            _ => {}
        }
        let known =
            |id: ExprId| operands.iter().find(|(operand, _)| *operand == id).map_or(Type::Nothing, |found| found.1);
        let var = |var: VarId| self.vars[var.0 as usize];
        let ty = rule::expression(kind, &program.context, &mut { known }, &var).unwrap_or_else(|| self.refused(id));
        self.exprs[id.0 as usize] = ty;
        ty
    }

    /// An operator that does not take its operands; what it would have given.
    fn refused(&mut self, whole: ExprId) -> Type {
        let (ExprKind::Binary { op, lhs, rhs } | ExprKind::Fallible(Fallible::Checked { op, lhs, rhs })) =
            self.program.expr(whole).kind
        else {
            return Type::Nothing;
        };
        let (left, right) = (self.exprs[lhs.0 as usize], self.exprs[rhs.0 as usize]);
        let at = |id| self.program.at(self.program.expr(id).span);
        self.errors.push(
            Error::new(Code::ClosureType, format!("`{}` does not take {left} and {right}", op.name))
                .label(at(lhs), format!("this is {left}"))
                .label(at(rhs), format!("this is {right}"))
                .help(advice(op, left, right)),
        );
        match op.rules.first() {
            Some((_, _, Kind::Bool)) => Type::Bool,
            _ => Type::Int(Width::I64),
        }
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
    let kind = &program.expr(expr).kind;
    if let ExprKind::Var(var) = kind {
        used[var.0 as usize] = true;
    }
    kind.operands().into_iter().for_each(|operand| reads(program, operand, used));
}

fn advice(op: Binary, left: Type, right: Type) -> String {
    let others = op.rules.iter().filter(|rule| rule.0 == left.kind()).map(|rule| rule.1.name());
    let others: Vec<&str> = others.collect();
    match (left, right) {
        (Type::Float, _) | (_, Type::Float) => {
            "a kernel program has no floats: use whole numbers of a smaller unit".into()
        }
        (Type::Datetime, Type::Int(_)) | (Type::Int(_), Type::Datetime) => {
            "the time of day is $ctx.time; $ctx.ktime counts from boot".into()
        }
        (Type::Nothing, _) | (_, Type::Nothing) => {
            "null has no such operation: give it another value with `default`, or test it before".into()
        }
        _ if !others.is_empty() && !others.contains(&left.kind().name()) => {
            format!("with {left}, it takes {}", others.join(" or "))
        }
        _ => "both sides must have the same type".into(),
    }
}
