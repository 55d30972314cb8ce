//! `cast`: an address, and the kernel's struct that the closure says is there; `read-bytes`: what is there, as it is.

use super::argument::{Args, flag};
use super::kernel::{Typed, scalar};
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer;
use crate::ir::{ExprId, ExprKind, Fallible, Kind, Shape, Space, Type};
use crate::spec::command::{LEN, OFFSET, USER};
use crate::spec::function::AT;
use nu_ebpf_btf::{Type as BtfType, TypeId};
use nu_protocol::Value;

const EXAMPLE: &str = "$ctx.arg0 | cast 'struct sock'";

impl Lowering<'_> {
    pub fn cast(&mut self, args: &Args, input: Reg, origin: Span) -> Result<Reg> {
        let to = self.cast_type(args, origin)?;
        let offset = self.cast_offset(args)?;
        let user = flag(args, &USER).is_some();
        let btf = self.btf(origin)?;
        if let Some(ty) = scalar(btf, to) {
            let typed = match input {
                Reg::Typed(typed) => self.recast(typed, to, offset, origin)?.within(user),
                other => self.cast_number(other, to, (user, offset), origin)?,
            };
            let number = self.read_number(&typed, ty, origin);
            return Ok(self.number(btf, number, to, origin).into());
        }
        if let Reg::Typed(typed) = input {
            return Ok(Reg::Typed(self.recast(typed, to, offset, origin)?.within(user)));
        }
        Ok(Reg::Typed(self.cast_number(input, to, (user, offset), origin)?))
    }

    /// What is at an address that is no member of the kernel's.
    fn cast_number(
        &mut self, input: Reg, to: TypeId, (user, offset): (bool, Option<ExprId>), origin: Span,
    ) -> Result<Typed> {
        let address = self.address_in(input, origin, "cast")?;
        let space = match self.ty(address) {
            _ if user => Space::User,
            Type::Pointer(Some(space)) => space,
            _ => Space::Kernel,
        };
        Ok(self.cast_address(address, to, (space, offset), origin))
    }

    /// The struct that is named.
    fn cast_type(&self, args: &Args, origin: Span) -> Result<TypeId> {
        let btf = self.btf(origin)?;
        let (value, at) = args.positional.first().cloned().unwrap_or((Reg::Empty, origin));
        let Some(Value::String { val, .. }) = self.constant_reg(&value) else {
            return Err(Error::new(Code::ClosureType, "`cast` wants the name of a struct")
                .label(self.place(at), "it must be known at attach time")
                .help(format!("for example: {EXAMPLE}")));
        };
        let named = btf.type_named(&val);
        let wanted = |id: &TypeId| {
            matches!(btf.get(btf.bare(*id)), BtfType::Composite { .. }) || scalar(btf, *id).is_some()
        };
        named.filter(wanted).ok_or_else(|| {
            let names = btf.structs().map(|name| format!("struct {name}")).collect::<Vec<_>>();
            let names = names.iter().map(String::as_str);
            Error::new(Code::ClosureType, format!("this kernel has no type `{val}` that could be read"))
                .label(self.place(at), "a struct with `struct` before it, or the name of a number's type, such as u64")
                .help(offer(&val, names, format!("for example: {EXAMPLE}")))
        })
    }

    fn cast_offset(&mut self, args: &Args) -> Result<Option<ExprId>> {
        let Some((value, at)) = flag(args, &OFFSET).map(|(value, at)| (value.clone().unwrap_or_default(), at)) else {
            return Ok(None);
        };
        let shape = self.shape_of(value, at)?;
        match shape {
            Shape::Leaf(offset) if self.kind(offset) == Kind::Int => Ok(Some(self.standing(offset))),
            other => Err(self.other_kind(&other.into(), at, "--offset takes an int: bytes", "--offset 16")),
        }
    }

    /// A number or an address.
    fn address_in(&mut self, input: Reg, span: Span, name: &str) -> Result<ExprId> {
        let shape = self.shape_of(input, span)?;
        match shape {
            Shape::Leaf(address) if matches!(self.ty(address), Type::Pointer(_) | Type::Int(_)) => {
                Ok(self.standing(address))
            }
            other => Err(self.other_kind(&other.into(), span, &format!("`{name}` takes an address"), EXAMPLE)),
        }
    }

    pub fn read_bytes(
        &mut self, args: &Args, input: Reg, space: Space, (origin, span): (Span, Span),
    ) -> Result<Reg> {
        let max = self.int_flag(args, &LEN)? as u32;
        let (length, at) = args.positional.first().cloned().unwrap_or((Reg::Empty, span));
        let length = self.shape_of(length, at)?;
        let Shape::Leaf(length) = length else { return Err(self.no_length(&length.into(), at)) };
        if self.kind(length) != Kind::Int {
            return Err(self.no_length(&length.into(), at));
        }
        let length = self.steady(length, "length");
        let pointer = match input {
            Reg::Typed(typed) => self.pointer_of(&typed, origin)?,
            other => self.address_in(other, origin, "read-bytes")?,
        };
        let offset = self.cast_offset(args)?;
        let pointer = match offset {
            Some(offset) => self.bound(ExprKind::Call { function: &AT, args: vec![pointer, offset] }, "from", span),
            None => pointer,
        };
        let bytes = Fallible::ReadBytes { pointer, length, space, max };
        Ok(Shape::Leaf(self.add(ExprKind::Fallible(bytes), origin)).into())
    }

    fn no_length(&self, value: &Reg, at: Span) -> Error {
        self.other_kind(value, at, "`read-bytes` takes a length in bytes", "$ctx.buf | read-bytes $ctx.count")
    }
}
