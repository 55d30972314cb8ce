//! The kernel's structs as C: fragments of the members that are touched, which libbpf relocates when it loads the object
//! (CO-RE), and loads from them.

use super::expr::integer;
use super::record::c_type;
use super::stmt::Printer;
use super::view::StructView;
use nu_ebpf_ir::ir::{Access, Declared, ExprId, ExprKind, Object, Space, Step, Tag, Type, Variable};
use std::collections::BTreeMap;

/// Members by their names, each as it is declared.
type Members = BTreeMap<String, String>;

/// The fragments of all structs that an object's programs touch: what lies in another comes before it.
pub fn structs(object: &Object) -> Vec<StructView> {
    let mut fragments: BTreeMap<&Tag, (Members, Vec<&Tag>)> = BTreeMap::new();
    let accesses = object.programs.iter().flat_map(|program| &program.accesses);
    let variables = object.programs.iter().flat_map(|program| &program.variables);
    for tag in variables.filter_map(|variable| composite(variable.declared.as_ref()?)) {
        fragments.entry(tag).or_default();
    }
    for access in accesses.filter(|access| access.fixed.is_none()) {
        fragments.entry(&access.root).or_default();
        for step in &access.steps {
            if let Some(inner) = composite(&step.declared) {
                fragments.entry(inner).or_default();
                fragments.entry(&step.within).or_default().1.push(inner);
            }
            let line = declaration(&step.declared, &step.member);
            fragments.entry(&step.within).or_default().0.insert(step.member.clone(), line);
        }
    }
    let mut views = Vec::new();
    let mut done: Vec<&Tag> = Vec::new();
    while done.len() < fragments.len() {
        let ready = |tag: &&&Tag| {
            !done.contains(*tag) && fragments[**tag].1.iter().all(|inner| done.contains(inner) || inner == *tag)
        };
        let Some(tag) = fragments.keys().find(ready).copied() else { break };
        done.push(tag);
        views.push(StructView {
            doc: (done.len() == 1)
                .then(|| "What is read of the kernel's own structs; libbpf finds where it lies.".into()),
            name: name(tag),
            members: members(&fragments[tag].0),
            attribute: Some("__attribute__((preserve_access_index))"),
            is_union: tag.union,
        });
    }
    views
}

/// The variables of the kernel's that an object's programs look at, each declared once.
pub fn variables(object: &Object) -> Vec<String> {
    let all = object.programs.iter().flat_map(|program| &program.variables);
    let declared: BTreeMap<&str, String> = all.map(|variable| (variable.name.as_str(), external(variable))).collect();
    declared.into_values().collect()
}

fn external(variable: &Variable) -> String {
    let of = variable.declared.as_ref().map(|declared| declaration(declared, &variable.name));
    format!("extern const {} __ksym;", of.unwrap_or_else(|| format!("void {}", variable.name)))
}

/// One that only an address is taken of has no member; clang 19 fails at such.
fn members(members: &Members) -> Vec<String> {
    let none = || vec!["char nu_unread".to_string()];
    if members.is_empty() { none() } else { members.values().cloned().collect() }
}

/// The struct that lies in a member.
fn composite(declared: &Declared) -> Option<&Tag> {
    match declared {
        Declared::Composite(tag) => Some(tag),
        Declared::Array { of, .. } => composite(of),
        _ => None,
    }
}

/// What libbpf makes of it is the name before the three underscores.
fn name(tag: &Tag) -> String {
    match &tag.name {
        Ok(name) => format!("{name}___nu"),
        Err(number) => format!("nu_unnamed_{number}"),
    }
}

fn tagged(tag: &Tag) -> String {
    format!("{} {}", if tag.union { "union" } else { "struct" }, name(tag))
}

fn declaration(declared: &Declared, member: &str) -> String {
    match declared {
        Declared::Int { bytes: 1, .. } => format!("char {member}"),
        Declared::Int { signed, bytes } => format!("{} {member}", int(*signed, *bytes)),
        Declared::Bits { signed, bytes, bits } => format!("{} {member} : {bits}", int(*signed, *bytes)),
        Declared::Bool => format!("bool {member}"),
        Declared::Enum { bits: 0, .. } => format!("nu_enum {member}"),
        Declared::Enum { bits, .. } => format!("nu_enum {member} : {bits}"),
        Declared::Pointer => format!("void *{member}"),
        Declared::Composite(tag) => format!("{} {member}", tagged(tag)),
        Declared::Array { of, length } => declaration(of, &format!("{member}[{length}]")),
    }
}

fn int(signed: bool, bytes: u32) -> String {
    format!("__{}{}", if signed { 's' } else { 'u' }, bytes * 8)
}

/// `f_path.dentry`, `in6_u.u6_addr32[2]`
fn path(access: &Access) -> String {
    let step = |step: &Step| {
        let index: String = step.index.iter().map(|index| format!("[{}]", integer(i64::from(*index)))).collect();
        format!("{}{index}", step.member)
    };
    access.steps.iter().map(step).collect::<Vec<_>>().join(".")
}

impl Printer<'_> {
    /// The address of a variable, of the processor's own or of that of a number.
    pub fn variable(&mut self, variable: usize, cpu: Option<ExprId>) -> String {
        let cpu = cpu.map(|cpu| self.expr(cpu));
        let Variable { name, declared, .. } = &self.program.variables[variable];
        match (declared, cpu) {
            (None, _) => format!("(__u64)&{name}"),
            (Some(_), None) => format!("(__u64)bpf_this_cpu_ptr(&{name})"),
            (Some(_), Some(cpu)) => format!("(__u64)bpf_per_cpu_ptr(&{name}, nu_cpu({cpu}))"),
        }
    }

    fn pointed(&mut self, base: ExprId, access: usize) -> (String, &Access) {
        let base = self.expr(base);
        let access = &self.program.accesses[access];
        (format!("((const {} *){base})", tagged(&access.root)), access)
    }

    /// The address of a member.
    pub fn member(&mut self, base: ExprId, access: usize) -> String {
        if let Some(bits) = self.program.accesses[access].fixed {
            return self.behind(base, access, bits / 8);
        }
        let (base, access) = self.pointed(base, access);
        match access.steps.is_empty() {
            true => format!("(__u64){base}"),
            false => format!("(__u64)&{base}->{}", path(access)),
        }
    }

    /// The address of a program's member, so many bytes behind that of its struct.
    fn behind(&mut self, base: ExprId, access: usize, bytes: u32) -> String {
        let (base, access) = (self.expr(base), &self.program.accesses[access]);
        match access.steps.is_empty() {
            true => format!("(__u64){base}"),
            false => format!("nu_at({base}, {bytes} /* {} */)", path(access)),
        }
    }

    /// The address of the struct that a member lies in.
    pub fn container(&mut self, member: ExprId, access: usize) -> String {
        let member = self.operand(member);
        let access = &self.program.accesses[access];
        if let Some(bits) = access.fixed {
            return format!("({member} - {} /* {} */)", bits / 8, path(access));
        }
        format!("({member} - bpf_core_field_offset({}, {}))", tagged(&access.root), path(access))
    }

    /// Whether a load fails; it puts what it reads into `to`.
    pub fn load(&mut self, pointer: ExprId, (space, direct): (Space, bool), to: &str, ty: Type) -> String {
        let read = if space == Space::User { "nu_read_user" } else { "nu_read" };
        let program = self.program;
        let ExprKind::Member { base, access, .. } = program.expr(pointer).kind else {
            let from = self.expr(pointer);
            return format!("{read}({from}, &{to})");
        };
        let place = &self.program.accesses[access];
        if let Some(offset) = place.fixed {
            let Some(bits) = place.steps.last().and_then(Step::bits) else {
                let from = self.behind(base, access, offset / 8);
                return format!("{read}({from}, &{to})");
            };
            let (from, shift) = (self.behind(base, access, offset / 8), offset % 8);
            let signed = matches!(ty, Type::Int(width) if width.signed);
            let word = if signed { "__s64" } else { "__u64" };
            let whose = if space == Space::User { "user" } else { "kernel" };
            return format!("nu_read_{whose}_bits({from}, {shift}, {bits}, {word}, &{to})");
        }
        let plain = self.expr(base);
        let (base, access) = self.pointed(base, access);
        let bits = access.steps.last().and_then(Step::bits);
        let path = path(access);
        match (bits, direct) {
            (Some(_), _) => format!("nu_read_bits({base}, {path}, &{to})"),
            (None, true) => format!("nu_direct({plain}, {}, &{base}->{path}, &{to})", c_type(ty)),
            (None, false) => format!("{read}(&{base}->{path}, &{to})"),
        }
    }
}
