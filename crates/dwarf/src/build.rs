//! Entries of debug information in, types out: what one function's arguments, or one type, lead to. Types are numbered in
//! the order in which they are met, each being put down when its turn comes.

use crate::units::{Entry, Found, Unit, Units};
use gimli::{AttributeValue, DwAt, DwLang, constants as dw};
use nu_ebpf_btf::{Btf, Builder, DEEPEST, Member, Parameter, Prototype, Type, TypeId};
use std::collections::HashMap;
use std::path::Path;

/// Types that one lookup gathers at most; what lies beyond is not told.
const MOST: usize = 200_000;

/// Bytes of what is returned in registers.
const IN_REGISTERS: u32 = 16;

/// How compilers' own names of functions end whose arguments they have rearranged.
const REARRANGED: &[&str] = &[".isra.", ".constprop.", ".part."];

/// What becomes a type: an entry by its place, or what is left of an array's dimensions behind the first so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Source {
    Entry(usize),
    Dimension(usize, usize),
}

struct Graph<'g, 'u, 'd> {
    units: &'g Units<'u, 'd>,
    known: HashMap<Source, TypeId>,
    sources: Vec<Source>,
}

/// A function's arguments, and the types that they lead to.
pub fn function<'d>(units: &Units<'_, 'd>, found: &Found<'d>, path: &Path, symbol: &str) -> Option<(Btf, Prototype)> {
    let mut graph = Graph { units, known: HashMap::new(), sources: Vec::new() };
    let mut own = vec![Found { unit: found.unit.clone(), entry: found.entry.clone() }];
    // A copy that is not inlined has its names and types where the function is declared.
    for name in [dw::DW_AT_abstract_origin, dw::DW_AT_specification] {
        let last = &own[own.len() - 1];
        own.extend(units.referred(&last.unit, &last.entry, name).and_then(|place| units.entry(place)));
    }
    let of = |one: &Found<'d>| {
        let children = units.children(&one.unit, &one.entry);
        children.into_iter().filter(|child| child.tag() == dw::DW_TAG_formal_parameter).collect::<Vec<_>>()
    };
    let with = own.iter().map(|one| (one, of(one))).find(|(_, params)| !params.is_empty());
    let params = with.map_or_else(Vec::new, |(one, params)| {
        let param = |(number, entry)| graph.parameter(&one.unit, number, entry);
        (0..).zip(&params).map(param).collect()
    });
    let gives = own.iter().find_map(|one| {
        let to = units.referred(&one.unit, &one.entry, dw::DW_AT_type)?;
        Some(graph.id(Source::Entry(to)))
    });
    let language = language(&found.unit);
    let convention = own.iter().find_map(|one| number(&one.entry, dw::DW_AT_calling_convention));
    let usual = convention.is_none_or(|told| told == u64::from(dw::DW_CC_normal.0))
        && !REARRANGED.iter().any(|mark| symbol.contains(mark));
    let btf = graph.finish(path)?;
    let before = before(&btf, gives, language).filter(|_| usual);
    Some((btf, Prototype { params, before, gives }))
}

/// A type, and those that it leads to.
pub fn type_at(units: &Units<'_, '_>, place: usize, path: &Path) -> Option<(Btf, TypeId)> {
    let mut graph = Graph { units, known: HashMap::new(), sources: Vec::new() };
    let id = graph.id(Source::Entry(place));
    Some((graph.finish(path)?, id))
}

/// Registers that are taken before the first argument: one where the place for what is returned is passed.
pub fn before(btf: &Btf, gives: Option<TypeId>, language: Option<DwLang>) -> Option<usize> {
    let c = matches!(language?, dw::DW_LANG_C | dw::DW_LANG_C89 | dw::DW_LANG_C99 | dw::DW_LANG_C11 | dw::DW_LANG_C17);
    let like_c = matches!(
        language?,
        dw::DW_LANG_C_plus_plus
            | dw::DW_LANG_C_plus_plus_03
            | dw::DW_LANG_C_plus_plus_11
            | dw::DW_LANG_C_plus_plus_14
            | dw::DW_LANG_C_plus_plus_17
            | dw::DW_LANG_C_plus_plus_20
            | dw::DW_LANG_Rust
    );
    match gives.map(|gives| btf.get(btf.bare(gives))) {
        // Elsewhere it has a register of its own.
        Some(Type::Composite { bytes, .. }) if c => {
            Some(usize::from(bytes > IN_REGISTERS && cfg!(target_arch = "x86_64")))
        }
        // Which of them are returned in registers, is not told by their sizes.
        Some(Type::Composite { .. }) => None,
        _ => (c || like_c).then_some(0),
    }
}

fn language(unit: &Unit<'_>) -> Option<DwLang> {
    let root = unit.entry(unit.header.root_offset()).ok()?;
    match root.attr_value(dw::DW_AT_language)? {
        AttributeValue::Language(language) => Some(language),
        _ => None,
    }
}

fn number(entry: &Entry<'_>, name: DwAt) -> Option<u64> {
    match entry.attr_value(name)? {
        AttributeValue::CallingConvention(dw::DwCc(number)) => Some(number.into()),
        AttributeValue::Encoding(dw::DwAte(number)) => Some(number.into()),
        value => value.udata_value(),
    }
}

pub fn size(entry: &Entry<'_>) -> u32 {
    number(entry, dw::DW_AT_byte_size).map_or(0, |bytes| bytes as u32)
}

impl<'d> Graph<'_, '_, 'd> {
    fn id(&mut self, source: Source) -> TypeId {
        if let Some(known) = self.known.get(&source) {
            return *known;
        }
        if self.sources.len() == MOST {
            return TypeId(0);
        }
        self.sources.push(source);
        let id = TypeId(self.sources.len() as u32);
        self.known.insert(source, id);
        id
    }

    /// The type that an entry is of; `void` of none.
    fn of(&mut self, unit: &Unit<'d>, entry: &Entry<'d>) -> TypeId {
        let to = self.units.referred(unit, entry, dw::DW_AT_type);
        to.map_or(TypeId(0), |to| self.id(Source::Entry(to)))
    }

    fn parameter(&mut self, unit: &Unit<'d>, number: usize, entry: &Entry<'d>) -> Parameter {
        let origin = self.units.referred(unit, entry, dw::DW_AT_abstract_origin);
        let origin = origin.and_then(|place| self.units.entry(place));
        let (name, ty) = match &origin {
            Some(one) if !entry.has_attr(dw::DW_AT_type) => {
                (self.units.text(&one.unit, &one.entry, dw::DW_AT_name), self.of(&one.unit, &one.entry))
            }
            _ => (self.units.text(unit, entry, dw::DW_AT_name), self.of(unit, entry)),
        };
        Parameter { name: name.unwrap_or_else(|| format!("arg{number}")), ty }
    }

    /// Puts each type down; while that is done, more are met.
    fn finish(mut self, path: &Path) -> Option<Btf> {
        let (mut builder, mut next) = (Builder::default(), 0);
        while let Some(source) = self.sources.get(next).copied() {
            next += 1;
            self.put(source, &mut builder);
        }
        builder.program(path)
    }

    fn put(&mut self, source: Source, builder: &mut Builder) {
        let place = match source {
            Source::Entry(place) | Source::Dimension(place, _) => place,
        };
        let Some(Found { unit, entry }) = self.units.entry(place) else { return builder.push(&Type::Other) };
        let unit = &*unit;
        let name = self.units.text(unit, &entry, dw::DW_AT_name).unwrap_or_default();
        let (name, bytes) = (name.as_str(), size(&entry));
        let declared = entry.has_attr(dw::DW_AT_declaration);
        let tag = entry.tag();
        match tag {
            dw::DW_TAG_base_type => builder.push(&base(&entry, name, bytes)),
            dw::DW_TAG_pointer_type | dw::DW_TAG_reference_type | dw::DW_TAG_rvalue_reference_type => {
                builder.push(&Type::Pointer(self.of(unit, &entry)));
            }
            dw::DW_TAG_typedef => builder.push(&Type::Typedef { name, of: self.of(unit, &entry) }),
            dw::DW_TAG_const_type => self.qualified("const", unit, &entry, builder),
            dw::DW_TAG_volatile_type | dw::DW_TAG_atomic_type => self.qualified("volatile", unit, &entry, builder),
            dw::DW_TAG_restrict_type => self.qualified("restrict", unit, &entry, builder),
            dw::DW_TAG_structure_type | dw::DW_TAG_class_type | dw::DW_TAG_union_type if declared => {
                builder.push(&Type::Forward { name, union: tag == dw::DW_TAG_union_type });
            }
            dw::DW_TAG_structure_type | dw::DW_TAG_class_type | dw::DW_TAG_union_type => {
                let members = self.members(unit, &entry);
                let member = |(name, of, offset, bits): &(String, TypeId, u32, u32)| {
                    (name.clone(), Member { name: "", of: *of, offset: *offset, bits: *bits })
                };
                let members: Vec<(String, Member<'_>)> = members.iter().map(member).collect();
                let members = members.iter().map(|(name, member)| Member { name, ..*member }).collect();
                builder.push(&Type::Composite { name, union: tag == dw::DW_TAG_union_type, bytes, members });
            }
            dw::DW_TAG_enumeration_type => self.enumeration(unit, &entry, (name, bytes), builder),
            dw::DW_TAG_array_type => self.array(unit, &entry, source, builder),
            dw::DW_TAG_subroutine_type => builder.push(&Type::Prototype { gives: TypeId(0), params: Vec::new() }),
            _ => builder.push(&Type::Other),
        }
    }

    fn qualified(&mut self, word: &'static str, unit: &Unit<'d>, entry: &Entry<'d>, builder: &mut Builder) {
        builder.push(&Type::Qualified { word, of: self.of(unit, entry) });
    }

    /// Name, type, bits from the beginning and bits of each. What a class inherits is a member without a name.
    fn members(&mut self, unit: &Unit<'d>, entry: &Entry<'d>) -> Vec<(String, TypeId, u32, u32)> {
        let units = self.units;
        let member = |entry: Entry<'d>| {
            let own = matches!(entry.tag(), dw::DW_TAG_member | dw::DW_TAG_inheritance);
            if !own || entry.has_attr(dw::DW_AT_external) || entry.has_attr(dw::DW_AT_declaration) {
                return None;
            }
            let inherited = entry.tag() == dw::DW_TAG_inheritance;
            let name = units.text(unit, &entry, dw::DW_AT_name).filter(|_| !inherited).unwrap_or_default();
            let (offset, bits) = lies(unit, &entry, |entry| {
                let of = units.entry(units.referred(unit, entry, dw::DW_AT_type)?)?;
                Some(size(&self::bare(units, of)?.entry))
            })?;
            Some((name, self.of(unit, &entry), offset, bits))
        };
        units.children(unit, entry).into_iter().filter_map(member).collect()
    }

    fn enumeration(&mut self, unit: &Unit<'d>, entry: &Entry<'d>, (name, bytes): (&str, u32), builder: &mut Builder) {
        let value = |entry: Entry<'d>| {
            let name = self.units.text(unit, &entry, dw::DW_AT_name)?;
            let value = entry.attr_value(dw::DW_AT_const_value)?;
            let number = match value {
                AttributeValue::Sdata(number) => number,
                value => value.udata_value()? as i64,
            };
            Some((name, number))
        };
        let children = self.units.children(unit, entry).into_iter();
        let values: Vec<(String, i64)> = children.filter_map(value).collect();
        let signed = values.iter().any(|(_, value)| *value < 0);
        let values = values.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        builder.push(&Type::Enum { name, bytes, signed, values });
    }

    fn array(&mut self, unit: &Unit<'d>, entry: &Entry<'d>, source: Source, builder: &mut Builder) {
        let ranges = self.units.children(unit, entry).into_iter();
        let ranges: Vec<_> = ranges.filter(|child| child.tag() == dw::DW_TAG_subrange_type).collect();
        let (place, number) = match source {
            Source::Entry(place) => (place, 0),
            Source::Dimension(place, number) => (place, number),
        };
        let count = |range: &Entry<'d>| {
            let last = || number_of(range, dw::DW_AT_upper_bound).map(|last| last.wrapping_add(1));
            number_of(range, dw::DW_AT_count).or_else(last)
        };
        let length = ranges.get(number).and_then(count).map_or(0, |length| length as u32);
        let of = match ranges.len() > number + 1 {
            true => self.id(Source::Dimension(place, number + 1)),
            false => self.of(unit, entry),
        };
        builder.push(&Type::Array { of, length });
    }
}

/// A constant; what is known at run time only is none.
fn number_of(entry: &Entry<'_>, name: DwAt) -> Option<u64> {
    let value = entry.attr_value(name)?;
    value.udata_value().or_else(|| value.sdata_value().map(|value| value as u64))
}

fn base<'n>(entry: &Entry<'_>, name: &'n str, bytes: u32) -> Type<'n> {
    let encoding = number(entry, dw::DW_AT_encoding).map(|number| dw::DwAte(number as u8));
    match encoding {
        Some(dw::DW_ATE_float | dw::DW_ATE_complex_float | dw::DW_ATE_decimal_float) => Type::Float { name, bytes },
        Some(dw::DW_ATE_boolean) => Type::Int { name, bytes, signed: false, bool: bytes == 1 },
        Some(dw::DW_ATE_signed | dw::DW_ATE_signed_char) => Type::Int { name, bytes, signed: true, bool: false },
        _ => Type::Int { name, bytes, signed: false, bool: false },
    }
}

/// The type behind other names and qualifiers; None where they lead back to themselves.
pub fn bare<'d>(units: &Units<'_, 'd>, mut found: Found<'d>) -> Option<Found<'d>> {
    for _ in 0..DEEPEST {
        let named = matches!(
            found.entry.tag(),
            dw::DW_TAG_typedef | dw::DW_TAG_const_type | dw::DW_TAG_volatile_type | dw::DW_TAG_atomic_type
        );
        let next = units.referred(&found.unit, &found.entry, dw::DW_AT_type).filter(|_| named);
        match next.and_then(|to| units.entry(to)) {
            Some(next) => found = next,
            None => return Some(found),
        }
    }
    None
}

/// Bits from the beginning of the struct, and bits of a bit-field. `bytes`: those of a member's type.
pub fn lies<'d>(unit: &Unit<'d>, entry: &Entry<'d>, bytes: impl Fn(&Entry<'d>) -> Option<u32>) -> Option<(u32, u32)> {
    let start = match entry.attr_value(dw::DW_AT_data_member_location) {
        None => 0,
        // As old compilers say it.
        Some(AttributeValue::Exprloc(expression)) => {
            let mut operations = expression.operations(unit.encoding());
            match (operations.next().ok()??, operations.next().ok()?) {
                (gimli::Operation::PlusConstant { value }, None) => value as u32,
                (gimli::Operation::UnsignedConstant { value }, None) => value as u32,
                _ => return None,
            }
        }
        Some(value) => value.udata_value()? as u32,
    };
    let bits = number(entry, dw::DW_AT_bit_size).map_or(0, |bits| bits as u32);
    if let Some(offset) = number(entry, dw::DW_AT_data_bit_offset) {
        return Some((offset as u32, bits));
    }
    match number(entry, dw::DW_AT_bit_offset) {
        // Counted from the highest bit of what it is cut of.
        Some(from_top) if bits > 0 => {
            let unit = number(entry, dw::DW_AT_byte_size).map(|bytes| bytes as u32).or_else(|| bytes(entry))?;
            Some(((start * 8 + unit * 8).checked_sub(from_top as u32 + bits)?, bits))
        }
        _ => Some((start * 8, bits)),
    }
}
