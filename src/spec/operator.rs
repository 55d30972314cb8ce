//! The table of operators: Nushell's, on the types that a kernel program computes with.

use super::failure::{self, Failure};
use nu_protocol::ast::{Bits, Boolean, Comparison, Math, Operator as Nu};

/// One operator.
#[derive(Debug)]
pub struct Operator {
    /// As Nushell writes it.
    pub name: &'static str,
    pub nu: Nu,
    /// As C writes it.
    pub c: &'static str,
    pub takes: Takes,
    pub guard: Guard,
}

/// What operands it takes and what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Two bools: bool.
    Bools,
    /// Two of one type, compared for equality: bool.
    Same,
    /// Two of one ordered type: bool.
    Ordered,
    /// Two of int, duration or filesize: the same. A datetime and a duration: datetime.
    Sum,
    /// Two of int, duration or filesize: the same. Two datetimes: duration. A datetime less a duration: datetime.
    Difference,
    /// Two ints: int.
    Ints,
}

/// What keeps it from a silently wrong result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    None,
    Checked(Checked),
}

/// A function that says whether Nushell would have raised an error: clang's built-in, or one of `bpf_headers/nu/math.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    pub function: &'static str,
    pub failure: &'static Failure,
    /// What it is instead where the right operand is zero.
    pub zero: Option<&'static Failure>,
}

const fn overflows(function: &'static str) -> Guard {
    Guard::Checked(Checked { function, failure: &failure::OVERFLOW, zero: None })
}

const fn divides(function: &'static str) -> Guard {
    Guard::Checked(Checked { function, failure: &failure::OVERFLOW, zero: Some(&failure::DIVISION_BY_ZERO) })
}

const fn shifts(function: &'static str) -> Guard {
    Guard::Checked(Checked { function, failure: &failure::SHIFT, zero: None })
}

impl PartialEq for Operator {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

pub static OPERATORS: &[Operator] = &[
    Operator { name: "==", nu: Nu::Comparison(Comparison::Equal), c: "==", takes: Takes::Same, guard: Guard::None },
    Operator { name: "!=", nu: Nu::Comparison(Comparison::NotEqual), c: "!=", takes: Takes::Same, guard: Guard::None },
    Operator { name: "<", nu: Nu::Comparison(Comparison::LessThan), c: "<", takes: Takes::Ordered, guard: Guard::None },
    Operator {
        name: "<=",
        nu: Nu::Comparison(Comparison::LessThanOrEqual),
        c: "<=",
        takes: Takes::Ordered,
        guard: Guard::None,
    },
    Operator {
        name: ">",
        nu: Nu::Comparison(Comparison::GreaterThan),
        c: ">",
        takes: Takes::Ordered,
        guard: Guard::None,
    },
    Operator {
        name: ">=",
        nu: Nu::Comparison(Comparison::GreaterThanOrEqual),
        c: ">=",
        takes: Takes::Ordered,
        guard: Guard::None,
    },
    Operator { name: "and", nu: Nu::Boolean(Boolean::And), c: "&&", takes: Takes::Bools, guard: Guard::None },
    Operator { name: "or", nu: Nu::Boolean(Boolean::Or), c: "||", takes: Takes::Bools, guard: Guard::None },
    Operator { name: "xor", nu: Nu::Boolean(Boolean::Xor), c: "!=", takes: Takes::Bools, guard: Guard::None },
    Operator {
        name: "+",
        nu: Nu::Math(Math::Add),
        c: "+",
        takes: Takes::Sum,
        guard: overflows("__builtin_add_overflow"),
    },
    Operator {
        name: "-",
        nu: Nu::Math(Math::Subtract),
        c: "-",
        takes: Takes::Difference,
        guard: overflows("__builtin_sub_overflow"),
    },
    Operator { name: "*", nu: Nu::Math(Math::Multiply), c: "*", takes: Takes::Ints, guard: overflows("nu_mul") },
    Operator {
        name: "//",
        nu: Nu::Math(Math::FloorDivide),
        c: "/",
        takes: Takes::Ints,
        guard: divides("nu_floor_div"),
    },
    Operator { name: "mod", nu: Nu::Math(Math::Modulo), c: "%", takes: Takes::Ints, guard: divides("nu_floor_mod") },
    Operator { name: "bit-and", nu: Nu::Bits(Bits::BitAnd), c: "&", takes: Takes::Ints, guard: Guard::None },
    Operator { name: "bit-or", nu: Nu::Bits(Bits::BitOr), c: "|", takes: Takes::Ints, guard: Guard::None },
    Operator { name: "bit-xor", nu: Nu::Bits(Bits::BitXor), c: "^", takes: Takes::Ints, guard: Guard::None },
    Operator { name: "bit-shl", nu: Nu::Bits(Bits::ShiftLeft), c: "<<", takes: Takes::Ints, guard: shifts("nu_shl") },
    Operator { name: "bit-shr", nu: Nu::Bits(Bits::ShiftRight), c: ">>", takes: Takes::Ints, guard: shifts("nu_shr") },
];

/// The row for one of Nushell's operators.
pub fn operator(nu: Nu) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.nu == nu)
}
