//! Layouts of rows and keys: the shape that a closure names, with the types of its leaves.

use super::ProgramFacts;
use crate::error::{Error, Result};
use crate::ir::{Const, ExprKind, Layout, Object, Program, Shape, StmtKind, Tree, Type};
use crate::spec::code::Code;

/// Bytes of a row's header: the event's number.
pub const EVENT_HEADER: u32 = 4;

/// Lays out every event and every map's key.
///
/// # Errors
/// A row that does not fit the ring buffer of `ring` bytes; two keys of one map that differ.
pub fn layouts(object: &Object, facts: &[ProgramFacts], ring: u32) -> Result<(Vec<Layout>, Vec<Option<Layout>>)> {
    let mut events = vec![None; object.events];
    let mut keys: Vec<Option<Layout>> = vec![None; object.maps.len()];
    for (program, facts) in object.programs.iter().zip(facts) {
        let mut stmts = Vec::new();
        program.walk(&mut |stmt| stmts.push(stmt));
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::Emit { event, row } => {
                    let layout = lay_out(program, facts, row, EVENT_HEADER);
                    // The kernel never fills the last byte (`__bpf_ringbuf_reserve`, kernel/bpf/ringbuf.c).
                    if (layout.size + 8).next_multiple_of(8) >= ring {
                        return Err(Error::new(Code::Option, "this row does not fit the ring buffer")
                            .label(program.at(stmt.span), format!("one row takes {} bytes", layout.size + 8))
                            .help("give it more: --ring-buffer 1MiB"));
                    }
                    events[*event] = Some(layout);
                }
                StmtKind::Count { map, key: Some(key) } => {
                    let layout = lay_out(program, facts, key, 0);
                    if layout.slots.is_empty() {
                        return Err(Error::new(Code::ClosureType, "a constant is no key to count by")
                            .label(program.at(stmt.span), "this is the same for every event")
                            .help("count by a field of the context, or leave the key out: {|ctx| count }"));
                    }
                    if let Some(Some(first)) =
                        keys.get(*map).filter(|old| old.as_ref().is_some_and(|old| !agree(old, &layout)))
                    {
                        return Err(Error::new(Code::ClosureType, "the keys of the two counts differ in type")
                            .label(program.at(stmt.span), describe(&layout))
                            .help(format!("the first key is {}; count by the same fields", describe(first))));
                    }
                    keys[*map] = Some(layout);
                }
                _ => {}
            }
        }
    }
    Ok((events.into_iter().flatten().collect(), keys))
}

fn lay_out(program: &Program, facts: &ProgramFacts, shape: &Shape, header: u32) -> Layout {
    let mut slots = Vec::new();
    let tree = tree(program, facts, shape, "", &mut slots);
    Layout::new(header, slots, tree)
}

fn tree(
    program: &Program,
    facts: &ProgramFacts,
    shape: &Shape,
    path: &str,
    slots: &mut Vec<(String, Type, crate::ir::ExprId)>,
) -> Tree {
    let join = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
    match shape {
        Shape::Leaf(expr) => match &program.expr(*expr).kind {
            ExprKind::Const(value) => Tree::Const(value.clone()),
            _ if facts.ty(*expr) == Type::Nothing => Tree::Const(Const::Nothing),
            _ => {
                slots.push((path.to_string(), facts.ty(*expr), *expr));
                Tree::Slot(slots.len() - 1)
            }
        },
        Shape::Record(fields) => Tree::Record(
            fields
                .iter()
                .map(|(name, shape)| (name.clone(), tree(program, facts, shape, &join(name), slots)))
                .collect(),
        ),
        Shape::List(items) => {
            let items = items.iter().enumerate();
            Tree::List(items.map(|(i, shape)| tree(program, facts, shape, &join(&i.to_string()), slots)).collect())
        }
    }
}

/// Whether two keys may lie in one map: the same values in the same places.
fn agree(left: &Layout, right: &Layout) -> bool {
    let slots = |layout: &Layout| layout.slots.iter().map(|slot| (slot.ty, slot.offset)).collect::<Vec<_>>();
    left.tree == right.tree && slots(left) == slots(right)
}

fn describe(layout: &Layout) -> String {
    let slots = layout.slots.iter();
    let names = slots
        .map(|slot| if slot.path.is_empty() { slot.ty.to_string() } else { format!("{}: {}", slot.path, slot.ty) });
    names.collect::<Vec<_>>().join(", ")
}
