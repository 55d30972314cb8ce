//! Variables of the closure: `let`, `mut`, captured ones, parameters and the context.

use super::merge::parts;
use super::{Code, Error, Lowering, Range, Reg, Result, Span, Spot};
use crate::ir::{ExprId, ExprKind, Shape, StmtKind, Type, Value, Var, VarId};
use nu_protocol::RegId;

/// What a variable of Nushell's stands for.
#[derive(Debug, Clone)]
pub enum Binding {
    /// `let`: its leaves are variables or constants.
    Fixed(Reg),
    /// `mut`: its value is among the mutables, every leaf a variable. Inside of more loops and the like than it was
    /// declared in, it keeps its structure. Its type is what Nushell knows of it when it parses.
    Mutable { fixed: usize, ty: nu_protocol::Type },
}

impl Lowering<'_> {
    /// A variable is `let`, `mut`, captured or a parameter.
    pub fn load_variable(&mut self, dst: RegId, var: nu_protocol::VarId, span: Span) -> Result<()> {
        let value = match self.bindings.get(&var) {
            Some(Binding::Fixed(value)) => self.read_at(value.clone(), span),
            Some(Binding::Mutable { .. }) => {
                let shape = self.mutables.get(&var).cloned().ok_or_else(|| self.unreadable())?;
                self.read_at(shape.into(), span)
            }
            None => match self.captures.get(&var).cloned() {
                Some(value) => self.captured(&value, span),
                None => self.parameter(var, span)?,
            },
        };
        self.set(dst, value)
    }

    /// A variable's value at its place of use: the same leaves, with that place's span.
    fn read_at(&mut self, value: Reg, span: Span) -> Reg {
        let Reg::Shape(shape) = value else { return value };
        let read = |this: &mut Self, _: &str, leaf| {
            let read = this.add(this.expr(leaf).kind.clone(), span);
            this.decided_like(read, &[leaf]);
            read
        };
        self.with_leaves(&shape, read).into()
    }

    /// The same value with other leaves.
    pub fn with_leaves(&mut self, shape: &Shape, mut leaf: impl FnMut(&mut Self, &str, ExprId) -> ExprId) -> Shape {
        let mapped: std::result::Result<Shape, ()> = shape.map(&mut |path, expr| Ok(leaf(self, path, expr)));
        mapped.unwrap_or_else(|()| shape.clone())
    }

    /// A parameter, known by its name; of a probe's closure the one variable that nothing else defines.
    fn parameter(&mut self, var: nu_protocol::VarId, span: Span) -> Result<Reg> {
        let words = self.words(span);
        let name = super::frame::word(words.trim_start_matches(['$', '.', '(']));
        let named = self.frame.params.named.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let value = match (named, self.frame.params.other.clone()) {
            (Some(value), _) => value,
            (None, _) if matches!(name.as_str(), "env" | "nu") => return self.environment(&name, span),
            (None, _) if name == "in" => Reg::Empty,
            (None, Some(other)) if !self.calls.is_empty() || self.frame.params.named.is_empty() => other,
            _ if !self.calls.is_empty() => {
                let what = format!("`${name}` is no longer known where this runs");
                return Err(self.syntax(
                    span,
                    &what,
                    "give the closure the value as well: {|a, b| … }; or write `let` instead of `const`",
                ));
            }
            _ => {
                let list = super::frame::parameters(&self.closure.text).unwrap_or_default();
                let own = super::frame::names(list).contains(&name);
                let what = if own { "a probe's closure has one parameter" } else { "a probe's closure has no `const`" };
                return Err(self.syntax(span, what, if own { "write {|ctx| … }" } else { "write `let`" }));
            }
        };
        self.bindings.insert(var, Binding::Fixed(value.clone()));
        self.frame.bound.push(var);
        Ok(self.read_at(value, span))
    }

    fn environment(&mut self, name: &str, span: Span) -> Result<Reg> {
        let what = format!("${name} itself cannot be read in a probe");
        Err(self.syntax(span, &what, "name what you want: $env.NAME; or read it before the probe: let x = …"))
    }

    /// The instruction's span is the word `let` or `mut` where a variable begins, and the operator where it is assigned.
    pub fn store_variable(&mut self, var: nu_protocol::VarId, src: RegId, span: Span) -> Result<()> {
        // A list that is kept is made whole first.
        self.sent = None;
        if self.mutables.contains_key(&var) && self.words(span).trim() != "mut" {
            let origin = self.origin(src);
            let new = self.take(src)?.uncast();
            let new = self.value_of(new, origin, span)?;
            return self.assign(var, &new, span);
        }
        let (keyword, origin) = (self.words(span), self.origin(src));
        let (keyword, name) = (keyword.trim(), self.name_after(span));
        let mut value = self.take(src)?;
        let mut ty = nu_protocol::Type::Any;
        if matches!(keyword, "let" | "mut") {
            ty = self.variable_type(var, span, &value)?;
            value = self.of_type(value, &ty, span)?;
        }
        if keyword == "mut" {
            let shape = self.value_of(value.uncast(), origin, span)?;
            let shape = self.plain(&shape, span);
            let shape = self.bind_all(shape, &name, span, true);
            self.bindings.insert(var, Binding::Mutable { fixed: self.fixed, ty });
            self.set_mutable(var, shape);
        } else {
            let value = self.keep(value, &name, span);
            self.bindings.insert(var, Binding::Fixed(value));
        }
        Ok(())
    }

    /// Notes a `mut`'s value: its leaves may be assigned.
    pub fn set_mutable(&mut self, var: nu_protocol::VarId, shape: Shape) {
        for (_, leaf) in shape.leaves() {
            if let ExprKind::Var(var) = self.expr(leaf).kind {
                self.mutable.insert(var);
            }
        }
        self.mutables.insert(var, shape);
    }

    /// A `mut` gets a new value: its leaves are assigned where it keeps its structure, else it becomes another.
    pub fn assign(&mut self, var: nu_protocol::VarId, new: &Shape, span: Span) -> Result<()> {
        let Some(old) = self.mutables.get(&var).cloned() else { return Err(self.unreadable()) };
        let Some(Binding::Mutable { fixed, ty }) = self.bindings.get(&var).cloned() else {
            return Err(self.unreadable());
        };
        let new = &match self.of_type(new.clone().into(), &ty, span)? {
            Reg::Shape(new) => new,
            _ => return Err(self.unreadable()),
        };
        if self.ended {
            return Ok(());
        }
        let text = matches!(&old, Shape::Leaf(old) if self.kind(*old) == crate::ir::Kind::Text);
        let new = &match new {
            // Where it keeps its structure, text that the reader would have put together is put together now.
            Shape::Later { op: crate::ir::Later::Text, .. } if text && fixed < self.fixed => {
                Shape::Leaf(self.leaf(new.clone(), span)?)
            }
            new => new.clone(),
        };
        let new = &self.plain(new, span);
        if !self.alike(&old, new) {
            if fixed < self.fixed {
                if self.is_text(new) {
                    let help = "emit in each turn, and put the text together after the probe";
                    return Err(self.syntax(span, "text cannot be put together step by step in a probe", help));
                }
                return Err(Error::new(Code::ClosureSyntax, "a variable keeps its shape inside a loop or `try`")
                    .label(self.place(span), "this has other fields, or is of another type, than the value before")
                    .help("give it all its fields before the loop, or use a second variable"));
            }
            let shape = self.bind_all(new.clone(), "value", span, true);
            self.set_mutable(var, shape);
            return Ok(());
        }
        self.protect(span);
        self.assign_leaves(&old, new, span)
    }

    fn assign_leaves(&mut self, old: &Shape, new: &Shape, span: Span) -> Result<()> {
        // A list that is rearranged reads what it writes: all is read before anything is written.
        let fresh = if old.leaves().len() > 1 { self.bind_changing(new, span) } else { new.clone() };
        for ((_, old), (_, new)) in old.leaves().into_iter().zip(fresh.leaves()) {
            if let ExprKind::Var(var) = self.expr(old).kind {
                self.leads_on(var, new, span)?;
                let value = self.value(new);
                self.set_type(var, new);
                self.push(StmtKind::Assign { var, value }, span);
            }
        }
        Ok(())
    }

    fn bind_changing(&mut self, shape: &Shape, span: impl Spot) -> Shape {
        self.with_leaves(shape, |this, _, leaf| match this.may_change(leaf) {
            true => this.bind(leaf, "value", span),
            false => leaf,
        })
    }

    /// Before a variable changes: what registers hold of its old value is copied.
    pub fn protect(&mut self, span: Span) {
        for index in 0..self.frame.regs.len() {
            let value = std::mem::take(&mut self.frame.regs[index]);
            self.frame.regs[index] = self.renewed(value, &mut |this, shape| this.bind_changing(&shape, span));
        }
    }

    /// Returns whether an expression reads a variable that may be assigned.
    fn may_change(&self, expr: ExprId) -> bool {
        match &self.expr(expr).kind {
            ExprKind::Var(var) => self.mutable.contains(var),
            kind => kind.operands().into_iter().any(|operand| self.may_change(operand)),
        }
    }

    /// Makes a register's content fit to be used more than once: run-time leaves become variables.
    pub fn keep(&mut self, value: Reg, name: &str, span: impl Spot) -> Reg {
        self.renewed(value, &mut |this, shape| this.bind_all(shape, name, span, false))
    }

    /// The same content with its values made anew: a range has up to three.
    fn renewed(&mut self, value: Reg, renew: &mut dyn FnMut(&mut Self, Shape) -> Shape) -> Reg {
        match value {
            Reg::Shape(shape) => renew(self, shape).into(),
            Reg::Range(range) => {
                let Range { start, next, end, inclusive } = *range;
                let (start, next, end) = (renew(self, start), next.map(|next| renew(self, next)), renew(self, end));
                Reg::Range(Box::new(Range { start, next, end, inclusive }))
            }
            other => other,
        }
    }

    pub fn bind_all(&mut self, shape: Shape, name: &str, span: impl Spot, constants: bool) -> Shape {
        self.with_leaves(&shape, |this, path, leaf| match this.expr(leaf).kind {
            ExprKind::Const(_) if !constants || !this.kind(leaf).is_kept() => leaf,
            ExprKind::Var(var) if !constants && !this.mutable.contains(&var) => leaf,
            _ => this.bind(leaf, &format!("{name}{path}"), span),
        })
    }

    /// A new variable with that value; returns the expression that reads it.
    pub fn bind(&mut self, expr: ExprId, name: &str, span: impl Spot) -> ExprId {
        let var = self.variable(name, span);
        let value = self.value(expr);
        let at = self.expr(expr).span;
        self.set_type(var, expr);
        self.sources.insert(var, expr);
        self.begin(var, expr);
        self.push(StmtKind::Let { var, value }, at);
        self.add(ExprKind::Var(var), at)
    }

    /// What an expression of that kind gives, in a new variable.
    pub fn bound(&mut self, kind: ExprKind, name: &str, span: impl Spot) -> ExprId {
        let expr = self.add(kind, span);
        self.bind(expr, name, span)
    }

    pub fn variable(&mut self, name: &str, span: impl Spot) -> VarId {
        self.vars.push(Var { name: name.to_string(), span: span.within(self), ty: Type::Nothing });
        VarId(self.vars.len() as u32 - 1)
    }

    pub fn value(&self, expr: ExprId) -> Value {
        if matches!(self.expr(expr).kind, ExprKind::Fallible(_)) { Value::Fallible(expr) } else { Value::Pure(expr) }
    }

    /// What follows a `let` or `mut` in its text.
    pub fn behind(&self, keyword: Span) -> String {
        let end = super::closure::Closure::extent(&self.frame.code.ir).end.max(keyword.end);
        self.words(Span::new(keyword.end, end)).trim_start().to_string()
    }

    fn name_after(&self, keyword: Span) -> String {
        let name = super::frame::word(&self.behind(keyword));
        if name.is_empty() { "value".into() } else { name }
    }

    /// Returns whether two values have the same structure, with leaves of the same kinds.
    fn alike(&self, left: &Shape, right: &Shape) -> bool {
        if let (Shape::Leaf(left), Shape::Leaf(right)) = (left, right) {
            return matches!(self.expr(*left).kind, ExprKind::Var(_)) && self.kind(*left) == self.kind(*right);
        }
        parts(left, right).is_some_and(|parts| parts.into_iter().all(|(left, right)| self.alike(left, right)))
    }
}
