//! What a register of Nushell's machine holds while a closure is lowered.

use crate::ir::{ExprId, Later, Shape};
use nu_protocol::{BlockId, Value, ast::CellPath};

/// A symbolic value. Nushell's instructions consume their operands, so a register that was read is empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Reg {
    #[default]
    Empty,
    /// The context.
    Ctx,
    /// `$ctx.args`, the attach point's own fields.
    Args,
    /// `$ctx.entry`, the context at the entry of what returns.
    Entry,
    /// `$ctx.entry.args`, its attach point's own fields.
    EntryArgs,
    /// Something in the kernel's memory whose type is known.
    Typed(super::kernel::Typed),
    Shape(Shape),
    CellPath(CellPath),
    /// A closure, with what it captured where it comes from outside.
    Closure(BlockId, Vec<(nu_protocol::VarId, Value)>),
    Range(Box<Range>),
    /// A captured value that has no place in a kernel program: its type, for the message.
    Foreign(String),
    /// What an `if` gives whose branches do not give the same kind of thing.
    Mixed,
}

/// A range of ints; `next` is the second value where the step is written out.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    pub start: Shape,
    pub next: Option<Shape>,
    pub end: Shape,
    pub inclusive: bool,
}

impl Reg {
    /// What a `mut` holds of it: of a struct the address, which may be that of another later.
    pub fn uncast(self) -> Reg {
        match self {
            Reg::Typed(typed) => Reg::Typed(typed.uncast()),
            other => other,
        }
    }

    /// What it is, in a message.
    pub fn describe(&self) -> &str {
        match self {
            Reg::Empty => "an empty input",
            Reg::Ctx => "the whole context",
            Reg::Args => "all of the attach point's fields",
            Reg::Entry => "the whole context of the entry",
            Reg::EntryArgs => "all of the entry's fields",
            Reg::Typed(_) => "a struct of the kernel's",
            Reg::Shape(Shape::Leaf(_)) => "a value",
            Reg::Shape(Shape::Record(_)) => "a record",
            Reg::Shape(Shape::List(_)) => "a list",
            Reg::Shape(Shape::Sparse(_)) => "a list whose length is known only in the kernel",
            Reg::Shape(Shape::Either { .. }) => "of one kind or of another",
            Reg::Shape(Shape::Later { op, .. }) if op.is_text() => "a string",
            Reg::Shape(Shape::Later { op: Later::SocketAddress, .. }) => "a record that is made after the kernel",
            Reg::Shape(Shape::Later { .. }) => "a number that may be a fraction",
            Reg::CellPath(_) => "a cell path",
            Reg::Closure(..) => "a closure",
            Reg::Range(_) => "a range",
            Reg::Foreign(ty) => ty,
            Reg::Mixed => "a different kind of value in each branch",
        }
    }
}

impl From<Shape> for Reg {
    fn from(shape: Shape) -> Reg {
        Reg::Shape(shape)
    }
}

impl From<ExprId> for Reg {
    fn from(expr: ExprId) -> Reg {
        Reg::Shape(Shape::Leaf(expr))
    }
}
