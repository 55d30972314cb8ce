//! Structs as whole values: a record of all members, with the structs inside it as records; or an error that names the
//! members that cannot be read. No member is left out silently.

use super::{Lowering, Result, Span, Typed, is_byte, is_char, scalar};
use crate::error::{Error, offer};
use crate::ir::{ExprKind, Fallible, Shape, Space, Type};
use crate::spec::code::Code;
use crate::spec::limit::{BYTES, DEPTH, ELEMENTS, PARTS};
use nu_ebpf_btf::{Btf, Known, Type as BtfType, TypeId};
use std::collections::HashSet;

/// Unreadable members that a message names.
const NAMED: usize = 12;

/// Members and elements that are looked at: empty ones have no value.
const VISITS: u32 = 16 * PARTS;

/// What reading a struct as a whole amounts to.
#[derive(Default)]
struct Survey {
    /// Values that the record has.
    parts: u32,
    /// Members and elements that were looked at.
    visits: u32,
    /// Paths of the members that cannot be read.
    unreadable: Vec<String>,
}

/// Members that are left out, as paths: what `reject` names.
pub type Skipped = HashSet<String>;

impl Lowering<'_> {
    /// The record of a struct's members, without those that are skipped; of an array, the list of its elements.
    ///
    /// # Errors
    /// A member cannot be read, or there are too many.
    pub fn whole_value(&mut self, typed: &Typed, skipped: &Skipped, span: Span) -> Result<Shape> {
        let mut survey = Survey::default();
        match typed.btf.get(typed.btf.bare(typed.ty)) {
            BtfType::Array { .. } => survey.part((typed, typed.ty), (typed.offset, 0), ("", skipped)),
            _ => survey.composite((typed, typed.ty), (typed.offset, 0), ("", skipped)),
        }
        let what = typed.btf.declared(typed.btf.bare(typed.ty));
        let Survey { parts, unreadable, .. } = survey;
        if !unreadable.is_empty() {
            return Err(self.incomplete(&what, &unreadable, span));
        }
        if parts > PARTS {
            let names: Vec<&str> = typed.btf.members(typed.ty).into_iter().map(|member| member.0).take(3).collect();
            return Err(Error::new(Code::ClosureSize, format!("`{what}` has too many members for one record"))
                .label(self.place(span), format!("it has more than {PARTS} values"))
                .help(format!("take some of its members: … | select {}", names.join(" "))));
        }
        match typed.btf.get(typed.btf.bare(typed.ty)) {
            BtfType::Array { .. } => self.part_of_whole(typed, "", skipped, span),
            _ => self.members_of(typed, "", skipped, span),
        }
    }

    /// The error of a whole that lacks parts.
    pub fn incomplete(&self, what: &str, unreadable: &[String], span: Span) -> Error {
        let some = unreadable.iter().take(NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let more = if unreadable.len() > NAMED { ", …" } else { "" };
        let all = unreadable.iter().map(|name| argument(name)).collect::<Vec<_>>().join(" ");
        Error::new(Code::ClosureType, format!("`{what}` cannot be read as a whole"))
            .label(self.place(span), format!("these members cannot be read: {some}{more}"))
            .help(format!("leave them out: … | reject {all}"))
    }

    fn members_of(&mut self, typed: &Typed, before: &str, skipped: &Skipped, span: Span) -> Result<Shape> {
        let mut fields = Vec::new();
        for (name, _, _) in typed.btf.members(typed.ty) {
            let path = format!("{before}{name}");
            if skipped.contains(&path) {
                continue;
            }
            let member = self.member_of(typed.clone(), name);
            let member = member.ok_or_else(|| self.opaque(typed.btf, typed.ty, span))?;
            fields.push((name.to_string(), self.part_of_whole(&member, &path, skipped, span)?));
        }
        Ok(Shape::Record(fields))
    }

    fn part_of_whole(&mut self, typed: &Typed, path: &str, skipped: &Skipped, span: Span) -> Result<Shape> {
        let btf = typed.btf;
        match btf.get(btf.bare(typed.ty)) {
            BtfType::Composite { .. } if is_record(btf, typed.ty) => {
                self.members_of(typed, &format!("{path}."), skipped, span)
            }
            BtfType::Pointer(to) if !typed.is_text(to) => {
                let address = self.load(typed, Type::Pointer(None), span)?;
                Ok(Shape::Leaf(self.noted(address, (btf, to), typed.space)))
            }
            BtfType::Array { of, length } if !is_char(btf, of) && !is_byte(btf, of) => {
                let item = |index: u32| {
                    let path = format!("{path}.{index}");
                    self.part_of_whole(&typed.clone().element(of, index), &path, skipped, span)
                };
                Ok(Shape::List((0..length).map(item).collect::<Result<_>>()?))
            }
            _ => self.value_there(typed, span),
        }
    }

    /// The error of a type that is no value.
    pub fn opaque(&self, btf: &'static Btf, ty: TypeId, span: Span) -> Error {
        let names: Vec<&str> = btf.members(ty).into_iter().map(|member| member.0).take(NAMED).collect();
        let (label, help): (_, String) = match btf.get(btf.bare(ty)) {
            BtfType::Float { bytes, .. } => {
                ("the kernel does not compute with it", format!("take its bytes: … | read-bytes {bytes}"))
            }
            BtfType::Int { bytes, .. } => {
                ("it is longer than 64 bits", format!("take its bytes: … | read-bytes {bytes}"))
            }
            BtfType::Array { length: 0, .. } => {
                ("how many elements it has is not declared", "take them by their numbers: ….0, or … | get $i".into())
            }
            BtfType::Array { .. } => (
                "it has more elements than a row takes",
                "take some: ….0, or … | get $i; or its bytes: … | read-bytes 64".into(),
            ),
            _ if names.is_empty() => (
                "its members are not known here",
                "take its address by number, $ctx.arg0, or probe where its parts are passed".into(),
            ),
            _ => ("this is a struct", format!("take some of its members: … | select {}", names.join(" "))),
        };
        Error::new(Code::ClosureType, format!("a `{}` is no single value", btf.declared(ty)))
            .label(self.place(span), label)
            .help(help)
    }

    /// The error of a member that is not there: structs inside are searched for it as well.
    pub fn no_member(&self, typed: &Typed, name: &str, at: Span) -> Error {
        let btf = typed.btf;
        let names: Vec<&str> = btf.members(typed.ty).into_iter().map(|member| member.0).collect();
        let words = btf.declared(btf.bare(typed.ty));
        let some = names.iter().take(16).copied().collect::<Vec<_>>().join(", ");
        let more = if names.len() > 16 { ", …" } else { "" };
        let place = if btf.program().is_some() { "program" } else { "kernel" };
        let help = match (btf.nested(typed.ty, name), names.is_empty()) {
            (Some(path), _) => format!("it is in a struct inside: write `{path}`"),
            (None, true) => format!("it has no members; `{name}?` is null where there is none"),
            (None, false) => offer(name, names, format!("it has {some}{more}; `{name}?` is null where there is none")),
        };
        let what = format!("`{words}` has no member `{name}` in this {place}");
        Error::new(Code::ClosureField, what).label(self.place(at), "no such member").help(help)
    }

    /// The bytes of an array of `unsigned char`.
    pub fn byte_array(&mut self, typed: &Typed, length: u32, span: Span) -> Result<Shape> {
        let (pointer, space) = (self.address(typed, span)?, typed.space);
        let bytes = Fallible::ReadBytes { pointer, length: self.int(length.into(), span), space, max: length };
        Ok(Shape::Leaf(self.add(ExprKind::Fallible(bytes), span)))
    }
}

/// Whether a struct is shown as a record of its members: others stand for something. A path takes a helper that few
/// probes have.
fn is_record(btf: &Btf, ty: TypeId) -> bool {
    btf.known(ty).is_none_or(|known| known == Known::Path)
}

/// The names of the members of a struct that is shown as a record.
pub fn record(btf: &Btf, ty: TypeId) -> Option<Vec<&str>> {
    let composite = matches!(btf.get(btf.bare(ty)), BtfType::Composite { .. }) && btf.known(ty).is_none();
    composite.then(|| btf.members(ty).into_iter().map(|member| member.0).collect())
}

/// A path as an argument of `reject`.
fn argument(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    if path.chars().all(plain) { path.to_string() } else { format!("\"{path}\"") }
}

impl Survey {
    /// Goes through the members of a struct that lies so many bits behind an address, in so many others.
    fn composite(
        &mut self, (within, ty): (&Typed, TypeId), (from, depth): (u32, u32), (before, skipped): (&str, &Skipped),
    ) {
        let btf = within.btf;
        let id = btf.bare(ty);
        let bytes = btf.bytes(id);
        let mut met = HashSet::new();
        for (name, of, bits) in btf.members(id) {
            let path = format!("{before}{name}");
            if skipped.contains(&path) {
                continue;
            }
            // How many more there are is of no interest.
            if self.parts > PARTS {
                return;
            }
            let found =
                btf.member(id, name).filter(|found| met.insert(name) && btf.declaration(found.ty, bits).is_some());
            let Some(found) = found else {
                self.unreadable.push(path);
                continue;
            };
            let offset = from.saturating_add(found.offset);
            let whole = btf.program().is_some() && offset % 8 + bits <= 64;
            if bits > 0 && within.space == Space::User && !whole {
                self.unreadable.push(path);
                continue;
            }
            // An array without elements at the end of a struct is as long as somebody has made it.
            let open = matches!(btf.get(btf.bare(of)), BtfType::Array { length: 0, of } if !is_char(btf, of));
            if open && found.offset / 8 >= bytes {
                self.unreadable.push(path);
                continue;
            }
            self.part((within, of), (offset, depth), (&path, skipped));
        }
    }

    fn part(&mut self, (within, ty): (&Typed, TypeId), (from, depth): (u32, u32), (path, skipped): (&str, &Skipped)) {
        let btf = within.btf;
        self.visits += 1;
        if self.visits > VISITS {
            self.parts = PARTS + 1;
            return;
        }
        let readable = match btf.get(btf.bare(ty)) {
            BtfType::Composite { .. } if !is_record(btf, ty) => true,
            BtfType::Composite { .. } if depth < DEPTH => {
                let before = format!("{path}.");
                return self.composite((within, ty), (from, depth + 1), (&before, skipped));
            }
            BtfType::Array { of, .. } if is_char(btf, of) => true,
            BtfType::Array { of, length } if is_byte(btf, of) => length <= BYTES,
            BtfType::Array { of, length } if length <= ELEMENTS && depth < DEPTH => {
                for index in 0..length {
                    let path = format!("{path}.{index}");
                    let path = path.trim_start_matches('.');
                    let offset = from.saturating_add(index.saturating_mul(btf.bytes(of)).saturating_mul(8));
                    self.part((within, of), (offset, depth + 1), (path, skipped));
                }
                return;
            }
            BtfType::Pointer(_) => true,
            _ => scalar(btf, ty).is_some(),
        };
        self.parts += 1;
        if !readable {
            self.unreadable.push(path.to_string());
        }
    }
}
