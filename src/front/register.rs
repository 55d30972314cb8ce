//! What a register of Nushell's machine holds while a closure is lowered.

use crate::ir::Shape;
use nu_protocol::{BlockId, ast::CellPath};

/// A symbolic value. Nushell's instructions consume their operands, so a register that was read is empty.
#[derive(Debug, Clone, PartialEq)]
pub enum Reg {
    Empty,
    /// The context.
    Ctx,
    /// `$ctx.args`, the attach point's own fields.
    Args,
    Shape(Shape),
    CellPath(CellPath),
    Closure(BlockId),
    Range,
    /// A captured value that has no place in a kernel program: its type, for the message.
    Foreign(String),
    /// What an `if` gives whose branches do not give the same kind of thing.
    Mixed,
}

impl Reg {
    /// What it is, in a message.
    pub fn describe(&self) -> &str {
        match self {
            Reg::Empty => "nothing",
            Reg::Ctx => "the whole context",
            Reg::Args => "all of the attach point's fields",
            Reg::Shape(Shape::Leaf(_)) => "a value",
            Reg::Shape(Shape::Record(_)) => "a record",
            Reg::Shape(Shape::List(_)) => "a list",
            Reg::CellPath(_) => "a cell path",
            Reg::Closure(_) => "a closure",
            Reg::Range => "a range",
            Reg::Foreign(ty) => ty,
            Reg::Mixed => "a different kind of value in each branch",
        }
    }
}
