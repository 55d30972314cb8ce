//! A pinned map and a closure's of the same name: alike, or told apart in words.

use super::*;
use crate::ir::{Aggregate, Const, State, Text, Tree, Width};
use crate::spec::aggregation::{AVG, COUNT, HIST};
use nu_protocol::Span;

const INT: Type = Type::Int(Width::I64);

fn layout(ty: Type) -> Layout {
    Layout::new(0, vec![(String::new(), ty, Default::default())], Tree::Slot(0))
}

fn map(kind: MapKind) -> Map {
    Map { name: "it".into(), kind, max_entries: 5, at: Span::new(100, 102) }
}

fn state(key: Option<Type>, value: Type, lru: bool) -> Kept {
    let key = key.map(layout);
    let state = State { role: Role::Named, key: key.clone(), value: Some(layout(value)), lru };
    Kept { map: map(MapKind::State(state)), key, value: Type::Nothing, words: "{|ctx| it }".into(), plugin: 7 }
}

fn counted(row: &'static crate::spec::aggregation::Aggregation, key: Option<Type>, value: Type) -> Kept {
    let scale = (row == &HIST).then_some(Scale::Log { steps: 2 });
    let map = map(MapKind::Aggregate(Aggregate { row, scale, keyed: key.is_some() }));
    Kept { map, key: key.map(layout), value, words: "{|ctx| it }".into(), plugin: 7 }
}

/// What is told of a closure's map beside a pinned one.
fn told(own: &Kept, pinned: &Kept) -> Option<(&'static str, String, String)> {
    apart(pinned, &own.map, own.key.as_ref(), own.value)
}

fn some(what: &'static str, here: &str, there: &str) -> Option<(&'static str, String, String)> {
    Some((what, here.into(), there.into()))
}

#[test]
fn what_is_alike_is_shared() {
    let text = Type::Text(Text::Counted(16));
    for kept in [state(Some(INT), text, false), state(None, INT, false), counted(&AVG, Some(text), Type::Duration)] {
        assert_eq!(told(&kept, &kept), None);
    }
    // The width of a value that is added makes no difference to what is kept.
    assert_eq!(told(&counted(&AVG, None, Type::Int(Width::U32)), &counted(&AVG, None, INT)), None);
}

#[test]
fn every_difference_has_words() {
    let text = |size| Type::Text(Text::Counted(size));
    let cases = [
        (counted(&AVG, None, INT), counted(&COUNT, None, INT), some("aggregations", "`avg`", "`count`")),
        (counted(&COUNT, Some(INT), INT), counted(&COUNT, None, INT), some("keys", "int", "no key")),
        (counted(&AVG, None, Type::Duration), counted(&AVG, None, INT), some("values", "a duration", "an int")),
        (
            state(Some(INT), INT, true),
            state(Some(INT), INT, false),
            some("entries", "old entries make room: --lru", "old entries stay"),
        ),
        (state(None, INT, false), state(Some(INT), INT, false), some("keys", "no key", "int")),
        (
            state(Some(text(16)), INT, false),
            state(Some(text(32)), INT, false),
            some("keys", "string of at most 16 bytes", "string of at most 32 bytes"),
        ),
        (state(None, Type::Bool, false), state(None, INT, false), some("values", "bool", "int")),
    ];
    for (own, pinned, words) in cases {
        assert_eq!(told(&own, &pinned), words);
    }
}

#[test]
fn buckets_entries_and_constants_differ_too() {
    let (pinned, mut own) = (counted(&HIST, Some(INT), INT), counted(&HIST, Some(INT), INT));
    own.map.max_entries = 6;
    assert_eq!(told(&own, &pinned), some("entries", "at most 6", "at most 5"));
    let tree = Tree::List(vec![Tree::Slot(0), Tree::Const(Const::Int(1))]);
    own.key = Some(Layout { tree, ..layout(INT) });
    assert_eq!(told(&own, &pinned), some("keys", "[int, the constant 1]", "int"));
    let scale = Some(Scale::Linear { start: 0, step: 10, count: 10 });
    own.map.kind = MapKind::Aggregate(Aggregate { row: &HIST, scale, keyed: true });
    assert_eq!(told(&own, &pinned), some("buckets", "--linear 0..10..100", "--steps 2"));
}

#[test]
fn another_plugin_s_place_is_quoted() {
    let (pinned, own) = (state(None, INT, false), state(None, Type::Bool, false));
    let error = |plugin| differs(&pinned, (&own.map, None, Type::Nothing), "reads", plugin).err();
    let labels = |plugin| error(plugin).map_or(0, |error| error.labels.len());
    assert_eq!((labels(7), labels(8)), (2, 1));
    let help = error(8).and_then(|error| error.help).unwrap_or_default();
    assert!(help.starts_with("`{|ctx| it }` pinned it: int; "), "{help}");
}
