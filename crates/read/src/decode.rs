//! One row or key, by its layout.

use super::later::later;
use super::stacks::Stacks;
use crate::ir::{Layout, Text, Tree, Type, Width};
use chrono::{DateTime, FixedOffset, Local, TimeZone};
use nu_protocol::{Config, Filesize, Record, Span, Value};
use std::sync::Arc;

/// What a cut string ends in.
const CUT: char = '…';

/// What reading takes from the shell.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Where the values are said to come from.
    pub span: Span,
    /// How the user wants values written.
    pub config: Arc<Config>,
    /// What the stacks of the probe are, where it takes some.
    pub stacks: Option<Arc<Stacks>>,
}

/// A row as it came through the ring buffer: its number selects the layout. None for bytes that are no row of ours.
pub fn event(layouts: &[Layout], bytes: &[u8], shell: &Shell) -> Option<Value> {
    let number = u32::from_ne_bytes(*bytes.first_chunk()?) as usize;
    value(layouts.get(number)?, bytes, shell)
}

/// The value that lies in `bytes`. None where they are shorter than the layout.
pub fn value(layout: &Layout, bytes: &[u8], shell: &Shell) -> Option<Value> {
    let bytes = bytes.get(..layout.size as usize)?;
    Decoding { layout, bytes, shell, plain: false }.tree(&layout.tree)
}

/// The same, with numbers in the stead of stacks, the same for the same frames: to compare by.
pub fn plain(layout: &Layout, bytes: &[u8], shell: &Shell) -> Option<Value> {
    let bytes = bytes.get(..layout.size as usize)?;
    Decoding { layout, bytes, shell, plain: true }.tree(&layout.tree)
}

/// The state of decoding one value.
struct Decoding<'a> {
    layout: &'a Layout,
    bytes: &'a [u8],
    shell: &'a Shell,
    plain: bool,
}

impl Decoding<'_> {
    fn tree(&self, tree: &Tree) -> Option<Value> {
        let span = self.shell.span;
        Some(match tree {
            Tree::Slot(slot) => {
                let slot = self.layout.slots.get(*slot)?;
                let start = slot.offset as usize;
                let bytes = self.bytes.get(start..start + slot.ty.size() as usize)?;
                match (slot.ty, &self.shell.stacks) {
                    (Type::Stack(space), Some(stacks)) if self.plain => Value::int(stacks.number(space, bytes)?, span),
                    (Type::Stack(space), Some(stacks)) => stacks.value(space, bytes, span)?,
                    (ty, _) => leaf(ty, bytes, span)?,
                }
            }
            Tree::Const(value) => value.value(span),
            Tree::Record(fields) => {
                let mut record = Record::with_capacity(fields.len());
                for (name, field) in fields {
                    record.push(name.clone(), self.tree(field)?);
                }
                Value::record(record, span)
            }
            Tree::List(items) => Value::list(self.trees(items)?, span),
            // What a condition leaves out has not been filled: its bytes mean nothing, and are not looked at.
            Tree::Sparse(items) => {
                let mut there = Vec::new();
                for (condition, item) in items {
                    if self.holds(condition)? {
                        there.push(self.tree(item)?);
                    }
                }
                Value::list(there, span)
            }
            Tree::Either(parts) => {
                let [condition, then, otherwise] = &**parts;
                self.tree(if self.holds(condition)? { then } else { otherwise })?
            }
            // A number without a name stays one.
            Tree::Enum(names, number) => {
                let number = self.tree(number)?;
                match number.as_int().ok().and_then(|number| names.name(number)) {
                    Some(name) => Value::string(name, span),
                    None => number,
                }
            }
            Tree::OneOf(texts, number) => {
                let text = usize::try_from(self.tree(number)?.as_int().ok()?).ok().and_then(|number| texts.get(number));
                Value::string(text?, span)
            }
            Tree::Later(op, args) => later(*op, &self.trees(args)?, self.shell),
        })
    }

    fn trees(&self, trees: &[Tree]) -> Option<Vec<Value>> {
        trees.iter().map(|tree| self.tree(tree)).collect()
    }

    fn holds(&self, condition: &Tree) -> Option<bool> {
        Some(matches!(self.tree(condition)?, Value::Bool { val: true, .. }))
    }
}

fn leaf(ty: Type, bytes: &[u8], span: Span) -> Option<Value> {
    Some(match ty {
        Type::Nothing | Type::Float | Type::Stack(_) | Type::Constant(_) => Value::nothing(span),
        Type::Bool => Value::bool(*bytes.first()? != 0, span),
        Type::Int(width) => Value::int(integer(width, bytes)?, span),
        Type::Duration => Value::duration(integer(Width::I64, bytes)?, span),
        Type::Datetime => Value::date(date(integer(Width::I64, bytes)?, &Local), span),
        Type::Filesize => Value::filesize(Filesize::new(integer(Width::I64, bytes)?), span),
        Type::Pointer(_) => Value::string(format!("{:#x}", integer(Width::U64, bytes)?), span),
        Type::Binary(_) => Value::binary(bytes.to_vec(), span),
        Type::Text(Text::Chars(_)) => {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            Value::string(String::from_utf8_lossy(&bytes[..end]), span)
        }
        Type::Text(Text::Raw(max)) => raw(bytes, max as usize, span)?,
        Type::Text(Text::Counted(max) | Text::Literal(max)) => counted(bytes, max as usize, span)?,
    })
}

/// Bytes with their length before them: -1 of what could not be read.
fn raw(bytes: &[u8], max: usize, span: Span) -> Option<Value> {
    let length = i32::from_ne_bytes(*bytes.first_chunk()?);
    let Ok(length) = usize::try_from(length) else { return Some(Value::nothing(span)) };
    Some(Value::binary(bytes.get(4..4 + length.min(max))?, span))
}

/// A string with its length before it: -1 is one that could not be read, more than `max` one that was cut.
fn counted(bytes: &[u8], max: usize, span: Span) -> Option<Value> {
    let length = i32::from_ne_bytes(*bytes.first_chunk()?);
    let Ok(length) = usize::try_from(length) else { return Some(Value::nothing(span)) };
    let text = bytes.get(4..4 + length.min(max))?;
    if length <= max {
        return Some(Value::string(String::from_utf8_lossy(text), span));
    }
    let mut text = String::from_utf8_lossy(whole(text)).into_owned();
    text.push(CUT);
    Some(Value::string(text, span))
}

/// The bytes without a character that the cut has split, and without the zeros of a place with more room.
fn whole(text: &[u8]) -> &[u8] {
    let text = &text[..text.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1)];
    match std::str::from_utf8(text) {
        Err(error) if error.error_len().is_none() => &text[..error.valid_up_to()],
        _ => text,
    }
}

fn integer(width: Width, bytes: &[u8]) -> Option<i64> {
    Some(match (width.bytes, width.signed) {
        (1, true) => i64::from(*bytes.first()? as i8),
        (1, false) => i64::from(*bytes.first()?),
        (2, true) => i64::from(i16::from_ne_bytes(*bytes.first_chunk()?)),
        (2, false) => i64::from(u16::from_ne_bytes(*bytes.first_chunk()?)),
        (4, true) => i64::from(i32::from_ne_bytes(*bytes.first_chunk()?)),
        (4, false) => i64::from(u32::from_ne_bytes(*bytes.first_chunk()?)),
        // Nushell's ints have 64 bits and a sign: a wider unsigned value keeps its bits.
        _ => i64::from_ne_bytes(*bytes.first_chunk()?),
    })
}

/// The time of day in a zone.
fn date(nanoseconds: i64, zone: &impl TimeZone) -> DateTime<FixedOffset> {
    DateTime::from_timestamp_nanos(nanoseconds).with_timezone(zone).fixed_offset()
}

#[cfg(test)]
#[path = "../../../tests/unit/read_decode.rs"]
mod tests;
