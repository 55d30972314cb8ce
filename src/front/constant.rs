//! Values known at attach time: literals and captured variables.

use super::register::Reg;
use super::walk::Lowering;
use crate::ir::{Const, ExprKind, Shape, Span};
use nu_protocol::Value;

impl Lowering<'_> {
    /// A constant as a register's content.
    pub fn constant(&mut self, value: Const, span: Span) -> Reg {
        Reg::Shape(Shape::Leaf(self.add(ExprKind::Const(value), span)))
    }

    /// A captured value, at its place of use.
    pub fn captured(&mut self, value: &Value, span: Span) -> Reg {
        match self.captured_shape(value, span) {
            Some(shape) => Reg::Shape(shape),
            None => Reg::Foreign(value.get_type().to_string()),
        }
    }

    fn captured_shape(&mut self, value: &Value, span: Span) -> Option<Shape> {
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
}
