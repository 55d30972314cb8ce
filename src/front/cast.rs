//! Addresses of structs whose types are not told: `cast`, `container-of`, `read-bytes`, addresses as such, and the
//! kernel's variables.

use super::argument::{Args, flag};
use super::kernel::{Typed, scalar};
use super::prototype::{binary, is_length};
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer;
use crate::ir::{
    Declared, ExprId, ExprKind, Fallible, Field, Kind, Later, Place, Shape, Space, StmtKind, Type, Variable,
};
use crate::spec::command::{CPU, LEN, LENGTH, OFFSET, USER};
use crate::spec::field::ATTACHED;
use crate::spec::function::{AT, IMAGE};
use crate::spec::operator::UNEQUAL;
use nu_ebpf_btf::{Asked, Btf, Choice, Definition, Known, Number, Type as BtfType, TypeId};
use nu_ebpf_dwarf::Missing;
use nu_protocol::Value;
use std::path::Path;

impl Lowering<'_> {
    /// `ADDRESS | cast TYPE`
    pub fn cast(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let (btf, to) = self.named_type(args, (true, Some(&input)), span)?;
        let number = match &input {
            Reg::Typed(typed) => typed.is_number(btf),
            Reg::Shape(Shape::Leaf(leaf)) => self.kind(*leaf) == Kind::Int,
            _ => false,
        };
        if number && args.named.is_empty() && btf.number(to) == Some(Number::Enum) {
            let number = self.leaf(input, span)?;
            return Ok(self.number(btf, number, to, span).into());
        }
        let is_address = btf.known(to) == Some(Known::SocketAddress);
        if let (Some((_, at)), false) = (flag(args, &LENGTH), is_address) {
            return Err(Error::new(Code::ClosureFlag, format!("a `{}` has a length of its own", btf.declared(to)))
                .label(self.place(at), "--length is for addresses of sockets")
                .help("leave it out; bytes of a given length: read-bytes 8"));
        }
        let length = if is_address { self.address_length(args, &input, span)? } else { None };
        let (base, space) = self.place_of(args, input, span)?;
        let space = if btf.program().is_some() { Space::User } else { space };
        let optional = self.constant_argument(args, 0, span, "cast u64")?.0.trim_end().ends_with('?');
        let typed = match optional {
            true => self.optional_at(base, (btf, to), space, span),
            false => self.typed_at(base, (btf, to), space, span)?,
        };
        match typed {
            Reg::Typed(typed) if typed.is_socket_address() => Ok(Reg::Typed(typed.of_length(length))),
            value => Ok(value),
        }
    }

    /// How long a socket's address is: as a flag says, or the argument beside the one that has the address.
    fn address_length(&mut self, args: &Args, input: &Reg, span: Span) -> Result<Option<ExprId>> {
        if let Some((length, at)) = flag(args, &LENGTH).map(|(length, at)| (length.clone().unwrap_or_default(), at)) {
            let length = self.int_given(length, at, "--length takes an int: bytes", "--length $ctx.addrlen")?;
            return Ok(Some(self.steady(length, "length")));
        }
        let member = match input {
            Reg::Typed(typed) => return Ok(typed.length()),
            Reg::Shape(Shape::Leaf(leaf)) => self.member_read(*leaf),
            _ => None,
        };
        let beside = member.map_or(0, |member| member + 1);
        match self.context.members.get(beside) {
            Some(known) if member.is_some() && is_length(&known.name) && known.ty.kind() == Kind::Int => {
                self.named_member(&known.name.clone());
                let length = ExprKind::Field(Field::Member { member: beside, element: None });
                Ok(Some(self.bound(length, "length", span)))
            }
            _ => Ok(None),
        }
    }

    /// The member of the context that a value is.
    fn member_read(&self, leaf: ExprId) -> Option<usize> {
        let ExprKind::Var(var) = self.expr(leaf).kind else {
            return match self.expr(leaf).kind {
                ExprKind::Field(Field::Member { member, .. }) => Some(member),
                _ => None,
            };
        };
        self.block.iter().find_map(|stmt| match &stmt.kind {
            StmtKind::Let { var: known, value } if *known == var => match self.expr(value.expr()).kind {
                ExprKind::Field(Field::Member { member, .. }) => Some(member),
                _ => None,
            },
            _ => None,
        })
    }

    /// The same of an address that may be null: null then.
    fn optional_at(&mut self, base: ExprId, to: (&'static Btf, TypeId), space: Space, span: Span) -> Reg {
        let null = self.int(0, span);
        let there = self.op(&UNEQUAL, base, null, span);
        let there = self.bind(there, "there", span);
        let typed = Typed::cast(base, to, space, span).maybe(there);
        Reg::Typed(if scalar(to.0, to.1).is_some() { typed.pointee() } else { typed })
    }

    /// What is at an address: a struct that can be looked into, or the number.
    fn typed_at(&mut self, base: ExprId, (btf, to): (&'static Btf, TypeId), space: Space, span: Span) -> Result<Reg> {
        let Some(ty) = scalar(btf, to) else {
            return Ok(Reg::Typed(Typed::cast(base, (btf, to), space, span)));
        };
        let load = Fallible::Load { pointer: base, ty, space, direct: false };
        let number = self.bound(ExprKind::Fallible(load), "number", span);
        Ok(self.number(btf, number, to, span).into())
    }

    /// `kernel-var NAME`
    pub fn kernel_variable(&mut self, args: &Args, span: Span) -> Result<Reg> {
        let btf = self.btf(span)?;
        let (name, at) = self.constant_argument(args, 0, span, "kernel-var runqueues")?;
        let cpu = flag(args, &CPU).map(|(cpu, at)| (cpu.clone().unwrap_or_default(), at));
        let ty = btf.per_cpu(&name);
        let declared = ty.map(|ty| btf.declaration(ty, 0).filter(Declared::is_whole));
        if !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') || declared == Some(None) {
            let words = ty.map_or_else(String::new, |ty| format!("it is a `{}`", btf.declared(ty)));
            return Err(Error::new(Code::ClosureFlag, format!("`{name}` cannot be looked at"))
                .label(self.place(at), words)
                .help("a variable is a number, a struct, or an array of these, and has a name as in C"));
        }
        let cpu = match (cpu, ty) {
            (None, _) => None,
            (Some((cpu, at)), Some(_)) => Some(self.int_given(cpu, at, "--cpu takes an int", "--cpu 0")?),
            (Some((_, at)), None) => {
                return Err(Error::new(Code::ClosureFlag, format!("no processor has its own `{name}`"))
                    .label(self.place(at), "there is one for all")
                    .help("leave out --cpu"));
            }
        };
        let known = self.variables.iter().position(|known| known.name == name);
        let variable = known.unwrap_or_else(|| {
            self.variables.push(Variable { name: name.clone(), declared: declared.flatten(), span: self.local(span) });
            self.variables.len() - 1
        });
        let cpu = cpu.map(|cpu| self.standing(cpu));
        let base = self.bound(ExprKind::Variable { variable, cpu }, &format!("{name}_at"), span);
        match ty {
            None => Ok(Reg::Shape(Shape::Leaf(base))),
            Some(ty) => self.typed_at(base, (btf, ty), Space::Kernel, span),
        }
    }

    /// `ADDRESS | read-bytes LENGTH`
    pub fn read_bytes(&mut self, args: &Args, input: Reg, space: Space, span: Span) -> Result<Reg> {
        let max = self.int_flag(args, &LEN)? as u32;
        let (length, at) = args.positional.first().cloned().unwrap_or((Reg::Empty, span));
        let length = self.int_given(length, at, "a length is an int", "$ctx.buf | read-bytes $ctx.count")?;
        let length = self.steady(length, "length");
        let (pointer, _) = self.place_of(args, input, span)?;
        let bytes = Fallible::ReadBytes { pointer, length, space, max };
        Ok(Shape::Leaf(self.add(ExprKind::Fallible(bytes), span)).into())
    }

    /// The address that a command means, and whose memory it is in. A number that is no address is where it lies.
    fn place_of(&mut self, args: &Args, input: Reg, span: Span) -> Result<(ExprId, Space)> {
        let own = match &input {
            Reg::Typed(typed) => typed.space(),
            Reg::Shape(Shape::Leaf(leaf)) if self.ty(*leaf) == Type::Pointer(Some(Space::User)) => Space::User,
            _ => Space::Kernel,
        };
        let space = if flag(args, &USER).is_some() { Space::User } else { own };
        let lies = match &input {
            Reg::Typed(typed) => self.short_number(typed)?,
            _ => None,
        };
        let base = match lies {
            Some(lies) => lies,
            None => self.address_of(input, span)?,
        };
        let Some((offset, at)) = flag(args, &OFFSET).map(|(offset, at)| (offset.clone().unwrap_or_default(), at))
        else {
            return Ok((base, space));
        };
        let offset = self.int_given(offset, at, "--offset takes an int: bytes", "--offset 16")?;
        let args = vec![base, self.standing(offset)];
        Ok((self.bound(ExprKind::Call { function: &AT, args }, "place", span), space))
    }

    /// An int that a command is given.
    fn int_given(&mut self, value: Reg, at: Span, what: &str, instead: &str) -> Result<ExprId> {
        match self.shape_of(value, at)? {
            Shape::Leaf(leaf) if self.kind(leaf) == Kind::Int => Ok(leaf),
            other => Err(self.other_kind(&other.into(), at, what, instead)),
        }
    }

    /// `ADDRESS | ksym`, `ADDRESS | usym`
    pub fn symbol(&mut self, input: Reg, space: Space, span: Span) -> Result<Reg> {
        let mut args = vec![Shape::Leaf(self.address_of(input, span)?)];
        if space == Space::User {
            if !ATTACHED.contains(&self.context.frame) {
                return Err(Error::new(Code::ClosureCommand, "there is no process here whose address it could be")
                    .label(self.place(span), "`usym` means the process that an attach point is passed by")
                    .help("emit the address itself, or use `ksym` for one of the kernel"));
            }
            let image = ExprKind::Call { function: &IMAGE, args: Vec::new() };
            args.push(Shape::Leaf(self.bound(image, "image", span)));
        }
        Ok(Shape::Later { op: Later::Symbol(space), args }.into())
    }

    /// `ADDRESS | container-of TYPE MEMBER`
    pub fn container_of(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let (btf, to) = self.named_type(args, (false, None), span)?;
        let (name, at) = self.constant_argument(args, 1, span, "container-of 'struct mount' mnt")?;
        let Some(access) = self.way(btf, to, &name) else {
            let names: Vec<&str> = btf.members(to).into_iter().map(|member| member.0).collect();
            return Err(Error::new(Code::ClosureField, format!("`{}` has no member `{name}`", btf.declared(to)))
                .label(self.place(at), "no such member")
                .help(offer(&name, names, "the member is that of which the address is given")));
        };
        let member = self.address_of(input, span)?;
        let base = self.bound(ExprKind::Container { member, access }, "container", span);
        let space = if btf.program().is_some() { Space::User } else { Space::Kernel };
        Ok(Reg::Typed(Typed::cast(base, (btf, to), space, span)))
    }

    /// Something typed as the address that it is, or that it lies at; anything else as a value.
    pub fn untyped(&mut self, value: Reg, span: Span) -> Result<Shape> {
        match value {
            Reg::Typed(typed) => match self.typed_address(&typed)? {
                Some(address) => Ok(Shape::Leaf(address)),
                None => self.typed_value(&typed),
            },
            value => self.shape_of(value, span),
        }
    }

    fn address_of(&mut self, value: Reg, span: Span) -> Result<ExprId> {
        let shape = self.untyped(value, span)?;
        // What may be null must be an address where it is followed.
        let one = self.cases(shape, &mut |this, shape| {
            let leaf = this.leaf(shape, span)?;
            match this.kind(leaf) {
                Kind::Nothing => Err(this.mismatch(span, "an address is wanted here, and this is null")),
                _ => Ok(leaf.into()),
            }
        })?;
        let base = self.leaf(one, span)?;
        match self.kind(base) {
            Kind::Address | Kind::Int => Ok(self.steady(base, "address")),
            kind => Err(Error::new(Code::ClosureType, "an address is wanted here")
                .label(self.place(span), format!("what flows in is a {}", kind.name()))
                .help("take an argument or a member that is a pointer: $ctx.args.sk, $ctx.arg0")),
        }
    }

    /// The struct, or number, that a command's first argument names: of the binary that is probed, or of the kernel.
    /// `input`: what is cast, whose own type decides between several of one name.
    fn named_type(
        &mut self, args: &Args, (number, input): (bool, Option<&Reg>), span: Span,
    ) -> Result<(&'static Btf, TypeId)> {
        let (words, at) = self.constant_argument(args, 0, span, "cast 'struct tcp_sock'")?;
        let name = words.trim().trim_end_matches('?').trim_end_matches('*').trim_end();
        let wanted = |btf: &Btf, id| !btf.members(id).is_empty() || (number && scalar(btf, id).is_some());
        let declared = match input {
            Some(Reg::Typed(typed)) => Some(typed.declared_as()),
            _ => None,
        };
        if let Some((btf, id)) = declared
            && btf.declared(id) == name
            && wanted(btf, id)
        {
            return Ok((btf, id));
        }
        let binary = binary(self.target);
        let function = match &self.target.place {
            Place::Binary { function, .. } => function.as_deref(),
            _ => None,
        };
        match binary.map(|path| nu_ebpf_dwarf::type_named(path, name, function)) {
            Some(Ok((btf, id))) if wanted(btf, id) => return Ok((btf, id)),
            Some(Err(Missing::Ambiguous(all))) => return Err(self.several_types(name, &all, at)),
            _ => {}
        }
        let btf = self.btf(span)?;
        let module = match &self.target.place {
            Place::Symbol { module, .. } => module.as_deref(),
            _ => None,
        };
        match btf.choose(name, module, &self.known_types(btf, span)) {
            Choice::One(id) if wanted(btf, id) => Ok((btf, id)),
            Choice::Several(all) => Err(self.several_types(name, &all, at)),
            _ => Err(self.no_type(name, binary, at)),
        }
    }

    /// The error of a name that several types share.
    pub fn several_types(&self, name: &str, all: &[Definition], at: Span) -> Error {
        let (what, label) = Definition::ambiguity(name, all);
        Error::new(Code::ClosureFlag, what).label(self.place(at), label).help(Definition::offer(all))
    }

    fn no_type(&self, name: &str, binary: Option<&Path>, at: Span) -> Error {
        let plain = Asked::parse(name).words;
        let plain = plain.rsplit(' ').next().unwrap_or(plain);
        let own = binary.map(nu_ebpf_dwarf::structs).unwrap_or_default();
        let kernel = Btf::kernel().into_iter().flat_map(Btf::structs);
        let near = offer(
            plain,
            own.iter().map(String::as_str).chain(kernel),
            "write it as C does: 'struct tcp_sock'; one of a module is known where that is loaded (modprobe)",
        );
        let place = if binary.is_some() { "neither this binary nor this kernel has a" } else { "this kernel has no" };
        Error::new(Code::ClosureFlag, format!("{place} type `{name}`")).label(self.place(at), "no such type").help(near)
    }

    /// The types that the arguments of the probed function have, or point to.
    fn known_types(&self, btf: &'static Btf, span: Span) -> Vec<TypeId> {
        let Ok(Some((own, prototype))) = self.prototype(&[], span) else { return Vec::new() };
        let types = prototype.params.iter().map(|param| param.ty).chain(prototype.gives);
        let pointed = |ty| match btf.get(btf.bare(ty)) {
            BtfType::Pointer(to) => btf.bare(to),
            _ => btf.bare(ty),
        };
        if own == btf { types.map(pointed).collect() } else { Vec::new() }
    }

    fn constant_argument(&self, args: &Args, index: usize, span: Span, example: &str) -> Result<(String, Span)> {
        let given = args.positional.get(index).map(|(value, at)| (self.constant_reg(value), *at));
        match given {
            Some((Some(Value::String { val, .. }), at)) => Ok((val, at)),
            other => Err(Error::new(Code::ClosureFlag, "a type must be known at attach time")
                .label(self.place(other.map_or(span, |other| other.1)), "a name is wanted")
                .help(format!("write it out: {example}"))),
        }
    }
}
