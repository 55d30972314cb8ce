//! The table of operators: Nushell's, on the types that a kernel program computes with. What each gives for two types
//! is as Nushell has it; a pair that no rule names is an error there too.

use super::failure::{self, Failure};
use crate::ir::Kind::{self, Address, Bool, Datetime, Duration, Filesize, Int, Text};
use nu_protocol::ast::{Bits, Boolean, Comparison, Math, Operator as Nu};

/// One operator.
#[derive(Debug)]
pub struct Operator {
    /// As Nushell writes it.
    pub name: &'static str,
    pub nu: Nu,
    /// As C writes it; empty where it is no operator of C's.
    pub c: &'static str,
    pub rules: &'static [Rule],
    pub guard: Guard,
}

/// Left, right, result.
pub type Rule = (Kind, Kind, Kind);

/// What keeps it from a silently wrong result, and who computes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    None,
    Checked(Checked),
    /// The reader, as the result may be a fraction. The kernel only sees to it that no integer is divided by zero.
    Later,
    /// `front`, out of the others: it takes lists and texts apart.
    Lowered,
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

impl Operator {
    /// What it gives for two types; None where Nushell has no such operation.
    pub fn result(&self, lhs: Kind, rhs: Kind) -> Option<Kind> {
        self.rules.iter().find(|rule| rule.0 == lhs && rule.1 == rhs).map(|rule| rule.2)
    }
}

const BOOLS: &[Rule] = &[(Bool, Bool, Bool)];
const INTS: &[Rule] = &[(Int, Int, Int)];
const TEXTS: &[Rule] = &[(Text, Text, Bool)];
const ORDERED: &[Rule] = &[
    (Int, Int, Bool),
    (Bool, Bool, Bool),
    (Text, Text, Bool),
    (Duration, Duration, Bool),
    (Filesize, Filesize, Bool),
    (Datetime, Datetime, Bool),
    (Int, Address, Bool),
    (Address, Int, Bool),
    (Address, Address, Bool),
];
const PLUS: &[Rule] = &[
    (Int, Int, Int),
    (Text, Text, Text),
    (Duration, Duration, Duration),
    (Filesize, Filesize, Filesize),
    (Datetime, Duration, Datetime),
    (Duration, Datetime, Datetime),
];
const MINUS: &[Rule] = &[
    (Int, Int, Int),
    (Duration, Duration, Duration),
    (Filesize, Filesize, Filesize),
    (Datetime, Duration, Datetime),
    (Datetime, Datetime, Duration),
];
const TIMES: &[Rule] = &[
    (Int, Int, Int),
    (Int, Duration, Duration),
    (Duration, Int, Duration),
    (Int, Filesize, Filesize),
    (Filesize, Int, Filesize),
];
const FLOOR: &[Rule] = &[
    (Int, Int, Int),
    (Duration, Int, Duration),
    (Duration, Duration, Int),
    (Filesize, Int, Filesize),
    (Filesize, Filesize, Int),
];
const MODULO: &[Rule] = &[
    (Int, Int, Int),
    (Duration, Int, Duration),
    (Duration, Duration, Duration),
    (Filesize, Int, Filesize),
    (Filesize, Filesize, Filesize),
];

const fn compare(name: &'static str, nu: Comparison, rules: &'static [Rule]) -> Operator {
    Operator { name, nu: Nu::Comparison(nu), c: name, rules, guard: Guard::None }
}

const fn lowered(name: &'static str, nu: Nu, rules: &'static [Rule]) -> Operator {
    Operator { name, nu, c: "", rules, guard: Guard::Lowered }
}

const fn logic(name: &'static str, nu: Boolean, c: &'static str) -> Operator {
    Operator { name, nu: Nu::Boolean(nu), c, rules: BOOLS, guard: Guard::None }
}

const fn math(name: &'static str, nu: Math, c: &'static str, rules: &'static [Rule], guard: Guard) -> Operator {
    Operator { name, nu: Nu::Math(nu), c, rules, guard }
}

const fn bits(name: &'static str, nu: Bits, c: &'static str, guard: Guard) -> Operator {
    Operator { name, nu: Nu::Bits(nu), c, rules: INTS, guard }
}

pub const EQUAL: Operator = compare("==", Comparison::Equal, ORDERED);
pub const UNEQUAL: Operator = compare("!=", Comparison::NotEqual, ORDERED);
pub const LESS: Operator = compare("<", Comparison::LessThan, ORDERED);
pub const AT_MOST: Operator = compare("<=", Comparison::LessThanOrEqual, ORDERED);
pub const GREATER: Operator = compare(">", Comparison::GreaterThan, ORDERED);
pub const AT_LEAST: Operator = compare(">=", Comparison::GreaterThanOrEqual, ORDERED);
pub const AND: Operator = logic("and", Boolean::And, "&&");
pub const OR: Operator = logic("or", Boolean::Or, "||");
pub const ADD: Operator = math("+", Math::Add, "+", PLUS, overflows("__builtin_add_overflow"));
pub const MULTIPLY: Operator = math("*", Math::Multiply, "*", TIMES, overflows("nu_mul"));
pub const BIT_AND: Operator = bits("bit-and", Bits::BitAnd, "&", Guard::None);
pub const BIT_OR: Operator = bits("bit-or", Bits::BitOr, "|", Guard::None);
pub const BIT_XOR: Operator = bits("bit-xor", Bits::BitXor, "^", Guard::None);
pub const IN: Operator = lowered("in", Nu::Comparison(Comparison::In), TEXTS);
pub const FLOOR_DIVIDE: Operator = math("//", Math::FloorDivide, "/", FLOOR, divides("nu_floor_div"));

pub static OPERATORS: &[Operator] = &[
    EQUAL,
    UNEQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    AND,
    OR,
    logic("xor", Boolean::Xor, "!="),
    ADD,
    math("-", Math::Subtract, "-", MINUS, overflows("__builtin_sub_overflow")),
    MULTIPLY,
    math("/", Math::Divide, "", FLOOR, Guard::Later),
    FLOOR_DIVIDE,
    math("mod", Math::Modulo, "%", MODULO, divides("nu_floor_mod")),
    math("**", Math::Pow, "", INTS, Guard::Lowered),
    math("++", Math::Concatenate, "", &[(Text, Text, Text)], Guard::Lowered),
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    bits("bit-shl", Bits::ShiftLeft, "<<", shifts("nu_shl")),
    bits("bit-shr", Bits::ShiftRight, ">>", shifts("nu_shr")),
    IN,
    lowered("not-in", Nu::Comparison(Comparison::NotIn), TEXTS),
    lowered("has", Nu::Comparison(Comparison::Has), TEXTS),
    lowered("not-has", Nu::Comparison(Comparison::NotHas), TEXTS),
    lowered("starts-with", Nu::Comparison(Comparison::StartsWith), TEXTS),
    lowered("not-starts-with", Nu::Comparison(Comparison::NotStartsWith), TEXTS),
    lowered("ends-with", Nu::Comparison(Comparison::EndsWith), TEXTS),
    lowered("not-ends-with", Nu::Comparison(Comparison::NotEndsWith), TEXTS),
    lowered("=~", Nu::Comparison(Comparison::RegexMatch), TEXTS),
    lowered("!~", Nu::Comparison(Comparison::NotRegexMatch), TEXTS),
];

/// The row for one of Nushell's operators.
pub fn operator(nu: Nu) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.nu == nu)
}
