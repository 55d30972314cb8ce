//! Variables of the closure: `let`, `mut`, captured ones and the context.

use super::register::Reg;
use super::walk::Lowering;
use crate::error::{Error, Result};
use crate::ir::{ExprId, ExprKind, Shape, Span, StmtKind, Value, Var, VarId};
use crate::spec::code::Code;
use nu_protocol::RegId;

/// What a variable of Nushell's stands for.
#[derive(Debug, Clone)]
pub enum Binding {
    /// `let`: its leaves are variables or constants.
    Fixed(Reg),
    /// `mut`: every leaf is a variable.
    Mutable(Shape),
}

impl Lowering<'_> {
    /// A variable is `let`, `mut` or captured, else it is the closure's parameter: the context.
    pub fn load_variable(&mut self, dst: RegId, var: nu_protocol::VarId, span: nu_protocol::Span) -> Result<()> {
        let closure = self.closure;
        let local = closure.local(span);
        let value = match self.bindings.get(&var).cloned().as_ref() {
            Some(Binding::Fixed(Reg::Shape(shape))) | Some(Binding::Mutable(shape)) => {
                let shape = shape.clone();
                Reg::Shape(self.read_at(shape, local))
            }
            Some(Binding::Fixed(value)) => value.clone(),
            None => match closure.captures.get(&var) {
                Some(value) => self.captured(value, local),
                None if matches!(closure.words(span), "$env" | "$nu" | "$in") => {
                    let name = closure.words(span);
                    return Err(self.syntax(
                        span,
                        &format!("{name} cannot be read in a probe"),
                        "read it before the probe: let x = …; then use $x inside",
                    ));
                }
                None => self.parameter(var, span)?,
            },
        };
        self.set(dst, value)
    }

    /// A variable's value at its place of use: the same leaves, with that place's span.
    fn read_at(&mut self, shape: Shape, span: Span) -> Shape {
        match shape {
            Shape::Leaf(expr) => Shape::Leaf(self.add(self.exprs[expr.0 as usize].kind.clone(), span)),
            Shape::Record(fields) => {
                Shape::Record(fields.into_iter().map(|(name, shape)| (name, self.read_at(shape, span))).collect())
            }
            Shape::List(items) => Shape::List(items.into_iter().map(|shape| self.read_at(shape, span)).collect()),
        }
    }

    /// The closure's parameter is the one variable that nothing else defines.
    fn parameter(&mut self, var: nu_protocol::VarId, span: nu_protocol::Span) -> Result<Reg> {
        if *self.parameter.get_or_insert(var) == var {
            return Ok(Reg::Ctx);
        }
        Err(self.syntax(span, "a probe's closure has one parameter, the context", "write {|ctx| … }"))
    }

    /// The instruction's span is the word `let` or `mut` where a variable begins, and the operator where it is assigned.
    pub fn store_variable(&mut self, var: nu_protocol::VarId, src: RegId, span: nu_protocol::Span) -> Result<()> {
        let local = self.closure.local(span);
        if let Some(Binding::Mutable(old)) = self.bindings.get(&var).cloned() {
            let new = self.shape(src, span)?;
            return self.assign(&old, &new, span);
        }
        let keyword = self.closure.words(span).to_string();
        let name = self.name_after(local);
        if keyword == "mut" {
            let shape = self.shape(src, span)?;
            let shape = self.bind_all(shape, &name, local, true);
            for (_, leaf) in shape.leaves() {
                if let ExprKind::Var(var) = self.exprs[leaf.0 as usize].kind {
                    self.mutable.insert(var);
                }
            }
            self.bindings.insert(var, Binding::Mutable(shape));
        } else {
            let value = self.take(src)?;
            let value = self.keep(value, &name, local);
            self.bindings.insert(var, Binding::Fixed(value));
        }
        Ok(())
    }

    fn assign(&mut self, old: &Shape, new: &Shape, span: nu_protocol::Span) -> Result<()> {
        if !alike(old, new) {
            return Err(Error::new(Code::ClosureType, "a variable keeps its shape in a probe")
                .label(span, "this has other fields than the value before")
                .help("use a second variable"));
        }
        self.protect(span);
        let (old, new) = (old.leaves(), new.leaves());
        let local = self.closure.local(span);
        for ((_, old), (_, new)) in old.into_iter().zip(new) {
            if let ExprKind::Var(var) = self.exprs[old.0 as usize].kind {
                let value = self.value(new);
                self.push(StmtKind::Assign { var, value }, local);
            }
        }
        Ok(())
    }

    /// Before a variable changes: what registers hold of its old value is copied.
    fn protect(&mut self, span: nu_protocol::Span) {
        let local = self.closure.local(span);
        for index in 0..self.regs.len() {
            if let Reg::Shape(shape) = &self.regs[index]
                && shape.leaves().into_iter().any(|(_, leaf)| self.may_change(leaf))
            {
                let shape = shape.clone();
                self.regs[index] = Reg::Shape(self.bind_all(shape, "value", local, false));
            }
        }
    }

    /// Whether an expression reads a variable that may be assigned.
    fn may_change(&self, expr: ExprId) -> bool {
        match &self.exprs[expr.0 as usize].kind {
            ExprKind::Var(var) => self.mutable.contains(var),
            ExprKind::Not(operand) => self.may_change(*operand),
            ExprKind::Binary { lhs, rhs, .. } => self.may_change(*lhs) || self.may_change(*rhs),
            ExprKind::Const(_) | ExprKind::Field(_) | ExprKind::Fallible(_) => false,
        }
    }

    /// Makes a register's content fit to be used more than once: run-time leaves become variables.
    pub fn keep(&mut self, value: Reg, name: &str, span: Span) -> Reg {
        match value {
            Reg::Shape(shape) => Reg::Shape(self.bind_all(shape, name, span, false)),
            other => other,
        }
    }

    fn bind_all(&mut self, shape: Shape, name: &str, span: Span, constants: bool) -> Shape {
        match shape {
            Shape::Leaf(expr) => match self.exprs[expr.0 as usize].kind {
                ExprKind::Const(_) if !constants => Shape::Leaf(expr),
                ExprKind::Var(var) if !constants && !self.mutable.contains(&var) => Shape::Leaf(expr),
                _ => Shape::Leaf(self.bind(expr, name, span)),
            },
            Shape::Record(fields) => Shape::Record(
                fields
                    .into_iter()
                    .map(|(field, shape)| {
                        let path = format!("{name}_{field}");
                        (field, self.bind_all(shape, &path, span, constants))
                    })
                    .collect(),
            ),
            Shape::List(items) => Shape::List(
                items
                    .into_iter()
                    .enumerate()
                    .map(|(i, shape)| self.bind_all(shape, &format!("{name}_{i}"), span, constants))
                    .collect(),
            ),
        }
    }

    /// A new variable with that value; returns the expression that reads it.
    pub fn bind(&mut self, expr: ExprId, name: &str, span: Span) -> ExprId {
        let var = self.variable(name, span);
        let value = self.value(expr);
        let at = self.exprs[expr.0 as usize].span;
        self.push(StmtKind::Let { var, value }, at);
        self.add(ExprKind::Var(var), at)
    }

    pub fn variable(&mut self, name: &str, span: Span) -> VarId {
        self.vars.push(Var { name: name.to_string(), span });
        VarId(self.vars.len() as u32 - 1)
    }

    pub fn value(&self, expr: ExprId) -> Value {
        match self.exprs[expr.0 as usize].kind {
            ExprKind::Fallible(_) => Value::Fallible(expr),
            _ => Value::Pure(expr),
        }
    }

    /// The name that follows a `let` or `mut` in the closure's text.
    fn name_after(&self, keyword: Span) -> String {
        let rest = self.closure.text.get(keyword.end..).unwrap_or("").trim_start();
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect();
        if name.is_empty() { "value".into() } else { name }
    }
}

/// Whether two values have the same structure, whatever their leaves are.
fn alike(left: &Shape, right: &Shape) -> bool {
    match (left, right) {
        (Shape::Leaf(_), Shape::Leaf(_)) => true,
        (Shape::Record(left), Shape::Record(right)) => {
            let same =
                |(left, right): (&(String, Shape), &(String, Shape))| left.0 == right.0 && alike(&left.1, &right.1);
            left.len() == right.len() && left.iter().zip(right).all(same)
        }
        (Shape::List(left), Shape::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| alike(left, right))
        }
        _ => false,
    }
}
