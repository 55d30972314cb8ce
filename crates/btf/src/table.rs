//! Types as tables for people: members of structs, names of enums, arguments of functions.

use crate::query::{DEEPEST, enter};
use crate::{Btf, Prototype, Type, TypeId};
use nu_protocol::IntoValue;
use std::collections::HashSet;

/// A member of a struct or union.
#[derive(Debug, Clone, PartialEq, Eq, IntoValue)]
pub struct Row {
    pub member: String,
    /// As C declares it.
    #[nu_value(rename = "type")]
    pub ty: String,
    /// Bytes from the beginning of the struct that was asked for, or that an address leads to.
    pub offset: i64,
    /// Bytes; of a bit-field, those of the number that it is cut of.
    pub size: i64,
    /// Bits of a bit-field.
    pub bits: Option<i64>,
    /// The members of what it is or leads to.
    pub members: Option<Vec<Row>>,
}

/// A name of a number.
#[derive(Debug, Clone, PartialEq, Eq, IntoValue)]
pub struct Value {
    pub name: String,
    pub value: i64,
}

/// Maximum number of rows of a table: what leads to itself may have any number.
const MOST_ROWS: usize = 100_000;

impl Btf {
    /// The members of a struct or union, those of unnamed ones inside among them, and to a depth theirs: 1 is no more.
    pub fn rows(&self, composite: TypeId, depth: usize) -> Vec<Row> {
        let mut left = MOST_ROWS;
        self.rows_from(composite, depth, 0, &mut HashSet::new(), &mut left)
    }

    /// Those from so many bytes on; `met` are the types that were looked into already, `left` counts the rows down.
    fn rows_from(
        &self, composite: TypeId, depth: usize, from: u32, met: &mut HashSet<TypeId>, left: &mut usize,
    ) -> Vec<Row> {
        let id = self.bare(composite);
        let Type::Composite { members, .. } = self.get(id) else { return Vec::new() };
        if !enter(met, id) {
            return Vec::new();
        }
        let row = |member: crate::Member<'_>| {
            let offset = from.saturating_add(member.offset / 8);
            if member.name.is_empty() {
                return self.rows_from(member.of, depth, offset, met, left);
            }
            let Some(rest) = left.checked_sub(1) else { return Vec::new() };
            *left = rest;
            let (inner, begin) = match self.get(self.bare(member.of)) {
                Type::Pointer(to) => (self.bare(to), 0),
                _ => (self.bare(member.of), offset),
            };
            let members =
                if depth > 1 { self.rows_from(inner, depth - 1, begin, &mut HashSet::new(), left) } else { Vec::new() };
            vec![Row {
                member: member.name.to_string(),
                ty: self.declared(member.of),
                offset: offset.into(),
                size: self.bytes(member.of).into(),
                bits: (member.bits > 0).then_some(member.bits.into()),
                members: (!members.is_empty()).then_some(members),
            }]
        };
        members.into_iter().flat_map(row).collect()
    }

    /// Bytes of a type; an address has eight.
    pub fn bytes(&self, mut id: TypeId) -> u32 {
        let mut elements = 1u32;
        for _ in 0..DEEPEST {
            let bytes = match self.get(self.bare(id)) {
                Type::Int { bytes, .. }
                | Type::Composite { bytes, .. }
                | Type::Enum { bytes, .. }
                | Type::Float { bytes, .. } => bytes,
                Type::Pointer(_) => 8,
                Type::Array { of, length } => {
                    (id, elements) = (of, elements.saturating_mul(length));
                    continue;
                }
                _ => 0,
            };
            return bytes.saturating_mul(elements);
        }
        0
    }

    /// The names of an enum's numbers.
    pub fn values(&self, id: TypeId) -> Option<Vec<Value>> {
        let Type::Enum { values, .. } = self.get(self.bare(id)) else { return None };
        Some(values.into_iter().map(|(name, value)| Value { name: name.to_string(), value }).collect())
    }

    /// The arguments of a function and what it returns, each with its type as C declares it.
    pub fn parameters(&self, prototype: &Prototype) -> (Vec<(String, String)>, Option<String>) {
        let params = prototype.params.iter().map(|param| (param.name.clone(), self.declared(param.ty)));
        (params.collect(), prototype.gives.map(|gives| self.declared(gives)))
    }
}
