//! The type rules: what every expression and variable of a program is.

use super::ProgramFacts;
use crate::error::Error;
use crate::ir::{
    Binary, ExprId, ExprKind, Fallible, Kind, Postponed, Program, Shape, Space, StmtKind, Type, VarId, Width, rule,
};
use crate::spec::code::Code;

/// Rounds of typing after which no variable is to become wider: each makes one wider that another depends on.
const MOST_ROUNDS: usize = 64;

/// The types of a program, and the mistakes in it.
pub fn facts(program: &Program, errors: &mut Vec<Error>) -> ProgramFacts {
    let mut typing = Typing {
        program,
        exprs: vec![Type::Nothing; program.exprs.len()],
        vars: vec![Type::Nothing; program.vars.len()],
        errors: Vec::new(),
        torn: vec![None; program.vars.len()],
        rounds: 0,
    };
    typing.run();
    let used = typing.used();
    errors.append(&mut typing.errors);
    ProgramFacts { exprs: typing.exprs, vars: typing.vars, used, stack: 0, forgets: false }
}

/// The state of typing one program.
struct Typing<'a> {
    program: &'a Program,
    exprs: Vec<Type>,
    vars: Vec<Type>,
    errors: Vec<Error>,
    /// Variables whose values have no common type: an error where one is read.
    torn: Vec<Option<Error>>,
    /// How often all statements were typed.
    rounds: usize,
}

impl Typing<'_> {
    /// Types all statements until no variable changes: in a loop, one may be read before it is given a wider value.
    fn run(&mut self) {
        let mut before = None;
        while before.as_ref() != Some(&self.vars) {
            before = Some(self.vars.clone());
            self.errors.clear();
            self.rounds += 1;
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
        for (var, ty) in self.program.functions.iter().flat_map(|function| &function.params) {
            self.vars[var.0 as usize] = *ty;
        }
        for stmt in self.program.stmts() {
            match &stmt.kind {
                StmtKind::Let { var, value } | StmtKind::Assign { var, value } => self.store(*var, value.expr()),
                StmtKind::If { cond, .. } => self.expect_bool(*cond),
                StmtKind::Get { key, found, into, .. } => {
                    self.vars[found.0 as usize] = Type::Bool;
                    // Their types are the map's, which the closure's lowering has made them.
                    into.iter().for_each(|var| self.vars[var.0 as usize] = self.program.var(*var).ty);
                    for (_, leaf) in key.iter().flat_map(Shape::leaves) {
                        self.expr(leaf);
                    }
                }
                StmtKind::Loop { counter, .. } => self.vars[counter.0 as usize] = Type::Int(Width::I64),
                kind => kind.exprs().into_iter().for_each(|expr| {
                    self.expr(expr);
                }),
            }
        }
    }

    /// The variables that a condition, a row, a key or what may fail depends on. Those of no single type are errors.
    fn used(&mut self) -> Vec<bool> {
        let mut used = vec![false; self.program.vars.len()];
        let (program, types) = (self.program, &self.exprs);
        let reads = |expr, used: &mut [bool]| program.reads(expr).for_each(|var| used[var.0 as usize] = true);
        program.functions.iter().for_each(|function| reads(function.result, &mut used));
        if let Some(Postponed::Resumes { thread: Some(var), .. }) = program.postponed {
            used[var.0 as usize] = true;
        }
        let mut before = None;
        // Until a round finds nothing new: a variable may be handed on through several others.
        while before.as_ref() != Some(&used) {
            before = Some(used.clone());
            for stmt in program.stmts() {
                match &stmt.kind {
                    StmtKind::Let { var, value } | StmtKind::Assign { var, value } => {
                        if used[var.0 as usize] || program.expr(value.expr()).kind.fails() {
                            used[var.0 as usize] = true;
                            reads(value.expr(), &mut used);
                        }
                    }
                    kind => {
                        let travel = kind.exprs().into_iter().filter(|expr| types[expr.0 as usize] != Type::Nothing);
                        travel.for_each(|expr| reads(expr, &mut used));
                    }
                }
            }
        }
        let torn = self.torn.iter_mut().zip(&used).filter(|(_, used)| **used);
        self.errors.extend(torn.filter_map(|(torn, _)| torn.take()));
        used
    }

    /// A mistake at an expression: what it is, what stands there, what to write instead.
    fn mistake(&self, at: ExprId, what: impl Into<String>, label: String, help: impl Into<String>) -> Error {
        Error::new(Code::ClosureType, what).label(self.program.at(self.program.expr(at).span), label).help(help)
    }

    fn store(&mut self, var: VarId, value: ExprId) {
        let ty = self.expr(value);
        let old = self.vars[var.0 as usize];
        let constant = matches!(self.program.expr(value).kind, ExprKind::Const(_));
        if matches!(ty, Type::Float | Type::Constant(_)) || (constant && matches!(ty, Type::Binary(_))) {
            let what = format!("a variable cannot hold a {ty} in a probe");
            let help = "name the constant where it is used, or emit in each branch";
            self.torn[var.0 as usize] = Some(self.mistake(value, what, format!("this is a {ty}"), help));
            self.vars[var.0 as usize] = ty;
        } else if old == Type::Nothing {
            self.vars[var.0 as usize] = ty;
        } else if let Some(ty) = rule::join(old, ty) {
            if ty != old && self.rounds > MOST_ROUNDS {
                let what = "this text grows at every turn of the loop";
                let help = "a kernel program has no room for it: emit the parts, and put them together after the probe";
                self.torn[var.0 as usize] = Some(self.mistake(value, what, "it is longer than before".into(), help));
                return;
            }
            self.vars[var.0 as usize] = ty;
        } else {
            let what = "one variable cannot hold values of two types in a probe";
            let label = format!("this is {}, the other is {}", ty.phrase(), old.phrase());
            let help = "give every branch the same type, or emit in each branch";
            self.torn[var.0 as usize] = Some(self.mistake(value, what, label, help));
        }
    }

    fn expect_bool(&mut self, expr: ExprId) {
        let ty = self.expr(expr);
        if ty != Type::Bool {
            let (what, help) = ("a condition must be true or false", "compare it with something, as in $ctx.uid == 0");
            self.errors.push(self.mistake(expr, what, format!("this is {}", ty.phrase()), help));
        }
    }

    fn expr(&mut self, id: ExprId) -> Type {
        let program = self.program;
        let kind = &program.expr(id).kind;
        for operand in kind.operands() {
            self.expr(operand);
        }
        match kind {
            ExprKind::Not(operand) => self.expect_bool(*operand),
            ExprKind::Fallible(Fallible::ReadStr { pointer, space: Some(space), .. }) => self.pointer(*pointer, *space),
            ExprKind::Fallible(Fallible::ReadBytes { pointer, .. }) => match self.exprs[pointer.0 as usize] {
                Type::Pointer(_) => {}
                ty => self.address(*pointer, ty, "read-bytes"),
            },
            _ => {}
        }
        let mut operand = |id: ExprId| self.exprs[id.0 as usize];
        let var = |var: VarId| self.vars[var.0 as usize];
        let ty = rule::expression(kind, &program.context, &mut operand, &var).unwrap_or_else(|| self.refused(id));
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
        let (lhs_is, rhs_is) = (left.phrase(), right.phrase());
        let what = format!("`{}` does not take {lhs_is} and {rhs_is}", op.name);
        let error = Error::new(Code::ClosureType, what).label(at(lhs), format!("this is {lhs_is}"));
        self.errors.push(error.label(at(rhs), format!("this is {rhs_is}")).help(advice(op, left, right)));
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
        match ty {
            Type::Pointer(its) if its.is_none_or(|its| its == space) => {}
            Type::Pointer(_) => {
                let (what, label) =
                    (format!("`{name}` cannot read this {ty}"), format!("the kernel declares it as an {ty}"));
                self.errors.push(self.mistake(pointer, what, label, format!("write `{other}` instead")));
            }
            _ => self.address(pointer, ty, name),
        }
    }

    /// What a command reads at, and is no pointer, is a number as long as one.
    fn address(&mut self, at: ExprId, ty: Type, name: &str) {
        let (label, help) = match ty {
            Type::Int(width) if width.bytes == 8 => return,
            Type::Text(_) => ("this is a string already".to_string(), format!("leave `{name}` out")),
            _ => {
                let help = "an address is an argument or field of pointer type: $ctx.arg0, $ctx.filename";
                (format!("this is {}, not an address", ty.phrase()), help.to_string())
            }
        };
        self.errors.push(self.mistake(at, format!("`{name}` reads at an address"), label, help));
    }
}

fn advice(op: Binary, left: Type, right: Type) -> String {
    let others = op.rules.iter().filter(|rule| rule.0 == left.kind()).map(|rule| rule.1.name());
    let others: Vec<&str> = others.collect();
    let takes_two = |kind: Kind| op.rules.iter().any(|rule| (rule.0, rule.1) == (kind, kind));
    let advice = match (left, right) {
        (Type::Float, _) | (_, Type::Float) => "a kernel program has no floats: use whole numbers of a smaller unit",
        (Type::Datetime, Type::Int(_)) | (Type::Int(_), Type::Datetime) => {
            "the time of day is $ctx.time; $ctx.ktime counts from boot"
        }
        (Type::Stack(_), _) | (_, Type::Stack(_)) => {
            "a stack is a table only when it is read: emit it, or count by it, and do this after the probe"
        }
        (Type::Pointer(_), Type::Text(_)) => "an address is no string: read the one there, … | read-str",
        (Type::Nothing, _) | (_, Type::Nothing) => {
            "null has no such operation: give it another value with `default`, or test it before"
        }
        (Type::Duration, Type::Int(_)) | (Type::Int(_), Type::Duration) if takes_two(Kind::Duration) => {
            "give the int its unit: written out, 1000ns; else … | into duration, which takes it for nanoseconds"
        }
        (Type::Filesize, Type::Int(_)) | (Type::Int(_), Type::Filesize) if takes_two(Kind::Filesize) => {
            "give the int its unit: written out, 1000b; else … | into filesize, which takes it for bytes"
        }
        (Type::Text(_), Type::Int(_)) | (Type::Int(_), Type::Text(_)) if takes_two(Kind::Text) => {
            "make the int a string: … | into string"
        }
        _ if !others.is_empty() && !others.contains(&left.kind().name()) => {
            return format!("with {}, it takes {}", left.phrase(), others.join(" or "));
        }
        _ if left.kind() == right.kind() => "the kernel does not do this with two such values: do it after the probe",
        _ => "both sides must have the same type",
    };
    advice.to_string()
}
