//! Fields of the context whose types the kernel knows, or a program's file: `$ctx.args`, `$ctx.retval`, `$ctx.task`. What
//! becomes of them, [`super::kernel`] knows.

use super::all::EVERY;
use super::kernel::{Typed, is_char, scalar};
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer;
use crate::ir::{AttachPoint, ExprId, ExprKind, Field, Named, Place, Shape, Space, Type};
use crate::spec::feature::INT_ARGUMENT;
use crate::spec::field::{ARGS, ENTRY, Field as FieldRow, RETVAL, TASK, field};
use crate::spec::probe::{Attach, Frame};
use nu_ebpf_btf::{Btf, Number, Parameter, Prototype, Type as BtfType, TypeId};
use nu_ebpf_dwarf::{Function, Missing};
use std::collections::BTreeSet;
use std::path::Path;

/// The attach points of a kind that are functions of binaries.
const ENTRIES: [Attach; 2] = [Attach::Kprobe { ret: false }, Attach::Uprobe { ret: false }];

impl Lowering<'_> {
    /// Returns whether the attach point is a function, or a raw tracepoint, with arguments by name.
    pub fn has_arguments(&self) -> bool {
        let frame = self.context.frame;
        ENTRIES.contains(&self.target.kind.attach)
            || matches!(frame, Frame::Function | Frame::FunctionReturn | Frame::Raw)
    }

    /// The function of the attach point, with the types that describe it. `names`: the arguments that are read of it, or
    /// what it returns, which must be the same for all functions of its name.
    pub fn prototype(&self, names: &[&str], span: Span) -> Result<Option<Function>> {
        if binary(self.target).is_none() {
            self.btf(span)?;
        }
        match prototype(self.target, names) {
            Ok(known) => Ok(Some(known)),
            Err(Undescribed::Several(all)) => Err(self.several_functions(&all, span)),
            Err(Undescribed::Nothing(_)) => Ok(None),
        }
    }

    /// The error of a name that several functions share whose arguments are not the same.
    fn several_functions(&self, all: &[nu_ebpf_dwarf::Place], span: Span) -> Error {
        let file = self.target.text.rsplit_once(':').map_or("", |(file, _)| file);
        let each = all.iter().map(|one| {
            let params = one.function.as_ref().map(|(btf, known)| {
                let param = |param: &Parameter| format!("{} {}", btf.declared(param.ty), param.name);
                known.params.iter().map(param).collect::<Vec<_>>().join(", ")
            });
            let params = params.map_or("no debug information".into(), |params| format!("({params})"));
            format!("{file}:0x{:x} ({} {params})", one.address, one.source)
        });
        Error::new(
            Code::ClosureField,
            format!("`{}` means {} functions, which differ in this", self.target.text, all.len()),
        )
        .label(self.place(span), "of which one?")
        .help(format!("probe one by its address: {}", each.collect::<Vec<_>>().join("; ")))
    }

    /// A field of the context whose type the kernel knows, if it is one.
    pub fn typed_field(&mut self, name: &str, span: Span) -> Result<Option<Reg>> {
        let frame = self.context.frame;
        let trampoline = matches!(self.target.kind.attach, Attach::Trampoline { .. } | Attach::Raw | Attach::Lsm);
        let described = trampoline || matches!(self.target.kind.attach, Attach::Kprobe { .. } | Attach::Uprobe { .. });
        if name == TASK {
            let (Ok(btf), Some(row)) = (Btf::kernel(), field(TASK, frame)) else { return Ok(None) };
            let Some(to) = btf.type_named("struct task_struct") else { return Ok(None) };
            let base = self.bound(ExprKind::Field(Field::Builtin(row)), TASK, span);
            return Ok(Some(Reg::Typed(Typed::address(base, (btf, to), self.options.kernel.has(row.needs), span))));
        }
        if name == RETVAL && described && matches!(frame, Frame::Return | Frame::FunctionReturn) {
            // A kprobe may hang at a function that has no description.
            let known = match prototype(self.target, &[RETVAL]) {
                Err(Undescribed::Several(all)) => return Err(self.several_functions(&all, span)),
                known => known.ok(),
            };
            let Some((btf, prototype)) = known else { return Ok(None) };
            self.asking.typed.insert(RETVAL.to_string());
            let Some(gives) = prototype.gives else { return Ok(Some(self.nothing(span))) };
            let row = match frame {
                Frame::Return => field(RETVAL, frame),
                _ => field(&format!("arg{}", prototype.params.len()), frame),
            };
            return row.map(|row| self.in_register((row, false), RETVAL, (btf, gives), span)).transpose();
        }
        if trampoline && let Some(number) = name.strip_prefix("arg").and_then(|number| number.parse::<usize>().ok()) {
            let count = self.prototype(&[EVERY], span)?.map_or(0, |(_, prototype)| prototype.params.len());
            if number >= count {
                return Err(Error::new(Code::ClosureField, format!("there is no argument {number}"))
                    .label(self.place(span), format!("it has {count}, counted from 0"))
                    .help("their names: $ctx.args"));
            }
        }
        Ok(None)
    }

    /// Returns whether the entry of what returns is that of a function.
    pub fn enters_function(&self) -> bool {
        let entry = self.context.entry.as_deref();
        entry.is_some_and(|(target, _)| ENTRIES.contains(&target.kind.attach))
    }

    /// `$ctx.args.NAME` of a function; `$ctx.entry.args.NAME` of one that returns.
    pub fn typed_argument(
        &mut self, name: &str, (entered, optional): (bool, bool), (span, at): (Span, Span),
    ) -> Result<Reg> {
        self.asking.typed.insert(name.to_string());
        let Some((btf, prototype)) = self.prototype(&[name], at)? else { return Err(self.undescribed(at)) };
        let Some(index) = prototype.params.iter().position(|param| param.name == name) else {
            if optional {
                return Ok(self.nothing(span));
            }
            let names: Vec<&str> = prototype.params.iter().map(|param| param.name.as_str()).collect();
            let list = if names.is_empty() { "it has none".into() } else { format!("it has {}", names.join(", ")) };
            return Err(Error::new(Code::ClosureField, format!("`{}` has no argument `{name}`", self.target.text))
                .label(self.place(at), "no such argument")
                .help(offer(name, names, list)));
        };
        let frame = if entered { Frame::Entry } else { self.context.frame };
        match btf.register(&prototype, index).and_then(|number| field(&format!("arg{number}"), frame)) {
            Some(row) => {
                let value = self.in_register((row, entered), name, (btf, prototype.params[index].ty), span)?;
                match value {
                    Reg::Typed(typed) if typed.is_socket_address() => {
                        let length = self.length_argument((btf, &prototype), index + 1, entered, span)?;
                        Ok(Reg::Typed(typed.of_length(length)))
                    }
                    value => Ok(value),
                }
            }
            None => Err(Error::new(Code::ClosureField, format!("the argument `{name}` cannot be read"))
                .label(self.place(at), "it, or one before it, is passed otherwise than in a register")
                .help("probe a function that it calls")),
        }
    }

    /// The argument behind a socket's address that says how long it is.
    fn length_argument(
        &mut self, (btf, prototype): (&'static Btf, &Prototype), index: usize, entered: bool, span: Span,
    ) -> Result<Option<ExprId>> {
        let Some(param) = prototype.params.get(index).filter(|param| is_length(&param.name)) else { return Ok(None) };
        if scalar(btf, param.ty).is_none() {
            return Ok(None);
        }
        let name = param.name.clone();
        match self.typed_argument(&name, (entered, false), (span, span))? {
            Reg::Shape(Shape::Leaf(length)) => Ok(Some(self.steady(length, &name))),
            _ => Ok(None),
        }
    }

    /// Why there is no type information of the function, and what to do.
    pub fn undescribed(&self, at: Span) -> Error {
        const REGISTERS: &str = "take them by their numbers: $ctx.arg0";
        let (label, help) = match &self.target.place {
            Place::Binary { offset: 1.., .. } | Place::Binary { function: None, .. } => {
                ("they are known at the beginning of a function only".to_string(), REGISTERS.to_string())
            }
            Place::Binary { binary, .. } => {
                let missing = match prototype(self.target, &[]) {
                    Err(Undescribed::Nothing(Some(missing))) => missing,
                    _ => Missing::Undescribed,
                };
                (missing.to_string(), format!("{}; or {REGISTERS}", missing.help(Path::new(binary))))
            }
            Place::Symbol { module: Some(module), .. } if !Btf::kernel().is_ok_and(|btf| btf.describes(module)) => (
                format!("the module {module} is not loaded, or was built without type information"),
                format!("load it (modprobe {module}), or {REGISTERS}"),
            ),
            _ => ("the kernel has no type information of it".to_string(), REGISTERS.to_string()),
        };
        Error::new(Code::ClosureField, "the arguments of this function are not described")
            .label(self.place(at), label)
            .help(help)
    }

    /// What is in a register of the context, or was at the entry, by the type that is declared.
    pub fn in_register(
        &mut self, (row, entered): (&'static FieldRow, bool), name: &str, (btf, ty): (&'static Btf, TypeId), span: Span,
    ) -> Result<Reg> {
        let pointer = match btf.get(btf.bare(ty)) {
            BtfType::Pointer(to) => Some(to),
            _ => None,
        };
        let scalar = match pointer {
            Some(_) => Type::Pointer(None),
            None => scalar(btf, ty).ok_or_else(|| self.opaque(btf, ty, span))?,
        };
        let field = if scalar == row.ty { Field::Builtin(row) } else { Field::Argument { row, ty: scalar } };
        let value = match entered {
            true => self.as_entered(&format!("{ARGS}.{name}"), field, span)?,
            false => self.add(ExprKind::Field(field), span),
        };
        let Some(to) = pointer else { return Ok(self.number(btf, value, ty, span).into()) };
        let base = self.steady(value, name);
        let whole = btf.whole(to);
        let typed = !matches!(self.context.frame, Frame::Entry | Frame::Return);
        let direct = typed && whole == to && self.options.kernel.has(&INT_ARGUMENT);
        let space = if btf.program().is_some() { Space::User } else { Space::Kernel };
        Ok(Reg::Typed(Typed::address(base, (btf, whole), direct, span).of_space(space)))
    }
}

/// Returns whether an argument says how long a socket's address is: `addrlen`, `addr_len`, `address_len`, `len`.
pub fn is_length(name: &str) -> bool {
    name.trim_start_matches('_').ends_with("len")
}

/// The file of a function of a binary.
pub fn binary(target: &AttachPoint) -> Option<&Path> {
    match &target.place {
        Place::Binary { binary, .. } => Some(Path::new(binary)),
        _ => None,
    }
}

/// Why the function of an attach point is not described.
enum Undescribed {
    /// Of a function of a binary, what is missing.
    Nothing(Option<Missing>),
    /// Several functions of one name differ.
    Several(Vec<nu_ebpf_dwarf::Place>),
}

/// The function of an attach point: of several of one name the first, if the arguments of those names, or what is
/// returned, are the same for all.
fn prototype(target: &AttachPoint, names: &[&str]) -> std::result::Result<Function, Undescribed> {
    match &target.place {
        Place::Binary { binary, function: Some(name), offset: 0 } => {
            let all = nu_ebpf_dwarf::functions(Path::new(binary), name);
            let all = all.map_err(|missing| Undescribed::Nothing(Some(missing)))?;
            let known: Vec<&Function> = all.iter().filter_map(|one| one.function.as_ref()).collect();
            let Some((first, others)) = known.split_first() else { return Err(Undescribed::Nothing(None)) };
            let same = |other: &&Function| names.iter().all(|name| same(name, first, other));
            match (known.len() == all.len() || names.is_empty()) && others.iter().all(same) {
                true => Ok((*first).clone()),
                false => Err(Undescribed::Several(all)),
            }
        }
        Place::Binary { .. } => Err(Undescribed::Nothing(None)),
        _ => {
            let btf = Btf::kernel().map_err(|_| Undescribed::Nothing(None))?;
            btf.probed(target).map(|prototype| (btf, prototype)).ok_or(Undescribed::Nothing(None))
        }
    }
}

/// Returns whether arguments of those names, or what is returned, are the same at two attach points.
pub fn alike(names: &BTreeSet<String>, one: &AttachPoint, other: &AttachPoint) -> bool {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let [one, other] = [one, other].map(|target| if names.is_empty() { None } else { prototype(target, &names).ok() });
    match (&one, &other) {
        (Some(one), Some(other)) => names.iter().all(|name| same(name, one, other)),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Returns whether two functions agree on what a closure reads: one argument, the return value, or all argument names.
fn same(name: &str, (btf, one): &Function, (others, other): &Function) -> bool {
    if name == EVERY {
        return one.params.iter().map(|param| &param.name).eq(other.params.iter().map(|param| &param.name));
    }
    let place = |known: &Prototype| match name {
        RETVAL => Some((0, known.gives)),
        name => {
            let (at, param) = known.params.iter().enumerate().find(|param| param.1.name == name)?;
            Some((known.before? + at, Some(param.ty)))
        }
    };
    // Of numbers, only what tells them apart: they go by many names.
    let plain = |btf: &Btf, ty| scalar(btf, ty).filter(|_| btf.number(ty).is_none());
    match (place(one), place(other)) {
        (Some((at, Some(ty))), Some((place, Some(like)))) => {
            let numbers = plain(btf, ty).is_some() && plain(btf, ty) == plain(others, like);
            at == place && (numbers || btf.alike(ty, others, like))
        }
        (one, other) => one == other,
    }
}

/// Returns an attach point's arguments and return value, for `ebpf fields`; none where they are not described, or differ
/// between functions of one name.
///
/// # Errors
/// There is a description, but it is damaged or exceeds a limit.
pub fn fields(target: &AttachPoint) -> Result<Vec<Named>> {
    let (btf, known) = match prototype(target, &[]) {
        Ok(known) => known,
        Err(Undescribed::Nothing(Some(missing @ (Missing::Unreadable(_) | Missing::Limited { .. })))) => {
            let help = binary(target).map(|path| missing.help(path)).unwrap_or_default();
            let error = Error::new(Code::Input, missing.to_string());
            return Err(error.label(target.span, "types of this binary").help(help));
        }
        Err(_) => return Ok(Vec::new()),
    };
    let same = |name: &str| prototype(target, &[name]).is_ok();
    let frame = target.kind.frame;
    let row = |field: String, ty: TypeId| {
        let declared = btf.declared(ty);
        let (ty, more) = match btf.get(btf.bare(ty)) {
            BtfType::Pointer(to) if is_char(btf, to) => (Some("string"), String::new()),
            BtfType::Pointer(to) if !btf.members(to).is_empty() => {
                let of = binary(target).map_or_else(String::new, |path| format!(" --binary {}", path.display()));
                (Some("address"), format!(": ebpf type '{}'{of}", btf.declared(btf.bare(to))))
            }
            BtfType::Pointer(_) => (Some("address"), String::new()),
            _ => (
                scalar(btf, ty).map(|plain| btf.number(ty).and_then(Number::shown).unwrap_or(plain.kind().name())),
                String::new(),
            ),
        };
        Named {
            field,
            ty: ty.map(String::from),
            doc: format!("{declared}{more}"),
            declared: Some(declared),
            since: None,
        }
    };
    let before = match frame {
        Frame::Return => format!("{ENTRY}.{ARGS}."),
        Frame::Iterator => String::new(),
        _ => format!("{ARGS}."),
    };
    let params = known.params.iter().filter(|param| same(&param.name));
    let own = params.map(|param| row(format!("{before}{}", param.name), param.ty));
    let returns = matches!(frame, Frame::Return | Frame::FunctionReturn);
    let gives = known.gives.filter(|_| returns && same(RETVAL)).map(|gives| row(RETVAL.to_string(), gives));
    Ok(own.chain(gives).collect())
}
