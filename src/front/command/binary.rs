//! Binaries: the bytes of a string or number, which the reader makes of it, and `u8` arrays of the context. What a closure
//! asks of them is asked of the string, the number or the memory itself.

use super::super::{Args, Code, Error, Lowering, Reg, Result, Span};
use crate::ir::{Binary, Const, ExprId, ExprKind, Kind, Later, Shape, Text, Type};
use crate::spec::builtin::Builtin;
use crate::spec::function::{AS_INT, ENDS_WITH, Function, LENGTH, SAME};
use crate::spec::operator::{BIT_AND, EQUAL, SHIFT_RIGHT};

/// What a binary's bytes are.
enum Bytes {
    /// Those of a string that is not null, of a `u8` array, or of a constant.
    Memory(ExprId),
    /// So many of an int's, the lowest first.
    Number(ExprId, u32),
}

impl Lowering<'_> {
    pub fn is_binary(&self, shape: &Shape) -> bool {
        let Shape::Leaf(leaf) = shape else { return matches!(shape, Shape::Later { op: Later::Binary(_), .. }) };
        self.kind(*leaf) == Kind::Binary
    }

    pub fn made_binary(&mut self, row: &Builtin, value: Shape, span: Span) -> Result<Reg> {
        let (of, size) = match value {
            value if self.is_binary(&value) => return Ok(value.into()),
            text @ Shape::Later { op: Later::Text, .. } => (text, 0),
            value => {
                let value = self.leaf(value, span)?;
                match self.kind(value) {
                    Kind::Text => (Shape::Leaf(self.text(value, span)?), 0),
                    Kind::Int | Kind::Bool | Kind::Duration | Kind::Filesize => (Shape::Leaf(value), 8),
                    _ => return Err(self.takes(row, span)),
                }
            }
        };
        Ok(Shape::Later { op: Later::Binary(size), args: vec![of] }.into())
    }

    /// What `read-bytes` reads is read where it is sent.
    pub fn unread(&self, leaf: ExprId, span: Span) -> Error {
        self.other_kind(&leaf.into(), span, "nothing looks into what `read-bytes` reads", "emit it")
    }

    fn bytes_of(&mut self, value: Shape, span: Span) -> Result<Option<Bytes>> {
        let (value, size) = match value {
            Shape::Leaf(leaf) if matches!(self.ty(leaf), Type::Text(Text::Raw(_))) => {
                return Err(self.unread(leaf, span));
            }
            Shape::Leaf(leaf) if self.kind(leaf) == Kind::Binary => {
                return Ok(Some(Bytes::Memory(self.steady(leaf, "bytes"))));
            }
            Shape::Later { op: Later::Binary(size), mut args } if args.len() == 1 => (args.remove(0), size),
            _ => return Ok(None),
        };
        let value = self.leaf(value, span)?;
        Ok(Some(match self.kind(value) {
            Kind::Text => Bytes::Memory(self.text(value, span)?),
            Kind::Int => Bytes::Number(value, size),
            _ => Bytes::Number(self.add(ExprKind::Call { function: &AS_INT, args: vec![value] }, span), size),
        }))
    }

    /// `bytes length`, `bytes starts-with` and `bytes ends-with`.
    pub fn bytes_command(
        &mut self, row: &Builtin, function: &'static Function, args: &Args, input: Shape, span: Span,
    ) -> Result<Reg> {
        let length = function == &LENGTH;
        if length && self.items(&input).is_some() {
            return self.mapped(input, span, &mut |this, item| this.bytes_command(row, function, args, item, span));
        }
        let test = match (self.bytes_of(input, span)?, args.positional.first().cloned()) {
            (Some(Bytes::Number(_, size)), None) => Some(self.int(size.into(), span)),
            (Some(Bytes::Memory(args)), None) => Some(self.add(ExprKind::Call { function, args: vec![args] }, span)),
            (Some(bytes), Some((part, at))) if !length => {
                let part = self.shape_of(part, at)?;
                self.bytes_of(part, at)?
                    .and_then(|part| self.byte_test(function, bytes, part, span).transpose())
                    .transpose()?
            }
            _ => None,
        };
        test.map(Reg::from).ok_or_else(|| self.takes(row, span))
    }

    /// Returns whether bytes begin or end with others, or are the same; None of a string's and a number's.
    fn byte_test(
        &mut self, function: &'static Function, all: Bytes, part: Bytes, span: Span,
    ) -> Result<Option<ExprId>> {
        let (number, size, part) = match (all, part) {
            (Bytes::Memory(all), Bytes::Memory(part)) => {
                return Ok(Some(self.add(ExprKind::Call { function, args: vec![all, part] }, span)));
            }
            (Bytes::Number(number, size), part) => (number, size, part),
            (known, Bytes::Number(number, size)) if function == &SAME => (number, size, known),
            _ => return Ok(None),
        };
        let (part, count) = match part {
            Bytes::Number(part, count) => (part, count),
            Bytes::Memory(part) => {
                let ExprKind::Const(Const::Binary(bytes)) = &self.expr(part).kind else { return Ok(None) };
                let value = bytes.iter().rev().fold(0, |value, byte| value << 8 | i64::from(*byte));
                let count = bytes.len() as u32;
                (self.int(value, span), count)
            }
        };
        if count > size || (function == &SAME && count < size) {
            return Ok(Some(self.truth_value(false, span)));
        }
        let own = self.bytes_from(number, if function == &ENDS_WITH { size - count } else { 0 }, span)?;
        let mask = self.int(1_i64.checked_shl(8 * count).map_or(-1, |bit| bit - 1), span);
        let [own, part] = [own, part].map(|side| self.op(&BIT_AND, side, mask, span));
        Ok(Some(self.op(&EQUAL, own, part, span)))
    }

    /// A number without its first bytes, of which there are more.
    fn bytes_from(&mut self, number: ExprId, first: u32, span: Span) -> Result<ExprId> {
        let bits = Shape::Leaf(self.int((8 * first.min(7)).into(), span));
        let rest =
            if first == 0 { number.into() } else { self.operate(&SHIFT_RIGHT, Shape::Leaf(number), bits, span)? };
        self.leaf(rest, span)
    }

    /// `bytes at`, by the same ranges as `str substring`.
    pub fn bytes_at(&mut self, row: &Builtin, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let (start, end, inclusive) = self.byte_range(args, span)?;
        self.mapped(input, span, &mut |this, value| match this.bytes_of(value, span)? {
            Some(Bytes::Memory(text)) if this.kind(text) == Kind::Text => {
                let part = this.substring(args, Shape::Leaf(text), span)?;
                Ok(Shape::Later { op: Later::Binary(0), args: vec![this.shape_of(part, span)?] }.into())
            }
            Some(Bytes::Number(number, size)) => {
                let size = i64::from(size);
                let place = |at: i64| if at < 0 { at.saturating_add(size) } else { at };
                let start = place(start).clamp(0, size);
                let end = end.map_or(size, |end| place(end).saturating_add(inclusive.into())).clamp(start, size);
                let part = Shape::Leaf(this.bytes_from(number, start as u32, span)?);
                let part = Shape::Later { op: Later::Binary((end - start) as u32), args: vec![part] };
                Ok(if start == end { this.constant(Const::Binary(Vec::new()), span) } else { part.into() })
            }
            _ => Err(this.takes(row, span)),
        })
    }

    /// `==` and `!=` of two values of which one is a binary.
    pub fn equal_binaries(&mut self, op: Binary, left: Shape, right: Shape, span: Span) -> Result<Reg> {
        let equal = match (self.bytes_of(left, span)?, self.bytes_of(right, span)?) {
            (Some(left), Some(right)) => self.byte_test(&SAME, left, right, span)?.ok_or_else(|| {
                Error::new(Code::ClosureSyntax, "the bytes of a string are not compared with those of a number")
                    .label(self.place(span), "one side is made of a string, the other of a number")
                    .help("compare the string, or the number, with a constant")
            })?,
            _ => self.truth_value(false, span),
        };
        Ok(if op.c == "!=" { self.negate(equal, span) } else { equal }.into())
    }
}
