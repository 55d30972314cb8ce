//! Cell paths: into the context, into records and lists.

use super::register::Reg;
use super::walk::Lowering;
use crate::error::{Error, Result, offer};
use crate::ir::{Const, ExprKind, Fallible, Field, Form, Shape, Space};
use crate::spec::code::Code;
use crate::spec::command::{COMMANDS, Call};
use crate::spec::field::{ARGS, FIELDS, field};
use nu_protocol::{RegId, Span, ast::PathMember};

impl Lowering<'_> {
    pub fn follow(&mut self, src_dst: RegId, path: RegId, span: Span) -> Result<()> {
        let Reg::CellPath(path) = self.take(path)? else {
            return Err(self.syntax(span, "a cell path must be constant in a probe", "write the field's name out"));
        };
        let mut value = self.take(src_dst)?;
        for member in &path.members {
            value = self.member(value, member, span)?;
        }
        self.set(src_dst, value)
    }

    fn member(&mut self, value: Reg, member: &PathMember, span: Span) -> Result<Reg> {
        let at = self.place(member, span);
        match (value, member) {
            (Reg::Ctx, PathMember::String { val, optional, .. }) => self.context_field(val, *optional, span, at),
            (Reg::Args, PathMember::String { val, optional, .. }) => match self.context.member(val) {
                Some(index) => self.context_member(index, span),
                None if *optional => Ok(self.nothing(span)),
                None => Err(self.unknown_field(val, at, false)),
            },
            (Reg::Shape(Shape::Record(fields)), PathMember::String { val, optional, .. }) => {
                let names: Vec<String> = fields.iter().map(|(name, _)| name.clone()).collect();
                match fields.into_iter().find(|(name, _)| name == val) {
                    Some((_, shape)) => Ok(Reg::Shape(shape)),
                    None if *optional => Ok(self.nothing(span)),
                    None => Err(Error::new(Code::ClosureField, format!("this record has no `{val}`"))
                        .label(at, "not a field of the record")
                        .help(offer(val, names.iter().map(String::as_str), format!("it has {}", names.join(", "))))),
                }
            }
            (Reg::Shape(Shape::List(items)), PathMember::Int { val, optional, .. }) => {
                let length = items.len();
                match items.into_iter().nth(*val) {
                    Some(shape) => Ok(Reg::Shape(shape)),
                    None if *optional => Ok(self.nothing(span)),
                    None => Err(Error::new(Code::ClosureField, format!("this list has no item {val}"))
                        .label(at, format!("the list has {length} items, numbered from 0"))
                        .help("append `?` to get null instead")),
                }
            }
            (value, _) => Err(Error::new(Code::ClosureField, format!("{} has no fields", value.describe()))
                .label(at, "there is nothing to look up here")
                .help(match value {
                    Reg::Empty => "a closure gets its context as a parameter: {|ctx| $ctx.pid | emit }",
                    _ => "only the context, records and lists have fields",
                })),
        }
    }

    /// Where a path's member stands in the closure's text. Members have spans, but lose them on the way to a plugin.
    fn place(&self, member: &PathMember, span: Span) -> Span {
        let name = match member {
            PathMember::String { val, .. } => val.clone(),
            PathMember::Int { val, .. } => val.to_string(),
        };
        let words = self.closure.words(span);
        let found = words.rmatch_indices(&name).find(|(at, _)| words[..*at].ends_with(['.', '"', '\'', '`']));
        found.map_or(span, |(at, _)| {
            let start = self.closure.span().start + self.closure.local(span).start + at;
            Span::new(start, start + name.len())
        })
    }

    fn nothing(&mut self, span: Span) -> Reg {
        let local = self.closure.local(span);
        self.constant(Const::Nothing, local)
    }

    fn context_field(&mut self, name: &str, optional: bool, span: Span, at: Span) -> Result<Reg> {
        let local = self.closure.local(span);
        if let Some(row) = field(name, self.context.frame) {
            return Ok(Reg::Shape(Shape::Leaf(self.add(ExprKind::Field(Field::Builtin(row)), local))));
        }
        if name == ARGS && !self.context.members.is_empty() {
            return Ok(Reg::Args);
        }
        match self.context.member(name) {
            Some(index) => self.context_member(index, span),
            None if optional => Ok(self.nothing(span)),
            None => Err(self.unknown_field(name, at, true)),
        }
    }

    /// A tracepoint's field: a value, a list of an array's elements, or the string that a `__data_loc` leads to.
    fn context_member(&mut self, index: usize, span: Span) -> Result<Reg> {
        let local = self.closure.local(span);
        let context = self.context;
        let member = &context.members[index];
        let read =
            |this: &mut Self, element| this.add(ExprKind::Field(Field::Member { member: index, element }), local);
        Ok(Reg::Shape(match member.form {
            Form::Value => Shape::Leaf(read(self, None)),
            Form::Array(length) => Shape::List((0..length).map(|i| Shape::Leaf(read(self, Some(i)))).collect()),
            Form::DataLoc => {
                let pointer = read(self, None);
                let max = default_len();
                Shape::Leaf(
                    self.add(ExprKind::Fallible(Fallible::ReadStr { pointer, space: Space::Kernel, max }), local),
                )
            }
            Form::Opaque => {
                return Err(Error::new(Code::ClosureField, format!("`{}` cannot be read yet", member.name))
                    .label(span, format!("the kernel declares it as `{}`", member.declared))
                    .help("ints, char arrays, arrays of ints, pointers and __data_loc strings can be read"));
            }
        }))
    }

    /// All fields of the attach point that can be read, as a record.
    pub fn all_members(&mut self, span: Span) -> Result<Shape> {
        let mut fields = Vec::new();
        for (index, member) in self.context.members.iter().enumerate() {
            if member.form != Form::Opaque
                && let Reg::Shape(shape) = self.context_member(index, span)?
            {
                fields.push((member.name.clone(), shape));
            }
        }
        Ok(Shape::Record(fields))
    }

    fn unknown_field(&self, name: &str, at: Span, with_builtin: bool) -> Error {
        let frame = self.context.frame;
        let builtin =
            FIELDS.iter().filter(|field| with_builtin && field.frames.contains(&frame)).map(|field| field.name);
        let own = self.context.members.iter().map(|member| member.name.as_str());
        let known: Vec<&str> = own.chain(builtin).collect();
        let near = offer(name, known.iter().copied(), "");
        let list = format!("`{}` has {}", self.target.text, known.join(", "));
        Error::new(Code::ClosureField, format!("no field `{name}` in this context"))
            .label(at, format!("a {} has no such field", self.target.kind.name))
            .help(if near.is_empty() { list } else { format!("{near} {list}") })
    }
}

/// The most bytes that a string has where the closure does not say.
fn default_len() -> u32 {
    let flags = COMMANDS.iter().filter(|row| matches!(row.call, Call::ReadStr(_))).flat_map(|row| row.flags);
    flags.map(|flag| flag.default as u32).next().unwrap_or(0)
}
