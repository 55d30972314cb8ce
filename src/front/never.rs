//! Comparisons of a field with a constant that it never holds: a string longer than the field, a number out of its
//! range. Nushell would evaluate them; in a probe they are filters that nothing passes, and are refused.

use super::{Code, Error, Lowering, Result};
use crate::ir::{Automaton, Binary, Const, ExprId, ExprKind, Fallible, Field, Text, Type, Width};
use crate::spec::command::LEN;
use nu_protocol::ast::{Comparison, Operator};

/// The most bytes of a command name (`TASK_COMM_LEN` less the NUL, include/linux/sched.h).
const COMM: u32 = 15;

/// A bound on a string's length, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Longest {
    bytes: u32,
    from: Bound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// The kernel's limit for command names.
    Comm,
    /// The declared size of an array.
    Array,
    /// The `--len` of what reads it.
    Read,
}

impl Lowering<'_> {
    /// Returns whether this is the code of a custom command or of another closure, which may be written for any value.
    fn is_called(&self) -> bool {
        self.frame.code.at.is_some()
    }

    /// The expression that a variable was bound to, unless the variable may be assigned again.
    fn source(&self, expr: ExprId) -> ExprId {
        match self.expr(expr).kind {
            ExprKind::Var(var) if !self.mutable.contains(&var) => match self.sources.get(&var) {
                Some(source) if *source != expr => self.source(*source),
                _ => expr,
            },
            ExprKind::Fallible(Fallible::Call { function, ref args }) if *function == crate::spec::function::COPY => {
                args.first().map_or(expr, |arg| self.source(*arg))
            }
            _ => expr,
        }
    }

    /// The longest string that a field or a read can give; None of what is computed.
    fn longest(&self, text: ExprId) -> Option<Longest> {
        let source = self.source(text);
        Some(match (&self.expr(source).kind, self.ty(source)) {
            (ExprKind::Field(Field::Builtin(_)), Type::Text(Text::Chars(size))) if size == COMM + 1 => {
                Longest { bytes: COMM, from: Bound::Comm }
            }
            (ExprKind::Field(_), Type::Text(Text::Chars(size))) => Longest { bytes: size, from: Bound::Array },
            (ExprKind::Fallible(Fallible::ReadStr { max, array, .. }), _) => {
                Longest { bytes: *max, from: if *array { Bound::Array } else { Bound::Read } }
            }
            _ => return None,
        })
    }

    /// Refuses a comparison of a string with one that is longer than it can be.
    pub fn can_hold(&self, text: ExprId, part: ExprId) -> Result<()> {
        let (Some(longest), Some(known)) = (self.longest(text), self.constant_text(part)) else { return Ok(()) };
        if self.is_called() || known.len() <= longest.bytes as usize {
            return Ok(());
        }
        let cut = known.floor_char_boundary(longest.bytes as usize);
        let help = match longest.from {
            Bound::Comm => format!("the kernel cuts command names to {COMM} bytes: write '{}'", &known[..cut]),
            Bound::Array => format!("the kernel has room for {} bytes: write '{}'", longest.bytes, &known[..cut]),
            Bound::Read => self.longer_read(known.len()),
        };
        Err(self
            .never(text, longest.bytes)
            .label(self.stands(part), format!("this has {} bytes", known.len()))
            .help(help))
    }

    /// Refuses a pattern that matches no string as short as the text is.
    pub fn can_match(&self, text: ExprId, part: ExprId, automaton: &Automaton) -> Result<()> {
        let Some(longest) = self.longest(text) else { return Ok(()) };
        if self.is_called() || automaton.matches_within(longest.bytes) {
            return Ok(());
        }
        if !automaton.matches_any() {
            return Err(self.matches_nothing(part));
        }
        let help = match longest.from {
            Bound::Comm => format!("the kernel cuts command names to {COMM} bytes: shorten the pattern"),
            Bound::Array => format!("the kernel has room for {} bytes: shorten the pattern", longest.bytes),
            Bound::Read => self.longer_read(longest.bytes as usize * 2),
        };
        let label = format!("this needs more than {} bytes", longest.bytes);
        Err(self.never(text, longest.bytes).label(self.stands(part), label).help(help))
    }

    /// The error of a pattern that matches no text at all, such as `a^`.
    fn matches_nothing(&self, part: ExprId) -> Error {
        let pattern = self.constant_text(part).unwrap_or_default();
        let inside = |(before, _): (&str, &str)| !before.is_empty() && !before.ends_with(['[', '\\', '(', '|']);
        let help = match (pattern.rsplit_once('^').is_some_and(inside), pattern.contains('$')) {
            (true, _) => r"`^` is the beginning of the text: put it first; the character itself is `\^`".to_string(),
            (_, true) => r"`$` is the end of the text: put it last; the character itself is `\$`".to_string(),
            _ => "leave it out, or write one that a string can match".to_string(),
        };
        Error::new(Code::ClosureType, "this comparison gives the same result for every event")
            .label(self.stands(part), "this pattern matches no string, however long")
            .help(help)
    }

    fn longer_read(&self, bytes: usize) -> String {
        let most = match LEN.takes {
            crate::spec::command::Takes::Int { max, .. } => max as usize,
            _ => bytes,
        };
        format!("read more bytes: --len {}", bytes.min(most))
    }

    fn never(&self, text: ExprId, bytes: u32) -> Error {
        Error::new(Code::ClosureType, "this comparison gives the same result for every event")
            .label(self.stands(text), format!("this has at most {bytes} bytes"))
    }

    /// Refuses a comparison of a field with a number that it never holds.
    pub fn can_reach(&self, op: Binary, lhs: ExprId, rhs: ExprId) -> Result<()> {
        let Operator::Comparison(comparison) = op.nu else { return Ok(()) };
        let (value, number, comparison) = match (self.constant_int(lhs), self.constant_int(rhs)) {
            (None, Some(number)) => (lhs, (number, rhs), comparison),
            (Some(number), None) => (rhs, (number, lhs), flipped(comparison)),
            _ => return Ok(()),
        };
        let Some((low, high)) = self.field_range(value) else { return Ok(()) };
        let (number, at) = number;
        let never = match comparison {
            Comparison::Equal | Comparison::NotEqual => !(low..=high).contains(&number),
            Comparison::LessThan => number <= low,
            Comparison::LessThanOrEqual => number < low,
            Comparison::GreaterThan => number >= high,
            Comparison::GreaterThanOrEqual => number > high,
            _ => false,
        };
        if never && !self.is_called() { Err(self.out_of_range(value, (low, high), number, at)) } else { Ok(()) }
    }

    /// Refuses a range that has no number in common with a field.
    pub fn can_overlap(&self, value: ExprId, start: ExprId, end: ExprId) -> Result<()> {
        let (Some(from), Some(to), Some((low, high))) =
            (self.constant_int(start), self.constant_int(end), self.field_range(value))
        else {
            return Ok(());
        };
        let apart = from.max(to) < low || from.min(to) > high;
        if apart && !self.is_called() { Err(self.out_of_range(value, (low, high), from, start)) } else { Ok(()) }
    }

    fn out_of_range(&self, value: ExprId, (low, high): (i64, i64), number: i64, at: ExprId) -> Error {
        // The value that has the bits of a negative number.
        let unsigned = number.checked_add(high).and_then(|sum| sum.checked_add(1)).filter(|_| low == 0 && number < 0);
        let help = match unsigned {
            Some(unsigned) if unsigned > 0 => {
                format!("the field is unsigned, where {number} is stored as {unsigned}: write {unsigned}")
            }
            _ => format!("compare with a number between {low} and {high}"),
        };
        Error::new(Code::ClosureType, "this comparison gives the same result for every event")
            .label(self.stands(value), format!("this is from {low} to {high}"))
            .label(self.stands(at), format!("this is {number}"))
            .help(help)
    }

    /// The least and the largest number that a field has; None of 64 bits, and of what is computed.
    fn field_range(&self, value: ExprId) -> Option<(i64, i64)> {
        let source = self.source(value);
        let kind = &self.expr(source).kind;
        if !matches!(kind, ExprKind::Field(_) | ExprKind::Fallible(Fallible::Load { .. })) {
            return None;
        }
        match self.ty(source) {
            Type::Int(Width { signed: false, bytes: bytes @ 1..8 }) => Some((0, (1 << (8 * bytes)) - 1)),
            Type::Int(Width { signed: true, bytes: bytes @ 1..8 }) => {
                Some((-(1 << (8 * bytes - 1)), (1 << (8 * bytes - 1)) - 1))
            }
            _ => None,
        }
    }

    fn constant_int(&self, expr: ExprId) -> Option<i64> {
        let ExprKind::Const(Const::Int(value)) = self.expr(expr).kind else { return None };
        Some(value)
    }
}

/// The comparison with its sides exchanged.
fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::LessThan => Comparison::GreaterThan,
        Comparison::LessThanOrEqual => Comparison::GreaterThanOrEqual,
        Comparison::GreaterThan => Comparison::LessThan,
        Comparison::GreaterThanOrEqual => Comparison::LessThanOrEqual,
        other => other,
    }
}
