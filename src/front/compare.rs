//! Comparisons that look into values: lists and records item by item, what is in a value, what matches a pattern.

use super::{Code, Error, Lowering, Range, Reg, Result, Span, Spot};
use crate::error::offer_of;
use crate::ir::{Automaton, Binary, Const, ExprId, ExprKind, Fallible, Kind, Later, Shape};
use crate::spec::function::{ENDS_WITH, Function, INDEX_OF, INDEX_OF_KNOWN, SAME, STARTS_WITH};
use crate::spec::operator::{AND, AT_LEAST, AT_MOST, EQUAL, GREATER, LESS, OR};
use nu_protocol::Value;

/// An item, and the condition under which it is there.
pub type Item = (Option<ExprId>, Shape);

/// The most bytes of a string that is looked for in another (`NU_PART` of `bpf_headers/nu/text.h`).
const MOST_PART: u32 = 64;

impl Lowering<'_> {
    /// `==` and `!=` look into lists and records; values of two kinds are never equal.
    pub fn equal(&mut self, op: Binary, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        if let Some(same) = self.equal_kinds(op, &left, &right, span)? {
            return Ok(same);
        }
        if self.is_binary(&left) || self.is_binary(&right) {
            return self.equal_binaries(op, left, right, span);
        }
        if let Some(same) = self.equal_name(op, &left, &right, span)? {
            return Ok(same);
        }
        let pairs: Option<Vec<(Shape, Shape)>> = match (left, right) {
            (Shape::Leaf(lhs), Shape::Leaf(rhs)) => return self.equal_leaves(op, lhs, rhs, span),
            (Shape::List(a), Shape::List(b)) if a.len() == b.len() => Some(a.into_iter().zip(b).collect()),
            (Shape::Record(a), Shape::Record(b)) if a.len() == b.len() => {
                let other = |name: &str| b.iter().find(|(known, _)| known == name).map(|(_, shape)| shape.clone());
                a.into_iter().map(|(name, a)| Some((a, other(&name)?))).collect()
            }
            (left @ (Shape::Sparse(_) | Shape::List(_)), right @ (Shape::Sparse(_) | Shape::List(_)))
                if matches!(left, Shape::Sparse(_)) || matches!(right, Shape::Sparse(_)) =>
            {
                let [left, right] = [left, right].map(|side| self.items(&side).unwrap_or_default());
                let answer = self.equal_sparse(left, right, span)?;
                let same = self.leaf(answer, span)?;
                return Ok(if op.c == "!=" { self.negate(same, span) } else { same }.into());
            }
            (left @ Shape::Later { .. }, right) | (left, right @ Shape::Later { .. }) => {
                let (lhs, rhs) = (self.leaf(left, span)?, self.leaf(right, span)?);
                return self.equal_leaves(op, lhs, rhs, span);
            }
            _ => None,
        };
        let Some(pairs) = pairs else { return Ok(self.truth_value(op.c == "!=", span).into()) };
        let mut all = Vec::new();
        for (left, right) in pairs {
            let one = self.operate(&EQUAL, left, right, span)?;
            all.push(self.leaf(one, span)?);
        }
        let all = self.all(&all, span);
        Ok(if op.c == "!=" { self.negate(all, span) } else { all }.into())
    }

    /// Compares values whose types decide: a stack is a table, and equal to nothing but lists; a deferred value is not null.
    fn equal_kinds(&mut self, op: Binary, left: &Shape, right: &Shape, span: Span) -> Result<Option<Reg>> {
        for (side, other) in [(left, right), (right, left)] {
            if self.is_stack(side) {
                if self.is_stack(other) || self.items(other).is_some() {
                    self.no_stack(side, span)?;
                }
                return Ok(Some(self.truth_value(op.c == "!=", span).into()));
            }
            let null = matches!(other, Shape::Leaf(leaf) if self.is_nothing(*leaf));
            if let (true, Shape::Later { args, .. }) = (null, side) {
                let part = args.iter().find(|arg| matches!(arg, Shape::Leaf(leaf) if self.may_be_null(*leaf)));
                if part.is_none() || !matches!(side, Shape::Later { op: Later::Binary(_), .. }) {
                    return Ok(Some(self.truth_value(op.c == "!=", span).into()));
                }
            }
        }
        Ok(None)
    }

    /// What the reader writes as text, compared with a text that is known: the numbers are.
    fn equal_name(&mut self, op: Binary, left: &Shape, right: &Shape, span: Span) -> Result<Option<Reg>> {
        let ((Shape::Later { op: later, args }, other) | (other, Shape::Later { op: later, args })) = (left, right)
        else {
            return Ok(None);
        };
        let Some(Value::String { val, .. }) = self.constant_of(other) else { return Ok(None) };
        let binary = matches!(args.as_slice(), [Shape::Leaf(leaf)] if self.kind(*leaf) == Kind::Binary);
        let values = match later.values(&val, (args.len(), binary), &self.enums) {
            None => return Ok(None),
            Some(Ok(values)) => values,
            Some(Err(never)) => {
                let list = format!("it has {}", never.known.join(", "));
                return Err(Error::new(Code::ClosureType, format!("{} has no `{val}`", never.what))
                    .label(self.place(span), "this can never be equal")
                    .help(offer_of(&val, never.known.iter().map(String::as_str), &list)));
            }
        };
        let mut all = Vec::new();
        for (arg, value) in args.clone().into_iter().zip(values) {
            let value = Shape::Leaf(self.add(ExprKind::Const(value), span));
            let same = self.operate(if args.len() == 1 { op } else { &EQUAL }, arg, value, span)?;
            all.push(self.leaf(same, span)?);
        }
        let same = self.all(&all, span);
        Ok(Some(if op.c == "!=" && args.len() > 1 { self.negate(same, span) } else { same }.into()))
    }

    fn equal_leaves(&mut self, op: Binary, lhs: ExprId, rhs: ExprId, span: Span) -> Result<Reg> {
        let [lhs, rhs] = [lhs, rhs].map(|side| self.standing(side)).map(|side| self.whole_number(side));
        self.can_hold(lhs, rhs).and_then(|()| self.can_hold(rhs, lhs))?;
        // An address is no type of Nushell's; to a large float, it finds several ints equal.
        let open = [lhs, rhs].into_iter().any(|side| match self.expr(side).kind {
            ExprKind::Const(Const::Float(value)) => equal_ints(value).len() > 1,
            _ => self.kind(side) == Kind::Address,
        });
        let equal = match (self.kind(lhs), self.kind(rhs)) {
            (Kind::Text, Kind::Nothing) if self.is_nullable(lhs) => self.add(ExprKind::IsNull(lhs), span),
            (Kind::Nothing, Kind::Text) if self.is_nullable(rhs) => self.add(ExprKind::IsNull(rhs), span),
            (Kind::Nothing, Kind::Nothing) => self.truth_value(true, span),
            (Kind::Nothing, _) | (_, Kind::Nothing) => self.truth_value(false, span),
            (left, right) if left != right && op.result(left, right).is_none() && !open => {
                self.truth_value(false, span)
            }
            (Kind::Text, Kind::Text) if !self.is_constant(lhs) && !self.is_constant(rhs) => {
                return self.equal_texts(op, lhs, rhs, span);
            }
            _ => return self.leaves(op, Shape::Leaf(lhs), Shape::Leaf(rhs), span),
        };
        Ok(if op.c == "!=" { self.negate(equal, span) } else { equal }.into())
    }

    /// Two strings of the kernel; null is equal to null and to nothing else, one that was cut to none that is whole.
    fn equal_texts(&mut self, op: Binary, lhs: ExprId, rhs: ExprId, local: Span) -> Result<Reg> {
        let (lhs, rhs) = (self.counted(lhs), self.counted(rhs));
        let same = self.add(ExprKind::Call { function: &SAME, args: vec![lhs, rhs] }, local);
        Ok(if op.c == "!=" { self.negate(same, local) } else { same }.into())
    }

    /// `VALUE in CONTAINER`: an item of a list, a column of a record, a part of a string.
    pub fn contains(&mut self, container: Shape, value: Shape, span: Span) -> Result<Reg> {
        if let Some(items) = self.items(&container) {
            return self.any_equal(items, value, span);
        }
        self.no_stack(&container, span)?;
        match container {
            Shape::Record(fields) => {
                let value = self.leaf(value, span)?;
                let value = Shape::Leaf(self.text(value, span)?);
                let name = |name| (None, Shape::Leaf(self.add(ExprKind::Const(Const::String(name)), span)));
                let names = fields.into_iter().map(|field| field.0).map(name).collect();
                self.any_equal(names, value, span)
            }
            text => {
                let (text, part) = (self.leaf(text, span)?, self.leaf(value, span)?);
                if let Some(other) = [text, part].into_iter().find(|side| self.kind(*side) != Kind::Text) {
                    return Err(
                        self.no_text(other, "`in` looks into lists, ranges, records, and for strings in strings")
                    );
                }
                self.contains_text(text, part, span)
            }
        }
    }

    /// Returns whether a string has another in it: a pattern where that is known.
    pub fn contains_text(&mut self, text: ExprId, part: ExprId, span: Span) -> Result<Reg> {
        if let Some(known) = self.constant_text(part) {
            return self.matches(text, part, &super::constant::literal(&known), span);
        }
        let at = self.find(text, part, span)?;
        let (at, local) = (self.leaf(at, span)?, self.local(span));
        let zero = self.int(0, local);
        Ok(self.op(&AT_LEAST, at, zero, local).into())
    }

    /// Where a string stands in another: -1 where it does not.
    pub fn find(&mut self, text: ExprId, part: ExprId, span: Span) -> Result<Reg> {
        if self.is_constant(part) {
            return self.call_texts(&INDEX_OF_KNOWN, &[text, part], span);
        }
        let room = self.ty(part).capacity();
        if room > MOST_PART {
            return Err(Error::new(Code::ClosureSyntax, "the string to look for may be too long for the kernel")
                .label(self.stands(part), format!("it may have {room} bytes; at most {MOST_PART} can be looked for"))
                .help(format!("read less of it: read-str --len {MOST_PART}")));
        }
        self.call_texts(&INDEX_OF, &[text, part], span)
    }

    fn any_equal(&mut self, items: Vec<Item>, value: Shape, span: Span) -> Result<Reg> {
        let value = self.keep_shape(value, "value", span);
        let mut ways = Vec::new();
        for (there, item) in items {
            let same = self.operate(&EQUAL, value.clone(), item, span)?;
            let same = self.leaf(same, span)?;
            let conditions: Vec<ExprId> = there.into_iter().chain([same]).collect();
            ways.push(self.all(&conditions, span));
        }
        let any = self.any(&ways, span);
        Ok(any.unwrap_or_else(|| self.truth_value(false, span)).into())
    }

    /// Returns whether an int or an address lies in a range, which may lead down.
    pub fn within(&mut self, value: Shape, range: &Range, span: Span) -> Result<Reg> {
        if range.next.is_some() {
            return Err(self.syntax(span, "a range with a step cannot be looked into here", "use `mod` for the step"));
        }
        let value = self.leaf(value, span)?;
        if !matches!(self.kind(value), Kind::Int | Kind::Address) {
            return Ok(self.truth_value(false, span).into());
        }
        let value = self.steady(value, "value");
        let start = self.leaf(range.start.clone(), span)?;
        let start = self.steady(start, "start");
        if let Shape::Leaf(end) = range.end {
            self.can_overlap(value, start, end)?;
        }
        let above = self.op(&AT_LEAST, value, start, span);
        if self.constant_of(&range.end).is_some_and(|end| end.is_nothing()) {
            return Ok(above.into());
        }
        let end = self.leaf(range.end.clone(), span)?;
        let end = self.steady(end, "end");
        let (below, over) = if range.inclusive { (&AT_MOST, &AT_LEAST) } else { (&LESS, &GREATER) };
        let below = self.op(below, value, end, span);
        let up = self.op(&AND, above, below, span);
        let falls = match (self.constant_of(&range.start), self.constant_of(&range.end)) {
            (Some(start), Some(end)) if start.as_int().ok() <= end.as_int().ok() => return Ok(up.into()),
            _ => self.op(&GREATER, start, end, span),
        };
        let under = self.op(&AT_MOST, value, start, span);
        let over = self.op(over, value, end, span);
        let down = self.all(&[falls, under, over], span);
        let rises = self.negate(falls, span);
        let up = self.op(&AND, rises, up, span);
        Ok(self.op(&OR, up, down, span).into())
    }

    /// `starts-with`, `ends-with`, `=~` and their opposites.
    pub fn text_test(&mut self, op: Binary, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        let (text, part) = (self.leaf(left, span)?, self.leaf(right, span)?);
        if let Some(other) = [text, part].into_iter().find(|side| self.kind(*side) != Kind::Text) {
            return Err(self.no_text(other, &format!("`{}` takes two strings", op.name)));
        }
        if op.name.ends_with('~') {
            let Some(pattern) = self.constant_text(part) else {
                let what = "a pattern must be known at attach time";
                return Err(self.unknown(&part.into(), span, what, "write it out, or use `in`"));
            };
            return self.matches(text, part, &pattern, span);
        }
        self.call_texts(if op.name.contains("starts") { &STARTS_WITH } else { &ENDS_WITH }, &[text, part], span)
    }

    /// A function of strings that gives a bool or an int.
    pub fn call_texts(&mut self, function: &'static Function, args: &[ExprId], span: Span) -> Result<Reg> {
        if let ([text, part], true) = (args, [&STARTS_WITH, &ENDS_WITH].contains(&function)) {
            self.can_hold(*text, *part)?;
        }
        let args = args.iter().map(|arg| self.text(*arg, span)).collect::<Result<_>>()?;
        Ok(self.add(ExprKind::Call { function, args }, self.local(span)).into())
    }

    /// Returns whether a string matches a pattern that is known.
    fn matches(&mut self, text: ExprId, part: ExprId, pattern: &str, span: Span) -> Result<Reg> {
        let text = self.text(text, span)?;
        let automaton = Automaton::compile(pattern).map_err(|error| {
            Error::new(Code::ClosureOperator, format!("this pattern cannot run in the kernel: {error}"))
                .label(self.stands(part), "this pattern")
                .help("use a simpler pattern, `starts-with`, `ends-with` or `in`; or match after the probe")
        })?;
        self.can_match(text, part, &automaton)?;
        self.automata.push(automaton);
        let matches = Fallible::Matches { text, automaton: self.automata.len() - 1 };
        Ok(self.bound(ExprKind::Fallible(matches), "matches", span).into())
    }

    /// All conditions together.
    pub fn all(&mut self, conditions: &[ExprId], span: impl Spot) -> ExprId {
        let all = conditions.iter().copied().reduce(|all, cond| self.op(&AND, all, cond, span));
        all.unwrap_or_else(|| self.truth_value(true, span))
    }

    /// Any of several conditions; None of none that may hold.
    pub fn any(&mut self, conditions: &[ExprId], span: impl Spot) -> Option<ExprId> {
        if let Some(holds) = conditions.iter().find(|cond| self.known(**cond) == Some(true)) {
            return Some(*holds);
        }
        let open: Vec<ExprId> = conditions.iter().copied().filter(|cond| self.known(*cond).is_none()).collect();
        open.into_iter().reduce(|any, cond| self.op(&OR, any, cond, span))
    }

    pub fn truth_value(&mut self, value: bool, span: impl Spot) -> ExprId {
        self.add(ExprKind::Const(Const::Bool(value)), span)
    }

    /// A constant float as the int that it is equal to, if there is one.
    fn whole_number(&mut self, side: ExprId) -> ExprId {
        let ints = match self.expr(side).kind {
            ExprKind::Const(Const::Float(value)) => equal_ints(value),
            _ => Vec::new(),
        };
        match ints.as_slice() {
            [int] => self.int(*int, self.expr(side).span),
            _ => side,
        }
    }
}

/// The ints beside a float that Nushell takes for equal to it: it lets 2^-52 of the larger one pass, so that one with a
/// fraction may have one as well, and those from 2^52 on have several.
fn equal_ints(value: f64) -> Vec<i64> {
    let (float, at) = (Value::float(value, Span::unknown()), Span::unknown());
    let near = [-1.0, 0.0, 1.0].map(|step| (value.round() + step) as i64);
    near.into_iter().filter(|int| Value::int(*int, at) == float).collect()
}
