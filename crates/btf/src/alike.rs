//! Whether two types are the same to a program that reads by them, though they be described apart.

use crate::{Btf, Member, Type, TypeId};
use std::collections::HashSet;

/// Two types that are to be compared.
type Pair = (TypeId, TypeId);

impl Btf {
    /// Whether a type and one of others have the same names, sizes and places, and lead to such.
    pub fn alike(&self, one: TypeId, others: &Btf, other: TypeId) -> bool {
        if self == others {
            return one == other;
        }
        // Where two lead back to each other, nothing speaks against it.
        let (mut open, mut met) = (vec![(one, other)], HashSet::new());
        while let Some(pair) = open.pop() {
            if met.insert(pair) && !self.same(pair, others, &mut open) {
                return false;
            }
        }
        true
    }

    /// Compares two types themselves; what they lead to is left open.
    fn same(&self, (one, other): Pair, others: &Btf, open: &mut Vec<Pair>) -> bool {
        let mut both = |one, other, same| {
            open.push((one, other));
            same
        };
        match (self.get(one), others.get(other)) {
            (Type::Pointer(one), Type::Pointer(other)) => both(one, other, true),
            (Type::Array { of: one, length: left }, Type::Array { of: other, length: right }) => {
                both(one, other, left == right)
            }
            (Type::Typedef { name: left, of: one }, Type::Typedef { name: right, of: other })
            | (Type::Tagged { tag: left, of: one }, Type::Tagged { tag: right, of: other })
            | (Type::Qualified { word: left, of: one }, Type::Qualified { word: right, of: other }) => {
                both(one, other, left == right)
            }
            (
                Type::Composite { name: left, union: this, bytes: short, members: own },
                Type::Composite { name: right, union: that, bytes: long, members: theirs },
            ) => {
                let place = |(one, other): (&Member<'_>, &Member<'_>)| {
                    both(one.of, other.of, (one.name, one.offset, one.bits) == (other.name, other.offset, other.bits))
                };
                (left, this, short, own.len()) == (right, that, long, theirs.len())
                    && own.iter().zip(&theirs).all(place)
            }
            (Type::Prototype { .. }, Type::Prototype { .. }) => true,
            // The others lead nowhere.
            (one, other) => one == other,
        }
    }
}
