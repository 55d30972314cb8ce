//! The bytes of BTF (include/uapi/linux/btf.h): where each type begins, and one type out of them.

use crate::{Btf, Member, Type, TypeId};

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

impl Btf {
    /// Notes where each type begins; None of bytes that are no BTF of this machine's.
    pub fn parse(data: Vec<u8>) -> Option<Btf> {
        let magic = u16::from_ne_bytes(data.get(..2)?.try_into().ok()?);
        let header = word(&data, 4)? as usize;
        let [types, length, strings, bytes] = [8, 12, 16, 20].map(|at| word(&data, at).unwrap_or(0) as usize);
        let strings = header + strings..header + strings + bytes;
        let (mut at, end) = (header + types, header + types + length);
        if magic != MAGIC || strings.end > data.len() || end > data.len() {
            return None;
        }
        let mut btf = Btf { data, starts: Vec::new(), strings, program: None };
        while at < end {
            btf.starts.push(at as u32);
            at += HEAD + btf.head_at(at)?.rest()?;
        }
        Some(btf)
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

    fn start(&self, id: TypeId) -> Option<usize> {
        Some(*self.starts.get((id.0 as usize).checked_sub(1)?)? as usize)
    }

    fn string(&self, offset: u32) -> &str {
        let text = self.data.get(self.strings.clone()).and_then(|strings| strings.get(offset as usize..));
        let text = text.unwrap_or_default();
        let end = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
        std::str::from_utf8(&text[..end]).unwrap_or("")
    }

    /// A type's name, and whether it is a function, a struct, a union, a type's other name or a variable.
    pub fn named(&self, id: TypeId) -> (&str, Named) {
        let head = self.start(id).and_then(|at| self.head_at(at));
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
        (self.string(head.name), named)
    }

    /// What a type is.
    pub fn get(&self, id: TypeId) -> Type<'_> {
        self.start(id).and_then(|at| self.type_at(at)).unwrap_or(Type::Void)
    }

    fn type_at(&self, at: usize) -> Option<Type<'_>> {
        let head = self.head_at(at)?;
        let (name, of, rest) = (self.string(head.name), TypeId(head.size), at + HEAD);
        let part = |number: usize, words: usize, index: usize| word(&self.data, rest + 4 * (number * words + index));
        Some(match head.kind {
            INT => {
                let info = part(0, 1, 0)?;
                let encoding = info >> 24 & 0xf;
                Type::Int { name, bytes: head.size, signed: encoding & 1 != 0, bool: encoding & 4 != 0 }
            }
            PTR => Type::Pointer(of),
            ARRAY => Type::Array { of: TypeId(part(0, 3, 0)?), length: part(0, 3, 2)? },
            STRUCT | UNION => {
                let member = |number| {
                    let offset = part(number, 3, 2)?;
                    let (offset, bits) = if head.flag { (offset & 0xff_ffff, offset >> 24) } else { (offset, 0) };
                    let name = self.string(part(number, 3, 0)?);
                    Some(Member { name, of: TypeId(part(number, 3, 1)?), offset, bits })
                };
                let members = (0..head.count).map(member).collect::<Option<_>>()?;
                Type::Composite { name, union: head.kind == UNION, bytes: head.size, members }
            }
            ENUM => {
                let value = |number| {
                    let value = part(number, 2, 1)?;
                    let value = if head.flag { i64::from(value as i32) } else { i64::from(value) };
                    Some((self.string(part(number, 2, 0)?), value))
                };
                let values = (0..head.count).map(value).collect::<Option<_>>()?;
                Type::Enum { name, bytes: head.size, signed: head.flag, values }
            }
            ENUM64 => {
                let value = |number| {
                    let [low, high] = [part(number, 3, 1)?, part(number, 3, 2)?].map(u64::from);
                    Some((self.string(part(number, 3, 0)?), (high << 32 | low) as i64))
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
                let param = |number| Some((self.string(part(number, 2, 0)?), TypeId(part(number, 2, 1)?)));
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
