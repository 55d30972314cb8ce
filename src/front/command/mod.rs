//! Nushell's own commands on values that are not all known: rows of the table `spec::builtin`, done here on shapes.

mod binary;
mod convert;
mod lazy;
mod list;
mod record;
mod sparse;
mod text;

pub use lazy::Sent;

use super::value::OTHER;
use super::{Act, Args, Code, Error, Lowering, Reg, Result, Span};
use crate::ir::{ExprKind, Fallible, Kind, Shape};
use crate::spec::builtin::{Builtin, Op};
use crate::spec::failure::RAISED;
use crate::spec::function;
use lazy::Again;

/// Items of a range that a list is made of.
const RANGE: usize = 256;

impl Lowering<'_> {
    pub fn builtin(&mut self, row: &'static Builtin, args: &Args, input: (Reg, Span), span: Span) -> Result<Reg> {
        for (name, _, at) in &args.named {
            if !row.flags.iter().any(|flag| flag == name || flag.starts_with(name.as_str()) && name.len() == 1) {
                return Err(Error::new(Code::ClosureFlag, format!("`{}` has no flag --{name} in a probe", row.name))
                    .label(self.place(*at), "this flag works on constants only")
                    .help(match row.flags {
                        [] => "leave it out".to_string(),
                        flags => format!("it takes --{}", flags.join(", --")),
                    }));
            }
        }
        match row.op {
            Op::Do => return self.run_closure(args, input.0, span),
            Op::Ignore => return Ok(Reg::Empty),
            Op::Raise => {
                // The words that are remembered are those of the message as well.
                let end = args.positional.iter().map(|(_, at)| at.end).max().unwrap_or(0).max(span.end);
                self.fail(&RAISED, Span::new(span.start, end));
                return Ok(Reg::Empty);
            }
            Op::Random => return self.random(args, span),
            _ => {}
        }
        let (other, from) = ([(self.place(span), OTHER.to_string())], input.1);
        let inner = match input.0 {
            whole if Self::is_whole(&whole) => match self.of_whole(row, args, &whole, span)? {
                Some(result) => return Ok(result),
                None => self.value_of(whole, from, span)?,
            },
            Reg::Range(range) => self.items_of(&range, span)?,
            other => self.value_of(other, from, span)?,
        };
        let (inner, first) = match self.sending(&inner) {
            Some(sent) => match (sent.again, self.most_items(row, args)) {
                (Some(again), Some(most)) => (self.sent_again(again, most, span)?, None),
                _ => (inner, Some(sent.at)),
            },
            None => (inner, None),
        };
        let (events, begun) = (self.events, self.here());
        let items = self.items(&inner).filter(|_| first.is_none());
        let result = self.cases(inner, &mut |this, inner| {
            let flows = this.other_kind(&inner.clone().into(), from, "", "").labels;
            let result = this.on_value(row, args, inner, span);
            result.map_err(|error| if error.labels == other { Error { labels: flows, ..error } } else { error })
        })?;
        let sends = self.events > events;
        if let Some(first) = first.filter(|_| sends || row.op.ends_early() || self.most_items(row, args).is_some()) {
            return Err(self.sent_twice(first, span));
        }
        if let (Reg::Shape(list), true) = (&result, first.is_some() || (sends && row.op.gives_each())) {
            let again = items.map(|items| Again { row, args: args.clone(), items, begun });
            self.sent = Some(Sent { list: list.clone(), at: first.unwrap_or(span), again });
        }
        Ok(result)
    }

    /// Two in a row that send, or one that does not look at all that the other would send.
    pub fn sent_twice(&self, first: Span, second: Span) -> Error {
        let what = "Nushell takes each item through both of these before the next, and a probe does not";
        Error::new(Code::ClosureSyntax, what)
            .label(self.place(first), "this sends rows")
            .label(self.place(second), "and this goes on with its items")
            .help("emit in one of them only, or keep the list between: let list = …; $list | …")
    }

    fn on_value(&mut self, row: &'static Builtin, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        // `default` asks only whether there is a value.
        if !matches!(row.op, Op::Default | Op::Empty(_)) {
            self.no_stack(&input, span)?;
        }
        match row.op {
            Op::Each => self.each(args, input, usize::MAX, span),
            Op::Where => self.where_rows(args, input, usize::MAX, span),
            Op::Any => self.some(args, input, true, span),
            Op::All => self.some(args, input, false, span),
            Op::Reduce => self.reduce(args, input, span),
            Op::First | Op::Take | Op::Skip | Op::Last => self.part(row, args, input, span),
            Op::Append | Op::Prepend => self.append_items(row, args, input, span),
            Op::Reverse => {
                let items = self.items(&input).ok_or_else(|| self.takes(row, span))?;
                Ok(self.list_of(items.into_iter().rev().collect(), span).into())
            }
            Op::Length => self.length(row, input, span),
            Op::Empty(yes) => self.empty(input, yes, span),
            Op::Get => self.get(args, input.into(), span),
            Op::Select => self.select(args, input.into(), span),
            Op::Reject => self.reject(args, input, span),
            Op::Columns | Op::Values => self.columns(row, input, span),
            Op::Write(write) => self.write(write, args, input, span),
            Op::Merge => {
                let more = self.argument(args, 0, span)?;
                self.cases(more, &mut |this, more| this.merged(input.clone(), more, span))
            }
            Op::Default => self.default(args, input, span),
            Op::Into(kind) => self.conversion(row, kind, args, input, span),
            Op::Abs => self.mapped(input, span, &mut |this, value| this.absolute(row, value, span)),
            Op::Extreme(function) => {
                self.fold_numbers(row, input, span, &mut |this, lhs, rhs| this.extreme(row, function, lhs, rhs, span))
            }
            Op::Sum => self.fold_numbers(row, input, span, &mut |this, lhs, rhs| {
                if this.is_text(&lhs) || this.is_text(&rhs) {
                    return Err(this.takes(row, span));
                }
                let plus = &crate::spec::operator::ADD;
                let sum = this.operate(plus, lhs, rhs, span)?;
                this.shape_of(sum, span)
            }),
            Op::Bits(op) => {
                let with = self.argument(args, 0, span)?;
                self.mapped(input, span, &mut |this, value| this.operate(op, value, with.clone(), span))
            }
            Op::Text(function) => self.text_command(function, args, input, span),
            Op::NewText(function) => {
                self.mapped(input, span, &mut |this, value| this.new_text(function, value, &[], span))
            }
            Op::Bytes(function) => self.bytes_command(row, function, args, input, span),
            Op::BytesAt => self.bytes_at(row, args, input, span),
            Op::IndexOf => self.look_for(Self::find, args, input, span),
            Op::Contains => self.look_for(Self::contains_text, args, input, span),
            Op::Substring => self.substring(args, input, span),
            Op::Trim => self.trim(args, input, span),
            Op::Random | Op::Ignore | Op::Raise | Op::Do => Err(self.unreadable()),
        }
    }

    /// A positional argument as a value.
    pub fn argument(&mut self, args: &Args, index: usize, span: Span) -> Result<Shape> {
        let missing = || self.syntax(span, "an argument is missing here", "write it out");
        let (value, at) = args.positional.get(index).ok_or_else(missing)?;
        self.shape_of(value.clone(), *at)
    }

    /// The ints of a range, as a list.
    fn items_of(&mut self, range: &super::register::Range, span: Span) -> Result<Shape> {
        let Some((start, step, count)) = self.steps(range) else {
            let (what, all) = ("this range must be known at attach time", Reg::Range(range.clone().into()));
            return Err(self.unknown(&all, span, what, "use `for i in 0..$n`"));
        };
        if count > RANGE as u64 {
            return Err(Error::new(Code::ClosureSize, format!("this range has {count} values"))
                .label(self.place(span), format!("a list in a probe has at most {RANGE}"))
                .help("use `for`, which is a loop in the kernel"));
        }
        let value = |index: u64| start.wrapping_add(step.wrapping_mul(index as i64));
        let items = (0..count).map(|index| self.int(value(index), span));
        Ok(Shape::List(items.map(Shape::Leaf).collect()))
    }

    /// Does something to a value, or to each of a list's.
    pub fn mapped(&mut self, input: Shape, span: Span, act: Act<Self>) -> Result<Reg> {
        let Some(items) = self.items(&input) else { return act(self, input) };
        let mut out = Vec::new();
        for (there, item) in items {
            let value = match there {
                None => self.cases(item, act)?,
                // What is not there has no say, nor an error.
                Some(there) => {
                    self.when(there, &mut |this| this.cases(item.clone(), act), &mut |_| Ok(item.clone().into()))?
                }
            };
            out.push((there, self.shape_of(value, span)?));
        }
        Ok(self.list_of(out, span).into())
    }

    /// What the command does not take.
    pub fn takes(&self, row: &Builtin, span: Span) -> Error {
        let help = match row.limits {
            "" => "try it on such a value outside the probe: Nushell may refuse it as well".to_string(),
            limits => format!("in a probe it works {limits}; do the rest after the probe, in the pipeline"),
        };
        Error::new(Code::ClosureType, format!("`{}` does not take this in a probe", row.name))
            .label(self.place(span), OTHER)
            .help(help)
    }

    fn random(&mut self, args: &Args, span: Span) -> Result<Reg> {
        let bounds = match args.positional.first() {
            Some((Reg::Range(range), _)) => {
                self.steps(range).filter(|steps| steps.1 == 1 && (1..=1 << 32).contains(&steps.2))
            }
            _ => None,
        };
        let Some((start, _, count)) = bounds else {
            let what = "`random int` takes a range of at most 2^32 values, known at attach time";
            let range = args.positional.first().map_or(&Reg::Empty, |(range, _)| range);
            return Err(self.unknown(range, span, what, "write it out: random int 0..99"));
        };
        let numbers = [start, count as i64].map(|number| self.int(number, span));
        Ok(self.bound(ExprKind::Call { function: &function::RANDOM, args: numbers.to_vec() }, "random", span).into())
    }

    fn absolute(&mut self, row: &Builtin, value: Shape, span: Span) -> Result<Reg> {
        let value = self.leaf(value, span)?;
        if !matches!(self.kind(value), Kind::Int | Kind::Duration) {
            return Err(self.takes(row, span));
        }
        let abs = ExprKind::Fallible(Fallible::Call { function: &function::ABS, args: vec![value] });
        Ok(self.bound(abs, "abs", span).into())
    }

    fn extreme(
        &mut self, row: &Builtin, function: &'static function::Function, lhs: Shape, rhs: Shape, span: Span,
    ) -> Result<Shape> {
        if let (Shape::Either { .. }, _) | (_, Shape::Either { .. }) = (&lhs, &rhs) {
            let value = self.cases(lhs, &mut |this, lhs| {
                this.cases(rhs.clone(), &mut |this, rhs| {
                    this.extreme(row, function, lhs.clone(), rhs, span).map(Reg::Shape)
                })
            })?;
            return self.shape_of(value, span);
        }
        let (lhs, rhs) = (self.leaf(lhs, span)?, self.leaf(rhs, span)?);
        let kinds = (self.kind(lhs), self.kind(rhs));
        // In order, null is behind every number.
        match kinds {
            (Kind::Nothing, _) => return Ok(Shape::Leaf(if *function == function::MAX { lhs } else { rhs })),
            (_, Kind::Nothing) => return Ok(Shape::Leaf(if *function == function::MAX { rhs } else { lhs })),
            _ => {}
        }
        if kinds.0 != kinds.1 || !matches!(kinds.0, Kind::Int | Kind::Duration | Kind::Filesize | Kind::Datetime) {
            return Err(self.takes(row, span));
        }
        Ok(Shape::Leaf(self.bound(ExprKind::Call { function, args: vec![lhs, rhs] }, "value", span)))
    }
}
