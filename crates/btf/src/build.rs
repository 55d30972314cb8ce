//! Types in, BTF out: what else describes types is put into the same form, and asked in the same way.

use crate::module::Modules;
use crate::parse::{
    ARRAY, CONST, ENUM64, FLOAT, FUNC, FUNC_PROTO, FWD, INT, MAGIC, PTR, Part, RESTRICT, STRUCT, TYPE_TAG,
};
use crate::parse::{TYPEDEF, UNION, VAR, VOLATILE};
use crate::{Btf, Type};
use std::collections::HashMap;
use std::path::Path;

/// Bytes of the header.
const HEADER: u32 = 24;

/// Parts that a type has at most, and bits before a member of a struct with bit-fields.
const MOST_PARTS: usize = 0xffff;
const MOST_BITS: u32 = 1 << 24;

/// A list of types that grows: the first has the number 1.
#[derive(Debug)]
pub struct Builder {
    types: Vec<u8>,
    strings: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder { types: Vec::new(), strings: vec![0], known: HashMap::from([(String::new(), 0)]) }
    }
}

impl Builder {
    /// Adds a type. It may name others that come later. Of one that is none of those below, `?` stands there.
    pub fn push(&mut self, ty: &Type<'_>) {
        match ty {
            Type::Int { name, bytes, signed, bool } => {
                self.head(name, (INT, 0, false), *bytes);
                self.words(&[(u32::from(*signed) | u32::from(*bool) << 2) << 24 | (bytes * 8).min(0xff)]);
            }
            Type::Pointer(to) => self.head("", (PTR, 0, false), to.0),
            Type::Array { of, length } => {
                self.head("", (ARRAY, 0, false), 0);
                self.words(&[of.0, 0, *length]);
            }
            Type::Composite { name, union, bytes, members } => {
                let bits = members.iter().any(|member| member.bits > 0);
                // What the form has no room for cannot be asked for.
                let fits = |member: &&crate::Member<'_>| !bits || member.offset < MOST_BITS;
                let members: Vec<_> = members.iter().filter(fits).take(MOST_PARTS).collect();
                self.head(name, (if *union { UNION } else { STRUCT }, members.len(), bits), *bytes);
                for member in members {
                    let name = self.string(member.name);
                    self.words(&[name, member.of.0, member.offset | member.bits << 24]);
                }
            }
            Type::Enum { name, bytes, signed, values } => {
                let values = &values[..values.len().min(MOST_PARTS)];
                self.head(name, (ENUM64, values.len(), *signed), *bytes);
                for (name, value) in values {
                    let name = self.string(name);
                    self.words(&[name, *value as u32, (*value >> 32) as u32]);
                }
            }
            Type::Forward { name, union } => self.head(name, (FWD, 0, *union), 0),
            Type::Typedef { name, of } => self.head(name, (TYPEDEF, 0, false), of.0),
            Type::Qualified { word: "volatile", of } => self.head("", (VOLATILE, 0, false), of.0),
            Type::Qualified { word: "restrict", of } => self.head("", (RESTRICT, 0, false), of.0),
            Type::Qualified { of, .. } => self.head("", (CONST, 0, false), of.0),
            Type::Tagged { tag, of } => self.head(tag, (TYPE_TAG, 0, false), of.0),
            Type::Function { name, of } => self.head(name, (FUNC, 0, false), of.0),
            Type::Prototype { gives, params } => {
                let params = &params[..params.len().min(MOST_PARTS)];
                self.head("", (FUNC_PROTO, params.len(), false), gives.0);
                for (name, ty) in params {
                    let name = self.string(name);
                    self.words(&[name, ty.0]);
                }
            }
            Type::Variable { name, of } => {
                self.head(name, (VAR, 0, false), of.0);
                self.words(&[0]);
            }
            Type::Float { name, bytes } => self.head(name, (FLOAT, 0, false), *bytes),
            Type::Void | Type::Other => self.head("?", (FWD, 0, false), 0),
        }
    }

    /// The types of a program: its members lie where they are said to.
    pub fn program(self, path: &Path) -> Option<Btf> {
        let [types, strings] = [self.types.len() as u32, self.strings.len() as u32];
        let magic = u32::from_ne_bytes(match MAGIC.to_ne_bytes() {
            // Magic, version, flags.
            [one, other] => [one, other, 1, 0],
        });
        let header = [magic, HEADER, 0, types, types, strings];
        let mut data: Vec<u8> = header.into_iter().flat_map(u32::to_ne_bytes).collect();
        data.extend(self.types);
        data.extend(self.strings);
        Btf::of_program(data, path)
    }

    fn head(&mut self, name: &str, (kind, parts, flag): (u32, usize, bool), size: u32) {
        let name = self.string(name);
        self.words(&[name, u32::from(flag) << 31 | kind << 24 | parts as u32, size]);
    }

    fn words(&mut self, words: &[u32]) {
        self.types.extend(words.iter().flat_map(|word| word.to_ne_bytes()));
    }

    fn string(&mut self, text: &str) -> u32 {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let at = self.strings.len() as u32;
        self.strings.extend(text.bytes().filter(|byte| *byte != 0).chain([0]));
        self.known.insert(text.to_string(), at);
        at
    }
}

impl Btf {
    /// The bytes that it was read from.
    pub fn data(&self) -> &[u8] {
        &self.kernel.data
    }

    /// BTF of a program, as a section of it has it.
    pub fn of_program(data: Vec<u8>, path: &Path) -> Option<Btf> {
        Some(Btf { kernel: Part::parse(data, None)?, modules: Modules::none(), program: Some(path.into()) })
    }
}
