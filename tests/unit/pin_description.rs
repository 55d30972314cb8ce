//! What is written down of pinned maps is read again as it was, or refused.

use super::*;
use crate::ir::{Aggregate, Const, Later, MapKind, Role, Scale, State, Text, Title, Tree, Width};
use crate::spec::aggregation::HIST;
use crate::spec::operator::OPERATORS;
use nu_protocol::{Span, Value};
use std::sync::Arc;

/// Maps with all that a description may have in it.
fn kept() -> Vec<Kept> {
    let slots = [("a", Type::Int(Width::I64)), ("b.c", Type::Text(Text::Counted(16))), ("d", Type::Bool)];
    let slots = slots.map(|(path, ty)| (path.to_string(), ty, Default::default())).to_vec();
    let constants = [Const::Nothing, Const::Float(0.1), Const::Binary(vec![1, 2]), Const::String("…".into())];
    let other = Const::Value(Box::new(Value::test_cell_path(nu_protocol::ast::CellPath { members: Vec::new() })));
    let constants: Vec<Tree> = constants.into_iter().chain([other]).map(Tree::Const).collect();
    let tree = Tree::Record(vec![
        ("a".into(), Tree::Later(Later::Operator(&OPERATORS[0]), vec![Tree::Slot(0), Tree::Slot(0)])),
        ("b".into(), Tree::Sparse(vec![(Tree::Slot(2), Tree::Slot(1))])),
        ("c".into(), Tree::Either(Box::new([Tree::Slot(2), Tree::Slot(0), Tree::List(constants)]))),
        ("d".into(), Tree::OneOf(Arc::from(["one".to_string()]), Box::new(Tree::Slot(0)))),
        ("e".into(), Tree::Later(Later::Title(Title::Function), Vec::new())),
        ("f".into(), Tree::Later(Later::Cgroup, vec![Tree::Slot(0)])),
    ]);
    let layout = Layout::new(0, slots, tree);
    let scale = Some(Scale::Linear { start: -5, step: 3, count: 7 });
    let map = |name: &str, kind| Map { name: name.into(), kind, max_entries: 5, at: Span::new(3, 9) };
    let one =
        |map, value| Kept { map, key: Some(layout.clone()), value, words: "{|ctx| … }".into(), plugin: u64::MAX };
    let state = State { role: Role::Timer, key: Some(layout.clone()), value: Some(layout.clone()), lru: true };
    vec![
        one(map("lengths", MapKind::Aggregate(Aggregate { row: &HIST, scale, keyed: true })), Type::Duration),
        one(map("timer", MapKind::State(state)), Type::Nothing),
    ]
}

#[test]
fn what_is_written_is_read_again() {
    let bytes = write(kept()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(read(&bytes, "reads"), Ok(kept()));
}

#[test]
fn another_version_is_refused() {
    let bytes = write(kept()).unwrap_or_else(|error| panic!("{error}"));
    let text = String::from_utf8_lossy(&bytes).replacen("{\"version\":1,", "{\"version\":2,", 1);
    let more = b"{\"version\":2,\"maps\":\"of another form\"}".to_vec();
    for bytes in [text.into_bytes(), more, b"{".to_vec(), Vec::new()] {
        let error = read(&bytes, "reads").err();
        assert_eq!(error.as_ref().map(|error| error.code), Some(Code::PinDiffers), "{bytes:?}");
        assert_eq!(error.and_then(|error| error.help).as_deref(), Some("remove them: ebpf unpin reads"));
    }
}

#[test]
fn what_cannot_be_read_again_is_not_written() {
    let mut kept = kept();
    kept[0].key = Some(Layout::new(0, Vec::new(), Tree::Const(Const::Float(f64::NAN))));
    assert_eq!(write(kept).err().map(|error| error.code), Some(Code::Io));
}

#[test]
fn keys_are_told_by_their_types() {
    assert_eq!(kept()[0].keys().as_deref(), Some("a: int, b.c: string, d: bool"));
}
