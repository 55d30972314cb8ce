//! Tests of `crates/ir/src/ir/layout.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn layouts_are_described_as_plainly_as_they_differ() {
    let key = |ty: Type, tree: Tree| Layout::new(0, vec![("".into(), ty, ExprId(0))], tree);
    let (long, short) = (Type::Int(Width::I64), Type::Int(Width::U32));
    let told = |first: &Layout, second: &Layout| first.apart_from(second).1;
    let plain = key(short, Tree::Slot(0));
    assert_eq!(told(&plain, &key(Type::Duration, Tree::Slot(0))), "duration");
    assert_eq!(told(&plain, &key(long, Tree::Slot(0))), "int of 8 bytes with a sign");
    let text = |text: Text| key(Type::Text(text), Tree::Slot(0));
    let (chars, counted) = (text(Text::Chars(16)), text(Text::Counted(16)));
    let told_text =
        ("string of at most 16 bytes".to_string(), "string of at most 16 bytes that is put together".to_string());
    assert_eq!(chars.apart_from(&counted), told_text);
    let named = |name: &str| Tree::Record(vec![(name.into(), Tree::Slot(0)), ("b".into(), Tree::Const(Const::Int(7)))]);
    assert_eq!(told(&key(long, named("c")), &key(long, named("a"))), "{a: int, b: the constant 7}");
    let either = Tree::Either(Box::new([Tree::Slot(0), Tree::Slot(0), Tree::Const(Const::Nothing)]));
    let list = Tree::List(vec![either, Tree::OneOf(["f".to_string()].into(), Box::new(Tree::Slot(0)))]);
    let words = "[either of bool, null, the name of the attach point]";
    assert_eq!(told(&plain, &key(Type::Bool, list)), words);
}
