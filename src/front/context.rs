//! Cell paths into the context: its fields, and what the attach point is called.

use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::ir::{AttachPoint, Const, Context, ExprId, ExprKind, Fallible, Field, Form, Later, Shape, Space, Title};
use crate::spec::command::DEFAULT_LEN;
use crate::spec::feature::{COOKIE, Kernel};
use crate::spec::field::{ARGS, ELAPSED, ENTRY, Read, field};
use crate::spec::probe::{Attach, Frame, Kind};
use std::collections::{BTreeSet, HashMap};

/// Attach points that a message names: of a pattern's there may be hundreds.
const NAMED: usize = 5;

/// Whether the closure has one attach point, or may share its program with others; and what it has asked of it.
#[derive(Debug, Default)]
pub struct Asking {
    /// There are others: which of them has fired is a number at run time, and its title is for the reader.
    pub shared: bool,
    /// The titles that are constants here.
    titles: HashMap<ExprId, Title>,
    /// The kernel must know the attach point's title: so the program cannot be shared.
    pub alone: bool,
    numbered: bool,
    /// The members of the context that were named, and whether all were.
    named: BTreeSet<String>,
    /// The arguments that are typed by the kernel, and whether what is returned is.
    pub typed: BTreeSet<String>,
    /// Those of the entry's.
    entered: BTreeSet<String>,
    last: String,
    pub all: bool,
}

impl Asking {
    /// Returns whether one program will do at several attach points of a kind.
    pub fn may_share(&self, kind: &Kind, kernel: Kernel) -> bool {
        let has_number = || kind.attach.has_cookie() && (kind.attach == Attach::Usdt || kernel.has(&COOKIE));
        !self.alone && kind.attach.is_free() && (!self.numbered || has_number())
    }

    /// An error about a field that other attach points of the closure do have.
    pub fn explained<'p>(&self, error: Error, all: impl Iterator<Item = &'p (AttachPoint, Context)>) -> Error {
        let has = |place: &&(AttachPoint, Context)| place.1.member(&self.last).is_some();
        let (have, lack): (Vec<_>, Vec<_>) = all.partition(has);
        let mut have: Vec<String> = have.into_iter().map(|place| format!("`{}`", place.0.text)).collect();
        // The help of another error stays.
        let own = error.code == Code::ClosureField && error.message.starts_with(&format!("no field `{}`", self.last));
        if !own || have.is_empty() || lack.is_empty() {
            return error;
        }
        let more = have.len().saturating_sub(NAMED);
        have.truncate(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let have = have.join(", ");
        error.help(format!("`{}` is a field of {have}{more}: give the others a closure of their own", self.last))
    }

    /// Returns whether a closure that was lowered for one context would have come out the same for another.
    pub fn is_same(&self, one: &Context, other: &Context) -> bool {
        let of = |context: &Context, name: &str| context.member(name).map(|index| context.members[index].clone());
        let mut named = self.named.iter();
        let entered = |name: &String| {
            let at = |context: &Context| context.entry.as_ref().and_then(|entry| of(&entry.1, name));
            at(one) == at(other)
        };
        self.entered.iter().all(entered)
            && if self.all { one.members == other.members } else { named.all(|name| of(one, name) == of(other, name)) }
    }
}

impl Lowering<'_> {
    pub fn nothing(&mut self, span: Span) -> Reg {
        self.constant(Const::Nothing, span)
    }

    pub fn context_field(&mut self, name: &str, optional: bool, span: Span, at: Span) -> Result<Reg> {
        if name == ENTRY && self.context.entry.is_some() {
            return Ok(Reg::Entry);
        }
        if name == ELAPSED && self.context.entry.is_some() {
            return Ok(self.elapsed(span));
        }
        if let Some(typed) = self.typed_field(name, span)? {
            return Ok(typed);
        }
        if let Some(row) = field(name, self.context.frame) {
            return match row.read {
                Read::Titled(title) => Ok(self.title(title, span)),
                Read::Later(op, of) => {
                    let of = self.context_field(of, optional, span, at)?;
                    Ok(Shape::Later { op, args: vec![self.shape_of(of, at)?] }.into())
                }
                Read::Value(_) | Read::Fill(_) => Ok(self.add(ExprKind::Field(Field::Builtin(row)), span).into()),
            };
        }
        if name == ARGS && (!self.context.members.is_empty() || self.has_arguments()) {
            return Ok(Reg::Args);
        }
        match self.named_member(name) {
            Some(index) => self.context_member(index, span),
            None if optional => Ok(self.nothing(span)),
            None => Err(self.unknown_field(name, at, true)),
        }
    }

    /// A field of `$ctx.args`.
    pub fn own_field(&mut self, name: &str, optional: bool, span: Span, at: Span) -> Result<Reg> {
        match self.named_member(name) {
            Some(index) => self.context_member(index, span),
            None if self.has_arguments() => self.typed_argument(name, (false, optional), (span, at)),
            None if optional => Ok(self.nothing(span)),
            None => Err(self.unknown_field(name, at, false)),
        }
    }

    /// The place of a member of that name.
    pub fn named_member(&mut self, name: &str) -> Option<usize> {
        self.asking.named.insert(name.to_string());
        self.asking.last = name.to_string();
        self.context.member(name)
    }

    /// The place of a member of that name at the entry.
    pub fn entry_member(&mut self, name: &str, entry: &Context) -> Option<usize> {
        self.asking.entered.insert(name.to_string());
        entry.member(name)
    }

    /// What the attach point is called: a constant, or what the reader makes of its number.
    fn title(&mut self, title: Title, span: Span) -> Reg {
        if self.asking.shared {
            return Reg::Shape(self.numbered(title, span));
        }
        let text = Const::String(self.target.title(title));
        let expr = self.add(ExprKind::Const(text), span);
        self.asking.titles.insert(expr, title);
        expr.into()
    }

    fn numbered(&mut self, title: Title, span: Span) -> Shape {
        self.asking.numbered = true;
        let number = Shape::Leaf(self.add(ExprKind::Field(Field::Target), span));
        Shape::Later { op: Later::Title(title), args: vec![number] }
    }

    /// In a key a title is a number always: what programs count by must be alike.
    pub fn title_in_key(&mut self, expr: ExprId, span: Span) -> Shape {
        match self.asking.titles.get(&expr) {
            Some(title) => self.numbered(*title, span),
            None => Shape::Leaf(expr),
        }
    }

    /// A tracepoint's field: a value, a list of an array's elements, or the string that a `__data_loc` leads to.
    pub fn context_member(&mut self, index: usize, span: Span) -> Result<Reg> {
        let context = self.context;
        if context.frame == Frame::Iterator {
            return self.iterated_field(index, span);
        }
        let member = &context.members[index];
        let read = |this: &mut Self, element| this.add(ExprKind::Field(Field::Member { member: index, element }), span);
        Ok(Reg::Shape(match member.form {
            Form::Value if member.declared == "dev_t" => {
                Shape::Later { op: Later::Device, args: vec![Shape::Leaf(read(self, None))] }
            }
            Form::Value => Shape::Leaf(read(self, None)),
            Form::Array(length) => Shape::List((0..length).map(|i| Shape::Leaf(read(self, Some(i)))).collect()),
            Form::DataLoc => {
                let pointer = read(self, None);
                let (space, max) = (Some(Space::Kernel), DEFAULT_LEN as u32);
                let string = Fallible::ReadStr { pointer, space, max, array: false };
                Shape::Leaf(self.add(ExprKind::Fallible(string), span))
            }
            // A float, or at a location that the programs cannot read.
            Form::Opaque if context.frame == Frame::Usdt => return Ok(self.nothing(span)),
            Form::Opaque => {
                return Err(Error::new(Code::ClosureField, format!("`{}` cannot be read yet", member.name))
                    .label(span, format!("the kernel declares it as `{}`", member.declared))
                    .help("ints, char arrays, arrays of ints, pointers and __data_loc strings can be read"));
            }
        }))
    }
}
