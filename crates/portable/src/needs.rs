//! What a program relies on of the machine that it was compiled on, and whether another has the same: members of records,
//! arguments, structs and enums of the kernel, builds of programs. Only what the closure uses is looked at: what else
//! differs makes no difference.

use crate::description::Portable;
use crate::elf;
use crate::ir::{
    Access, AttachPoint, Declared, ExprKind, Field, Member, Names, Place, Program, Step, Tag, Title, Variable,
};
use crate::spec::code::Code;
use crate::spec::feature::{COOKIE, FEATURES, Feature, Kernel, OLDEST, Version};
use crate::spec::field::RETVAL;
use crate::spec::probe::Frame;
use nu_ebpf_btf::{Btf, Prototype, Type as BtfType, TypeId};
use nu_ebpf_ir::error::{Error, Result};
use nu_ebpf_machine::{place, tracefs};
use nu_ebpf_privilege::{Deed, Links, contents, raise};
use nu_protocol::Span;
use object::Object as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// What one program relies on.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Needs {
    /// Of a tracepoint's record, or a USDT probe's arguments.
    members: Vec<Member>,
    /// Of each target, in their order.
    arguments: Vec<Vec<Argument>>,
    /// Ways through the kernel's structs.
    accesses: Vec<Access>,
    /// The kernel's variables.
    pub variables: Vec<Variable>,
    /// The kernel's enums.
    enums: Vec<Names>,
    /// Of each target the build of its file; None where any will do.
    builds: Vec<Option<String>>,
}

/// An argument, or what is returned, by the field that reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Argument {
    /// `arg2`, `retval`
    field: String,
    /// `size_t count`
    declared: String,
}

impl Needs {
    /// # Errors
    /// A file that an attach point names cannot be read, or a struct's place is known for this kernel only.
    pub fn of(program: &Program) -> Result<Needs> {
        let fields = program.exprs.iter().filter_map(|expr| match expr.kind {
            ExprKind::Field(field) => Some(field),
            _ => None,
        });
        let (mut needs, mut read, mut typed) = (Needs::default(), BTreeSet::new(), false);
        for field in fields {
            match field {
                Field::Member { member, .. } => {
                    let member = program.context.members.get(member);
                    needs.members.extend(member.filter(|member| !needs.members.contains(member)).cloned());
                }
                Field::Argument { row, .. } => {
                    read.insert(row.name);
                    typed = true;
                }
                Field::Builtin(row) => drop(read.insert(row.name)),
                Field::Target => {}
            }
        }
        let (own, fixed): (Vec<&Access>, Vec<&Access>) =
            program.accesses.iter().partition(|access| access.fixed.is_none());
        let binary = matches!(program.target().place, Place::Binary { .. } | Place::Usdt { .. });
        if let Some(access) = fixed.first().filter(|_| !binary) {
            let name = access.root.name.as_deref().unwrap_or_default();
            let what = format!("several types of the kernel are called `{name}`");
            return Err(Error::new(Code::ClosureFlag, what)
                .label(program.target().span, "its members lie elsewhere in another kernel")
                .help("attach it on the machine that it is for: ebpf attach"));
        }
        needs.accesses = own.into_iter().cloned().collect();
        needs.variables = program.variables.clone();
        needs.arguments = program.targets.iter().map(|target| arguments(target, &read)).collect();
        let file = matches!(program.target().place, Place::Binary { .. });
        // Of a program, the enum's numbers are its build's.
        needs.enums = if file { Vec::new() } else { program.enums.clone() };
        let build = |target: &AttachPoint| match &target.place {
            Place::Binary { binary, function, offset, .. }
                if function.is_none() || *offset > 0 || typed || !fixed.is_empty() =>
            {
                build(Path::new(binary)).map(Some)
            }
            _ => Ok(None),
        };
        needs.builds = program.targets.iter().map(build).collect::<Result<_>>()?;
        Ok(needs)
    }
}

/// Those of a function's arguments, or of what it gives, that are read; None where nobody describes them.
fn arguments(target: &AttachPoint, read: &BTreeSet<&str>) -> Vec<Argument> {
    let Ok(btf) = Btf::kernel() else { return Vec::new() };
    let Some(prototype) = btf.probed(target) else { return Vec::new() };
    let one = |field: &&str| {
        let declared = argument(btf, &prototype, field)?;
        Some(Argument { field: (*field).to_string(), declared })
    };
    read.iter().filter_map(one).collect()
}

fn argument(btf: &Btf, prototype: &Prototype, field: &str) -> Option<String> {
    let gives = || prototype.gives.map(|gives| format!("to return {}", btf.declared(gives)));
    if field == RETVAL {
        return gives();
    }
    let number: usize = field.strip_prefix("arg")?.parse().ok()?;
    match prototype.params.get(number) {
        Some(param) => Some(format!("{} {}", btf.declared(param.ty), param.name)),
        // Behind its arguments, a program finds what a function has returned.
        None if number == prototype.params.len() => gives(),
        None => None,
    }
}

/// What tells one build of a program from another: the number that its linker has given it, or else its bytes.
fn build(path: &Path) -> Result<String> {
    let _raised = raise(Deed::Files);
    let data = contents(path, Links::Followed).map_err(|error| Error::io(path, &error))?;
    let given = object::File::parse(&*data).ok().and_then(|file| Some(file.build_id().ok()??.to_vec()));
    let number = given.unwrap_or_else(|| Sha256::digest(&data).to_vec());
    Ok(number.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Portable {
    /// The kernel features that the programs use. libbpf's own code for USDT probes looks for cookies by itself.
    fn features(&self) -> impl Iterator<Item = &'static Feature> {
        let helpers = elf::helpers(&self.elf);
        let usdt = self.object.targets().any(|target| target.kind.frame == Frame::Usdt);
        let used = move |row: &&Feature| {
            row.helper > 0 && helpers.contains(&row.helper) && !(usdt && row.helper == COOKIE.helper)
        };
        FEATURES.iter().copied().filter(used)
    }

    /// The first kernel that has all of them.
    pub fn oldest(&self) -> Version {
        self.features().map(|row| row.since).chain([OLDEST]).max().unwrap_or(OLDEST)
    }

    /// Finds the attach points on this machine, and looks whether it has what the programs rely on. `at`: where the file is
    /// named; `cwd`: where paths begin.
    ///
    /// # Errors
    /// [`Code::ObjectDiffers`], or that there is no such attach point.
    pub fn settle(&mut self, at: Span, cwd: &Path, kernel: Kernel) -> Result<()> {
        if let Some(lacked) = self.features().find(|row| !kernel.has(row)) {
            return Err(lacking(lacked, at));
        }
        let own = std::env::consts::ARCH;
        if self.processor != own {
            return Err(differs(at, &format!("it is for {}, and this machine is {own}", self.processor), COMPILE));
        }
        for (program, needs) in self.object.programs.iter_mut().zip(&self.needs) {
            for target in &mut program.targets {
                *target = found(target, cwd)?;
            }
            let said = |what: String| differs(at, &what, TYPES);
            needs.check_members(program).map_err(said)?;
            needs.check_arguments(program).map_err(said)?;
            needs.check_types().map_err(said)?;
            needs.check_builds(program).map_err(|what| differs(at, &what, COMPILE))?;
        }
        Ok(())
    }
}

/// The error for a feature that this machine's kernel lacks.
fn lacking(feature: &Feature, at: Span) -> Error {
    let Feature { name, since, purpose, .. } = feature;
    let older = Version(since.0, since.1.saturating_sub(1));
    Error::new(Code::KernelOld, format!("this object needs Linux {since}"))
        .label(at, format!("it calls {name}, which this kernel does not have"))
        .help(match feature.fallback {
            Some(_) => format!("compile it for older kernels: ebpf compile --kernel {older} TARGET {{|ctx| … }}"),
            None => format!("run it on Linux {since} or newer, or leave it out: {purpose}"),
        })
}

const COMPILE: &str =
    "compile it here, or on a machine that has the same: ebpf compile TARGET {|ctx| … } --output FILE";

const TYPES: &str = "compile it on this kernel, or with its types: copy /sys/kernel/btf/vmlinux, and name the copy in \
                     NU_EBPF_BTF when you compile; of tracepoints, /sys/kernel/tracing in NU_EBPF_TRACEFS";

fn differs(at: Span, what: &str, help: &str) -> Error {
    let message = format!("this object was compiled for another machine: {what}");
    Error::new(Code::ObjectDiffers, message).label(at, "this object").help(help)
}

/// The same attach point here: files are looked for as the user has named them, behind the kind.
fn found(target: &AttachPoint, cwd: &Path) -> Result<AttachPoint> {
    let mut target = target.clone();
    if let Place::Binary { binary, .. } | Place::Usdt { binary, .. } = &mut target.place
        && let Some(named) = target.text.split(':').nth(1)
    {
        *binary = named.to_string();
    }
    match &target.place {
        // The kernel's own words for one that is missing would name neither.
        Place::Tracepoint { .. } => place::missing(&target, cwd).map_or(Ok(()), Err)?,
        Place::Binary { .. } | Place::Usdt { .. } | Place::Raw(_) => return place::located(&target, cwd),
        Place::Function(_) | Place::Symbol { .. } | Place::Samples { .. } | Place::Watch { .. } | Place::Nowhere => {}
    }
    Ok(target)
}

type Checked = std::result::Result<(), String>;

impl Needs {
    fn check_members(&self, program: &Program) -> Checked {
        if self.members.is_empty() {
            return Ok(());
        }
        for target in &program.targets {
            let context = tracefs::context(target).map_err(|error| error.message)?;
            for member in &self.members {
                let name = format!("`{}` of `{}`", member.name, target.text);
                let Some(own) = context.member(&member.name).map(|place| &context.members[place]) else {
                    return Err(format!("here is no {name}"));
                };
                let lies = |one: &Member| (one.offset, one.size, one.ty, one.form);
                if lies(own) != lies(member) {
                    let words = |one: &Member| format!("`{}` of {} bytes at {}", one.declared, one.size, one.offset);
                    return Err(format!("{name} was {}, here it is {}", words(member), words(own)));
                }
            }
        }
        Ok(())
    }

    fn check_arguments(&self, program: &Program) -> Checked {
        for (target, wanted) in program.targets.iter().zip(&self.arguments).filter(|(_, wanted)| !wanted.is_empty()) {
            let prototype = Btf::kernel().ok().and_then(|btf| Some((btf, btf.probed(target)?)));
            // That there is no such function is an error of attaching.
            let Some((btf, prototype)) = prototype else { continue };
            for one in wanted {
                let own = argument(btf, &prototype, &one.field);
                if own.as_ref() != Some(&one.declared) {
                    let own = own.map_or("nothing".to_string(), |own| format!("`{own}`"));
                    let name = target.title(Title::Function);
                    return Err(format!("`{}` of `{name}` was `{}`, here it is {own}", one.field, one.declared));
                }
            }
        }
        Ok(())
    }

    /// Of the kernel's structs and enums.
    fn check_types(&self) -> Checked {
        if self.accesses.is_empty() && self.enums.is_empty() && self.variables.is_empty() {
            return Ok(());
        }
        let btf = Btf::kernel().map_err(|error| error.message)?;
        self.accesses.iter().try_for_each(|access| check_access(btf, access))?;
        self.variables.iter().try_for_each(|variable| check_variable(btf, variable))?;
        self.enums.iter().try_for_each(|names| check_enum(btf, names))
    }

    fn check_builds(&self, program: &Program) -> Checked {
        for (target, wanted) in program.targets.iter().zip(&self.builds) {
            if let (Some(wanted), Place::Binary { binary, .. }) = (wanted, &target.place) {
                let own = build(Path::new(binary)).map_err(|error| error.message)?;
                if own != *wanted {
                    return Err(format!("{binary} is another build here, whose addresses and types may differ"));
                }
            }
        }
        Ok(())
    }
}

/// Whether each member on a way is here as it was: libbpf finds where they lie, but takes numbers of any size for one.
fn check_access(btf: &Btf, access: &Access) -> Checked {
    let Ok(root) = &access.root.name else { return Ok(()) };
    let words = words(&access.root, root);
    let Some(mut ty) = btf.type_named(&words) else { return Err(format!("here is no `{words}`")) };
    for step in &access.steps {
        let name = format!("`{}` of `{words}`", step.member);
        let Some(found) = btf.member(ty, &step.member) else { return Err(format!("here is no {name}")) };
        let own = btf.declaration(found.ty, found.bits);
        if !own.as_ref().is_some_and(|own| same(own, &step.declared)) {
            let own = btf.declared(found.ty);
            return Err(format!("{name} was {}, here it is `{own}`", said(&step.declared)));
        }
        ty = element(btf, found.ty, step);
    }
    Ok(())
}

/// Whether what each processor has its own of is what it was: libbpf looks only whether it is a struct, or a number.
fn check_variable(btf: &Btf, variable: &Variable) -> Checked {
    let Some(declared) = &variable.declared else { return Ok(()) };
    let name = format!("variable `{}` of each processor's own", variable.name);
    let Some(ty) = btf.per_cpu(&variable.name) else { return Err(format!("here is no {name}")) };
    match btf.declaration(ty, 0).is_some_and(|own| same(&own, declared)) {
        true => Ok(()),
        false => Err(format!("the {name} was {}, here it is `{}`", said(declared), btf.declared(ty))),
    }
}

fn words(tag: &Tag, name: &str) -> String {
    format!("{} {name}", if tag.union { "union" } else { "struct" })
}

/// What an element of an array is, as deep as one is meant.
fn element(btf: &Btf, mut ty: TypeId, step: &Step) -> TypeId {
    for _ in &step.index {
        if let BtfType::Array { of, .. } = btf.get(btf.bare(ty)) {
            ty = of;
        }
    }
    ty
}

/// Whether two declarations are one to whoever reads: a struct without a name has another number in each kernel.
fn same(own: &Declared, other: &Declared) -> bool {
    match (own, other) {
        (Declared::Composite(own), Declared::Composite(other)) => {
            own.union == other.union && own.name.as_ref().ok() == other.name.as_ref().ok()
        }
        (Declared::Array { of: own, length: left }, Declared::Array { of: other, length: right }) => {
            // Letters have a sign in some kernels (before 6.2), and mean the same.
            let letter = |declared: &Declared| matches!(declared, Declared::Int { bytes: 1, .. });
            left == right && (same(own, other) || letter(own) && letter(other))
        }
        (own, other) => own == other,
    }
}

fn said(declared: &Declared) -> String {
    match declared {
        Declared::Int { signed, bytes } => {
            format!("a number of {bytes} bytes {} a sign", if *signed { "with" } else { "without" })
        }
        Declared::Bits { bits, .. } => format!("of {bits} bits"),
        Declared::Bool => "a bool".into(),
        Declared::Enum { bytes, bits: 0 } => format!("an enum of {bytes} bytes"),
        Declared::Enum { bits, .. } => format!("an enum of {bits} bits"),
        Declared::Pointer => "an address".into(),
        Declared::Composite(tag) => match &tag.name {
            Ok(name) => format!("`{}`", words(tag, name)),
            Err(_) => "a struct without a name".into(),
        },
        Declared::Array { of, length } => format!("an array of {length}, each {}", said(of)),
    }
}

/// Whether the names of an enum stand for the numbers that they stood for.
fn check_enum(btf: &Btf, names: &Names) -> Checked {
    let declared = &names.declared;
    // Of those without a name nobody can say which they are.
    let Some(ty) = btf.type_named(declared) else { return Ok(()) };
    let BtfType::Enum { values, .. } = btf.get(btf.bare(ty)) else { return Ok(()) };
    for (name, number) in names.values.iter() {
        let own = values.iter().find(|(own, _)| own == name).map(|(_, own)| *own);
        if own.is_some_and(|own| own != *number) {
            let own = own.unwrap_or_default();
            return Err(format!("`{name}` of `{declared}` was {number}, here it is {own}"));
        }
    }
    Ok(())
}
