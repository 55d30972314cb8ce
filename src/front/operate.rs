//! Operators. Two constants are Nushell's own business; lists, records and ranges are taken apart here; what may be a
//! fraction or is text for people is left to the reader; the rest is an expression of the kernel's.

use super::register::{Range, Reg};
use super::walk::Lowering;
use crate::error::{Error, Result};
use crate::ir::{Binary, Const, ExprId, ExprKind, Fallible, Kind, Later, Shape, Span, StmtKind};
use crate::spec::code::Code;
use crate::spec::failure;
use crate::spec::function::{COMPARE, ENDS_WITH, Function, INDEX_OF, SAME, STARTS_WITH};
use crate::spec::operator::{Guard, OPERATORS, named, operator};
use nu_protocol::RegId;
use nu_protocol::ast::{Comparison, Math, Operator as Nu};

/// The largest constant exponent: a larger one overflows for every base but -1, 0 and 1.
const EXPONENT: i64 = 63;

impl Lowering<'_> {
    pub fn binary(&mut self, lhs: RegId, op: Nu, rhs: RegId, span: nu_protocol::Span) -> Result<()> {
        let Some(op) = operator(op) else {
            let known: Vec<&str> = OPERATORS.iter().map(|op| op.name).collect();
            return Err(Error::new(Code::ClosureOperator, format!("`{op}` does not work in a probe"))
                .label(self.place(span), "this operator cannot run in the kernel")
                .help(format!("these can: {}. Compute the rest after the probe, in the pipeline", known.join(" "))));
        };
        let (left, right) = (self.take(lhs)?, self.take(rhs)?);
        let local = self.local(span);
        let value = self.operate_regs(op, left, right, span, local)?;
        self.set(lhs, value)
    }

    /// An operator on two registers, of which the right one may be a range.
    pub fn operate_regs(
        &mut self,
        op: Binary,
        left: Reg,
        right: Reg,
        span: nu_protocol::Span,
        local: Span,
    ) -> Result<Reg> {
        match (left, right) {
            (left, Reg::Range(range)) if matches!(op.nu, Nu::Comparison(Comparison::In | Comparison::NotIn)) => {
                let left = self.shape_of(left, span)?;
                let value = self.cases(left, &mut |this, left| this.within(left, &range, span, local))?;
                self.denied(op, value, local)
            }
            (Reg::Range(range), right) if matches!(op.nu, Nu::Comparison(Comparison::Has | Comparison::NotHas)) => {
                let right = self.shape_of(right, span)?;
                let value = self.cases(right, &mut |this, right| this.within(right, &range, span, local))?;
                self.denied(op, value, local)
            }
            (left, right) => {
                let (left, right) = (self.shape_of(left, span)?, self.shape_of(right, span)?);
                self.operate(op, left, right, span, local)
            }
        }
    }

    /// An operator on two values. What may fail becomes a variable at once, so that expressions cannot fail.
    pub fn operate(
        &mut self,
        op: Binary,
        left: Shape,
        right: Shape,
        span: nu_protocol::Span,
        local: Span,
    ) -> Result<Reg> {
        if let (Some(left), Some(right)) = (self.constant_of(&left), self.constant_of(&right))
            && let Some(value) = crate::ir::compute(op.nu, &left, &right, span)
        {
            let value = value.map_err(|error| self.always(error, span))?;
            return Ok(self.captured(&value, local));
        }
        if let (Shape::Either { .. }, _) | (_, Shape::Either { .. }) = (&left, &right) {
            return self.cases(left, &mut |this, left| {
                this.cases(right.clone(), &mut |this, right| this.operate(op, left.clone(), right, span, local))
            });
        }
        match op.nu {
            Nu::Comparison(Comparison::Equal | Comparison::NotEqual) => self.equal(op, left, right, span, local),
            Nu::Comparison(Comparison::In | Comparison::NotIn) => {
                let value = self.contains(right, left, span, local)?;
                self.denied(op, value, local)
            }
            Nu::Comparison(Comparison::Has | Comparison::NotHas) => {
                let value = self.contains(left, right, span, local)?;
                self.denied(op, value, local)
            }
            Nu::Comparison(_) if op.guard == Guard::Lowered => {
                let value = self.text_test(op, left, right, span)?;
                self.denied(op, value, local)
            }
            Nu::Math(Math::Concatenate) if !matches!((&left, &right), (Shape::Leaf(_), Shape::Leaf(_))) => {
                self.concatenate(left, right, span)
            }
            Nu::Math(Math::Pow) => self.power(left, right, span, local),
            Nu::Math(_) if self.is_later(&left) || self.is_later(&right) || op.guard == Guard::Later => {
                self.later(op, left, right, span, local)
            }
            _ => self.leaves(op, left, right, span, local),
        }
    }

    /// An operator on two single values.
    fn leaves(&mut self, op: Binary, left: Shape, right: Shape, span: nu_protocol::Span, local: Span) -> Result<Reg> {
        let (lhs, rhs) = (self.leaf(left, span)?, self.leaf(right, span)?);
        let (left, right) = (self.kind(lhs), self.kind(rhs));
        if self.alternatives > 0 && op.result(left, right).is_none() {
            return Err(self.mismatch(span, &format!("`{}` does not take these", op.name)));
        }
        if matches!((left, right, op.nu), (Kind::Text, Kind::Text, Nu::Math(_))) {
            let args = vec![Shape::Leaf(lhs), Shape::Leaf(rhs)];
            return Ok(Reg::Shape(Shape::Later { op: Later::Text, args }));
        }
        let ordered = !matches!(op.nu, Nu::Comparison(Comparison::Equal | Comparison::NotEqual));
        if let (Kind::Text, Kind::Text, Nu::Comparison(_), true) = (left, right, op.nu, ordered) {
            let (lhs, rhs) = (self.counted(lhs), self.counted(rhs));
            if let Some(text) = [lhs, rhs].into_iter().find(|text| self.is_nullable(*text)) {
                return self.order_or_null(op, text, (lhs, rhs), span, local);
            }
            let order = self.add(ExprKind::Call { function: &COMPARE, args: vec![lhs, rhs] }, local);
            let zero = self.add(ExprKind::Const(Const::Int(0)), local);
            return Ok(self.expression(ExprKind::Binary { op, lhs: order, rhs: zero }, local));
        }
        let spans = (self.exprs[lhs.0 as usize].span.start, self.exprs[rhs.0 as usize].span.end);
        let whole = if spans.0 < spans.1 { Span::new(spans.0, spans.1) } else { local };
        Ok(match op.guard {
            Guard::None => self.expression(ExprKind::Binary { op, lhs, rhs }, whole),
            Guard::Checked(_) | Guard::Later | Guard::Lowered => {
                let checked = self.add(ExprKind::Fallible(Fallible::Checked { op, lhs, rhs }), whole);
                Reg::Shape(Shape::Leaf(self.bind(checked, "value", whole)))
            }
        })
    }

    /// Two strings in order, of which one may be null: so is the answer then.
    fn order_or_null(
        &mut self,
        op: Binary,
        text: ExprId,
        (lhs, rhs): (ExprId, ExprId),
        span: nu_protocol::Span,
        local: Span,
    ) -> Result<Reg> {
        let null = self.add(ExprKind::IsNull(text), local);
        let some = self.some_text(text);
        let some = self.add(ExprKind::Var(some), local);
        let (lhs, rhs) = if text == lhs { (some, rhs) } else { (lhs, some) };
        self.when(null, &mut |this| Ok(this.nothing(span)), &mut |this| {
            this.leaves(op, Shape::Leaf(lhs), Shape::Leaf(rhs), span, local)
        })
    }

    fn expression(&mut self, kind: ExprKind, span: Span) -> Reg {
        Reg::Shape(Shape::Leaf(self.add(kind, span)))
    }

    /// `==` and `!=` look into lists and records; values of two kinds are never equal.
    fn equal(&mut self, op: Binary, left: Shape, right: Shape, span: nu_protocol::Span, local: Span) -> Result<Reg> {
        let pairs: Vec<(Shape, Shape)> = match (left, right) {
            (Shape::Leaf(lhs), Shape::Leaf(rhs)) => return self.equal_leaves(op, lhs, rhs, span, local),
            (Shape::List(a), Shape::List(b)) if a.len() == b.len() => a.into_iter().zip(b).collect(),
            (Shape::Record(a), Shape::Record(b)) if a.len() == b.len() => {
                let other = |name: &str| b.iter().find(|(known, _)| known == name).map(|(_, shape)| shape.clone());
                let pairs: Option<Vec<_>> = a.into_iter().map(|(name, a)| Some((a, other(&name)?))).collect();
                match pairs {
                    Some(pairs) => pairs,
                    None => return Ok(self.bool(op.c == "!=", local)),
                }
            }
            (left @ (Shape::Later { .. } | Shape::Sparse(_)), right)
            | (left, right @ (Shape::Later { .. } | Shape::Sparse(_))) => {
                let (lhs, rhs) = (self.leaf(left, span)?, self.leaf(right, span)?);
                return self.equal_leaves(op, lhs, rhs, span, local);
            }
            _ => return Ok(self.bool(op.c == "!=", local)),
        };
        let Some(equal) = named("==") else { return Err(self.unreadable()) };
        let mut all = Vec::new();
        for (left, right) in pairs {
            let one = self.operate(equal, left, right, span, local)?;
            all.push(self.truth(one, span)?);
        }
        let all = self.all(&all, local);
        let all = if op.c == "!=" { self.negate(all, local) } else { all };
        Ok(Reg::Shape(Shape::Leaf(all)))
    }

    fn equal_leaves(
        &mut self,
        op: Binary,
        lhs: ExprId,
        rhs: ExprId,
        span: nu_protocol::Span,
        local: Span,
    ) -> Result<Reg> {
        let (lhs, rhs) = (self.standing(lhs), self.standing(rhs));
        match (self.kind(lhs), self.kind(rhs)) {
            (Kind::Text, Kind::Nothing) if self.is_nullable(lhs) => Ok(self.is_null(op, lhs, local)),
            (Kind::Nothing, Kind::Text) if self.is_nullable(rhs) => Ok(self.is_null(op, rhs, local)),
            (Kind::Nothing, Kind::Nothing) => Ok(self.bool(op.c == "==", local)),
            (Kind::Nothing, _) | (_, Kind::Nothing) => Ok(self.bool(op.c != "==", local)),
            (left, right) if left != right && self.alternatives > 0 => Ok(self.bool(op.c != "==", local)),
            (Kind::Text, Kind::Text) if !self.is_constant(lhs) && !self.is_constant(rhs) => {
                let (lhs, rhs) = (self.counted(lhs), self.counted(rhs));
                let same = self.add(ExprKind::Call { function: &SAME, args: vec![lhs, rhs] }, local);
                let same = if op.c == "!=" { self.negate(same, local) } else { same };
                Ok(Reg::Shape(Shape::Leaf(same)))
            }
            _ => self.leaves(op, Shape::Leaf(lhs), Shape::Leaf(rhs), span, local),
        }
    }

    fn is_null(&mut self, op: Binary, text: ExprId, local: Span) -> Reg {
        let null = self.add(ExprKind::IsNull(text), local);
        let null = if op.c == "!=" { self.negate(null, local) } else { null };
        Reg::Shape(Shape::Leaf(null))
    }

    /// `VALUE in CONTAINER`: an item of a list, a column of a record, a part of a string.
    fn contains(&mut self, container: Shape, value: Shape, span: nu_protocol::Span, local: Span) -> Result<Reg> {
        match container {
            Shape::List(items) => {
                self.any_equal(items.into_iter().map(|item| (None, item)).collect(), value, span, local)
            }
            Shape::Sparse(items) => {
                self.any_equal(items.into_iter().map(|(there, item)| (Some(there), item)).collect(), value, span, local)
            }
            Shape::Record(fields) => {
                let names = fields.into_iter().map(|(name, _)| {
                    let name = self.add(ExprKind::Const(Const::String(name)), local);
                    (None, Shape::Leaf(name))
                });
                let names = names.collect();
                self.any_equal(names, value, span, local)
            }
            text => {
                let (text, part) = (self.leaf(text, span)?, self.leaf(value, span)?);
                if self.kind(text) != Kind::Text || self.kind(part) != Kind::Text {
                    return Err(self.mismatch(span, "`in` looks into lists, ranges, records and strings"));
                }
                if let Some(part) = self.constant_text(part) {
                    return self.matches(text, &super::constant::literal(&part), span);
                }
                let (text, part) = (self.text(text, span)?, self.text(part, span)?);
                let at = self.add(ExprKind::Call { function: &INDEX_OF, args: vec![text, part] }, local);
                let zero = self.add(ExprKind::Const(Const::Int(0)), local);
                let Some(op) = named(">=") else { return Err(self.unreadable()) };
                Ok(self.expression(ExprKind::Binary { op, lhs: at, rhs: zero }, local))
            }
        }
    }

    fn any_equal(
        &mut self,
        items: Vec<(Option<ExprId>, Shape)>,
        value: Shape,
        span: nu_protocol::Span,
        local: Span,
    ) -> Result<Reg> {
        let Some(equal) = named("==") else { return Err(self.unreadable()) };
        let value = self.keep_shape(value, "value", local);
        let mut ways = Vec::new();
        for (there, item) in items {
            if let (Shape::Leaf(a), Shape::Leaf(b)) = (&item, &value)
                && !self.comparable(*a, *b)
            {
                continue;
            }
            let same = self.operate(equal, value.clone(), item, span, local)?;
            let same = self.truth(same, span)?;
            let conditions: Vec<ExprId> = there.into_iter().chain([same]).collect();
            ways.push(self.all(&conditions, local));
        }
        let any = self.any(&ways, span);
        Ok(Reg::Shape(Shape::Leaf(any.unwrap_or_else(|| self.add(ExprKind::Const(Const::Bool(false)), local)))))
    }

    /// Any of several conditions; None of none that may hold.
    pub fn any(&mut self, conditions: &[ExprId], span: nu_protocol::Span) -> Option<ExprId> {
        let local = self.local(span);
        let mut any = None;
        for cond in conditions {
            match self.known(*cond) {
                Some(false) => continue,
                Some(true) => return Some(*cond),
                None => {}
            }
            any = Some(match (any, named("or")) {
                (Some(lhs), Some(op)) => self.add(ExprKind::Binary { op, lhs, rhs: *cond }, local),
                _ => *cond,
            });
        }
        any
    }

    fn within(&mut self, value: Shape, range: &Range, span: nu_protocol::Span, local: Span) -> Result<Reg> {
        if range.next.is_some() {
            return Err(self.syntax(span, "a range with a step cannot be looked into here", "use `mod` for the step"));
        }
        let value = self.leaf(value, span)?;
        if self.kind(value) != Kind::Int {
            return Err(self.mismatch(span, "a range holds ints"));
        }
        let mut conditions = Vec::new();
        for (bound, op) in [(&range.start, ">="), (&range.end, if range.inclusive { "<=" } else { "<" })] {
            if self.constant_of(bound).is_some_and(|bound| bound.is_nothing()) {
                continue;
            }
            let Some(op) = named(op) else { continue };
            let one = self.operate(op, Shape::Leaf(value), bound.clone(), span, local)?;
            conditions.push(self.truth(one, span)?);
        }
        let all = self.all(&conditions, local);
        Ok(Reg::Shape(Shape::Leaf(all)))
    }

    /// `starts-with`, `ends-with`, `=~` and their opposites.
    fn text_test(&mut self, op: Binary, left: Shape, right: Shape, span: nu_protocol::Span) -> Result<Reg> {
        let (text, part) = (self.leaf(left, span)?, self.leaf(right, span)?);
        if self.kind(text) != Kind::Text || self.kind(part) != Kind::Text {
            return Err(self.mismatch(span, &format!("`{}` takes two strings", op.name)));
        }
        if op.name.ends_with('~') {
            let Some(pattern) = self.constant_text(part) else {
                return Err(self.syntax(span, "a pattern must be known at attach time", "write it out, or use `in`"));
            };
            return self.matches(text, &pattern, span);
        }
        let function = if op.name.contains("starts") { &STARTS_WITH } else { &ENDS_WITH };
        self.call_texts(function, &[text, part], span)
    }

    /// A function of strings that gives a bool or an int.
    pub fn call_texts(&mut self, function: &'static Function, args: &[ExprId], span: nu_protocol::Span) -> Result<Reg> {
        let local = self.local(span);
        let args = args.iter().map(|arg| self.text(*arg, span)).collect::<Result<_>>()?;
        Ok(self.expression(ExprKind::Call { function, args }, local))
    }

    /// Whether a string matches a pattern that is known.
    pub fn matches(&mut self, text: ExprId, pattern: &str, span: nu_protocol::Span) -> Result<Reg> {
        let text = self.text(text, span)?;
        let automaton = match crate::ir::Automaton::compile(pattern) {
            Ok(automaton) => automaton,
            Err(error) => {
                return Err(Error::new(
                    Code::ClosureOperator,
                    format!("this pattern cannot run in the kernel: {error}"),
                )
                .label(self.place(span), "matched here")
                .help("use a simpler pattern, `starts-with`, `ends-with` or `in`; or match after the probe"));
            }
        };
        self.automata.push(automaton);
        let local = self.local(span);
        let matches = Fallible::Matches { text, automaton: self.automata.len() - 1 };
        let matches = self.add(ExprKind::Fallible(matches), local);
        Ok(Reg::Shape(Shape::Leaf(self.bind(matches, "matches", local))))
    }

    /// The opposite, for an operator that begins with `not-` or `!`.
    fn denied(&mut self, op: Binary, value: Reg, local: Span) -> Result<Reg> {
        match value {
            Reg::Shape(Shape::Leaf(expr)) if op.name.starts_with("not-") || op.name == "!~" => {
                Ok(Reg::Shape(Shape::Leaf(self.negate(expr, local))))
            }
            value => Ok(value),
        }
    }

    fn concatenate(&mut self, left: Shape, right: Shape, span: nu_protocol::Span) -> Result<Reg> {
        match (left, right) {
            (Shape::List(mut a), Shape::List(b)) => {
                a.extend(b);
                Ok(Reg::Shape(Shape::List(a)))
            }
            (left, right) if self.is_text(&left) && self.is_text(&right) => {
                Ok(Reg::Shape(Shape::Later { op: Later::Text, args: vec![left, right] }))
            }
            _ => Err(self.mismatch(span, "`++` puts two lists or two strings together")),
        }
    }

    /// A power is multiplied out, from the exponent's first digit on, so that nothing overflows but what must.
    fn power(&mut self, left: Shape, right: Shape, span: nu_protocol::Span, local: Span) -> Result<Reg> {
        let exponent = match self.constant_of(&right) {
            Some(nu_protocol::Value::Int { val, .. }) if (0..=EXPONENT).contains(&val) => val,
            _ => {
                return Err(self.syntax(
                    span,
                    &format!("an exponent must be a constant from 0 to {EXPONENT} in a probe"),
                    "multiply instead",
                ));
            }
        };
        let base = self.leaf(left, span)?;
        let base = self.steady(base, "base");
        let one = self.add(ExprKind::Const(Const::Int(1)), local);
        let Some(times) = named("*") else { return Err(self.unreadable()) };
        let mut value = Shape::Leaf(if exponent == 0 { one } else { base });
        let digits = 63 - exponent.max(1).leading_zeros() as i64;
        for digit in (0..digits).rev() {
            let squared = self.operate(times, value.clone(), value, span, local)?;
            value = self.shape_of(squared, span)?;
            if exponent >> digit & 1 == 1 {
                let more = self.operate(times, value, Shape::Leaf(base), span, local)?;
                value = self.shape_of(more, span)?;
            }
        }
        Ok(Reg::Shape(value))
    }

    /// An operator that the reader computes. A division by an integer that may be zero is tested here.
    fn later(&mut self, op: Binary, left: Shape, right: Shape, span: nu_protocol::Span, local: Span) -> Result<Reg> {
        if self.is_text(&left) && self.is_text(&right) && op.result(Kind::Text, Kind::Text).is_some() {
            return Ok(Reg::Shape(Shape::Later { op: Later::Text, args: vec![left, right] }));
        }
        let divides = matches!(op.nu, Nu::Math(Math::Divide | Math::FloorDivide | Math::Modulo));
        if let (Shape::Leaf(lhs), Shape::Leaf(rhs)) = (&left, &right)
            && op.result(self.kind(*lhs), self.kind(*rhs)).is_none()
            && !(self.kind(*lhs) == Kind::Float || self.kind(*rhs) == Kind::Float)
        {
            return self.leaves(op, left, right, span, local);
        }
        let right = match right {
            Shape::Leaf(by) if divides && self.kind(by) != Kind::Float && !self.is_constant(by) => {
                let by = self.standing(by);
                let zero = self.add(ExprKind::Const(Const::Int(0)), local);
                let Some(equal) = named("==") else { return Err(self.unreadable()) };
                let cond = self.add(ExprKind::Binary { op: equal, lhs: by, rhs: zero }, local);
                let then = vec![crate::ir::Stmt { kind: StmtKind::Fail(&failure::DIVISION_BY_ZERO), span: local }];
                self.push(StmtKind::If { cond, then, otherwise: Vec::new() }, local);
                Shape::Leaf(by)
            }
            right => right,
        };
        Ok(Reg::Shape(Shape::Later { op: Later::Operator(op), args: vec![left, right] }))
    }

    /// A bool out of a register.
    pub fn truth(&mut self, value: Reg, span: nu_protocol::Span) -> Result<ExprId> {
        let shape = self.shape_of(value, span)?;
        self.leaf(shape, span)
    }

    pub fn bool(&mut self, value: bool, local: Span) -> Reg {
        self.expression(ExprKind::Const(Const::Bool(value)), local)
    }

    /// Whether `==` of two values may be true: they are of one kind, or one of them is null.
    pub fn comparable(&self, left: ExprId, right: ExprId) -> bool {
        let kinds = (self.kind(left), self.kind(right));
        kinds.0 == kinds.1 || matches!(kinds, (Kind::Nothing, _) | (_, Kind::Nothing))
    }

    /// The opposite of a condition that must be a bool.
    pub fn negate(&mut self, operand: ExprId, span: Span) -> ExprId {
        match self.exprs[operand.0 as usize].kind {
            ExprKind::Not(inner) => inner,
            ExprKind::Const(Const::Bool(value)) => self.add(ExprKind::Const(Const::Bool(!value)), span),
            _ => self.add(ExprKind::Not(operand), span),
        }
    }
}
