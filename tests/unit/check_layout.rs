//! Tests of `crates/check/src/layout.rs`, which includes this as a module of its own.

use super::*;
use crate::ir::{Later, Span, Text, VarId, Width};
use crate::spec::operator::OPERATORS;

/// Variables of these types, one an expression; where there is no type, a constant.
fn program(types: &[Option<Type>]) -> (Vec<Expr>, ProgramFacts) {
    let kind = |(number, ty): (usize, &Option<Type>)| match ty {
        Some(_) => ExprKind::Var(VarId(number as u32)),
        None => ExprKind::Const(Const::Int(number as i64)),
    };
    let exprs = types.iter().enumerate().map(|ty| Expr { kind: kind(ty), span: Span::new(0, 0) }).collect();
    let types = types.iter().map(|ty| ty.unwrap_or(Type::Int(Width::I64))).collect();
    (exprs, ProgramFacts { exprs: types, vars: Vec::new(), used: Vec::new(), stack: 0, forgets: false })
}

fn leaf(expr: u32) -> Shape {
    Shape::Leaf(ExprId(expr))
}

fn either(cond: u32, then: Shape, otherwise: Shape) -> Shape {
    Shape::Either { cond: ExprId(cond), then: Box::new(then), otherwise: Box::new(otherwise) }
}

/// The slots' paths and expressions.
fn slots(layout: &Layout) -> Vec<(String, ExprId)> {
    layout.slots.iter().map(|slot| (slot.path.clone(), slot.expr)).collect()
}

#[test]
fn slots_are_the_leaves_in_their_order() {
    let ty = Some(Type::Duration);
    let (exprs, facts) = program(&[Some(Type::Bool), ty, ty, Some(Type::Bool), ty, Some(Type::Bool), ty, ty]);
    let sparse = Shape::Sparse(vec![
        (ExprId(0), leaf(1)),
        (ExprId(3), Shape::Record(vec![("a".into(), leaf(4)), ("b".into(), leaf(1))])),
    ]);
    let text = Shape::Later { op: Later::Text, args: vec![leaf(6), Shape::List(vec![leaf(7)])] };
    let shape = Shape::Record(vec![("all".into(), sparse), ("one".into(), either(5, text, leaf(2)))]);
    let layout = lay_out((&[], &exprs, &[]), &facts, &shape, EVENT_HEADER);
    assert_eq!(slots(&layout), shape.leaves());
    let paths: Vec<&str> = layout.slots.iter().map(|slot| slot.path.as_str()).collect();
    let wanted = ["all.0_there", "all.0", "all.1_there", "all.1.a", "all.1.b", "one.which"];
    assert_eq!(paths[..6], wanted);
    assert_eq!(paths[6..], ["one.then.0", "one.then.1.0", "one.else"]);
    let item = Tree::Record(vec![("a".into(), Tree::Slot(3)), ("b".into(), Tree::Slot(4))]);
    let sparse = Tree::Sparse(vec![(Tree::Slot(0), Tree::Slot(1)), (Tree::Slot(2), item)]);
    let text = Tree::Later(Later::Text, vec![Tree::Slot(6), Tree::List(vec![Tree::Slot(7)])]);
    let one = Tree::Either(Box::new([Tree::Slot(5), text, Tree::Slot(8)]));
    assert_eq!(layout.tree, Tree::Record(vec![("all".into(), sparse), ("one".into(), one)]));
}

#[test]
fn what_is_known_has_no_slot() {
    let types = [None, Some(Type::Nothing), Some(Type::Text(Text::Counted(8))), Some(Type::Constant("range"))];
    let (exprs, facts) = program(&types);
    let shape = Shape::Sparse(vec![(ExprId(0), leaf(1)), (ExprId(0), leaf(3)), (ExprId(0), leaf(2))]);
    let layout = lay_out((&[], &exprs, &[]), &facts, &shape, 0);
    assert_eq!(slots(&layout), [("2".to_string(), ExprId(2))]);
    let there = || Tree::Const(Const::Int(0));
    let nothing = || Tree::Const(Const::Nothing);
    assert_eq!(layout.tree, Tree::Sparse(vec![(there(), nothing()), (there(), nothing()), (there(), Tree::Slot(0))]));
}

#[test]
fn every_type_has_its_place_behind_a_condition() {
    let types = [
        Type::Bool,
        Type::Int(Width::U32),
        Type::Int(Width::I64),
        Type::Duration,
        Type::Filesize,
        Type::Datetime,
        Type::Text(Text::Chars(16)),
        Type::Text(Text::Counted(8)),
        Type::Binary(3),
        Type::Pointer(None),
    ];
    for ty in types {
        let (exprs, facts) = program(&[Some(Type::Bool), Some(ty), None]);
        let layout = lay_out((&[], &exprs, &[]), &facts, &either(0, leaf(1), leaf(2)), EVENT_HEADER);
        let slots: Vec<_> = layout.slots.iter().map(|slot| (slot.ty, slot.offset)).collect();
        assert_eq!(slots, [(Type::Bool, 4), (ty, 5u32.next_multiple_of(ty.align()))]);
        let value = [Tree::Slot(0), Tree::Slot(1), Tree::Const(Const::Int(2))];
        assert_eq!(layout.tree, Tree::Either(Box::new(value)));
    }
}

#[test]
fn keys_of_one_map_are_computed_alike() {
    let (exprs, facts) = program(&[Some(Type::Duration), Some(Type::Duration)]);
    let key = |op: usize, args: [u32; 2]| {
        let op = Later::Operator(&OPERATORS[op]);
        lay_out((&[], &exprs, &[]), &facts, &Shape::Later { op, args: args.map(leaf).to_vec() }, 0)
    };
    assert!(key(0, [0, 1]).lies_as(&key(0, [1, 0])));
    assert!(!key(0, [0, 1]).lies_as(&key(1, [0, 1])));
}
