//! Types as tables for people: members of structs, names of enums, arguments of functions.

use crate::{Btf, Prototype, Type, TypeId};
use nu_protocol::IntoValue;

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

impl Btf {
    /// The members of a struct or union, those of unnamed ones inside among them, and to a depth theirs: 1 is no more.
    pub fn rows(&self, composite: TypeId, depth: usize) -> Vec<Row> {
        self.rows_from(composite, depth, 0)
    }

    fn rows_from(&self, composite: TypeId, depth: usize, from: u32) -> Vec<Row> {
        let Type::Composite { members, .. } = self.get(self.bare(composite)) else { return Vec::new() };
        let row = |member: crate::Member<'_>| {
            let offset = from + member.offset / 8;
            if member.name.is_empty() {
                return self.rows_from(member.of, depth, offset);
            }
            let (inner, begin) = match self.get(self.bare(member.of)) {
                Type::Pointer(to) => (self.bare(to), 0),
                _ => (self.bare(member.of), offset),
            };
            let members = if depth > 1 { self.rows_from(inner, depth - 1, begin) } else { Vec::new() };
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
    pub fn bytes(&self, id: TypeId) -> u32 {
        match self.get(self.bare(id)) {
            Type::Int { bytes, .. }
            | Type::Composite { bytes, .. }
            | Type::Enum { bytes, .. }
            | Type::Float { bytes, .. } => bytes,
            Type::Pointer(_) => 8,
            Type::Array { of, length } => self.bytes(of) * length,
            _ => 0,
        }
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
