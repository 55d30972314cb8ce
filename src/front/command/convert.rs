//! Conversions.

use super::super::{Args, Lowering, Reg, Result, Span};
use crate::ir::{Const, ExprId, ExprKind, Kind, Shape, StmtKind};
use crate::spec::builtin::Builtin;
use crate::spec::function::{AS_DATETIME, AS_DURATION, AS_FILESIZE, AS_INT, Function, INTO_INT};
use crate::spec::{failure, operator};
use nu_protocol::Value;

/// Units of `into duration --unit`, in nanoseconds.
const UNITS: &[(&str, i64)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("ms", 1_000_000),
    ("sec", 1_000_000_000),
    ("min", 60_000_000_000),
    ("hr", 3_600_000_000_000),
    ("day", 86_400_000_000_000),
    ("wk", 604_800_000_000_000),
];

/// The last second whose nanoseconds Nushell takes for an int; the first is as far before 1970.
const LAST: i64 = 9_223_372_036_000_000_000;

impl Lowering<'_> {
    pub fn conversion(
        &mut self, row: &'static Builtin, kind: Kind, args: &Args, input: Shape, span: Span,
    ) -> Result<Reg> {
        let unit = match args.named.first() {
            None => 1,
            Some((_, value, at)) => {
                let name = value.as_ref().and_then(|value| self.constant_reg(value));
                let unit = UNITS.iter().find(|unit| matches!(&name, Some(Value::String { val, .. }) if val == unit.0));
                let what = "the unit must be known at attach time";
                let value = value.as_ref().unwrap_or(&Reg::Empty);
                unit.ok_or_else(|| self.unknown(value, *at, what, "write it out: --unit ms"))?.1
            }
        };
        match (kind, self.items(&input).is_some()) {
            // Nushell takes no list of these.
            (Kind::Binary, _) => self.made_binary(row, input, span),
            (Kind::Duration, _) | (_, false) => self.convert(row, kind, unit, input, span),
            (_, true) => self.mapped(input, span, &mut |this, value| {
                let value = this.converted_null(kind, value, span)?;
                this.convert(row, kind, unit, value, span)
            }),
        }
    }

    /// An item of a list before its conversion: Nushell converts null there, which it refuses alone.
    fn converted_null(&mut self, to: Kind, item: Shape, span: Span) -> Result<Shape> {
        match (to, item) {
            (Kind::Text, Shape::Leaf(leaf)) if self.is_nothing(leaf) || self.may_be_null(leaf) => {
                let none = self.add(ExprKind::Const(Const::String(String::new())), span);
                Ok(Shape::Leaf(if self.is_nothing(leaf) { none } else { self.text_or(leaf, none, span) }))
            }
            (Kind::Filesize, Shape::Leaf(leaf)) if self.is_nothing(leaf) => {
                Ok(Shape::Leaf(self.add(ExprKind::Const(Const::Filesize(0)), span)))
            }
            (_, item) => Ok(item),
        }
    }

    fn convert(&mut self, row: &Builtin, to: Kind, unit: i64, value: Shape, span: Span) -> Result<Reg> {
        if self.is_binary(&value) {
            return Err(self.takes(row, span));
        }
        if to == Kind::Text && (self.is_later(&value) || self.is_text(&value)) {
            return match value {
                Shape::Leaf(leaf) if self.may_be_null(leaf) => Ok(self.text(leaf, span)?.into()),
                value if self.is_text(&value) => Ok(Reg::Shape(value)),
                value => Ok(self.text_of(vec![value], span)),
            };
        }
        let value = self.leaf(value, span)?;
        let from = self.kind(value);
        let renamed = |this: &mut Self, function: &'static Function| {
            let value = this.add(ExprKind::Call { function, args: vec![value] }, span);
            Ok(value.into())
        };
        match (from, to) {
            (Kind::Bool, Kind::Bool) | (Kind::Int, Kind::Int) => Ok(value.into()),
            (Kind::Duration, Kind::Duration) if unit == 1 => Ok(value.into()),
            (Kind::Filesize, Kind::Filesize) | (Kind::Datetime, Kind::Datetime) => Ok(value.into()),
            (Kind::Datetime, Kind::Int) => {
                let number = self.add(ExprKind::Call { function: &AS_INT, args: vec![value] }, span);
                for (op, bound) in [(&operator::LESS, -LAST), (&operator::GREATER, LAST)] {
                    let bound = self.int(bound, span);
                    let cond = self.op(op, number, bound, span);
                    self.push_if(cond, StmtKind::Fail(&failure::CANT_CONVERT), span);
                }
                Ok(number.into())
            }
            (Kind::Bool | Kind::Duration | Kind::Filesize | Kind::Address, Kind::Int) => renamed(self, &AS_INT),
            (Kind::Text, Kind::Int) => self.new_text(&INTO_INT, Shape::Leaf(value), &[], span),
            (Kind::Int, Kind::Filesize) => renamed(self, &AS_FILESIZE),
            (Kind::Int, Kind::Datetime) => renamed(self, &AS_DATETIME),
            (Kind::Int, Kind::Duration) if unit == 1 => renamed(self, &AS_DURATION),
            (Kind::Int, Kind::Duration) => self.of_unit(value, unit, span),
            (Kind::Int, Kind::Bool) => {
                let zero = self.int(0, span);
                Ok(self.op(&operator::UNEQUAL, value, zero, span).into())
            }
            (Kind::Int | Kind::Bool | Kind::Duration | Kind::Filesize, Kind::Text) => {
                Ok(self.text_of(vec![Shape::Leaf(value)], span))
            }
            _ => Err(self.takes(row, span)),
        }
    }

    /// So many of a unit; Nushell refuses what does not fit.
    fn of_unit(&mut self, value: ExprId, unit: i64, span: Span) -> Result<Reg> {
        let unit = self.add(ExprKind::Const(Const::Duration(unit)), span);
        self.operate(&operator::MULTIPLY, Shape::Leaf(value), Shape::Leaf(unit), span)
    }
}
