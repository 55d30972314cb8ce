//! The table of operators: Nushell's, on the types that a kernel program has. What no rule names is an error there too.

use super::failure::{self, Failure};
use crate::ir::Kind::{self, Address, Bool, Datetime, Duration, Filesize, Int, Text};
use nu_protocol::ast::{Bits, Boolean, Comparison, Math, Operator as Nu};
use nu_protocol::{ShellError, Span, Value};

/// One operator.
#[derive(Debug)]
pub struct Operator {
    /// As Nushell writes it.
    pub name: &'static str,
    pub nu: Nu,
    /// As C writes it; empty where it is no operator of C's.
    pub c: &'static str,
    pub rules: Rules,
    pub guard: Guard,
    /// Nushell's own function of two values; none for the patterns, which need Nushell's engine.
    pub compute: Option<Compute>,
}

/// Left, right, result.
pub type Rule = (Kind, Kind, Kind);
type Rules = &'static [Rule];
type Compute = fn(&Value, Span, &Value, Span) -> Result<Value, ShellError>;

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

/// Left and right operand, and what they give.
macro_rules! rules {
    ($($left:ident $right:ident => $result:ident;)*) => { &[$(($left, $right, $result)),*] };
}

const BOOLS: Rules = &[(Bool, Bool, Bool)];
const INTS: Rules = &[(Int, Int, Int)];
const TEXTS: Rules = &[(Text, Text, Bool)];
const ORDERED: Rules = rules! {
    Int Int => Bool; Bool Bool => Bool; Text Text => Bool; Duration Duration => Bool; Filesize Filesize => Bool;
    Datetime Datetime => Bool; Int Address => Bool; Address Int => Bool; Address Address => Bool;
};
const PLUS: Rules = rules! {
    Int Int => Int; Text Text => Text; Duration Duration => Duration; Filesize Filesize => Filesize;
    Datetime Duration => Datetime; Duration Datetime => Datetime;
};
const MINUS: Rules = rules! {
    Int Int => Int; Duration Duration => Duration; Filesize Filesize => Filesize; Datetime Duration => Datetime;
    Datetime Datetime => Duration;
};
const TIMES: Rules = rules! {
    Int Int => Int; Int Duration => Duration; Duration Int => Duration; Int Filesize => Filesize;
    Filesize Int => Filesize;
};
const FLOOR: Rules = rules! {
    Int Int => Int; Duration Int => Duration; Duration Duration => Int; Filesize Int => Filesize;
    Filesize Filesize => Int;
};
const MODULO: Rules = rules! {
    Int Int => Int; Duration Int => Duration; Duration Duration => Duration; Filesize Int => Filesize;
    Filesize Filesize => Filesize;
};

const fn compare(name: &'static str, nu: Comparison, compute: Compute) -> Operator {
    Operator { name, nu: Nu::Comparison(nu), c: name, rules: ORDERED, guard: Guard::None, compute: Some(compute) }
}

const fn lowered(name: &'static str, nu: Comparison, compute: Option<Compute>) -> Operator {
    Operator { name, nu: Nu::Comparison(nu), c: "", rules: TEXTS, guard: Guard::Lowered, compute }
}

const fn logic(name: &'static str, nu: Boolean, c: &'static str, compute: Compute) -> Operator {
    Operator { name, nu: Nu::Boolean(nu), c, rules: BOOLS, guard: Guard::None, compute: Some(compute) }
}

const fn math(name: &'static str, nu: Math, c: &'static str, rules: Rules, guard: Guard, compute: Compute) -> Operator {
    Operator { name, nu: Nu::Math(nu), c, rules, guard, compute: Some(compute) }
}

const fn bits(name: &'static str, nu: Bits, c: &'static str, guard: Guard, compute: Compute) -> Operator {
    Operator { name, nu: Nu::Bits(nu), c, rules: INTS, guard, compute: Some(compute) }
}

pub const EQUAL: Operator = compare("==", Comparison::Equal, Value::eq);
pub const UNEQUAL: Operator = compare("!=", Comparison::NotEqual, Value::ne);
pub const LESS: Operator = compare("<", Comparison::LessThan, Value::lt);
pub const AT_MOST: Operator = compare("<=", Comparison::LessThanOrEqual, Value::lte);
pub const GREATER: Operator = compare(">", Comparison::GreaterThan, Value::gt);
pub const AT_LEAST: Operator = compare(">=", Comparison::GreaterThanOrEqual, Value::gte);
pub const AND: Operator = logic("and", Boolean::And, "&&", Value::and);
pub const OR: Operator = logic("or", Boolean::Or, "||", Value::or);
pub const ADD: Operator = math("+", Math::Add, "+", PLUS, overflows("__builtin_add_overflow"), Value::add);
pub const MULTIPLY: Operator = math("*", Math::Multiply, "*", TIMES, overflows("nu_mul"), Value::mul);
pub const FLOOR_DIVIDE: Operator = math("//", Math::FloorDivide, "/", FLOOR, divides("nu_floor_div"), Value::floor_div);
pub const BIT_AND: Operator = bits("bit-and", Bits::BitAnd, "&", Guard::None, Value::bit_and);
pub const BIT_OR: Operator = bits("bit-or", Bits::BitOr, "|", Guard::None, Value::bit_or);
pub const BIT_XOR: Operator = bits("bit-xor", Bits::BitXor, "^", Guard::None, Value::bit_xor);
pub const SHIFT_RIGHT: Operator = bits("bit-shr", Bits::ShiftRight, ">>", shifts("nu_shr"), Value::bit_shr);
pub const IN: Operator = lowered("in", Comparison::In, Some(Value::r#in));

pub static OPERATORS: &[Operator] = &[
    EQUAL,
    UNEQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    AND,
    OR,
    logic("xor", Boolean::Xor, "!=", Value::xor),
    ADD,
    math("-", Math::Subtract, "-", MINUS, overflows("__builtin_sub_overflow"), Value::sub),
    MULTIPLY,
    math("/", Math::Divide, "", FLOOR, Guard::Later, Value::div),
    FLOOR_DIVIDE,
    math("mod", Math::Modulo, "%", MODULO, divides("nu_floor_mod"), Value::modulo),
    math("**", Math::Pow, "", INTS, Guard::Lowered, Value::pow),
    math("++", Math::Concatenate, "", &[(Text, Text, Text)], Guard::Lowered, Value::concat),
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    bits("bit-shl", Bits::ShiftLeft, "<<", shifts("nu_shl"), Value::bit_shl),
    SHIFT_RIGHT,
    IN,
    lowered("not-in", Comparison::NotIn, Some(Value::not_in)),
    lowered("has", Comparison::Has, Some(Value::has)),
    lowered("not-has", Comparison::NotHas, Some(Value::not_has)),
    lowered("starts-with", Comparison::StartsWith, Some(Value::starts_with)),
    lowered("not-starts-with", Comparison::NotStartsWith, Some(Value::not_starts_with)),
    lowered("ends-with", Comparison::EndsWith, Some(Value::ends_with)),
    lowered("not-ends-with", Comparison::NotEndsWith, Some(Value::not_ends_with)),
    lowered("=~", Comparison::RegexMatch, None),
    lowered("!~", Comparison::NotRegexMatch, None),
];

/// The row for one of Nushell's operators.
pub fn operator(nu: Nu) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.nu == nu)
}

/// An operator on two values: what `front` computes of constants and what `read` computes of rows are one arithmetic.
pub fn compute(nu: Nu, left: &Value, right: &Value, at: Span) -> Option<Result<Value, ShellError>> {
    let compute = operator(nu)?.compute?;
    Some(compute(left, at, right, at))
}
