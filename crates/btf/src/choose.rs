//! Types by name where several definitions share it: selects the one that is meant, or lists the candidates.

use crate::parse::{Named, Part};
use crate::{Btf, DEEPEST, Member, Type, TypeId};
use serde::{Deserialize, Serialize};

/// One of several definitions of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The source file that defines it, the module, or `vmlinux`.
    pub source: String,
    pub bytes: u32,
    pub members: Vec<String>,
    /// How to write it so that it is the only one: `struct NAME in FILE`, `struct NAME #2`.
    pub written: String,
}

/// A definition that was found, before equal ones are merged.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    pub id: T,
    /// Equal for definitions that no access can tell apart.
    pub signature: String,
    /// True if the probed code uses this definition of the name.
    pub own: bool,
    pub source: String,
    pub bytes: u32,
    pub members: Vec<String>,
}

/// The result of looking for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice<T> {
    None,
    One(T),
    /// They differ, and nothing selects one of them.
    Several(Vec<Definition>),
}

/// A type name as it is written: `struct NAME`, and `in SOURCE` or `#NUMBER` after it where several definitions share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'w> {
    pub words: &'w str,
    pub source: Option<&'w str>,
    /// Counted from 1.
    pub number: Option<usize>,
}

/// The source of the kernel's own types.
const KERNEL: &str = "vmlinux";

/// Definitions that an error lists at most, and members of each.
const LISTED: usize = 8;
const SHOWN: usize = 5;

/// Number of pointers that a signature follows. Types behind more pointers are compared by name.
const HOPS: usize = 1;

impl<'w> Asked<'w> {
    pub fn parse(words: &'w str) -> Asked<'w> {
        let (words, number) = match words.rsplit_once('#').map(|(before, number)| (before, number.trim().parse())) {
            Some((before, Ok(number))) => (before, Some(number)),
            _ => (words, None),
        };
        let (words, source) = match words.split_once(" in ") {
            Some((before, source)) => (before, Some(source.trim())),
            None => (words, None),
        };
        Asked { words: words.trim(), source, number }
    }

    /// Returns whether the name selects one definition explicitly.
    pub fn selects(&self) -> bool {
        self.source.is_some() || self.number.is_some()
    }

    /// Returns whether a definition comes from the named source file (its path or the end of it); true if none is named.
    pub fn is_from(&self, source: &str) -> bool {
        self.source.is_none_or(|wanted| {
            source.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    }

    /// Selects one of the definitions. Those with equal signatures count as one.
    pub fn choose<T>(&self, all: Vec<Candidate<T>>) -> Choice<T> {
        if all.is_empty() {
            return Choice::None;
        }
        let (from, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| self.is_from(&one.source));
        if from.is_empty() {
            let groups = merged(others);
            let any = Asked { source: None, ..*self };
            return Choice::Several((0..groups.len()).map(|index| any.definition(&groups, index)).collect());
        }
        let mut groups = merged(from);
        let own = |index: &usize| groups[*index].iter().any(|one| one.own);
        let every = 0..groups.len();
        let chosen: Vec<usize> = match self.number {
            Some(number) => every.clone().filter(|index| index + 1 == number).collect(),
            None if every.clone().any(|index| own(&index)) => every.clone().filter(own).collect(),
            None => every.clone().collect(),
        };
        match chosen.as_slice() {
            [index] => {
                let group = groups.swap_remove(*index);
                let known = group.iter().position(|one| one.own).unwrap_or_default();
                group.into_iter().nth(known).map_or(Choice::None, |one| Choice::One(one.id))
            }
            [] => Choice::Several(every.map(|index| self.definition(&groups, index)).collect()),
            several => Choice::Several(several.iter().map(|index| self.definition(&groups, *index)).collect()),
        }
    }

    /// A group for people, with the words that select it and no other.
    fn definition<T>(&self, groups: &[Vec<Candidate<T>>], index: usize) -> Definition {
        let one = &groups[index][0];
        let asked = Asked { source: Some(&one.source), ..*self };
        let same = |other: &usize| groups[*other].iter().any(|one| asked.is_from(&one.source));
        let same: Vec<usize> = (0..groups.len()).filter(same).collect();
        let number = same.iter().position(|other| *other == index).map_or(0, |number| number + 1);
        let written = match (one.source.as_str(), same.len()) {
            (KERNEL, _) => format!("{} #{number}", self.words),
            (source, 1) => format!("{} in {source}", self.words),
            (source, _) => format!("{} in {source} #{number}", self.words),
        };
        Definition { source: one.source.clone(), bytes: one.bytes, members: one.members.clone(), written }
    }
}

/// Definitions by their signatures, in the order of the first of each.
fn merged<T>(all: Vec<Candidate<T>>) -> Vec<Vec<Candidate<T>>> {
    let mut groups: Vec<Vec<Candidate<T>>> = Vec::new();
    for one in all {
        match groups.iter_mut().find(|group| group[0].signature == one.signature) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

impl Definition {
    /// The text and the label of the error of a name that selects none of its definitions, or several.
    pub fn ambiguity(name: &str, all: &[Definition]) -> (String, &'static str) {
        let asked = Asked::parse(name);
        match asked.selects() {
            true => (format!("`{name}` selects no single definition of `{}`", asked.words), "which one is meant?"),
            false => (format!("{} different types are called `{name}`", all.len()), "which one is meant?"),
        }
    }

    /// The help text: what to write for each of several definitions.
    pub fn offer(all: &[Definition]) -> String {
        let each = all.iter().take(LISTED).map(|one| {
            let some = one.members.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if one.members.len() > SHOWN { ", …" } else { "" };
            format!("'{}' ({} bytes: {some}{more})", one.written, one.bytes)
        });
        let more = match all.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        let write = if all.len() == 1 { "write" } else { "write one of" };
        format!("{write} {}{more}", each.collect::<Vec<_>>().join("; "))
    }
}

impl Btf {
    /// The type of a name. If several differ: the one that the module defines, or one that is among `known`.
    pub fn choose(&self, words: &str, module: Option<&str>, known: &[TypeId]) -> Choice<TypeId> {
        let asked = Asked::parse(words);
        let (name, kinds): (&str, &[Named]) = match asked.words.split_once(' ') {
            Some(("struct", name)) => (name.trim(), &[Named::Struct]),
            Some(("union", name)) => (name.trim(), &[Named::Union]),
            Some(("enum", name)) => (name.trim(), &[Named::Enum]),
            _ => (asked.words, &[Named::Typedef, Named::Struct]),
        };
        let in_part = |source: &str, part: &Part| {
            let of = |kind: &Named| self.ids_in(part, name, *kind);
            let ids = kinds.iter().map(of).find(|ids| !ids.is_empty()).unwrap_or_default();
            ids.into_iter().map(|id| (id, source.to_string())).collect::<Vec<_>>()
        };
        let own = module.filter(|_| !asked.selects());
        let own = own.and_then(|module| Some(in_part(module, self.modules.named(module, &self.kernel)?)));
        let mut all = own.unwrap_or_default();
        if all.is_empty() && asked.is_from(KERNEL) {
            all = in_part(KERNEL, &self.kernel);
        }
        if all.is_empty() {
            all = self.modules.all(&self.kernel).flat_map(|(module, part)| in_part(module, part)).collect();
        }
        match all.as_slice() {
            // The usual case needs no signature.
            [(id, source)] if asked.is_from(source) && asked.number.is_none_or(|number| number == 1) => {
                Choice::One(*id)
            }
            _ => asked.choose(all.iter().map(|(id, source)| self.candidate(*id, source, known)).collect()),
        }
    }

    /// Returns whether another type of the kernel has the same name, so that the name does not identify it.
    pub fn is_ambiguous(&self, id: TypeId) -> bool {
        let part = self.part(id);
        let (name, kind) = self.named_in(part, id);
        if name.is_empty() || !matches!(kind, Named::Struct | Named::Union) {
            return false;
        }
        let others = |part: &Part| self.ids_in(part, name, kind).iter().any(|other| *other != id);
        let of_module = !self.kernel.ids().any(|own| own == id);
        others(&self.kernel) || (of_module && self.modules.all(&self.kernel).any(|(_, part)| others(part)))
    }

    fn ids_in(&self, part: &Part, name: &str, kind: Named) -> Vec<TypeId> {
        part.ids().filter(|id| self.named_in(part, *id) == (name, kind)).collect()
    }

    fn candidate(&self, id: TypeId, source: &str, known: &[TypeId]) -> Candidate<TypeId> {
        let values = self.values(id).unwrap_or_default().into_iter().map(|value| value.name);
        Candidate {
            id,
            signature: self.signature(id, HOPS, DEEPEST),
            own: known.contains(&self.bare(id)),
            source: source.to_string(),
            bytes: self.bytes(id),
            members: self.members(id).into_iter().map(|member| member.0.to_string()).chain(values).collect(),
        }
    }

    /// The layout of a type with what it contains, and of what its pointers lead to, so many pointers far.
    fn signature(&self, id: TypeId, hops: usize, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else { return "…".into() };
        match self.get(self.bare(id)) {
            Type::Composite { name, bytes, members, .. } => {
                let member = |one: &Member<'_>| {
                    format!("{} {} {} {}", one.name, one.offset, one.bits, self.signature(one.of, hops, depth))
                };
                format!("{name} {bytes} {{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
            Type::Pointer(to) => match hops.checked_sub(1) {
                Some(hops) => format!("*{}", self.signature(to, hops, depth)),
                None => self.declared(self.bare(id)),
            },
            Type::Array { of, length } => format!("{}[{length}]", self.signature(of, hops, depth)),
            Type::Enum { bytes, values, .. } => format!("{bytes} {values:?}"),
            _ => self.declared(self.bare(id)),
        }
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/btf_choose.rs"]
mod tests;
