//! Fields of the context whose types the kernel knows: `$ctx.args`, `$ctx.retval`, `$ctx.task`. What becomes of them,
//! [`super::kernel`] knows.

use super::kernel::{Typed, is_char, scalar};
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer;
use crate::ir::{AttachPoint, ExprKind, Field, Named, Place, Title, Type};
use crate::spec::field::{ARGS, ENTRY, Field as FieldRow, RETVAL, TASK, field};
use crate::spec::probe::{Attach, Frame, ITERATORS};
use nu_ebpf_btf::{Btf, Number, Parameter, Prototype, Type as BtfType, TypeId};
use std::collections::BTreeSet;

impl Lowering<'_> {
    /// Whether the attach point is a function, or a raw tracepoint, with arguments by name.
    pub fn has_arguments(&self) -> bool {
        let frame = self.context.frame;
        let kernel = matches!(self.target.kind.attach, Attach::Kprobe { ret: false });
        kernel || matches!(frame, Frame::Function | Frame::FunctionReturn | Frame::Raw)
    }

    pub fn prototype(&self, span: Span) -> Result<Option<Prototype>> {
        Ok(prototype(self.btf(span)?, self.target))
    }

    /// A field of the context whose type the kernel knows, if it is one.
    pub fn typed_field(&mut self, name: &str, span: Span) -> Result<Option<Reg>> {
        let frame = self.context.frame;
        let trampoline = matches!(self.target.kind.attach, Attach::Trampoline { .. } | Attach::Raw);
        let of_kernel = trampoline || matches!(self.target.kind.attach, Attach::Kprobe { .. });
        if name == TASK {
            let (Ok(btf), Some(row)) = (Btf::kernel(), field(TASK, frame)) else { return Ok(None) };
            let Some(to) = btf.type_named("struct task_struct") else { return Ok(None) };
            let base = self.bound(ExprKind::Field(Field::Builtin(row)), TASK, span);
            return Ok(Some(Reg::Typed(Typed::address(base, to, true, span))));
        }
        if name == RETVAL && of_kernel && matches!(frame, Frame::Return | Frame::FunctionReturn) {
            // A kprobe may hang at a function that has no description.
            let known = self.prototype(span).ok().flatten();
            let Some(prototype) = known else { return Ok(None) };
            self.asking.typed.insert(RETVAL.to_string());
            let Some(gives) = prototype.gives else { return Ok(Some(self.nothing(span))) };
            let row = match frame {
                Frame::Return => field(RETVAL, frame),
                _ => field(&format!("arg{}", prototype.params.len()), frame),
            };
            return row.map(|row| self.in_register((row, false), RETVAL, gives, span)).transpose();
        }
        if trampoline && let Some(number) = name.strip_prefix("arg").and_then(|number| number.parse::<usize>().ok()) {
            let count = self.prototype(span)?.map_or(0, |prototype| prototype.params.len());
            if number >= count {
                return Err(Error::new(Code::ClosureField, format!("there is no argument {number}"))
                    .label(self.place(span), format!("it has {count}, counted from 0"))
                    .help("their names: $ctx.args"));
            }
        }
        Ok(None)
    }

    /// Whether the entry of what returns is that of a kernel's function.
    pub fn enters_function(&self) -> bool {
        let entry = self.context.entry.as_deref();
        entry.is_some_and(|(target, _)| target.kind.attach == Attach::Kprobe { ret: false })
    }

    /// `$ctx.args.NAME` of a function; `$ctx.entry.args.NAME` of one that returns.
    pub fn typed_argument(
        &mut self, name: &str, (entered, optional): (bool, bool), (span, at): (Span, Span),
    ) -> Result<Reg> {
        self.asking.typed.insert(name.to_string());
        let Some(prototype) = self.prototype(span)? else {
            return Err(Error::new(Code::ClosureField, "the arguments of this function are not described")
                .label(self.place(at), "the kernel has no type information of it")
                .help("take them by their numbers: $ctx.arg0"));
        };
        let Some(index) = prototype.params.iter().position(|param| param.name == name) else {
            if optional {
                return Ok(self.nothing(span));
            }
            let names: Vec<&str> = prototype.params.iter().map(|param| param.name.as_str()).collect();
            let list = format!("it has {}", names.join(", "));
            return Err(Error::new(Code::ClosureField, format!("`{}` has no argument `{name}`", self.target.text))
                .label(self.place(at), "no such argument")
                .help(offer(name, names, list)));
        };
        let btf = self.btf(span)?;
        let in_registers = |param: &Parameter| {
            !matches!(btf.get(btf.bare(param.ty)), BtfType::Composite { .. } | BtfType::Float { .. })
        };
        let frame = if entered { Frame::Entry } else { self.context.frame };
        let row = field(&format!("arg{index}"), frame);
        match row.filter(|_| prototype.params[..=index].iter().all(in_registers)) {
            Some(row) => self.in_register((row, entered), name, prototype.params[index].ty, span),
            None => Err(Error::new(Code::ClosureField, format!("the argument `{name}` cannot be read"))
                .label(self.place(at), "it, or one before it, is passed otherwise than in a register")
                .help("probe a function that it calls")),
        }
    }

    /// What is in a register of the context, or was at the entry, by the type that the kernel declares.
    pub fn in_register(
        &mut self, (row, entered): (&'static FieldRow, bool), name: &str, ty: TypeId, span: Span,
    ) -> Result<Reg> {
        let btf = self.btf(span)?;
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
        let direct = !matches!(self.context.frame, Frame::Entry | Frame::Return);
        Ok(Reg::Typed(Typed::address(base, to, direct, span)))
    }
}

fn prototype(btf: &Btf, target: &AttachPoint) -> Option<Prototype> {
    // The kernel describes its own functions, of modules another file does; and inside of a function the registers hold
    // something else.
    if matches!(target.place, Place::Symbol { .. }) {
        return None;
    }
    let name = target.title(Title::Function);
    match target.kind.attach {
        Attach::Kprobe { .. } | Attach::Trampoline { .. } => btf.function(&name),
        Attach::Raw => btf.tracepoint(&name),
        Attach::Iterator => btf.function(&format!("{}{name}", ITERATORS.0)),
        _ => None,
    }
}

/// Whether arguments of those names, or what is returned, are the same at two attach points.
pub fn alike(names: &BTreeSet<String>, one: &AttachPoint, other: &AttachPoint) -> bool {
    let Ok(btf) = Btf::kernel() else { return true };
    let of = |target| {
        let known = prototype(btf, target);
        let of_name = |name: &String| {
            let known = known.as_ref()?;
            let (place, ty) = match name.as_str() {
                RETVAL => (0, known.gives),
                name => known
                    .params
                    .iter()
                    .enumerate()
                    .find(|param| param.1.name == name)
                    .map(|(at, param)| (at, Some(param.ty)))?,
            };
            // Of numbers, only what tells them apart: they go by many names.
            let scalar = ty.and_then(|ty| scalar(btf, ty)).filter(|_| ty.is_some_and(|ty| btf.number(ty).is_none()));
            Some((place, scalar.is_none().then_some(ty), scalar))
        };
        names.iter().map(of_name).collect::<Vec<_>>()
    };
    names.is_empty() || of(one) == of(other)
}

/// What an attach point's arguments are, and what it returns, for people.
pub fn fields(target: &AttachPoint) -> Vec<Named> {
    let known = Btf::kernel().ok().and_then(|btf| Some((btf, prototype(btf, target)?)));
    let Some((btf, prototype)) = known else { return Vec::new() };
    let frame = target.kind.frame;
    let row = |field: String, ty: TypeId| {
        let declared = btf.declared(ty);
        let (ty, more) = match btf.get(btf.bare(ty)) {
            BtfType::Pointer(to) if is_char(btf, to) => (Some("string"), String::new()),
            BtfType::Pointer(to) if !btf.members(to).is_empty() => {
                (Some("address"), format!(": ebpf type '{}'", btf.declared(btf.bare(to))))
            }
            BtfType::Pointer(_) => (Some("address"), String::new()),
            _ => (
                scalar(btf, ty).map(|plain| btf.number(ty).and_then(Number::shown).unwrap_or(plain.kind().name())),
                String::new(),
            ),
        };
        Named { field, ty: ty.map(String::from), doc: format!("{declared}{more}"), declared: Some(declared) }
    };
    let before = match frame {
        Frame::Return => format!("{ENTRY}.{ARGS}."),
        Frame::Iterator => String::new(),
        _ => format!("{ARGS}."),
    };
    let own = prototype.params.iter().map(|param| row(format!("{before}{}", param.name), param.ty));
    let returns = matches!(frame, Frame::Return | Frame::FunctionReturn);
    let gives = prototype.gives.filter(|_| returns).map(|gives| row(RETVAL.to_string(), gives));
    own.chain(gives).collect()
}
