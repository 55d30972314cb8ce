//! Definitions of a type in debug information: which one a name means where units define it differently.

use crate::build::{bare, lies, size};
use crate::find::{self, Wanted};
use crate::units::{Entry, Found, Unit, Units, start};
use gimli::constants as dw;
use nu_ebpf_btf::{Asked, Candidate, Choice, DEEPEST};

/// Pointers that a signature follows: what lies further away is told by its name alone.
const HOPS: usize = 1;

/// Bytes of a signature: what differs behind them is not told apart.
const LONGEST: usize = 1 << 16;

/// The place of the type that a name means: of several different ones, what the units of the functions at some addresses
/// define.
pub fn choose(units: &Units<'_, '_>, words: &str, addresses: &[u64]) -> Choice<usize> {
    let asked = Asked::parse(words);
    let (wanted, name) = Wanted::parse(asked.words);
    if !find::occurs(units.dwarf, name) {
        return Choice::None;
    }
    if !asked.selects() {
        let mut starts: Vec<usize> = addresses
            .iter()
            .filter_map(|address| find::at(units, *address))
            .filter_map(|found| start(&found.unit))
            .collect();
        starts.dedup();
        let own = find::named(units, wanted, name, starts.iter().filter_map(|start| units.unit_at(*start)));
        let own = candidates(units, &own, true);
        if !own.is_empty() {
            return asked.choose(own);
        }
    }
    asked.choose(candidates(units, &find::named(units, wanted, name, units.each()), false))
}

/// The definitions at some places, without those that only lead to a declaration.
fn candidates(units: &Units<'_, '_>, places: &[usize], own: bool) -> Vec<Candidate<usize>> {
    let all: Vec<(bool, Candidate<usize>)> =
        places.iter().filter_map(|place| candidate(units, *place, own, places.len() > 1)).collect();
    let whole = all.iter().any(|one| one.0);
    all.into_iter().filter(|one| one.0 || (!whole && !own)).map(|one| one.1).collect()
}

/// A definition, and whether it is whole.
fn candidate(units: &Units<'_, '_>, place: usize, own: bool, compared: bool) -> Option<(bool, Candidate<usize>)> {
    let named = units.entry(place)?;
    let source = units.source(&named.unit);
    let found = bare(units, named)?;
    let mut signature = String::new();
    if compared {
        sign(units, &found, (HOPS, DEEPEST), &mut signature);
    }
    let children = units.children(&found.unit, &found.entry).into_iter();
    let members = children.filter(|child| matches!(child.tag(), dw::DW_TAG_member | dw::DW_TAG_enumerator));
    let members = members.filter_map(|child| units.text(&found.unit, &child, dw::DW_AT_name)).collect();
    let bytes = size(&found.entry);
    let whole = !found.entry.has_attr(dw::DW_AT_declaration);
    Some((whole, Candidate { id: place, signature, own, source, bytes, members }))
}

/// Writes the layout of a type with what it contains, and of what its pointers lead to, so many pointers far.
fn sign<'d>(units: &Units<'_, 'd>, found: &Found<'d>, (hops, depth): (usize, usize), to: &mut String) {
    let Found { unit, entry } = found;
    let name = units.text(unit, entry, dw::DW_AT_name).unwrap_or_default();
    to.push_str(&format!("{name} {:?} {}", entry.tag(), size(entry)));
    let Some(depth) = depth.checked_sub(1) else { return };
    let hops = match entry.tag() {
        dw::DW_TAG_pointer_type => match hops.checked_sub(1) {
            Some(hops) => hops,
            None => return name_of(units, found, depth, to),
        },
        _ => hops,
    };
    to.push('{');
    if let Some(of) = target(units, unit, entry) {
        sign(units, &of, (hops, depth), to);
    }
    for child in units.children(unit, entry) {
        let own = matches!(
            child.tag(),
            dw::DW_TAG_member | dw::DW_TAG_inheritance | dw::DW_TAG_enumerator | dw::DW_TAG_subrange_type
        );
        if !own || child.has_attr(dw::DW_AT_external) || to.len() > LONGEST {
            continue;
        }
        let name = units.text(unit, &child, dw::DW_AT_name).unwrap_or_default();
        let value = |of| child.attr_value(of).and_then(|value| value.udata_value());
        let [number, last, count] = [dw::DW_AT_const_value, dw::DW_AT_upper_bound, dw::DW_AT_count].map(value);
        to.push_str(&format!(",{name} {:?} {number:?} {last:?} {count:?} ", lies(unit, &child, |_| None)));
        if child.tag() != dw::DW_TAG_subrange_type
            && let Some(of) = target(units, unit, &child)
        {
            sign(units, &of, (hops, depth), to);
        }
    }
    to.push('}');
}

/// The type of an entry, without other names and qualifiers.
fn target<'d>(units: &Units<'_, 'd>, unit: &Unit<'d>, entry: &Entry<'d>) -> Option<Found<'d>> {
    bare(units, units.entry(units.referred(unit, entry, dw::DW_AT_type)?)?)
}

/// Writes the name of what a pointer leads to.
fn name_of<'d>(units: &Units<'_, 'd>, pointer: &Found<'d>, depth: usize, to: &mut String) {
    let Some(of) = target(units, &pointer.unit, &pointer.entry) else { return };
    let name = units.text(&of.unit, &of.entry, dw::DW_AT_name).unwrap_or_default();
    to.push_str(&format!(" {:?} {name}", of.entry.tag()));
    if let (dw::DW_TAG_pointer_type, Some(depth)) = (of.entry.tag(), depth.checked_sub(1)) {
        name_of(units, &of, depth, to);
    }
}
