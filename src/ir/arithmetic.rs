//! Operators on values: what `front` computes of constants and what `read` computes of rows are one arithmetic,
//! Nushell's own.

use nu_protocol::ast::{Bits, Boolean, Comparison, Math, Operator};
use nu_protocol::{ShellError, Value};

/// An operator on two values, by Nushell's own functions. None for the patterns, which need Nushell's engine.
pub fn compute(op: Operator, l: &Value, r: &Value, at: nu_protocol::Span) -> Option<Result<Value, ShellError>> {
    Some(match op {
        Operator::Math(op) => match op {
            Math::Add => l.add(at, r, at),
            Math::Subtract => l.sub(at, r, at),
            Math::Multiply => l.mul(at, r, at),
            Math::Divide => l.div(at, r, at),
            Math::FloorDivide => l.floor_div(at, r, at),
            Math::Modulo => l.modulo(at, r, at),
            Math::Pow => l.pow(at, r, at),
            Math::Concatenate => l.concat(at, r, at),
        },
        Operator::Bits(op) => match op {
            Bits::BitAnd => l.bit_and(at, r, at),
            Bits::BitOr => l.bit_or(at, r, at),
            Bits::BitXor => l.bit_xor(at, r, at),
            Bits::ShiftLeft => l.bit_shl(at, r, at),
            Bits::ShiftRight => l.bit_shr(at, r, at),
        },
        Operator::Boolean(op) => match op {
            Boolean::And => l.and(at, r, at),
            Boolean::Or => l.or(at, r, at),
            Boolean::Xor => l.xor(at, r, at),
        },
        Operator::Comparison(op) => match op {
            Comparison::Equal => l.eq(at, r, at),
            Comparison::NotEqual => l.ne(at, r, at),
            Comparison::LessThan => l.lt(at, r, at),
            Comparison::LessThanOrEqual => l.lte(at, r, at),
            Comparison::GreaterThan => l.gt(at, r, at),
            Comparison::GreaterThanOrEqual => l.gte(at, r, at),
            Comparison::In => l.r#in(at, r, at),
            Comparison::NotIn => l.not_in(at, r, at),
            Comparison::Has => l.has(at, r, at),
            Comparison::NotHas => l.not_has(at, r, at),
            Comparison::StartsWith => l.starts_with(at, r, at),
            Comparison::NotStartsWith => l.not_starts_with(at, r, at),
            Comparison::EndsWith => l.ends_with(at, r, at),
            Comparison::NotEndsWith => l.not_ends_with(at, r, at),
            Comparison::RegexMatch | Comparison::NotRegexMatch => return None,
        },
        Operator::Assignment(_) => return None,
    })
}
