//! Layouts of rows and keys: the shape that a closure names, with the types of its leaves.

use super::ProgramFacts;
use crate::error::{Error, Result};
use crate::ir::{
    AttachPoint, Const, Expr, ExprId, ExprKind, Kind, Later, Layout, Names, Object, Shape, Slot, StmtKind, Tree, Type,
};
use crate::spec::code::Code;
use crate::spec::probe::{Frame, ITERATOR_BUFFER};
use nu_protocol::Span;

/// Bytes of a row's header: the event's number; where events may be postponed, also which of them the row is of.
const EVENT_HEADER: u32 = 4;
const POSTPONED_HEADER: u32 = 8;

/// The layouts of the events and of the maps' keys, and the types of the maps' values.
pub type Layouts = (Vec<Layout>, Vec<Option<Layout>>, Vec<Type>);

/// Lays out every event and every map's key.
///
/// # Errors
/// A row that does not fit the ring buffer of `ring` bytes; two keys or values of one map that differ.
pub fn layouts(object: &Object, facts: &[ProgramFacts], ring: u32) -> Result<Layouts> {
    let targets: Vec<&AttachPoint> = object.targets().collect();
    let header = if object.postpones() { POSTPONED_HEADER } else { EVENT_HEADER };
    let mut events = vec![None; object.events];
    let mut keys: Vec<Option<Layout>> = vec![None; object.maps.len()];
    let mut values = vec![Type::Nothing; object.maps.len()];
    for (program, facts) in object.programs.iter().zip(facts) {
        for stmt in program.stmts() {
            let at = program.at(stmt.span);
            match &stmt.kind {
                StmtKind::Emit { event, row } => {
                    events[*event] = Some(event_layout(
                        lay_out((&targets, &program.exprs, &program.enums), facts, row, header),
                        program.target().kind.frame == Frame::Iterator,
                        ring,
                        at,
                    )?);
                }
                StmtKind::Aggregate { map, key, value } => {
                    let name = &object.maps[*map].name;
                    if let Some(key) = key {
                        let layout = lay_out((&targets, &program.exprs, &program.enums), facts, key, 0);
                        keys[*map] = Some(key_layout(layout, keys[*map].as_ref(), name, targets.len() > 1, at)?);
                    }
                    if let Some(value) = value {
                        values[*map] = value_type(facts.ty(*value), values[*map], name, at)?;
                    }
                }
                StmtKind::Put { map, key, value } => {
                    let state = object.maps[*map].state();
                    let (layout, other) =
                        state.map_or((None, None), |state| (state.key.as_ref(), state.value.as_ref()));
                    let (name, types) = (&object.maps[*map].name, |shape: &Shape| leaves(shape, facts));
                    key.iter().try_for_each(|key| stores(layout, &types(key), name, at))?;
                    stores(other, &types(value), name, at)?;
                }
                StmtKind::Get { map, key: Some(key), .. } | StmtKind::Delete { map, key } => {
                    let layout = object.maps[*map].state().and_then(|state| state.key.as_ref());
                    stores(layout, &leaves(key, facts), &object.maps[*map].name, at)?;
                }
                _ => {}
            }
        }
    }
    for (keys, map) in keys.iter_mut().zip(&object.maps) {
        *keys = keys.take().or_else(|| map.state()?.key.clone());
    }
    Ok((events.into_iter().flatten().collect(), keys, values))
}

/// The types of a value's parts.
fn leaves(shape: &Shape, facts: &ProgramFacts) -> Vec<Type> {
    shape.leaves().into_iter().map(|(_, leaf)| facts.ty(leaf)).collect()
}

/// What a map of state keeps has room for the values as they have turned out to be.
fn stores(layout: Option<&Layout>, types: &[Type], name: &str, at: Span) -> Result<()> {
    let slots = layout.into_iter().flat_map(|layout| &layout.slots);
    let fits = |(slot, ty): (&Slot, &Type)| slot.ty.kind() != Kind::Text || ty.capacity() <= slot.ty.capacity();
    if slots.zip(types).all(fits) {
        return Ok(());
    }
    Err(Error::new(Code::ClosureType, format!("this text is longer than `{name}` keeps"))
        .label(at, "it grows in a loop")
        .help("keep the parts of a text, and put them together after the probe"))
}

/// A row must fit the ring buffer but for its last byte (`__bpf_ringbuf_reserve`, kernel/bpf/ringbuf.c).
///
/// One of an iterator must fit what the kernel keeps until it is read.
fn event_layout(layout: Layout, iterates: bool, ring: u32, at: Span) -> Result<Layout> {
    if iterates {
        return match layout.size < ITERATOR_BUFFER {
            true => Ok(layout),
            false => Err(Error::new(Code::ClosureSize, "this row is longer than the kernel's buffer for iterators")
                .label(at, format!("it takes {} bytes of {ITERATOR_BUFFER}", layout.size))
                .help("read shorter strings (read-str --len), or fewer")),
        };
    }
    if (layout.size + 8).next_multiple_of(8) < ring {
        return Ok(layout);
    }
    Err(Error::new(Code::Option, "this row does not fit the ring buffer")
        .label(at, format!("one row takes {} bytes", layout.size + 8))
        .help("give it more: --ring-buffer 1MiB"))
}

/// A key must be one, and like those of the same map. Where there are `several` attach points, a constant may be one of
/// each.
fn key_layout(layout: Layout, first: Option<&Layout>, name: &str, several: bool, at: Span) -> Result<Layout> {
    if layout.slots.is_empty() {
        let (each, field) = if several { (" of an attach point", " such as $ctx.func") } else { ("", "") };
        return Err(Error::new(Code::ClosureType, "a constant is no key")
            .label(at, format!("this is the same for every event{each}"))
            .help(format!("take a field of the context{field}, or leave the key out: {{|ctx| count }}")));
    }
    match first.filter(|first| !first.lies_as(&layout)) {
        None => Ok(layout),
        Some(first) => {
            let (first, second) = first.apart_from(&layout);
            Err(Error::new(Code::ClosureType, format!("the keys of the two `{name}` differ in type"))
                .label(at, second)
                .help(format!(
                    "the first key is {first}; use the same fields, or give this table another name: --as NAME"
                )))
        }
    }
}

/// The values of a table are all of one type: `first`, where there was one.
fn value_type(ty: Type, first: Type, name: &str, at: Span) -> Result<Type> {
    if first == Type::Nothing || first.kind() == ty.kind() {
        return Ok(ty);
    }
    Err(Error::new(Code::ClosureType, format!("the values of the two `{name}` differ in type"))
        .label(at, format!("this is {}, the first is {}", ty.phrase(), first.phrase()))
        .help("give this table another name: --as NAME"))
}

/// The attach points that rows come from, and the expressions and enums of their program.
type Source<'a> = (&'a [&'a AttachPoint], &'a [Expr], &'a [Names]);

fn lay_out((targets, exprs, enums): Source, facts: &ProgramFacts, shape: &Shape, header: u32) -> Layout {
    let mut planting = Planting { targets, exprs, enums, facts, paths: shape.leaves().into_iter(), slots: Vec::new() };
    let tree = planting.tree(shape);
    Layout::new(header, planting.slots, tree)
}

/// The state of turning a shape into a tree.
struct Planting<'a> {
    targets: &'a [&'a AttachPoint],
    exprs: &'a [Expr],
    enums: &'a [Names],
    facts: &'a ProgramFacts,
    /// The shape's leaves: the paths and their order are [`Shape::leaves`]'s, as `back` fills the slots in that order.
    paths: std::vec::IntoIter<(String, ExprId)>,
    slots: Vec<(String, Type, ExprId)>,
}

impl Planting<'_> {
    fn tree(&mut self, shape: &Shape) -> Tree {
        match shape {
            Shape::Leaf(expr) => self.leaf(*expr),
            Shape::Record(fields) => {
                Tree::Record(fields.iter().map(|(name, field)| (name.clone(), self.tree(field))).collect())
            }
            Shape::List(items) => Tree::List(self.trees(items)),
            Shape::Later { op: Later::Title(title), args } => {
                let titles = self.targets.iter().map(|target| target.title(*title)).collect();
                Tree::OneOf(titles, Box::new(args.first().map_or(Tree::Const(Const::Nothing), |arg| self.tree(arg))))
            }
            Shape::Later { op: Later::Enum(number), args } => {
                let names = self.enums[*number].clone();
                Tree::Enum(names, Box::new(args.first().map_or(Tree::Const(Const::Nothing), |arg| self.tree(arg))))
            }
            Shape::Later { op, args } => Tree::Later(*op, self.trees(args)),
            Shape::Sparse(items) => {
                Tree::Sparse(items.iter().map(|(there, item)| (self.leaf(*there), self.tree(item))).collect())
            }
            Shape::Either { cond, then, otherwise } => {
                Tree::Either(Box::new([self.leaf(*cond), self.tree(then), self.tree(otherwise)]))
            }
        }
    }

    fn trees(&mut self, shapes: &[Shape]) -> Vec<Tree> {
        shapes.iter().map(|shape| self.tree(shape)).collect()
    }

    /// A slot, or what needs none.
    fn leaf(&mut self, expr: ExprId) -> Tree {
        let path = self.paths.next().map(|(path, _)| path).unwrap_or_default();
        match (&self.exprs[expr.0 as usize].kind, self.facts.ty(expr)) {
            (ExprKind::Const(value), _) => Tree::Const(value.clone()),
            (_, Type::Nothing | Type::Constant(_)) => Tree::Const(Const::Nothing),
            (_, ty) => {
                self.slots.push((path, ty, expr));
                Tree::Slot(self.slots.len() - 1)
            }
        }
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/check_layout.rs"]
mod tests;
