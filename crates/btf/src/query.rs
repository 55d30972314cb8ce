//! Questions about types: a function's prototype, a member by its name, what is behind other names.

use crate::parse::{Named, Part};
use crate::{Btf, Type, TypeId};
use nu_ebpf_ir::ir::{AttachPoint, Place, Title};
use nu_ebpf_ir::spec::probe::{Attach, ITERATORS};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// How the functions begin that stand for hooks of security modules (include/linux/bpf_lsm.h). Others begin so as well:
/// what is a hook is a member of the union.
const HOOK: &str = "bpf_lsm_";
const HOOKS: &str = "security_list_options";

/// Maximum number of names, qualifiers, tags and pointers before a type: types that somebody has made by hand may lead
/// back to themselves. (The kernel's limit is 32, MAX_RESOLVE_DEPTH.)
pub const DEEPEST: usize = 64;

/// Unnamed types inside one that are looked into, at most.
const MOST_UNNAMED: usize = 1024;

const VOID: TypeId = TypeId(0);

/// Whether a type is to be looked into, besides those that were.
pub(crate) fn enter(met: &mut HashSet<TypeId>, id: TypeId) -> bool {
    met.len() < MOST_UNNAMED && met.insert(id)
}

/// A function's arguments and what it gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prototype {
    pub params: Vec<Parameter>,
    /// Registers that are taken before the first argument; None where it is not known how arguments are passed.
    pub before: Option<usize>,
    /// None of a function that gives nothing.
    pub gives: Option<TypeId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    pub name: String,
    pub ty: TypeId,
}

/// A member that was looked for by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub ty: TypeId,
    /// Bits from the beginning.
    pub offset: u32,
    /// Bits of a bit-field, else 0.
    pub bits: u32,
    /// Whether it lies in a union, its own or an unnamed one.
    pub in_union: bool,
}

impl Btf {
    /// The number of what has a name among the kernel's types, or else those of its modules.
    fn find(&self, name: &str, wanted: Named) -> Option<TypeId> {
        self.find_in(&self.kernel, name, wanted)
            .or_else(|| self.modules.all(&self.kernel).find_map(|module| self.find_in(module.1, name, wanted)))
    }

    fn find_in(&self, part: &Part, name: &str, wanted: Named) -> Option<TypeId> {
        part.ids().find(|id| self.named_in(part, *id) == (name, wanted))
    }

    /// `struct NAME`, `union NAME`, `enum NAME`, or another name for a type.
    pub fn type_named(&self, words: &str) -> Option<TypeId> {
        let plain = |name: &str| {
            let kinds = [Named::Typedef, Named::Struct];
            let own = kinds.into_iter().find_map(|kind| self.find_in(&self.kernel, name, kind));
            own.or_else(|| kinds.into_iter().find_map(|kind| self.find(name, kind)))
        };
        match words.split_once(' ') {
            Some(("struct", name)) => self.find(name.trim(), Named::Struct),
            Some(("union", name)) => self.find(name.trim(), Named::Union),
            Some(("enum", name)) => self.find(name.trim(), Named::Enum),
            _ => plain(words),
        }
    }

    /// What is only declared here, where the kernel or a module has the whole of it.
    pub fn whole(&self, id: TypeId) -> TypeId {
        let found = match self.get(self.bare(id)) {
            Type::Forward { name, union } => self.find(name, if union { Named::Union } else { Named::Struct }),
            _ => None,
        };
        found.unwrap_or(id)
    }

    /// The type of a variable that each processor has its own of: BTF tells of no others.
    pub fn per_cpu(&self, name: &str) -> Option<TypeId> {
        match self.get(self.find_in(&self.kernel, name, Named::Variable)?) {
            Type::Variable { of, .. } => Some(of),
            _ => None,
        }
    }

    /// The arguments of a function, of the kernel's or whichever module has it; or of the module that is named.
    pub fn function(&self, module: Option<&str>, name: &str) -> Option<Prototype> {
        let found = match module {
            Some(module) => self.find_in(self.modules.named(module, &self.kernel)?, name, Named::Function),
            None => self.find(name, Named::Function),
        };
        let Type::Function { of, .. } = self.get(found?) else { return None };
        self.prototype(of, 0)
    }

    /// The arguments of what an attach point names in a kernel; None where they are not described.
    pub fn probed(&self, target: &AttachPoint) -> Option<Prototype> {
        let module = match &target.place {
            // Inside of a function the registers hold something else.
            Place::Symbol { offset: 1.., .. } => return None,
            Place::Symbol { module, .. } => module.as_deref(),
            _ => None,
        };
        let name = target.title(Title::Function);
        match target.kind.attach {
            Attach::Kprobe { .. } | Attach::Trampoline { .. } => self.function(module, &name),
            Attach::Lsm => self.hook(&name),
            Attach::Raw => self.tracepoint(&name),
            Attach::Iterator => self.function(None, &format!("{}{name}", ITERATORS.0)),
            _ => None,
        }
    }

    /// Whether a module is loaded and has type information.
    pub fn describes(&self, module: &str) -> bool {
        self.modules.named(module, &self.kernel).is_some()
    }

    /// The arguments of a hook of security modules: those of the function that BPF programs hang on.
    pub fn hook(&self, name: &str) -> Option<Prototype> {
        self.function(None, &format!("{HOOK}{name}"))
    }

    /// The names of all hooks of security modules; none in a kernel whose hooks BPF programs cannot hang on.
    pub fn hooks(&self) -> Vec<&str> {
        let all = self.find_in(&self.kernel, HOOKS, Named::Union).map_or_else(Vec::new, |all| self.members(all));
        let all: HashSet<&str> = all.into_iter().map(|member| member.0).collect();
        self.functions().filter_map(|name| name.strip_prefix(HOOK)).filter(|name| all.contains(name)).collect()
    }

    /// A raw tracepoint's arguments: those of the function that calls who listens (`__traceiter_NAME`, Linux 5.10), less
    /// the first, which is the tracepoint's own; without it, `btf_trace_NAME` has them, but not their names.
    pub fn tracepoint(&self, name: &str) -> Option<Prototype> {
        if let Some(id) = self.find(&format!("__traceiter_{name}"), Named::Function)
            && let Type::Function { of, .. } = self.get(id)
        {
            return Some(Prototype { gives: None, ..self.prototype(of, 1)? });
        }
        let Type::Typedef { of, .. } = self.get(self.find(&format!("btf_trace_{name}"), Named::Typedef)?) else {
            return None;
        };
        let Type::Pointer(of) = self.get(of) else { return None };
        self.prototype(of, 1)
    }

    /// The number of the register that an argument is passed in, if it is in one.
    pub fn register(&self, prototype: &Prototype, index: usize) -> Option<usize> {
        let in_register = |param: &Parameter| match self.get(self.bare(param.ty)) {
            Type::Pointer(_) => true,
            Type::Int { bytes, .. } | Type::Enum { bytes, .. } => bytes <= 8,
            _ => false,
        };
        let all = prototype.params.get(..=index)?.iter().all(in_register);
        prototype.before.filter(|_| all).map(|before| before + index)
    }

    fn prototype(&self, id: TypeId, skip: usize) -> Option<Prototype> {
        let Type::Prototype { gives, params } = self.get(id) else { return None };
        let params = params.into_iter().skip(skip).enumerate();
        let param = |(number, (name, ty)): (usize, (&str, TypeId))| Parameter {
            name: if name.is_empty() { format!("arg{number}") } else { name.to_string() },
            ty,
        };
        let params = params.map(param).collect();
        Some(Prototype { params, before: Some(0), gives: (gives.0 != 0).then_some(gives) })
    }

    /// The type behind other names, qualifiers and tags.
    pub fn bare(&self, mut id: TypeId) -> TypeId {
        for _ in 0..DEEPEST {
            let (Type::Typedef { of, .. } | Type::Qualified { of, .. } | Type::Tagged { of, .. }) = self.get(id) else {
                return id;
            };
            id = of;
        }
        VOID
    }

    /// Whether a name stands among those that a type goes by.
    pub fn goes_by(&self, mut id: TypeId, wanted: &str) -> bool {
        for _ in 0..DEEPEST {
            id = match self.get(id) {
                Type::Typedef { name, .. } if name == wanted => return true,
                Type::Typedef { of, .. } | Type::Qualified { of, .. } | Type::Tagged { of, .. } => of,
                _ => return false,
            }
        }
        false
    }

    /// Whether an address is one in a process, where the compiler has noted it.
    pub fn is_user(&self, mut id: TypeId) -> bool {
        for _ in 0..DEEPEST {
            id = match self.get(id) {
                Type::Tagged { tag: "user", .. } => return true,
                Type::Typedef { of, .. } | Type::Qualified { of, .. } | Type::Tagged { of, .. } => of,
                _ => return false,
            }
        }
        false
    }

    /// A member by its name, also of unnamed structs and unions inside.
    pub fn member(&self, composite: TypeId, name: &str) -> Option<Found> {
        self.member_in(composite, name, &mut HashSet::new())
    }

    /// The same; `met` are those that were looked into already, as no type of C's holds itself or an unnamed one twice.
    fn member_in(&self, composite: TypeId, name: &str, met: &mut HashSet<TypeId>) -> Option<Found> {
        let id = self.bare(composite);
        let Type::Composite { union, members, .. } = self.get(id) else { return None };
        if !enter(met, id) {
            return None;
        }
        members.into_iter().find_map(|member| match member.name {
            "" => self.member_in(member.of, name, met).map(|found| Found {
                in_union: found.in_union || union,
                offset: found.offset.saturating_add(member.offset),
                ..found
            }),
            known if known == name => {
                Some(Found { ty: member.of, offset: member.offset, bits: member.bits, in_union: union })
            }
            _ => None,
        })
    }

    /// The names of all members, those of unnamed structs and unions among them, with their types and bits.
    pub fn members(&self, composite: TypeId) -> Vec<(&str, TypeId, u32)> {
        self.members_in(composite, &mut HashSet::new())
    }

    fn members_in<'a>(&'a self, composite: TypeId, met: &mut HashSet<TypeId>) -> Vec<(&'a str, TypeId, u32)> {
        let id = self.bare(composite);
        let Type::Composite { members, .. } = self.get(id) else { return Vec::new() };
        if !enter(met, id) {
            return Vec::new();
        }
        let each = |member: crate::Member<'a>| match member.name {
            "" => self.members_in(member.of, met),
            _ => vec![(member.name, member.of, member.bits)],
        };
        members.into_iter().flat_map(each).collect()
    }

    /// The path to a member of a struct inside another, by its name: the shortest.
    pub fn nested(&self, composite: TypeId, name: &str) -> Option<String> {
        let (mut met, mut open) = (HashSet::new(), vec![(composite, String::new())]);
        while !open.is_empty() {
            let mut inner = Vec::new();
            for (outer, before) in open {
                for (member, of, _) in self.members(outer) {
                    let path = format!("{before}{member}");
                    if member == name && !before.is_empty() {
                        return Some(path);
                    }
                    if matches!(self.get(self.bare(of)), Type::Composite { .. }) && enter(&mut met, self.bare(of)) {
                        inner.push((of, format!("{path}.")));
                    }
                }
            }
            open = inner;
        }
        None
    }

    /// The names of all raw tracepoints, each with the module that has it.
    pub fn tracepoints(&self) -> Vec<(Option<&str>, &str)> {
        let modules = self.modules.all(&self.kernel).map(|(name, part)| (Some(name), part));
        let of = |(module, part): (Option<&'static str>, _)| {
            let named = self.names(part, Named::Typedef);
            named.filter_map(move |name| Some((module, name.strip_prefix("btf_trace_")?)))
        };
        [(None, &self.kernel)].into_iter().chain(modules).flat_map(of).collect()
    }

    /// The names of all structs of the kernel's own.
    pub fn structs(&self) -> impl Iterator<Item = &str> {
        self.names(&self.kernel, Named::Struct).filter(|name| !name.is_empty())
    }

    /// The names of all functions of the kernel's own.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.names(&self.kernel, Named::Function)
    }

    fn names<'a>(&'a self, part: &'a Part, wanted: Named) -> impl Iterator<Item = &'a str> {
        let named = part.ids().map(move |id| self.named_in(part, id));
        named.filter(move |named| named.1 == wanted).map(|named| named.0)
    }
}
