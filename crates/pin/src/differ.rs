//! Whether a closure's map and a pinned one of its name are alike, and if not, in which words the two are told apart.

use crate::description::Kept;
use crate::error::{Error, Result};
use crate::ir::{Kind, Layout, Map, MapKind, Role, Scale, State, Type};
use crate::spec::code::Code;

/// Returns whether attaches share it: all maps that closures name.
pub fn is_shared(map: &Map) -> bool {
    map.state().is_none_or(State::is_named)
}

/// Refuses a map that is not like the pinned one; `key` and `value` are `check`'s facts of it.
///
/// # Errors
/// [`Code::PinDiffers`], with both places; that of another plugin's closure is quoted.
pub fn differs(kept: &Kept, (map, key, value): (&Map, Option<&Layout>, Type), name: &str, plugin: u64) -> Result<()> {
    let Some((what, here, there)) = apart(kept, map, key, value) else { return Ok(()) };
    let what = format!("the {what} of `{}` differ from those pinned as `{name}`", map.name);
    let help =
        format!("write the same, give this map another name, or pin it elsewhere; `ebpf unpin {name}` removes it");
    let error = Error::new(Code::PinDiffers, what).label(map.at, format!("here: {here}"));
    Err(match kept.plugin == plugin {
        true => error.label(kept.map.at, format!("pinned here: {there}")).help(help),
        false => error.help(format!("`{}` pinned it: {there}; {help}", kept.words)),
    })
}

/// Refuses what lies in a table of the object's own: a stack is a number there.
///
/// # Errors
/// [`Code::ClosureType`]
pub fn no_stacks(map: &Map, key: Option<&Layout>) -> Result<()> {
    match key.is_some_and(|key| key.slots.iter().any(|slot| slot.ty.kind() == Kind::Stack)) {
        false => Ok(()),
        true => Err(Error::new(Code::ClosureType, "a stack cannot be the key of a map that is pinned")
            .label(map.at, format!("`{}` counts by stacks, which are separate for each attach", map.name))
            .help("attach it without --pin; the closures of one record share a table: ebpf attach {'KIND:PLACE': {|ctx| … }}")),
    }
}

/// Returns the first difference: its name, the closure's value, the pinned map's value.
fn apart(kept: &Kept, map: &Map, key: Option<&Layout>, value: Type) -> Option<(&'static str, String, String)> {
    let told = |what, here: String, there: String| (here != there).then_some((what, here, there));
    let alike = match (&map.kind, &kept.map.kind) {
        (MapKind::Aggregate(own), MapKind::Aggregate(first)) => {
            let row = told("aggregations", format!("`{}`", own.row.name), format!("`{}`", first.row.name));
            row.or_else(|| told("buckets", scale(own.scale), scale(first.scale)))
                .or_else(|| layouts("keys", key, kept.key.as_ref()))
                .or_else(|| {
                    (value.kind() != kept.value.kind()).then(|| ("values", value.phrase(), kept.value.phrase()))
                })
        }
        (MapKind::State(own), MapKind::State(first)) => {
            let room = |lru: bool| if lru { "old entries make room: --lru" } else { "old entries stay" };
            layouts("keys", key, kept.key.as_ref())
                .or_else(|| layouts("values", own.value.as_ref(), first.value.as_ref()))
                .or_else(|| told("entries", room(own.lru).into(), room(first.lru).into()))
        }
        (MapKind::Aggregate(_), MapKind::State(_)) | (MapKind::State(_), MapKind::Aggregate(_)) => {
            Some(("kinds", kind(map), kind(&kept.map)))
        }
    };
    alike.or_else(|| {
        let most = |map: &Map| format!("at most {}", map.max_entries);
        told("entries", most(map), most(&kept.map))
    })
}

fn layouts(what: &'static str, own: Option<&Layout>, first: Option<&Layout>) -> Option<(&'static str, String, String)> {
    let (own, first) = match (own, first) {
        (Some(own), Some(first)) if own.lies_as(first) => return None,
        (None, None) => return None,
        (Some(own), Some(first)) => own.apart_from(first),
        (own, first) => {
            let describe = |layout: Option<&Layout>| layout.map_or("no key".to_string(), Layout::describe);
            (describe(own), describe(first))
        }
    };
    // The words are alike where the names of attach points are not.
    let other = if own == first { "with other names of attach points: " } else { "" };
    Some((what, format!("{other}{own}"), first))
}

fn scale(scale: Option<Scale>) -> String {
    match scale {
        None => "none".into(),
        Some(Scale::Log { steps }) => format!("--steps {steps}"),
        Some(Scale::Linear { start, step, count }) => {
            let at = |place: u32| i128::from(start) + i128::from(step) * i128::from(place);
            format!("--linear {start}..{}..{}", at(1), at(count))
        }
    }
}

/// Returns the kind of a map: the command that creates it.
pub fn kind(map: &Map) -> String {
    match &map.kind {
        MapKind::Aggregate(keeps) => keeps.row.name.into(),
        MapKind::State(state) => match state.role {
            Role::Named => "map".into(),
            Role::Timer => "timer".into(),
            Role::Entry | Role::Postponed => "entry".into(),
        },
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/pin_differ.rs"]
mod tests;
