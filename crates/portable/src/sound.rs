//! What every reader relies on, held against a description that somebody else may have written: in words what is wrong.

use crate::description::{Description, Portable};
use crate::ir::{Aggregate, Const, Layout, Map, MapKind, Place, Scale, Space, Text, Tree, Type, Width};
use crate::spec::aggregation;
use nu_ebpf_ir::error::Result;
use nu_protocol::{Span, Value};
use std::collections::BTreeSet;

/// Bytes of one member, and of a row or key, at most: more than a ring buffer's row or a kernel's stack takes.
const MEMBER: u32 = 1 << 24;
const ROW: u32 = 1 << 26;

/// Buckets of a histogram, and halvings of their octaves, at most.
const BUCKETS: u32 = 1 << 20;
const STEPS: u32 = 5;

type Checked = std::result::Result<(), String>;

/// Looks at all that is described; `symbols`: what the ELF defines.
///
/// # Errors
/// In words, the first thing that cannot be.
pub fn check(description: &Description, symbols: &BTreeSet<String>) -> Checked {
    let Description { programs, maps, events, keys, values, .. } = description;
    if programs.is_empty() || programs.iter().any(|program| program.targets.is_empty()) {
        return wrong("a program or its attach point is missing");
    }
    let there = |symbol: String| if symbols.contains(&symbol) { Ok(()) } else { Err(format!("it lacks `{symbol}`")) };
    for program in programs {
        there(format!("nu_{}_probe", program.name))?;
        program.targets.iter().try_for_each(|target| check_place(&target.place))?;
    }
    if maps.len() != keys.len() || maps.len() != values.len() {
        return wrong("not all of its maps are described");
    }
    for layout in events.iter().chain(keys.iter().flatten()) {
        check_layout(layout)?;
    }
    values.iter().try_for_each(|ty| check_type(*ty))?;
    for (map, key) in maps.iter().zip(keys) {
        check_map(map, key.as_ref())?;
        there(map.symbol())?;
    }
    Ok(())
}

/// A tracepoint is described in a file of its names.
fn check_place(place: &Place) -> Checked {
    let plain = |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['/', '\0']);
    match place {
        Place::Tracepoint { category, name } if !plain(category) || !plain(name) => {
            wrong("the name of a tracepoint is invalid")
        }
        _ => Ok(()),
    }
}

impl Portable {
    /// Whether the maps that the kernel made of the ELF are those that are described; `sizes`: bytes of a map's keys and
    /// values, by its name.
    ///
    /// # Errors
    /// [`crate::Code::ObjectDamaged`]
    pub fn check_maps(&self, at: Span, sizes: impl Fn(&str) -> Option<(u32, u32)>) -> Result<()> {
        for (map, key) in self.object.maps.iter().zip(&self.facts.keys) {
            check_sizes(map, key.as_ref(), sizes(&map.symbol())).map_err(|what| crate::damaged(at, &what))?;
        }
        Ok(())
    }
}

/// The kernel writes as many bytes as its map's values have to where a reader has room for those that are described.
fn check_sizes(map: &Map, key: Option<&Layout>, sizes: Option<(u32, u32)>) -> Checked {
    let Some(keeps) = map.aggregate() else { return Ok(()) };
    // A map of one slot is an array, whose key is a number.
    let key = key.map_or(4, |key| key.size);
    match sizes {
        Some((keys, values)) if keys == key && values as usize == keeps.size() => Ok(()),
        _ => Err(format!("its map `{}` has another size than described", map.name)),
    }
}

fn check_map(map: &Map, key: Option<&Layout>) -> Checked {
    match &map.kind {
        MapKind::Aggregate(keeps) => {
            check_scale(keeps)?;
            if keeps.keyed != key.is_some() {
                return wrong("it contradicts itself on the keys of a map");
            }
            Ok(())
        }
        MapKind::State(state) => state.key.iter().chain(&state.value).try_for_each(check_layout),
    }
}

/// Buckets have a scale, and nothing else has.
fn check_scale(keeps: &Aggregate) -> Checked {
    let buckets = matches!(keeps.row.slot, aggregation::Slot::Buckets);
    match keeps.scale {
        Some(Scale::Log { steps }) if buckets && steps <= STEPS => Ok(()),
        Some(Scale::Linear { count, step, .. }) if buckets && step > 0 && (1..=BUCKETS).contains(&count) => Ok(()),
        None if !buckets => Ok(()),
        _ => wrong("the buckets of a histogram are invalid"),
    }
}

fn check_layout(layout: &Layout) -> Checked {
    if layout.size > ROW {
        return wrong("a row is too long");
    }
    for slot in &layout.slots {
        check_type(slot.ty)?;
        if slot.offset.checked_add(slot.ty.size()).is_none_or(|end| end > layout.size) {
            return wrong("a member lies outside of its row");
        }
    }
    check_tree(&layout.tree, layout)
}

fn check_type(ty: Type) -> Checked {
    let fits = match ty {
        Type::Int(Width { bytes, .. }) => matches!(bytes, 1 | 2 | 4 | 8),
        Type::Text(Text::Chars(size) | Text::Counted(size) | Text::Literal(size) | Text::Raw(size)) => size <= MEMBER,
        Type::Binary(size) => size <= MEMBER,
        Type::Nothing | Type::Bool | Type::Float | Type::Duration | Type::Filesize | Type::Datetime => true,
        Type::Pointer(Some(Space::User | Space::Kernel) | None) | Type::Stack(_) | Type::Constant(_) => true,
    };
    if fits { Ok(()) } else { wrong("a member is too large") }
}

fn check_tree(tree: &Tree, layout: &Layout) -> Checked {
    let all = |trees: &[Tree]| trees.iter().try_for_each(|tree| check_tree(tree, layout));
    match tree {
        Tree::Slot(slot) if *slot < layout.slots.len() => Ok(()),
        Tree::Slot(_) => wrong("a member lies outside of its row"),
        Tree::Const(Const::Value(value)) => check_value(value),
        Tree::Const(_) => Ok(()),
        Tree::Record(fields) => fields.iter().try_for_each(|(_, tree)| check_tree(tree, layout)),
        Tree::List(trees) | Tree::Later(_, trees) => all(trees),
        Tree::Sparse(items) => {
            items.iter().try_for_each(|(there, item)| check_tree(there, layout).and_then(|()| check_tree(item, layout)))
        }
        Tree::Either(trees) => all(&trees[..]),
        Tree::OneOf(_, tree) | Tree::Enum(_, tree) => check_tree(tree, layout),
    }
}

/// A constant is data: a closure would name a block of another shell's, and a custom value is handed to its own plugin.
fn check_value(value: &Value) -> Checked {
    match value {
        Value::Closure { .. } | Value::Custom { .. } | Value::Error { .. } => wrong("a constant is not a plain value"),
        Value::List { vals, .. } => vals.iter().try_for_each(check_value),
        Value::Record { val, .. } => val.values().try_for_each(check_value),
        _ => Ok(()),
    }
}

fn wrong(what: &str) -> Checked {
    Err(what.to_string())
}
