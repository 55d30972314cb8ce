//! What is looked for in debug information: the function at an address, a type by its name.

use crate::file::Dwarf;
use crate::units::{Entry, Found, Unit, Units, place, walk};
use gimli::{DwTag, Section as _, constants as dw};
use memchr::memmem;

/// Which kinds of entries a name is looked for among.
#[derive(Debug, Clone, Copy)]
pub struct Wanted(&'static [DwTag]);

impl Wanted {
    /// `struct NAME`, `union NAME`, `enum NAME`, or NAME: what, and the name.
    pub fn parse(words: &str) -> (Wanted, &str) {
        const STRUCT: &[DwTag] = &[dw::DW_TAG_structure_type, dw::DW_TAG_class_type];
        const OTHER: &[DwTag] =
            &[dw::DW_TAG_typedef, dw::DW_TAG_base_type, dw::DW_TAG_structure_type, dw::DW_TAG_class_type];
        match words.split_once(' ') {
            Some(("struct", name)) => (Wanted(STRUCT), name.trim()),
            Some(("union", name)) => (Wanted(&[dw::DW_TAG_union_type]), name.trim()),
            Some(("enum", name)) => (Wanted(&[dw::DW_TAG_enumeration_type]), name.trim()),
            _ => (Wanted(OTHER), words),
        }
    }
}

/// The entry of the function that begins at an address.
pub fn at<'d>(units: &Units<'_, 'd>, address: u64) -> Option<Found<'d>> {
    let begins = |unit: &Unit<'d>, entry: &Entry<'d>| {
        let mut ranges = units.dwarf.die_ranges(unit, entry).ok()?;
        while let Ok(Some(range)) = ranges.next() {
            if range.begin == address {
                return place(unit, entry.offset());
            }
        }
        None
    };
    let inside = |unit: &Unit<'d>| walk(unit, &[dw::DW_TAG_subprogram], |entry| begins(unit, entry));
    // Not every compiler makes the table, and what it makes may leave units out.
    let listed = listed(units.dwarf, address).and_then(|start| units.unit_at(start)).and_then(|unit| inside(&unit));
    let place =
        listed.or_else(|| units.each().filter(|unit| covers(units, unit, address)).find_map(|unit| inside(&unit)));
    units.entry(place?)
}

/// Where the unit of an address begins, by the table of addresses.
fn listed(dwarf: &Dwarf<'_>, address: u64) -> Option<usize> {
    let mut headers = dwarf.debug_aranges.headers();
    while let Ok(Some(header)) = headers.next() {
        let mut entries = header.entries();
        while let Ok(Some(entry)) = entries.next() {
            if (entry.range().begin..entry.range().end).contains(&address) {
                return Some(header.debug_info_offset().0);
            }
        }
    }
    None
}

fn covers<'d>(units: &Units<'_, 'd>, unit: &Unit<'d>, address: u64) -> bool {
    let Ok(mut ranges) = units.dwarf.unit_ranges(unit) else { return false };
    while let Ok(Some(range)) = ranges.next() {
        if (range.begin..range.end).contains(&address) {
            return true;
        }
    }
    false
}

/// Returns whether a name occurs at all, which is faster than to look up its types.
pub fn occurs(dwarf: &Dwarf<'_>, name: &str) -> bool {
    let name: Vec<u8> = name.bytes().chain([0]).collect();
    let finder = memmem::Finder::new(&name);
    [dwarf.debug_str.reader(), dwarf.debug_info.reader()].iter().any(|text| finder.find(text.slice()).is_some())
}

/// Definitions of one name that are compared at most: in C++, thousands of units have the same from a header.
const COMPARED: usize = 4096;

/// Where the types of a name are defined, in some units.
pub fn named<'d>(
    units: &Units<'_, 'd>, wanted: Wanted, name: &str, within: impl Iterator<Item = Unit<'d>>,
) -> Vec<usize> {
    let Wanted(tags) = wanted;
    let mut all = Vec::new();
    for unit in within {
        walk(&unit, tags, |entry| {
            let text = units.dwarf.attr_string(&unit, entry.attr_value(dw::DW_AT_name)?).ok()?;
            if text.slice() == name.as_bytes() && !entry.has_attr(dw::DW_AT_declaration) {
                all.extend(place(&unit, entry.offset()));
            }
            (all.len() >= COMPARED).then_some(())
        });
        if all.len() >= COMPARED {
            break;
        }
    }
    all
}

/// Bytes of units whose structs are offered where a name is mistyped: a large program has them many times over.
const OFFERED: usize = 8 << 20;

/// The names of structs, of a large program those of its first units.
pub fn structs(units: &Units<'_, '_>) -> Vec<String> {
    let (mut all, mut looked_at) = (Vec::new(), 0);
    for unit in units.each() {
        if looked_at > OFFERED {
            break;
        }
        looked_at += unit.header.length_including_self();
        walk(&unit, Wanted::parse("struct ").0.0, |entry| {
            all.extend(units.text(&unit, entry, dw::DW_AT_name).filter(|_| !entry.has_attr(dw::DW_AT_declaration)));
            None::<()>
        });
    }
    all.sort();
    all.dedup();
    all
}
