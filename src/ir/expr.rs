//! Expressions, constants and shapes.

use super::{Space, Span};
use crate::spec;
use chrono::{DateTime, FixedOffset};

/// An expression of a program, by its place in [`super::Program::exprs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExprId(pub u32);

/// A variable of a program, by its place in [`super::Program::vars`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VarId(pub u32);

#[derive(Debug, Clone)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum ExprKind {
    Const(Const),
    Field(Field),
    Var(VarId),
    Binary { op: Binary, lhs: ExprId, rhs: ExprId },
    Not(ExprId),
    Fallible(Fallible),
}

/// A field of the context.
#[derive(Debug, Clone, Copy)]
pub enum Field {
    /// A row of the table of context fields.
    Builtin(&'static spec::field::Field),
    /// A field that the attach point itself has, by its place in [`super::Context::members`]; for an array, which
    /// element.
    Member { member: usize, element: Option<u32> },
}

/// What may fail, and how failing shows: a string that cannot be read is null; an overflow ends the program for this
/// event with a run-time error, as Nushell would have raised one.
#[derive(Debug, Clone)]
pub enum Fallible {
    ReadStr { pointer: ExprId, space: Space, max: u32 },
    Checked { op: Binary, lhs: ExprId, rhs: ExprId },
}

/// A value known at attach time.
#[derive(Debug, Clone, PartialEq)]
pub enum Const {
    Nothing,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// Nanoseconds.
    Duration(i64),
    /// Bytes.
    Filesize(i64),
    /// Of a year between 1678 and 2261: nanoseconds since 1970 fit 64 bits.
    Datetime(DateTime<FixedOffset>),
    String(String),
    Binary(Vec<u8>),
    /// Any other value, which only rows can hold: a kernel program computes nothing with it.
    Value(Box<nu_protocol::Value>),
}

/// A row of the table of operators.
pub type Binary = &'static spec::operator::Operator;

/// A value whose structure is known at attach time.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Leaf(ExprId),
    Record(Vec<(String, Shape)>),
    List(Vec<Shape>),
}

impl Shape {
    /// The leaves in order, each with the path that leads to it (`file.name`; empty for a lone value).
    pub fn leaves(&self) -> Vec<(String, ExprId)> {
        fn walk(shape: &Shape, path: &str, out: &mut Vec<(String, ExprId)>) {
            let join = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            match shape {
                Shape::Leaf(expr) => out.push((path.to_string(), *expr)),
                Shape::Record(fields) => fields.iter().for_each(|(name, shape)| walk(shape, &join(name), out)),
                Shape::List(items) => {
                    items.iter().enumerate().for_each(|(i, shape)| walk(shape, &join(&i.to_string()), out))
                }
            }
        }
        let mut out = Vec::new();
        walk(self, "", &mut out);
        out
    }
}
