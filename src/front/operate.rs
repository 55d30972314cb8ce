//! Operators. Two constants are Nushell's own business; lists, records and ranges are taken apart in [`super::compare`];
//! what may be a fraction or is text for people is left to the reader; the rest is an expression of the kernel's.

use super::{Code, Error, Local, Lowering, Reg, Result, Span, Spot};
use crate::ir::{Binary, Const, ExprId, ExprKind, Fallible, Kind, Later, Shape, StmtKind};
use crate::spec::failure;
use crate::spec::function::COMPARE;
use crate::spec::operator::{self, EQUAL, Guard, MULTIPLY, OPERATORS};
use nu_protocol::RegId;
use nu_protocol::ast::{Comparison, Math, Operator as Nu};

/// The largest constant exponent: a larger one overflows for every base but -1, 0 and 1.
const EXPONENT: i64 = 63;

impl Lowering<'_> {
    pub fn binary(&mut self, lhs: RegId, op: Nu, rhs: RegId, span: Span) -> Result<()> {
        let Some(op) = operator::operator(op) else {
            let known: Vec<&str> = OPERATORS.iter().map(|op| op.name).collect();
            return Err(Error::new(Code::ClosureOperator, format!("`{op}` does not work in a probe"))
                .label(self.place(span), "this operator cannot run in the kernel")
                .help(format!("these can: {}. Compute the rest after the probe, in the pipeline", known.join(" "))));
        };
        let (left, right) = (self.take(lhs)?, self.take(rhs)?);
        if let (Nu::Comparison(_), Some(error)) =
            (op.nu, [&left, &right].into_iter().find_map(|side| self.bare_word(side)))
        {
            return Err(error);
        }
        let sides =
            [&left, &right].map(|side| if let Reg::Shape(Shape::Leaf(leaf)) = side { Some(*leaf) } else { None });
        let by_types = matches!(op.nu, Nu::Comparison(kind) if self.is_decided_by_types(kind, &left, &right));
        let value = self.operate_regs(op, left, right, span)?;
        if let (Reg::Shape(Shape::Leaf(leaf)), Nu::Comparison(comparison)) = (&value, op.nu)
            && let Some(holds) = self.known(*leaf)
        {
            let reason = self.always_so(comparison, sides, holds, span);
            if by_types {
                self.decided_by_types(*leaf, reason.clone());
            }
            self.decided.last = Some(reason);
        }
        self.set(lhs, value)
    }

    /// The error for a word without quotes that is a field's name: to Nushell it is a string.
    fn bare_word(&self, side: &Reg) -> Option<Error> {
        let Reg::Shape(Shape::Leaf(leaf)) = side else { return None };
        let (text, at) = (self.constant_text(*leaf)?, self.stands(*leaf));
        if self.words(at) != text {
            return None;
        }
        let own = super::bpftrace::field(&text).or_else(|| self.elsewhere(&text).map(|_| format!("$ctx.{text}")))?;
        Some(
            Error::new(Code::ClosureField, format!("`{text}` is a string here, and no field of the context"))
                .label(self.place(at), "Nushell takes a bare word for a string")
                .help(format!("write {own}, or quote the string: '{text}'")),
        )
    }

    /// What is said of a comparison that is decided before the probe runs, and where it stands.
    fn always_so(
        &self, comparison: Comparison, sides: [Option<ExprId>; 2], holds: bool, span: Span,
    ) -> (Local, String) {
        let told = format!("this is always {holds}");
        let [Some(lhs), Some(rhs)] = sides else { return (self.local(span), told) };
        let (left, right) = (self.ty(lhs).phrase(), self.ty(rhs).phrase());
        let equals = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let constant = self.is_constant(lhs) && self.is_constant(rhs);
        let whole = self.around(lhs, rhs, span);
        match equals && !constant && left != right {
            true => (whole, format!("{told}: {left} and {right} are never equal")),
            false => (whole, told),
        }
    }

    /// An operator on two registers, of which one may be a range.
    pub fn operate_regs(&mut self, op: Binary, left: Reg, right: Reg, span: Span) -> Result<Reg> {
        let (value, range) = match (left, right, op.nu) {
            (left, Reg::Range(range), Nu::Comparison(Comparison::In | Comparison::NotIn)) => (left, range),
            (Reg::Range(range), right, Nu::Comparison(Comparison::Has | Comparison::NotHas)) => (right, range),
            (left, right, _) => {
                let (left, right) = (self.shape_of(left, span)?, self.shape_of(right, span)?);
                return self.operate(op, left, right, span);
            }
        };
        let value = self.shape_of(value, span)?;
        let answer = self.cases(value, &mut |this, value| this.within(value, &range, span))?;
        self.denied(op, answer, span)
    }

    /// An operator on two values. What may fail becomes a variable at once, so that expressions cannot fail.
    pub fn operate(&mut self, op: Binary, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        if let (Some(lhs), Some(rhs)) = (self.constant_of(&left), self.constant_of(&right))
            && let Some(value) = crate::ir::compute(op.nu, &lhs, &rhs, span)
        {
            return match value {
                Ok(value) => {
                    let value = self.captured(&value, self.local(span));
                    if let (Reg::Shape(Shape::Leaf(value)), Shape::Leaf(lhs), Shape::Leaf(rhs)) = (&value, left, right)
                    {
                        self.decided_like(*value, &[lhs, rhs]);
                    }
                    Ok(value)
                }
                // Nushell may never come here.
                Err(error) if self.depth + self.fixed + self.alternatives > 0 => {
                    self.fail(failure::of(&error), span);
                    Ok(Reg::Empty)
                }
                Err(error) => Err(self.always(error, span)),
            };
        }
        if let (Shape::Either { .. }, _) | (_, Shape::Either { .. }) = (&left, &right) {
            return self.cases(left, &mut |this, left| {
                this.cases(right.clone(), &mut |this, right| this.operate(op, left.clone(), right, span))
            });
        }
        if let (Nu::Math(_), Some(binary)) = (op.nu, [&left, &right].into_iter().find(|side| self.is_binary(side))) {
            self.leaf(binary.clone(), span)?;
        }
        let answer = match op.nu {
            Nu::Comparison(Comparison::Equal | Comparison::NotEqual) => return self.equal(op, left, right, span),
            Nu::Comparison(Comparison::In | Comparison::NotIn) => self.contains(right, left, span)?,
            Nu::Comparison(Comparison::Has | Comparison::NotHas) => self.contains(left, right, span)?,
            Nu::Comparison(_) if op.guard == Guard::Lowered => self.text_test(op, left, right, span)?,
            Nu::Math(Math::Concatenate) => return self.concatenate(left, right, span),
            Nu::Math(Math::Pow) => return self.power(left, right, span),
            Nu::Math(_) if self.is_later(&left) || self.is_later(&right) || op.guard == Guard::Later => {
                return self.later(op, left, right, span);
            }
            _ => return self.leaves(op, left, right, span),
        };
        self.denied(op, answer, span)
    }

    /// An operator on two single values.
    pub fn leaves(&mut self, op: Binary, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        let (lhs, rhs) = (self.leaf(left, span)?, self.leaf(right, span)?);
        let (left, right) = (self.kind(lhs), self.kind(rhs));
        if self.alternatives > 0 && op.result(left, right).is_none() {
            return self.unlike(op, [lhs, rhs], span);
        }
        match (left, right, op.nu) {
            (Kind::Text, Kind::Text, Nu::Math(_)) => return self.joined(Shape::Leaf(lhs), Shape::Leaf(rhs), span),
            (Kind::Text, Kind::Text, Nu::Comparison(_)) if is_ordered(op) => return self.order(op, lhs, rhs, span),
            _ => {}
        }
        self.can_reach(op, lhs, rhs)?;
        let whole = self.around(lhs, rhs, span);
        Ok(match op.guard {
            Guard::None => self.op(op, lhs, rhs, whole),
            Guard::Checked(_) | Guard::Later | Guard::Lowered => {
                self.bound(ExprKind::Fallible(Fallible::Checked { op, lhs, rhs }), "value", whole)
            }
        }
        .into())
    }

    /// Two values that an operator does not take: an error, but for null, which in order gives null.
    fn unlike(&mut self, op: Binary, sides: [ExprId; 2], span: Span) -> Result<Reg> {
        let ordered = is_ordered(op);
        if ordered && sides.into_iter().any(|side| self.kind(side) == Kind::Nothing) {
            return Ok(self.nothing(span));
        }
        let Some(text) = sides.into_iter().find(|side| ordered && self.may_be_null(*side)) else {
            return Err(self.mismatch(span, &format!("`{}` does not take these", op.name)));
        };
        let null = self.add(ExprKind::IsNull(text), span);
        self.when(null, &mut |this| Ok(this.nothing(span)), &mut |this| {
            this.fail(&failure::TYPE_MISMATCH, span);
            Ok(Reg::Empty)
        })
    }

    /// Where an operator stands with its two sides.
    fn around(&self, lhs: ExprId, rhs: ExprId, span: Span) -> Local {
        let spans = (self.expr(lhs).span.start, self.expr(rhs).span.end);
        let whole = if spans.0 < spans.1 { Local::new(spans.0, spans.1) } else { self.local(span) };
        self.closure.balanced(whole)
    }

    /// Two strings in order; null, as Nushell has it, where one of them is.
    fn order(&mut self, op: Binary, lhs: ExprId, rhs: ExprId, span: Span) -> Result<Reg> {
        let (lhs, rhs) = (self.counted(lhs), self.counted(rhs));
        if let Some(text) = [lhs, rhs].into_iter().find(|text| self.is_nullable(*text)) {
            let null = self.add(ExprKind::IsNull(text), span);
            let some = self.some_text(text);
            let some = self.add(ExprKind::Var(some), span);
            let (lhs, rhs) = if text == lhs { (some, rhs) } else { (lhs, some) };
            return self.when(null, &mut |this| Ok(this.nothing(span)), &mut |this| this.order(op, lhs, rhs, span));
        }
        let order = self.add(ExprKind::Call { function: &COMPARE, args: vec![lhs, rhs] }, span);
        let zero = self.int(0, span);
        Ok(self.op(op, order, zero, span).into())
    }

    fn concatenate(&mut self, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        if let (Some(left), Some(right)) = (self.items(&left), self.items(&right)) {
            return Ok(self.list_of([left, right].concat(), span).into());
        }
        match (left, right) {
            (left, right) if self.is_text(&left) && self.is_text(&right) => self.joined(left, right, span),
            _ => Err(self.mismatch(span, "`++` puts two lists or two strings together")),
        }
    }

    /// Two strings, one behind the other; null is none.
    fn joined(&mut self, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        let mut args = Vec::new();
        for part in [left, right] {
            args.push(match part {
                Shape::Leaf(leaf) if self.is_nullable(leaf) => Shape::Leaf(self.text(leaf, span)?),
                part => part,
            });
        }
        Ok(self.text_of(args, span))
    }

    /// A power is multiplied out, from the exponent's first digit on, so that nothing overflows but what must.
    fn power(&mut self, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        let exponent = match self.constant_of(&right) {
            Some(nu_protocol::Value::Int { val, .. }) if (0..=EXPONENT).contains(&val) => val,
            _ => {
                let what = format!("an exponent must be a whole number from 0 to {EXPONENT}, known at attach time");
                return Err(self.unknown(&right.into(), span, &what, "multiply instead"));
            }
        };
        let base = self.leaf(left, span)?;
        let base = self.steady(base, "base");
        if exponent == 0 {
            return Ok(self.int(1, self.local(span)).into());
        }
        let mut value = Shape::Leaf(base);
        for digit in (0..exponent.ilog2()).rev() {
            let squared = self.operate(&MULTIPLY, value.clone(), value, span)?;
            value = self.shape_of(squared, span)?;
            if exponent >> digit & 1 == 1 {
                let more = self.operate(&MULTIPLY, value, Shape::Leaf(base), span)?;
                value = self.shape_of(more, span)?;
            }
        }
        Ok(value.into())
    }

    /// An operator that the reader computes. A division by an integer that may be zero is tested here.
    fn later(&mut self, op: Binary, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        if self.is_text(&left) && self.is_text(&right) && op.result(Kind::Text, Kind::Text).is_some() {
            return self.joined(left, right, span);
        }
        if let (Shape::Leaf(lhs), Shape::Leaf(rhs)) = (&left, &right)
            && op.result(self.kind(*lhs), self.kind(*rhs)).is_none()
            && !(self.kind(*lhs) == Kind::Float || self.kind(*rhs) == Kind::Float)
        {
            return self.leaves(op, left, right, span);
        }
        let divides = matches!(op.nu, Nu::Math(Math::Divide | Math::FloorDivide | Math::Modulo));
        let right = match (&left, right) {
            (left, Shape::Leaf(by)) if divides && self.kind(by) != Kind::Float => {
                let (by, local) = (self.standing(by), self.local(span));
                match (left, self.kind(by)) {
                    // Whole amounts overflow as well: the kernel divides only to see whether that fails.
                    (Shape::Leaf(amount), Kind::Int)
                        if matches!(self.kind(*amount), Kind::Duration | Kind::Filesize) =>
                    {
                        let lhs = self.standing(*amount);
                        let fails = self.add(
                            ExprKind::Fallible(Fallible::Checked { op: &operator::FLOOR_DIVIDE, lhs, rhs: by }),
                            local,
                        );
                        self.bind(fails, "quotient", local);
                    }
                    _ if self.is_constant(by) => {
                        let zero = Shape::Leaf(self.int(0, span));
                        if self.same(&Shape::Leaf(by), &zero) {
                            self.fail(&failure::DIVISION_BY_ZERO, span);
                            return Ok(Reg::Empty);
                        }
                    }
                    (_, kind) => {
                        let zero = match kind {
                            Kind::Duration => Const::Duration(0),
                            Kind::Filesize => Const::Filesize(0),
                            _ => Const::Int(0),
                        };
                        let zero = self.add(ExprKind::Const(zero), local);
                        let cond = self.op(&EQUAL, by, zero, local);
                        self.push_if(cond, StmtKind::Fail(&failure::DIVISION_BY_ZERO), local);
                    }
                }
                Shape::Leaf(by)
            }
            (_, right) => right,
        };
        Ok(Shape::Later { op: Later::Operator(op), args: vec![left, right] }.into())
    }

    /// The opposite, for an operator that begins with `not-` or `!`.
    fn denied(&mut self, op: Binary, value: Reg, span: Span) -> Result<Reg> {
        let denies = op.name.starts_with("not-") || op.name == "!~";
        match value {
            Reg::Shape(Shape::Leaf(expr)) if denies => Ok(self.negate(expr, span).into()),
            value => Ok(value),
        }
    }

    /// The opposite of a condition that must be a bool.
    pub fn negate(&mut self, operand: ExprId, span: impl Spot) -> ExprId {
        match self.expr(operand).kind {
            ExprKind::Not(inner) => inner,
            ExprKind::Const(crate::ir::Const::Bool(value)) => {
                let not = self.truth_value(!value, span);
                self.decided_like(not, &[operand]);
                not
            }
            _ => self.add(ExprKind::Not(operand), span),
        }
    }
}

/// Returns whether an operator compares otherwise than by `==` and `!=`.
fn is_ordered(op: Binary) -> bool {
    matches!(op.nu, Nu::Comparison(kind) if !matches!(kind, Comparison::Equal | Comparison::NotEqual))
}
