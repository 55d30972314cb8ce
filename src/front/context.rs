//! Cell paths into the context.

use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer_of;
use crate::ir::{Const, ExprKind, Fallible, Field, Form, Shape, Space};
use crate::spec::command::DEFAULT_LEN;
use crate::spec::field::{ARGS, FIELDS, field};

impl Lowering<'_> {
    pub fn nothing(&mut self, span: Span) -> Reg {
        self.constant(Const::Nothing, span)
    }

    pub fn context_field(&mut self, name: &str, optional: bool, span: Span, at: Span) -> Result<Reg> {
        if let Some(row) = field(name, self.context.frame) {
            return Ok(Reg::Shape(Shape::Leaf(self.add(ExprKind::Field(Field::Builtin(row)), span))));
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
    pub fn context_member(&mut self, index: usize, span: Span) -> Result<Reg> {
        let context = self.context;
        let member = &context.members[index];
        let read = |this: &mut Self, element| this.add(ExprKind::Field(Field::Member { member: index, element }), span);
        Ok(Reg::Shape(match member.form {
            Form::Value => Shape::Leaf(read(self, None)),
            Form::Array(length) => Shape::List((0..length).map(|i| Shape::Leaf(read(self, Some(i)))).collect()),
            Form::DataLoc => {
                let pointer = read(self, None);
                let string = Fallible::ReadStr { pointer, space: Space::Kernel, max: DEFAULT_LEN as u32 };
                Shape::Leaf(self.add(ExprKind::Fallible(string), span))
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

    pub fn unknown_field(&self, name: &str, at: Span, with_builtin: bool) -> Error {
        let frame = self.context.frame;
        let builtin = FIELDS.iter().filter(|row| with_builtin && row.frames.contains(&frame)).map(|row| row.name);
        let own = self.context.members.iter().map(|member| member.name.as_str());
        let known: Vec<&str> = own.chain(builtin).collect();
        let list = format!("`{}` has {}", self.target.text, known.join(", "));
        Error::new(Code::ClosureField, format!("no field `{name}` in this context"))
            .label(self.place(at), format!("a {} has no such field", self.target.kind.name))
            .help(offer_of(name, known.iter().copied(), &list))
    }
}
