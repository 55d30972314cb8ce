//! One row or key, by its layout.

use crate::ir::{Const, Layout, Text, Tree, Type, Width};
use chrono::{DateTime, FixedOffset, Local, TimeZone};
use nu_protocol::{Filesize, Record, Span, Value};

/// What a cut string ends in.
const CUT: char = '…';

/// A row as it came through the ring buffer: its number selects the layout. None for bytes that are no row of ours.
pub fn event(layouts: &[Layout], bytes: &[u8], span: Span) -> Option<Value> {
    let number = u32::from_ne_bytes(*bytes.first_chunk()?) as usize;
    value(layouts.get(number)?, bytes, span)
}

/// The value that lies in `bytes`. None where they are shorter than the layout.
pub fn value(layout: &Layout, bytes: &[u8], span: Span) -> Option<Value> {
    tree(&layout.tree, layout, bytes, span)
}

fn tree(tree_: &Tree, layout: &Layout, bytes: &[u8], span: Span) -> Option<Value> {
    match tree_ {
        Tree::Slot(slot) => {
            let slot = layout.slots.get(*slot)?;
            let start = slot.offset as usize;
            leaf(slot.ty, bytes.get(start..start + slot.ty.size() as usize)?, span)
        }
        Tree::Const(value) => Some(constant(value, span)),
        Tree::Record(fields) => {
            let mut record = Record::with_capacity(fields.len());
            for (name, field) in fields {
                record.push(name.clone(), tree(field, layout, bytes, span)?);
            }
            Some(Value::record(record, span))
        }
        Tree::List(items) => {
            let items = items.iter().map(|item| tree(item, layout, bytes, span));
            Some(Value::list(items.collect::<Option<_>>()?, span))
        }
    }
}

fn leaf(ty: Type, bytes: &[u8], span: Span) -> Option<Value> {
    Some(match ty {
        Type::Nothing | Type::Float | Type::Constant(_) => Value::nothing(span),
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
        Type::Text(Text::Counted(max) | Text::Literal(max)) => counted(bytes, max as usize, span)?,
    })
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

/// The bytes without a character that the cut has split.
fn whole(text: &[u8]) -> &[u8] {
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

fn constant(value: &Const, span: Span) -> Value {
    match value {
        Const::Nothing => Value::nothing(span),
        Const::Bool(value) => Value::bool(*value, span),
        Const::Int(value) => Value::int(*value, span),
        Const::Float(value) => Value::float(*value, span),
        Const::Duration(value) => Value::duration(*value, span),
        Const::Datetime(value) => Value::date(*value, span),
        Const::Filesize(value) => Value::filesize(Filesize::new(*value), span),
        Const::String(value) => Value::string(value.clone(), span),
        Const::Binary(value) => Value::binary(value.clone(), span),
        Const::Value(value) => Value::clone(value).with_span(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::ExprId;

    fn one(ty: Type, bytes: &[u8]) -> Option<Value> {
        let layout = Layout::new(0, vec![(String::new(), ty, ExprId(0))], Tree::Slot(0));
        let mut padded = bytes.to_vec();
        padded.resize(bytes.len().max(layout.size as usize), 0xee);
        value(&layout, &padded, Span::unknown())
    }

    fn int(signed: bool, bytes: u8) -> Type {
        Type::Int(Width { signed, bytes })
    }

    fn text(length: i32, max: u32, bytes: &[u8]) -> Option<Value> {
        one(Type::Text(Text::Counted(max)), &[&length.to_ne_bytes(), bytes].concat())
    }

    #[test]
    fn integers_keep_sign_and_bits() {
        assert_eq!(one(int(true, 1), &[0xff]), Some(Value::test_int(-1)));
        assert_eq!(one(int(false, 1), &[0xff]), Some(Value::test_int(255)));
        assert_eq!(one(int(true, 2), &(-2i16).to_ne_bytes()), Some(Value::test_int(-2)));
        assert_eq!(one(int(false, 4), &u32::MAX.to_ne_bytes()), Some(Value::test_int(4_294_967_295)));
        assert_eq!(one(int(true, 4), &(-100i32).to_ne_bytes()), Some(Value::test_int(-100)));
        assert_eq!(one(int(false, 8), &u64::MAX.to_ne_bytes()), Some(Value::test_int(-1)));
        assert_eq!(one(int(true, 8), &i64::MIN.to_ne_bytes()), Some(Value::test_int(i64::MIN)));
        assert_eq!(one(Type::Pointer(None), &0x7f00u64.to_ne_bytes()), Some(Value::test_string("0x7f00")));
    }

    #[test]
    fn strings_are_cut_marked_or_null() {
        assert_eq!(one(Type::Text(Text::Chars(4)), b"ab\0d"), Some(Value::test_string("ab")));
        assert_eq!(one(Type::Text(Text::Chars(4)), b"abcd"), Some(Value::test_string("abcd")));
        assert_eq!(text(3, 4, b"abc\0"), Some(Value::test_string("abc")));
        assert_eq!(text(4, 4, b"abcd\0"), Some(Value::test_string("abcd")));
        assert_eq!(text(5, 4, b"abcde\0"), Some(Value::test_string("abcd…")));
        assert_eq!(text(5, 4, "abcé".as_bytes()), Some(Value::test_string("abc…")));
        assert_eq!(text(2, 4, &[b'a', 0xff]), Some(Value::test_string("a\u{fffd}")));
        assert_eq!(text(0, 4, b"\0"), Some(Value::test_string("")));
        assert_eq!(text(-1, 4, b""), Some(Value::test_nothing()));
    }

    #[test]
    fn times_of_day_are_in_their_zone() {
        let east = FixedOffset::east_opt(5 * 3600 + 1800).expect("an offset");
        assert_eq!(date(1_750_000_000_123_456_789, &east).to_rfc3339(), "2025-06-15T20:36:40.123456789+05:30");
        assert_eq!(date(-1, &east).to_rfc3339(), "1970-01-01T05:29:59.999999999+05:30");
        let moment = one(Type::Datetime, &1_750_000_000_123_456_789i64.to_ne_bytes());
        assert_eq!(moment, Some(Value::test_date(date(1_750_000_000_123_456_789, &east))));
    }

    #[test]
    fn bytes_that_are_no_row_give_none() {
        let layout = Layout::new(4, vec![("pid".into(), int(false, 4), ExprId(0))], Tree::Slot(0));
        let layouts = [layout];
        assert_eq!(event(&layouts, &[], Span::unknown()), None);
        assert_eq!(event(&layouts, &[0, 0, 0, 0, 1], Span::unknown()), None);
        assert_eq!(event(&layouts, &[9, 0, 0, 0, 1, 0, 0, 0], Span::unknown()), None);
        assert_eq!(event(&layouts, &[0, 0, 0, 0, 1, 0, 0, 0], Span::unknown()), Some(Value::test_int(1)));
    }
}
