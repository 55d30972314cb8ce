//! Addresses of structs whose types the kernel does not tell: `cast`, `container-of`, and addresses as such.

use super::argument::Args;
use super::kernel::Typed;
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer;
use crate::ir::{ExprId, ExprKind, Kind, Shape};
use nu_ebpf_btf::{Btf, TypeId};
use nu_protocol::Value;

impl Lowering<'_> {
    /// `ADDRESS | cast TYPE`
    pub fn cast(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let (_, to) = self.named_struct(args, span)?;
        let base = self.address_of(input, span)?;
        Ok(Reg::Typed(Typed::address(base, to, false, span)))
    }

    /// `ADDRESS | container-of TYPE MEMBER`
    pub fn container_of(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let (btf, to) = self.named_struct(args, span)?;
        let (name, at) = self.constant_argument(args, 1, span, "container-of 'struct mount' mnt")?;
        let Some(access) = self.way(btf, to, &name) else {
            let names: Vec<&str> = btf.members(to).into_iter().map(|member| member.0).collect();
            return Err(Error::new(Code::ClosureField, format!("`{}` has no member `{name}`", btf.declared(to)))
                .label(self.place(at), "no such member")
                .help(offer(&name, names, "the member is that of which the address is given")));
        };
        let member = self.address_of(input, span)?;
        let base = self.bound(ExprKind::Container { member, access }, "container", span);
        Ok(Reg::Typed(Typed::address(base, to, false, span)))
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

    /// The struct that a command's first argument names.
    fn named_struct(&mut self, args: &Args, span: Span) -> Result<(&'static Btf, TypeId)> {
        let btf = self.btf(span)?;
        let (words, at) = self.constant_argument(args, 0, span, "cast 'struct tcp_sock'")?;
        let name = words.trim().trim_end_matches('*').trim_end();
        match btf.type_named(name).filter(|id| !btf.members(*id).is_empty()) {
            Some(id) => Ok((btf, id)),
            None => {
                let plain = name.rsplit(' ').next().unwrap_or(name);
                let near = offer(plain, btf.structs(), "write it as C does: 'struct tcp_sock'");
                Err(Error::new(Code::ClosureFlag, format!("this kernel has no struct `{name}`"))
                    .label(self.place(at), "no such type")
                    .help(near))
            }
        }
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
