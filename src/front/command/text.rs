//! Strings: each command is a function of `bpf_headers/nu`, or a pattern where what is looked for is known.

use super::super::{Args, Lowering, Reg, Result, Span};
use crate::ir::{ExprId, ExprKind, Fallible, Shape};
use crate::spec::function::{Function, Gives, SUBSTRING, TRIM};

/// `enum nu_end` of `bpf_headers/nu/text.h`.
const OPEN: i64 = 0;
const WITH: i64 = 1;
const BEFORE: i64 = 2;

/// The sides of `bpf_headers/nu/text.h`.
const LEFT: i64 = 1;
const RIGHT: i64 = 2;

/// What says whether or where a string has another in it.
type Find<L> = fn(&mut L, ExprId, ExprId, Span) -> Result<Reg>;

impl Lowering<'_> {
    /// A function that gives a bool or an int, of the input and the command's arguments.
    pub fn text_command(&mut self, function: &'static Function, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let mut others = Vec::new();
        for index in 0..args.positional.len() {
            let argument = self.argument(args, index, span)?;
            others.push(self.leaf(argument, span)?);
        }
        self.mapped(input, span, &mut |this, value| {
            let value = this.leaf(value, span)?;
            let all: Vec<ExprId> = std::iter::once(value).chain(others.iter().copied()).collect();
            this.call_texts(function, &all, span)
        })
    }

    /// A function that gives a string, of one and of numbers.
    pub fn new_text(&mut self, function: &'static Function, value: Shape, numbers: &[i64], span: Span) -> Result<Reg> {
        let value = self.leaf(value, span)?;
        let mut args = vec![self.text(value, span)?];
        args.extend(numbers.iter().map(|number| self.int(*number, span)));
        let value = self.add(ExprKind::Fallible(Fallible::Call { function, args }), span);
        let name = if matches!(function.gives, Gives::Same | Gives::Text(_)) { "text" } else { "value" };
        Ok(self.bind(value, name, span).into())
    }

    pub fn look_for(&mut self, find: Find<Self>, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let part = self.argument(args, 0, span)?;
        let part = self.leaf(part, span)?;
        self.mapped(input, span, &mut |this, value| {
            let value = this.leaf(value, span)?;
            find(this, value, part, span)
        })
    }

    /// A constant range of bytes: its start, its end if it has one, and whether that is in it.
    pub fn byte_range(&self, args: &Args, span: Span) -> Result<(i64, Option<i64>, bool)> {
        let asked = args.positional.first().map_or(&Reg::Empty, |(value, _)| value);
        let range = match asked {
            Reg::Range(range) if range.next.is_none() => Some(range),
            _ => None,
        };
        let bound = |this: &Self, shape: &Shape| match this.constant_of(shape) {
            Some(nu_protocol::Value::Int { val, .. }) => Some(Some(val)),
            Some(nu_protocol::Value::Nothing { .. }) => Some(None),
            _ => None,
        };
        let bounds =
            range.and_then(|range| Some((bound(self, &range.start)?, bound(self, &range.end)?, range.inclusive)));
        let Some((start, end, inclusive)) = bounds else {
            let what = "the range must be known at attach time";
            return Err(self.unknown(asked, span, what, "write it out: str substring 0..7"));
        };
        Ok((start.unwrap_or(0), end, inclusive))
    }

    pub fn substring(&mut self, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let (start, end, inclusive) = self.byte_range(args, span)?;
        let how = match end {
            None => OPEN,
            Some(_) if inclusive => WITH,
            Some(_) => BEFORE,
        };
        let numbers = [start, end.unwrap_or(0), how];
        self.mapped(input, span, &mut |this, value| this.new_text(&SUBSTRING, value, &numbers, span))
    }

    pub fn trim(&mut self, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let asked = |flag: &str| args.named.iter().any(|(name, ..)| name == flag || *name == flag[..1]);
        let sides = match (asked("left"), asked("right")) {
            (true, false) => LEFT,
            (false, true) => RIGHT,
            _ => LEFT | RIGHT,
        };
        self.mapped(input, span, &mut |this, value| this.new_text(&TRIM, value, &[sides], span))
    }

    /// A string that is known not to be null: the same, as a variable of its own.
    pub fn some_text(&mut self, text: ExprId) -> crate::ir::VarId {
        let span = self.expr(text).span;
        let text = self.counted(text);
        let var = self.variable("text", span);
        self.set_type(var, text);
        self.nullable.remove(&var);
        let value = self.value(text);
        self.push(crate::ir::StmtKind::Let { var, value }, span);
        var
    }
}
