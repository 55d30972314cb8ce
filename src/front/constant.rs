//! Values known at attach time: literals, captured variables, and what Nushell's own operators and commands make of them.

use super::{Code, Error, Lowering, Range, Reg, Result, Span, Spot};
use crate::ir::{Const, ExprId, ExprKind, Shape};
use nu_protocol::RegId;
use nu_protocol::ast::RangeInclusion;
use nu_protocol::ir::Literal;
use nu_protocol::{IntRange, Range as NuRange, Record, ShellError, Value};
use std::ops::Bound;

impl Lowering<'_> {
    /// A constant as a register's content.
    pub fn constant(&mut self, value: Const, span: impl Spot) -> Reg {
        Reg::Shape(Shape::Leaf(self.add(ExprKind::Const(value), span)))
    }

    /// What an instruction names.
    pub fn literal(&mut self, literal: &Literal, span: Span) -> Result<Reg> {
        let constant = match literal {
            Literal::Nothing => Const::Nothing,
            Literal::Bool(value) => Const::Bool(*value),
            Literal::Int(value) => Const::Int(*value),
            Literal::Float(value) => Const::Float(*value),
            Literal::Duration(value) => Const::Duration(*value),
            Literal::Filesize(value) => Const::Filesize(value.get()),
            Literal::Binary(data) => Const::Binary(self.bytes(*data)),
            Literal::String(data)
            | Literal::RawString(data)
            | Literal::Filepath { val: data, .. }
            | Literal::Directory { val: data, .. }
            | Literal::GlobPattern { val: data, .. } => Const::String(self.data(*data)),
            Literal::Empty => return Ok(Reg::Empty),
            Literal::CellPath(path) => return Ok(Reg::CellPath((**path).clone())),
            Literal::Record { .. } => return Ok(Shape::Record(Vec::new()).into()),
            Literal::List { .. } => return Ok(Shape::List(Vec::new()).into()),
            Literal::Block(id) | Literal::Closure(id) | Literal::RowCondition(id) => {
                return Ok(Reg::Closure(*id, Vec::new()));
            }
            Literal::Range { start, step, end, inclusion } => {
                let inclusive = *inclusion == RangeInclusion::Inclusive;
                return self.range([*start, *step, *end], inclusive, span);
            }
            Literal::Date(date) => return Ok(self.captured(&Value::date(**date, self.now), span)),
        };
        Ok(self.constant(constant, span))
    }

    fn range(&mut self, [start, next, end]: [RegId; 3], inclusive: bool, span: Span) -> Result<Reg> {
        let (start, next, end) = (self.shape(start, span)?, self.shape(next, span)?, self.shape(end, span)?);
        let next = (!self.constant_of(&next).is_some_and(|next| next.is_nothing())).then_some(next);
        let known = [&start, &end].into_iter().chain(&next).all(|bound| self.constant_of(bound).is_some());
        let range = Reg::Range(Box::new(Range { start, next, end, inclusive }));
        match self.constant_reg(&range) {
            // Nushell makes no range whose steps lead nowhere.
            None if known => Err(self.mismatch(span, "this range has no end that its steps come to")),
            Some(value) => Ok(self.captured(&value, span)),
            None => Ok(range),
        }
    }

    /// A known value, at its place of use.
    pub fn captured(&mut self, value: &Value, span: impl Spot) -> Reg {
        match value {
            Value::Closure { val, .. } => return Reg::Closure(val.block_id, val.captures.clone()),
            Value::CellPath { val, .. } => return Reg::CellPath(val.clone()),
            Value::Range { val, .. } => {
                if let NuRange::IntRange(range) = &**val {
                    return self.captured_range(range, span);
                }
            }
            _ => {}
        }
        self.captured_shape(value, span).map_or_else(|| Reg::Foreign(value.get_type().to_string()), Reg::Shape)
    }

    fn captured_range(&mut self, range: &IntRange, span: impl Spot) -> Reg {
        let mut int = |value: Option<i64>| {
            let value = value.map_or(Const::Nothing, Const::Int);
            Shape::Leaf(self.add(ExprKind::Const(value), span))
        };
        let (end, inclusive) = match range.end() {
            Bound::Included(end) => (Some(end), true),
            Bound::Excluded(end) => (Some(end), false),
            Bound::Unbounded => (None, true),
        };
        let plain = range.step() == 1 || (range.step() == -1 && end.is_some_and(|end| end < range.start()));
        let next = (!plain).then(|| int(Some(range.start().saturating_add(range.step()))));
        Reg::Range(Box::new(Range { start: int(Some(range.start())), next, end: int(end), inclusive }))
    }

    fn captured_shape(&mut self, value: &Value, span: impl Spot) -> Option<Shape> {
        let constant = match value {
            Value::Nothing { .. } => Const::Nothing,
            Value::Bool { val, .. } => Const::Bool(*val),
            Value::Int { val, .. } => Const::Int(*val),
            Value::Float { val, .. } => Const::Float(*val),
            Value::Duration { val, .. } => Const::Duration(*val),
            Value::Filesize { val, .. } => Const::Filesize(val.get()),
            Value::String { val, .. } | Value::Glob { val, .. } => Const::String(val.to_string()),
            Value::Binary { val, .. } => Const::Binary(val.to_vec()),
            Value::Record { val, .. } => {
                let fields = val.iter().map(|(name, value)| Some((name.clone(), self.captured_shape(value, span)?)));
                return Some(Shape::Record(fields.collect::<Option<_>>()?));
            }
            Value::List { vals, .. } => {
                let items = vals.iter().map(|value| self.captured_shape(value, span));
                return Some(Shape::List(items.collect::<Option<_>>()?));
            }
            Value::Date { val, .. } if val.timestamp_nanos_opt().is_some() => Const::Datetime(*val),
            Value::Date { .. } | Value::Range { .. } | Value::CellPath { .. } => Const::Value(Box::new(value.clone())),
            Value::Closure { .. } | Value::Custom { .. } | Value::Error { .. } => return None,
        };
        Some(Shape::Leaf(self.add(ExprKind::Const(constant), span)))
    }

    /// The value of a shape of which everything is known.
    pub fn constant_of(&self, shape: &Shape) -> Option<Value> {
        let span = self.now;
        Some(match shape {
            Shape::Leaf(leaf) => {
                let ExprKind::Const(value) = &self.expr(*leaf).kind else { return None };
                value.value(span)
            }
            Shape::Record(fields) => {
                let fields = fields.iter().map(|(name, field)| Some((name.clone(), self.constant_of(field)?)));
                Value::record(fields.collect::<Option<Record>>()?, span)
            }
            Shape::List(items) => {
                let items = items.iter().map(|item| self.constant_of(item));
                Value::list(items.collect::<Option<_>>()?, span)
            }
            Shape::Sparse(_) | Shape::Either { .. } | Shape::Later { .. } => return None,
        })
    }

    /// The value of a register of which everything is known.
    pub fn constant_reg(&self, reg: &Reg) -> Option<Value> {
        let span = self.now;
        match reg {
            Reg::Empty => Some(Value::nothing(span)),
            Reg::Shape(shape) => self.constant_of(shape),
            Reg::CellPath(path) => Some(Value::cell_path(path.clone(), span)),
            Reg::Range(range) => {
                let next = range.next.as_ref().map_or(Some(Value::nothing(span)), |next| self.constant_of(next))?;
                let inclusion =
                    if range.inclusive { RangeInclusion::Inclusive } else { RangeInclusion::RightExclusive };
                let (start, end) = (self.constant_of(&range.start)?, self.constant_of(&range.end)?);
                Some(Value::range(NuRange::new(start, next, end, inclusion, span).ok()?, span))
            }
            _ => None,
        }
    }

    pub fn is_constant(&self, expr: ExprId) -> bool {
        matches!(self.expr(expr).kind, ExprKind::Const(_))
    }

    pub fn constant_text(&self, expr: ExprId) -> Option<String> {
        let ExprKind::Const(Const::String(text)) = &self.expr(expr).kind else { return None };
        Some(text.clone())
    }

    /// Nushell has refused to compute with constants: so it would for every event.
    pub fn always(&self, error: ShellError, span: Span) -> Error {
        Error::new(Code::ClosureType, format!("this fails for every event: {error}"))
            .label(self.place(span), "both sides are known at attach time")
            .help("it is Nushell that says so: try it outside the probe")
    }
}

/// A text as the pattern that matches it and nothing else. `\<` and `\>` would be edges of a word.
pub fn literal(text: &str) -> String {
    let special = |c: char| c.is_ascii_punctuation() && !matches!(c, '<' | '>');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}
