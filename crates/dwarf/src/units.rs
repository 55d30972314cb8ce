//! The units of debug information, each read when it is first needed, and the entries in them by their places.

use crate::file::{Dwarf, Slice};
use gimli::{AttributeValue, DebugInfoOffset, DwAt, DwTag, UnitHeader, UnitOffset};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

pub type Unit<'d> = gimli::Unit<Slice<'d>>;
pub type Entry<'d> = gimli::DebuggingInformationEntry<Slice<'d>>;

/// An entry and its unit.
pub struct Found<'d> {
    pub unit: Rc<Unit<'d>>,
    pub entry: Entry<'d>,
}

pub struct Units<'u, 'd> {
    pub dwarf: &'u Dwarf<'d>,
    /// Where each begins in `.debug_info`, in order.
    headers: Vec<(usize, UnitHeader<Slice<'d>>)>,
    read: RefCell<HashMap<usize, Rc<Unit<'d>>>>,
}

impl<'u, 'd> Units<'u, 'd> {
    pub fn of(dwarf: &'u Dwarf<'d>) -> Units<'u, 'd> {
        let (mut headers, mut all) = (Vec::new(), dwarf.units());
        // What follows a broken header cannot be found.
        while let Ok(Some(header)) = all.next() {
            if let Some(DebugInfoOffset(start)) = header.debug_info_offset() {
                headers.push((start, header));
            }
        }
        Units { dwarf, headers, read: RefCell::default() }
    }

    /// Each unit in turn, not kept.
    pub fn each(&self) -> impl Iterator<Item = Unit<'d>> {
        self.headers.iter().filter_map(|(_, header)| self.dwarf.unit(*header).ok())
    }

    /// The unit that begins at a place.
    pub fn unit_at(&self, start: usize) -> Option<Unit<'d>> {
        let number = self.headers.binary_search_by_key(&start, |header| header.0).ok()?;
        self.dwarf.unit(self.headers[number].1).ok()
    }

    /// The entry at a place in `.debug_info`.
    pub fn entry(&self, place: usize) -> Option<Found<'d>> {
        let number = self.headers.partition_point(|(start, _)| *start <= place).checked_sub(1)?;
        let known = self.read.borrow().get(&number).cloned();
        let unit = match known {
            Some(unit) => unit,
            None => {
                let unit = Rc::new(self.dwarf.unit(self.headers[number].1).ok()?);
                self.read.borrow_mut().insert(number, unit.clone());
                unit
            }
        };
        let entry = unit.entry(UnitOffset(place - self.headers[number].0)).ok()?;
        Some(Found { unit, entry })
    }

    /// What an attribute of an entry refers to.
    pub fn referred(&self, unit: &Unit<'d>, entry: &Entry<'d>, name: DwAt) -> Option<usize> {
        match entry.attr_value(name)? {
            AttributeValue::UnitRef(offset) => Some(place(unit, offset)?),
            AttributeValue::DebugInfoRef(DebugInfoOffset(offset)) => Some(offset),
            // Of units of types, and of other files, nothing is known.
            _ => None,
        }
    }

    pub fn text(&self, unit: &Unit<'d>, entry: &Entry<'d>, name: DwAt) -> Option<String> {
        let text = self.dwarf.attr_string(unit, entry.attr_value(name)?).ok()?;
        Some(text.to_string_lossy().into_owned())
    }

    /// The source file of a unit, as its compiler was given it.
    pub fn source(&self, unit: &Unit<'d>) -> String {
        let root = unit.entry(unit.header.root_offset());
        root.ok().and_then(|root| self.text(unit, &root, gimli::DW_AT_name)).unwrap_or_default()
    }

    /// The direct children of an entry.
    pub fn children(&self, unit: &Unit<'d>, entry: &Entry<'d>) -> Vec<Entry<'d>> {
        let mut all = Vec::new();
        let Ok(mut tree) = unit.entries_tree(Some(entry.offset())) else { return all };
        let Ok(root) = tree.root() else { return all };
        let mut children = root.children();
        while let Ok(Some(child)) = children.next() {
            all.push(child.entry().clone());
        }
        all
    }
}

/// Where a unit begins in `.debug_info`.
pub fn start(unit: &Unit<'_>) -> Option<usize> {
    unit.header.debug_info_offset().map(|start| start.0)
}

/// Where an entry is in `.debug_info`.
pub fn place(unit: &Unit<'_>, offset: UnitOffset) -> Option<usize> {
    offset.to_debug_info_offset(&unit.header).map(|place| place.0)
}

/// The first entry of some tags, anywhere in a unit, that a look at is an answer. The others are not taken apart.
pub fn walk<'d, T>(unit: &Unit<'d>, tags: &[DwTag], mut look: impl FnMut(&Entry<'d>) -> Option<T>) -> Option<T> {
    let mut raw = unit.entries_raw(None).ok()?;
    while !raw.is_empty() {
        let offset = raw.next_offset();
        let Some(abbreviation) = raw.read_abbreviation().ok()? else { continue };
        if tags.contains(&abbreviation.tag())
            && let Some(found) = look(&unit.entry(offset).ok()?)
        {
            return Some(found);
        }
        raw.skip_attributes(abbreviation.attributes()).ok()?;
    }
    None
}
