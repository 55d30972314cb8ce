//! Expressions, constants and shapes.

use super::{Later, Space, Span, Type};
use crate::spec;
use chrono::{DateTime, FixedOffset};
use nu_protocol::Value;
use serde::{Deserialize, Serialize};

/// An expression of a program, by its place in [`super::Program::exprs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ExprId(pub u32);

/// A variable of a program, by its place in [`super::Program::vars`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VarId(pub u32);

#[derive(Debug, Clone)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A value known at attach time.
    Const(Const),
    /// A field of the context.
    Field(Field),
    /// What a variable holds.
    Var(VarId),
    /// An operator that cannot fail.
    Binary { op: Binary, lhs: ExprId, rhs: ExprId },
    /// The other of true and false.
    Not(ExprId),
    /// Whether a string that was read is null.
    IsNull(ExprId),
    /// The address of a member, in that memory: `base` is its struct's, [`super::Program::accesses`] has the way.
    Member { base: ExprId, access: usize, space: Space },
    /// The address of the struct that a member at an address lies in.
    Container { member: ExprId, access: usize },
    /// The address of one of [`super::Program::variables`]: of what each processor has its own of, that of the one that
    /// this runs on, or of a number; null where there is none of that number.
    Variable { variable: usize, cpu: Option<ExprId> },
    /// A function of `bpf_headers/nu` that cannot fail and gives a scalar.
    Call { function: Function, args: Vec<ExprId> },
    /// What may fail, and so stands alone.
    Fallible(Fallible),
}

impl ExprKind {
    /// Whether it may end the program with an error.
    pub fn fails(&self) -> bool {
        match self {
            ExprKind::Fallible(Fallible::Checked { .. } | Fallible::Matches { .. } | Fallible::Format { .. }) => true,
            ExprKind::Fallible(Fallible::Sub { .. } | Fallible::Load { .. }) => true,
            ExprKind::Fallible(Fallible::Call { function, .. }) => function.fails.is_some(),
            _ => false,
        }
    }

    /// The expressions that it is made of.
    pub fn operands(&self) -> Vec<ExprId> {
        match self {
            ExprKind::Const(_) | ExprKind::Field(_) | ExprKind::Var(_) => Vec::new(),
            ExprKind::Not(operand)
            | ExprKind::IsNull(operand)
            | ExprKind::Member { base: operand, .. }
            | ExprKind::Container { member: operand, .. }
            | ExprKind::Fallible(Fallible::Matches { text: operand, .. }) => vec![*operand],
            ExprKind::Variable { cpu, .. } => cpu.iter().copied().collect(),
            ExprKind::Binary { lhs, rhs, .. } | ExprKind::Fallible(Fallible::Checked { lhs, rhs, .. }) => {
                vec![*lhs, *rhs]
            }
            ExprKind::Call { args, .. }
            | ExprKind::Fallible(
                Fallible::Call { args, .. } | Fallible::Sub { args, .. } | Fallible::Format { parts: args },
            ) => args.clone(),
            ExprKind::Fallible(Fallible::ReadStr { pointer, .. } | Fallible::Load { pointer, .. }) => vec![*pointer],
            ExprKind::Fallible(Fallible::ReadBytes { pointer, length, .. }) => vec![*pointer, *length],
            ExprKind::Fallible(Fallible::Where { there, read }) => vec![*there, *read],
        }
    }
}

/// A field of the context.
#[derive(Debug, Clone, Copy)]
pub enum Field {
    /// A row of the table of context fields.
    Builtin(&'static spec::field::Field),
    /// A field that the attach point has, by its place in [`super::Context::members`]; of an array, an element.
    Member { member: usize, element: Option<u32> },
    /// A row of the table that the kernel declares with that type.
    Argument { row: &'static spec::field::Field, ty: Type },
    /// The number of the attach point that has fired, among those of the object.
    Target,
}

/// What may fail: a string that cannot be read is null; else it ends the program for this event with an error.
#[derive(Debug, Clone)]
pub enum Fallible {
    /// The string at an address, of at most so many bytes. Without a space, the address tells whose memory it is in.
    /// That of an `array` has no more bytes, and needs no NUL behind them.
    ReadStr { pointer: ExprId, space: Option<Space>, max: u32, array: bool },
    /// So many bytes at an address, but no more than `max`; null where they cannot be read.
    ReadBytes { pointer: ExprId, length: ExprId, space: Space, max: u32 },
    /// What one of the two above, or a function, reads where a condition holds; null where it does not.
    Where { there: ExprId, read: ExprId },
    /// What is at an address. `direct`: the verifier knows what the address points to, and lets it be
    /// loaded from.
    Load { pointer: ExprId, ty: Type, space: Space, direct: bool },
    /// An operator that may overflow.
    Checked { op: Binary, lhs: ExprId, rhs: ExprId },
    /// A function of `bpf_headers/nu` that may fail, or that makes a string.
    Call { function: Function, args: Vec<ExprId> },
    /// One of [`super::Program::functions`], which gives a number of that type.
    Sub { number: usize, args: Vec<ExprId>, ty: Type },
    /// Whether a string matches one of [`super::Program::automata`], of which some give up on some texts.
    Matches { text: ExprId, automaton: usize },
    /// A string put together of these: Nushell's interpolation, in the kernel.
    Format { parts: Vec<ExprId> },
}

/// A value known at attach time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    Value(Box<Value>),
}

impl Const {
    /// As Nushell's value.
    pub fn value(&self, span: nu_protocol::Span) -> Value {
        match self {
            Const::Nothing => Value::nothing(span),
            Const::Bool(value) => Value::bool(*value, span),
            Const::Int(value) => Value::int(*value, span),
            Const::Float(value) => Value::float(*value, span),
            Const::Duration(value) => Value::duration(*value, span),
            Const::Filesize(value) => Value::filesize(*value, span),
            Const::Datetime(value) => Value::date(*value, span),
            Const::String(value) => Value::string(value, span),
            Const::Binary(value) => Value::binary(value.as_slice(), span),
            Const::Value(value) => Value::clone(value).with_span(span),
        }
    }
}

/// A row of the table of operators.
pub type Binary = &'static spec::operator::Operator;

/// A row of the table of functions.
pub type Function = &'static spec::function::Function;

/// A value whose structure is known at attach time.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One value.
    Leaf(ExprId),
    /// Columns with their names.
    Record(Vec<(String, Shape)>),
    /// As many items as there are.
    List(Vec<Shape>),
    /// A list of which each item is there where its condition holds: what `where` leaves.
    Sparse(Vec<(ExprId, Shape)>),
    /// One of two: what branches give that give different kinds of value.
    Either { cond: ExprId, then: Box<Shape>, otherwise: Box<Shape> },
    /// What the reader makes of these, as Nushell would have: text for people, fractions.
    Later { op: Later, args: Vec<Shape> },
}

impl Shape {
    /// The leaves in order, each with the path that leads to it (`file.name`; empty for a lone value).
    pub fn leaves(&self) -> Vec<(String, ExprId)> {
        fn walk(shape: &Shape, path: &str, out: &mut Vec<(String, ExprId)>) {
            let join = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            match shape {
                Shape::Leaf(expr) => out.push((path.to_string(), *expr)),
                Shape::Record(fields) => fields.iter().for_each(|(name, shape)| walk(shape, &join(name), out)),
                Shape::Later { op, args } if op.is_of_one() => args.iter().for_each(|number| walk(number, path, out)),
                Shape::List(items) | Shape::Later { args: items, .. } => {
                    items.iter().enumerate().for_each(|(i, shape)| walk(shape, &join(&i.to_string()), out))
                }
                Shape::Sparse(items) => items.iter().enumerate().for_each(|(i, (there, shape))| {
                    out.push((join(&format!("{i}_there")), *there));
                    walk(shape, &join(&i.to_string()), out);
                }),
                Shape::Either { cond, then, otherwise } => {
                    out.push((join("which"), *cond));
                    walk(then, &join("then"), out);
                    walk(otherwise, &join("else"), out);
                }
            }
        }
        let mut out = Vec::new();
        walk(self, "", &mut out);
        out
    }

    /// The same structure with other leaves, each told the name of its path (`_file_name`).
    pub fn map<E>(&self, leaf: &mut impl FnMut(&str, ExprId) -> Result<ExprId, E>) -> Result<Shape, E> {
        self.map_at("", leaf)
    }

    fn map_at<E>(&self, path: &str, leaf: &mut impl FnMut(&str, ExprId) -> Result<ExprId, E>) -> Result<Shape, E> {
        let mut items = |items: &[Shape]| -> Result<Vec<Shape>, E> {
            (0..).zip(items).map(|(i, item)| item.map_at(&format!("{path}_{i}"), leaf)).collect()
        };
        Ok(match self {
            Shape::Leaf(expr) => Shape::Leaf(leaf(path, *expr)?),
            Shape::List(list) => Shape::List(items(list)?),
            Shape::Later { op, args } => Shape::Later { op: *op, args: items(args)? },
            Shape::Record(fields) => {
                let field = |(name, shape): &(String, Shape)| {
                    Ok((name.clone(), shape.map_at(&format!("{path}_{name}"), leaf)?))
                };
                Shape::Record(fields.iter().map(field).collect::<Result<_, E>>()?)
            }
            Shape::Sparse(list) => {
                let item = |(i, (cond, item)): (i32, &(ExprId, Shape))| {
                    let cond = leaf(&format!("{path}_there"), *cond)?;
                    Ok((cond, item.map_at(&format!("{path}_{i}"), leaf)?))
                };
                Shape::Sparse((0..).zip(list).map(item).collect::<Result<_, E>>()?)
            }
            Shape::Either { cond, then, otherwise } => Shape::Either {
                cond: leaf(&format!("{path}_which"), *cond)?,
                then: Box::new(then.map_at(path, leaf)?),
                otherwise: Box::new(otherwise.map_at(path, leaf)?),
            },
        })
    }
}
