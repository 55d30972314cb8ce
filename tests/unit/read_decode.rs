//! Tests of `crates/read/src/decode.rs`, which includes this as a module of its own.

use super::*;
use crate::ir::{Const, ExprId, Later};
use crate::spec::operator::operator;
use nu_protocol::ast::{Math, Operator};
use nu_protocol::record;

fn shell() -> Shell {
    Shell { span: Span::unknown(), config: Arc::default(), stacks: None }
}

fn one(ty: Type, bytes: &[u8]) -> Option<Value> {
    let layout = Layout::new(0, vec![(String::new(), ty, ExprId(0))], Tree::Slot(0));
    let mut padded = bytes.to_vec();
    padded.resize(bytes.len().max(layout.size as usize), 0xee);
    value(&layout, &padded, &shell())
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
    // A cut string in a place with more room.
    assert_eq!(text(9, 8, b"abcd\0\0\0\0"), Some(Value::test_string("abcd…")));
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
    assert_eq!(event(&layouts, &[], &shell()), None);
    assert_eq!(event(&layouts, &[0, 0, 0, 0, 1], &shell()), None);
    assert_eq!(event(&layouts, &[9, 0, 0, 0, 1, 0, 0, 0], &shell()), None);
    assert_eq!(event(&layouts, &[0, 0, 0, 0, 1, 0, 0, 0], &shell()), Some(Value::test_int(1)));
}

/// A bool, an int of one byte, a bool, a short text: what the conditions of the trees below lead to.
fn four(tree: Tree, bytes: &[u8]) -> Option<Value> {
    let types = [Type::Bool, int(true, 1), Type::Bool, Type::Text(Text::Chars(2))];
    let slots = types.into_iter().map(|ty| (String::new(), ty, ExprId(0))).collect();
    value(&Layout::new(0, slots, tree), bytes, &shell())
}

fn either(condition: Tree, then: Tree, otherwise: Tree) -> Tree {
    Tree::Either(Box::new([condition, then, otherwise]))
}

#[test]
fn items_whose_condition_is_false_are_left_out() {
    let tree = Tree::Sparse(vec![
        (Tree::Slot(0), Tree::Slot(1)),
        (Tree::Slot(2), Tree::Record(vec![("text".into(), Tree::Slot(3))])),
        (Tree::Const(Const::Bool(true)), Tree::Const(Const::Int(9))),
        (Tree::Const(Const::Bool(false)), Tree::Const(Const::Int(10))),
    ]);
    let record = Value::test_record(record! { "text" => Value::test_string("a") });
    let list = |items: Vec<Value>| Some(Value::test_list(items));
    assert_eq!(
        four(tree.clone(), b"\x01\xff\x01a\0"),
        list(vec![Value::test_int(-1), record.clone(), Value::test_int(9)])
    );
    assert_eq!(four(tree.clone(), b"\x00\xff\x01a\0"), list(vec![record, Value::test_int(9)]));
    assert_eq!(four(tree.clone(), b"\x00\xff\x00a\0"), list(vec![Value::test_int(9)]));
    assert_eq!(four(tree, b"\x00\xff\x00a"), None);
    assert_eq!(four(Tree::Sparse(Vec::new()), b"\x00\xff\x00a\0"), list(Vec::new()));
}

#[test]
fn a_condition_selects_one_of_two() {
    let inner = either(Tree::Slot(2), Tree::Slot(3), Tree::Const(Const::Nothing));
    let tree = either(Tree::Slot(0), Tree::Slot(1), Tree::List(vec![inner]));
    assert_eq!(four(tree.clone(), b"\x01\x07\x01ab"), Some(Value::test_int(7)));
    let list = |item: Value| Some(Value::test_list(vec![item]));
    assert_eq!(four(tree.clone(), b"\x00\x07\x01ab"), list(Value::test_string("ab")));
    assert_eq!(four(tree, b"\x00\x07\x00ab"), list(Value::test_nothing()));
}

#[test]
fn what_is_computed_later_is_computed_of_slots() {
    let slots = vec![
        ("took".to_string(), Type::Duration, ExprId(0)),
        ("name".to_string(), Type::Text(Text::Counted(4)), ExprId(1)),
    ];
    let divided = operator(Operator::Math(Math::Divide)).expect("an operator");
    let seventh = Tree::Later(Later::Operator(divided), vec![Tree::Slot(0), Tree::Const(Const::Int(7))]);
    let parts = vec![Tree::Slot(1), Tree::Const(Const::String(": ".into())), seventh];
    let layout = Layout::new(0, slots, Tree::Later(Later::Text, parts));
    let bytes =
        |took: i64, length: i32| [&took.to_ne_bytes()[..], &length.to_ne_bytes(), b"abcde\0\0\0\0\0\0\0"].concat();
    let text = |took, length| value(&layout, &bytes(took, length), &shell());
    assert_eq!(text(3_000_000_000, 3), Some(Value::test_string("abc: 428ms 571µs 428ns")));
    assert_eq!(text(7, 5), Some(Value::test_string("abcd…: 1ns")));
    assert_eq!(text(0, -1), Some(Value::test_string(": 0sec")));
}
