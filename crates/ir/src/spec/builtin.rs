//! The table of Nushell's own commands that a closure may call on values of the kernel; on constants, any is run by
//! Nushell itself at attach time. A new one is a row, and an arm or a function if need be.

use super::function::{self, Function};
use super::operator::{self, Operator};
use crate::ir::Kind;

/// One of Nushell's commands.
#[derive(Debug)]
pub struct Builtin {
    pub name: &'static str,
    pub op: Op,
    /// The flags that it takes here.
    pub flags: &'static [&'static str],
    /// What is narrower here than in Nushell, so that it may follow "in a probe it works"; empty where nothing is.
    pub limits: &'static str,
}

/// What it does; `front` matches it without a rest arm.
#[derive(Debug, Clone, Copy)]
pub enum Op {
    Each,
    Where,
    Any,
    All,
    Reduce,
    First,
    Last,
    Take,
    Skip,
    Append,
    Prepend,
    Reverse,
    Length,
    /// Whether being empty is the answer.
    Empty(bool),
    Get,
    Select,
    Reject,
    Columns,
    Values,
    Write(Write),
    Merge,
    Default,
    Into(Kind),
    Abs,
    /// By a function of two.
    Extreme(&'static Function),
    Sum,
    Bits(&'static Operator),
    /// A function of strings that gives a bool or an int.
    Text(&'static Function),
    /// A function of strings that gives a string.
    NewText(&'static Function),
    /// A function of strings, of the bytes of a binary.
    Bytes(&'static Function),
    BytesAt,
    IndexOf,
    Contains,
    Substring,
    Trim,
    Random,
    Ignore,
    /// Ends with an error.
    Raise,
    Do,
}

impl Op {
    /// Whether it gives an item for what a closure gives, one by one.
    pub fn gives_each(self) -> bool {
        matches!(self, Op::Each | Op::Where)
    }

    /// Whether it may leave items alone that come later.
    pub fn ends_early(self) -> bool {
        matches!(self, Op::First | Op::Take | Op::Any | Op::All)
    }
}

/// What writing to a path may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// A new column only.
    Insert,
    /// An old column only.
    Update,
    Upsert,
}

const fn plain(name: &'static str, op: Op) -> Builtin {
    Builtin { name, op, flags: &[], limits: "" }
}

const fn limited(name: &'static str, op: Op, flags: &'static [&'static str], limits: &'static str) -> Builtin {
    Builtin { name, op, flags, limits }
}

const COUNT: &str = "with a constant number";
const PLACES: &str = "on a record, or on a list of known length";
const NUMBERS: &str = "on ints, durations, filesizes or datetimes of one type";
const DIGITS: &str = "on a string of digits, with a sign or 0x, 0o, 0b before them, and on any other type but floats";
const WRITTEN: &str = "on an int, bool or string; on a duration or filesize only to be emitted";
const RANGE: &str = "with a constant range of bytes; half a character is a run-time error";
const BYTES: &str = "on a binary; a number's with another number's or a constant";
const PART: &str = "with a constant range, on what `into binary` gives; half a character is a run-time error";
const SPACE: &str = "for white space; at any that is not ASCII it is a run-time error";
const ASCII: &str = "on ASCII; other text is a run-time error";

pub static BUILTINS: &[Builtin] = &[
    limited("each", Op::Each, &["keep-empty"], "by writing the closure out for each item"),
    plain("where", Op::Where),
    plain("any", Op::Any),
    plain("all", Op::All),
    limited("reduce", Op::Reduce, &["fold"], "on what `where` left with --fold"),
    limited("first", Op::First, &[], COUNT),
    limited("last", Op::Last, &[], COUNT),
    limited("take", Op::Take, &[], COUNT),
    limited("skip", Op::Skip, &[], COUNT),
    plain("append", Op::Append),
    plain("prepend", Op::Prepend),
    plain("reverse", Op::Reverse),
    plain("length", Op::Length),
    plain("is-empty", Op::Empty(true)),
    plain("is-not-empty", Op::Empty(false)),
    limited("get", Op::Get, &["optional"], "with a constant path, or an int as the number of an item"),
    limited("select", Op::Select, &["optional"], "with constant columns"),
    limited("reject", Op::Reject, &["optional"], "with constant columns, not on what `where` left"),
    limited("columns", Op::Columns, &[], "on a record"),
    limited("values", Op::Values, &[], "on a record"),
    limited("insert", Op::Write(Write::Insert), &[], PLACES),
    limited("update", Op::Write(Write::Update), &[], PLACES),
    limited("upsert", Op::Write(Write::Upsert), &[], PLACES),
    limited("merge", Op::Merge, &[], "on two records"),
    plain("default", Op::Default),
    limited("into int", Op::Into(Kind::Int), &[], DIGITS),
    limited("into bool", Op::Into(Kind::Bool), &[], "on an int or a bool"),
    limited("into string", Op::Into(Kind::Text), &[], WRITTEN),
    limited("into duration", Op::Into(Kind::Duration), &["unit"], "on an int or a duration"),
    limited("into datetime", Op::Into(Kind::Datetime), &[], "on an int, of nanoseconds, or a datetime"),
    limited("into filesize", Op::Into(Kind::Filesize), &[], "on an int or a filesize"),
    limited("into binary", Op::Into(Kind::Binary), &[], "on a string, int, bool, duration or filesize"),
    limited("math abs", Op::Abs, &[], "on ints or durations"),
    limited("math max", Op::Extreme(&function::MAX), &[], NUMBERS),
    limited("math min", Op::Extreme(&function::MIN), &[], NUMBERS),
    limited("math sum", Op::Sum, &[], "on ints, durations or filesizes of one type"),
    limited("bits and", Op::Bits(&operator::BIT_AND), &[], "on ints"),
    limited("bits or", Op::Bits(&operator::BIT_OR), &[], "on ints"),
    limited("bits xor", Op::Bits(&operator::BIT_XOR), &[], "on ints"),
    plain("str length", Op::Text(&function::LENGTH)),
    plain("str starts-with", Op::Text(&function::STARTS_WITH)),
    plain("str ends-with", Op::Text(&function::ENDS_WITH)),
    plain("str contains", Op::Contains),
    limited("str index-of", Op::IndexOf, &[], "for the first one, in bytes"),
    limited("str substring", Op::Substring, &[], RANGE),
    limited("str trim", Op::Trim, &["left", "right"], SPACE),
    limited("str lowercase", Op::NewText(&function::DOWNCASE), &[], ASCII),
    limited("str uppercase", Op::NewText(&function::UPCASE), &[], ASCII),
    limited("str downcase", Op::NewText(&function::DOWNCASE), &[], ASCII),
    limited("str upcase", Op::NewText(&function::UPCASE), &[], ASCII),
    limited("bytes length", Op::Bytes(&function::LENGTH), &[], BYTES),
    limited("bytes starts-with", Op::Bytes(&function::STARTS_WITH), &[], BYTES),
    limited("bytes ends-with", Op::Bytes(&function::ENDS_WITH), &[], BYTES),
    limited("bytes at", Op::BytesAt, &[], PART),
    limited("random int", Op::Random, &[], "with a constant range of at most 2^32 values"),
    limited("error make", Op::Raise, &["unspanned"], "as a run-time error; what it says is shown as it is written"),
    plain("ignore", Op::Ignore),
    plain("do", Op::Do),
];

/// The row whose name the words of a call begin with; the longest, as `str length` is not `str`.
pub fn called(words: &str) -> Option<&'static Builtin> {
    let words = words.trim_start();
    let fits = |row: &&Builtin| {
        words.strip_prefix(row.name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    BUILTINS.iter().filter(fits).max_by_key(|row| row.name.len())
}
