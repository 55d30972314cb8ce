//! The bytes of BTF (include/uapi/linux/btf.h): where each type begins, and one type out of them.

use crate::{Btf, Member, Type, TypeId};
use std::ops::Range;

pub const MAGIC: u16 = 0xeb9f;

/// Bytes of a type's first words: name, kind and number of parts, size or another type.
const HEAD: usize = 12;

/// The kinds by their numbers.
pub const INT: u32 = 1;
pub const PTR: u32 = 2;
pub const ARRAY: u32 = 3;
pub const STRUCT: u32 = 4;
pub const UNION: u32 = 5;
const ENUM: u32 = 6;
pub const FWD: u32 = 7;
pub const TYPEDEF: u32 = 8;
pub const VOLATILE: u32 = 9;
pub const CONST: u32 = 10;
pub const RESTRICT: u32 = 11;
pub const FUNC: u32 = 12;
pub const FUNC_PROTO: u32 = 13;
pub const VAR: u32 = 14;
const DATASEC: u32 = 15;
pub const FLOAT: u32 = 16;
const DECL_TAG: u32 = 17;
pub const TYPE_TAG: u32 = 18;
pub const ENUM64: u32 = 19;

/// The first words of a type.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub kind: u32,
    /// Parts: members, values, parameters.
    count: usize,
    /// Whether bit-fields have their size in their offset; whether an enum is signed, a declaration a union.
    flag: bool,
    name: u32,
    /// Bytes, or another type.
    size: u32,
}

impl Head {
    /// Bytes of what follows.
    fn rest(self) -> Option<usize> {
        Some(match self.kind {
            INT | VAR | DECL_TAG => 4,
            ARRAY => 12,
            STRUCT | UNION | DATASEC | ENUM64 => 12 * self.count,
            ENUM | FUNC_PROTO => 8 * self.count,
            PTR | FWD | TYPEDEF | VOLATILE | CONST | RESTRICT | FUNC | FLOAT | TYPE_TAG => 0,
            _ => return None,
        })
    }
}

/// One file's types: the kernel's, or those of a module, whose list and strings go on where the kernel's end.
#[derive(Debug)]
pub struct Part {
    pub(crate) data: Vec<u8>,
    /// Where each type begins, from the first of its own on.
    starts: Vec<u32>,
    /// Where the strings lie.
    strings: Range<usize>,
    /// Which of the files it is: 0 is the kernel's.
    number: u32,
    /// The types, and bytes of strings, that the kernel has before.
    before: (u32, u32),
}

/// Bits of a [`TypeId`] that are its place in the list: no kernel takes more types (BTF_MAX_TYPE).
const PLACE: u32 = 20;

impl Part {
    /// Notes where each type begins; None of bytes that are no BTF of this machine's. `module`: the kernel's part, and the
    /// number of this one.
    pub fn parse(data: Vec<u8>, module: Option<(&Part, u32)>) -> Option<Part> {
        let magic = u16::from_ne_bytes(data.get(..2)?.try_into().ok()?);
        let header = word(&data, 4)? as usize;
        let [types, length, strings, bytes] = [8, 12, 16, 20].map(|at| word(&data, at).unwrap_or(0) as usize);
        let strings = header + strings..header + strings + bytes;
        let (mut at, end) = (header + types, header + types + length);
        if magic != MAGIC || strings.end > data.len() || end > data.len() {
            return None;
        }
        let (number, before) = match module {
            Some((kernel, number)) => (number, (kernel.starts.len() as u32, kernel.strings.len() as u32)),
            None => (0, (0, 0)),
        };
        let mut part = Part { data, starts: Vec::new(), strings, number, before };
        while at < end {
            part.starts.push(at as u32);
            at += HEAD + part.head_at(at)?.rest()?;
        }
        let all = part.before.0 as usize + part.starts.len();
        (all < 1 << PLACE && number < 1 << (32 - PLACE)).then_some(part)
    }

    /// The numbers of its own types, in order.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> {
        (1..=self.starts.len() as u32).map(|place| self.id(self.before.0 + place))
    }

    /// The type that this file means by a place in the list.
    fn id(&self, place: u32) -> TypeId {
        TypeId(if place > self.before.0 { self.number << PLACE | place } else { place })
    }

    fn head_at(&self, at: usize) -> Option<Head> {
        let [name, info, size] = [0, 4, 8].map(|offset| word(&self.data, at + offset));
        let info = info?;
        Some(Head {
            kind: info >> 24 & 0x1f,
            count: (info & 0xffff) as usize,
            flag: info >> 31 == 1,
            name: name?,
            size: size?,
        })
    }

    /// Where a type of its own begins.
    fn start(&self, id: TypeId) -> Option<usize> {
        let place = id.0 & ((1 << PLACE) - 1);
        Some(*self.starts.get(place.checked_sub(self.before.0 + 1)? as usize)? as usize)
    }

    /// A string of its own, by its offset among all.
    fn string(&self, offset: u32) -> Option<&str> {
        let text = self.data.get(self.strings.clone())?.get(offset.checked_sub(self.before.1)? as usize..)?;
        let end = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
        std::str::from_utf8(&text[..end]).ok()
    }
}

impl Btf {
    /// Whose list a type is in.
    pub(crate) fn part(&self, id: TypeId) -> &Part {
        match id.0 >> PLACE {
            0 => &self.kernel,
            number => self.modules.part(number).unwrap_or(&self.kernel),
        }
    }

    /// A string that a file means by its offset: its own, or one of the kernel's.
    fn string<'a>(&'a self, part: &'a Part, offset: u32) -> &'a str {
        part.string(offset).or_else(|| self.kernel.string(offset)).unwrap_or("")
    }

    /// A type's name, and whether it is a function, a struct, a union, a type's other name or a variable.
    pub fn named(&self, id: TypeId) -> (&str, Named) {
        let part = self.part(id);
        self.named_in(part, id)
    }

    /// The same, where it is known whose it is.
    pub(crate) fn named_in<'a>(&'a self, part: &'a Part, id: TypeId) -> (&'a str, Named) {
        let head = part.start(id).and_then(|at| part.head_at(at));
        let Some(head) = head else { return ("", Named::Other) };
        let named = match head.kind {
            FUNC => Named::Function,
            STRUCT => Named::Struct,
            UNION => Named::Union,
            TYPEDEF => Named::Typedef,
            ENUM | ENUM64 => Named::Enum,
            VAR => Named::Variable,
            _ => Named::Other,
        };
        (self.string(part, head.name), named)
    }

    /// What a type is.
    pub fn get(&self, id: TypeId) -> Type<'_> {
        let part = self.part(id);
        part.start(id).and_then(|at| self.type_at(part, at)).unwrap_or(Type::Void)
    }

    fn type_at<'a>(&'a self, file: &'a Part, at: usize) -> Option<Type<'a>> {
        let head = file.head_at(at)?;
        let string = |offset| self.string(file, offset);
        let (name, of, rest) = (string(head.name), file.id(head.size), at + HEAD);
        let part = |number: usize, words: usize, index: usize| word(&file.data, rest + 4 * (number * words + index));
        Some(match head.kind {
            INT => {
                let info = part(0, 1, 0)?;
                let encoding = info >> 24 & 0xf;
                Type::Int { name, bytes: head.size, signed: encoding & 1 != 0, bool: encoding & 4 != 0 }
            }
            PTR => Type::Pointer(of),
            ARRAY => Type::Array { of: file.id(part(0, 3, 0)?), length: part(0, 3, 2)? },
            STRUCT | UNION => {
                let member = |number| {
                    let offset = part(number, 3, 2)?;
                    let (offset, bits) = if head.flag { (offset & 0xff_ffff, offset >> 24) } else { (offset, 0) };
                    let name = string(part(number, 3, 0)?);
                    Some(Member { name, of: file.id(part(number, 3, 1)?), offset, bits })
                };
                let members = (0..head.count).map(member).collect::<Option<_>>()?;
                Type::Composite { name, union: head.kind == UNION, bytes: head.size, members }
            }
            ENUM => {
                let value = |number| {
                    let value = part(number, 2, 1)?;
                    let value = if head.flag { i64::from(value as i32) } else { i64::from(value) };
                    Some((string(part(number, 2, 0)?), value))
                };
                let values = (0..head.count).map(value).collect::<Option<_>>()?;
                Type::Enum { name, bytes: head.size, signed: head.flag, values }
            }
            ENUM64 => {
                let value = |number| {
                    let [low, high] = [part(number, 3, 1)?, part(number, 3, 2)?].map(u64::from);
                    Some((string(part(number, 3, 0)?), (high << 32 | low) as i64))
                };
                let values = (0..head.count).map(value).collect::<Option<_>>()?;
                Type::Enum { name, bytes: head.size, signed: head.flag, values }
            }
            FWD => Type::Forward { name, union: head.flag },
            TYPEDEF => Type::Typedef { name, of },
            VOLATILE => Type::Qualified { word: "volatile", of },
            CONST => Type::Qualified { word: "const", of },
            RESTRICT => Type::Qualified { word: "restrict", of },
            TYPE_TAG => Type::Tagged { tag: name, of },
            FUNC => Type::Function { name, of },
            FUNC_PROTO => {
                let param = |number| Some((string(part(number, 2, 0)?), file.id(part(number, 2, 1)?)));
                Type::Prototype { gives: of, params: (0..head.count).map(param).collect::<Option<_>>()? }
            }
            VAR => Type::Variable { name, of },
            FLOAT => Type::Float { name, bytes: head.size },
            _ => Type::Other,
        })
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Function,
    Struct,
    Union,
    Typedef,
    Enum,
    Variable,
    Other,
}

fn word(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(data.get(at..at + 4)?.try_into().ok()?))
}
