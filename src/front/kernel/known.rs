//! Values of the kernel's that mean more than their bits, and elements of arrays whose number is known at run time only.

use super::{Code, Error, Lowering, Reg, Result, Span, Typed, is_byte, is_char, scalar};
use crate::ir::{ExprId, ExprKind, Fallible, Kind, Later, Names, Shape, Space, StmtKind, Type, Width};
use crate::spec::failure::{BEYOND_END, CANT_CONVERT};
use crate::spec::function::{AS_DURATION, AT, ELEMENT, HOST_16, HOST_32, HOST_64, PATH, SOCKET_ADDRESS, TIME};
use crate::spec::operator::{AND, LESS};
use nu_ebpf_btf::{Btf, Known, Number, SECONDS, Type as BtfType, TypeId};

impl Lowering<'_> {
    /// A number as the kernel means it: of an enum with its name, one in network order turned round, a time, a device.
    pub fn number(&mut self, btf: &'static Btf, value: ExprId, ty: TypeId, span: Span) -> Shape {
        let function = match btf.number(ty) {
            None => return Shape::Leaf(value),
            Some(Number::Device) => return Shape::Later { op: Later::Device, args: vec![Shape::Leaf(value)] },
            Some(Number::Enum) => {
                let BtfType::Enum { values, .. } = btf.get(btf.bare(ty)) else { return Shape::Leaf(value) };
                let values = values.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
                let names = Names { declared: btf.declared(btf.bare(ty)).into(), values };
                return self.named_number(names, Shape::Leaf(value));
            }
            Some(Number::Swapped(2)) => &HOST_16,
            Some(Number::Swapped(4)) => &HOST_32,
            Some(Number::Swapped(_)) => &HOST_64,
            Some(Number::Duration) => &AS_DURATION,
        };
        Shape::Leaf(self.add(ExprKind::Call { function, args: vec![value] }, span))
    }

    /// A number of an enum.
    pub fn named_number(&mut self, names: Names, value: Shape) -> Shape {
        let known = self.enums.iter().position(|known| *known == names);
        let number = known.unwrap_or_else(|| {
            self.enums.push(names);
            self.enums.len() - 1
        });
        Shape::Later { op: Later::Enum(number), args: vec![value] }
    }

    /// What a struct stands for; None of any other.
    pub fn known_struct(&mut self, typed: &Typed, span: Span) -> Result<Option<Shape>> {
        let Some(known) = typed.btf.known(typed.ty) else { return Ok(None) };
        let call = |this: &mut Self, function, args| {
            Shape::Leaf(this.add(ExprKind::Fallible(Fallible::Call { function, args }), span))
        };
        Ok(Some(match known {
            Known::InternetAddress => self.internet_address(typed, span)?,
            Known::Path => {
                let address = self.address(typed, span)?;
                call(self, &PATH, vec![address])
            }
            Known::SocketAddress => {
                let address = self.address(typed, span)?;
                let mut args = vec![address, self.truth_value(typed.space == Space::User, span)];
                args.push(typed.length.unwrap_or_else(|| self.int(0, span)));
                args.push(self.truth_value(typed.length.is_some(), span));
                Shape::Later { op: Later::SocketAddress, args: vec![call(self, &SOCKET_ADDRESS, args)] }
            }
            Known::Time(parts, unit) => {
                let mut args = vec![self.loaded(typed, SECONDS, span)?, self.loaded(typed, parts, span)?];
                args.push(self.int(unit, span));
                Shape::Leaf(self.add(ExprKind::Call { function: &TIME, args }, span))
            }
        }))
    }

    /// A number in a struct.
    fn loaded(&mut self, typed: &Typed, name: &str, span: Span) -> Result<ExprId> {
        let opaque = |this: &Self| this.opaque(typed.btf, typed.ty, span);
        let member = self.member_of(typed.clone(), name).ok_or_else(|| opaque(self))?;
        let ty = scalar(typed.btf, member.ty).ok_or_else(|| opaque(self))?;
        self.load(&member, ty, span)
    }

    /// `struct in_addr`, `struct in6_addr`: its bytes, which the reader writes as people do.
    fn internet_address(&mut self, typed: &Typed, span: Span) -> Result<Shape> {
        let has = |name| typed.btf.member(typed.ty, name).is_some();
        let (way, ty, halves): (&[&str], _, &[u32]) = match () {
            () if has("s_addr") => (&["s_addr"], Type::Int(Width::U32), &[]),
            () if has("in6_u") => (&["in6_u", "u6_addr32"], Type::Int(Width::U64), &[0, 2]),
            // As C's library has it.
            () => (&["__in6_u", "__u6_addr32"], Type::Int(Width::U64), &[0, 2]),
        };
        let inside = way.iter().try_fold(typed.clone(), |typed, name| self.member_of(typed, name));
        let inside = inside.ok_or_else(|| self.opaque(typed.btf, typed.ty, span))?;
        let half = |index: &u32| match typed.btf.get(typed.btf.bare(inside.ty)) {
            BtfType::Array { of, .. } => inside.clone().element(of, *index),
            _ => inside.clone(),
        };
        let parts = if halves.is_empty() { vec![inside.clone()] } else { halves.iter().map(half).collect() };
        let parts = parts.iter().map(|part| Ok(Shape::Leaf(self.load(part, ty, span)?)));
        Ok(Shape::Later { op: Later::InternetAddress, args: parts.collect::<Result<_>>()? })
    }

    /// An element of an array: beyond its end is what it is of a list, or null.
    pub fn element(&mut self, typed: Typed, index: ExprId, optional: bool, span: Span) -> Result<Reg> {
        let pointer = typed.is_pointer();
        let typed = self.pointed_to(typed, optional, span)?;
        let btf = typed.btf;
        if pointer {
            let index = self.natural(index, span);
            let size = self.stride(&typed, span)?;
            let second = self.int(size.into(), span);
            let second = self.add(ExprKind::Call { function: &AT, args: vec![typed.base, second] }, span);
            let args = vec![typed.base, second, index];
            let base = self.bound(ExprKind::Call { function: &ELEMENT, args }, "element", span);
            return Ok(Reg::Typed(typed.behind(base)));
        }
        let (BtfType::Array { of, length }, false) = (btf.get(btf.bare(typed.ty)), typed.steps.is_empty()) else {
            let instead = "name the member: $x.name";
            return Err(self.other_kind(&Reg::Typed(typed), span, "an item's number is of an array", instead));
        };
        // What lies at an address of its own is a value only where one read takes it whole.
        if let BtfType::Array { of: inner, .. } = btf.get(btf.bare(of))
            && !is_char(btf, inner)
            && !is_byte(btf, inner)
        {
            return Err(self.opaque(btf, of, span));
        }
        let index = self.natural(index, span);
        let end = self.int(if length == 0 { i64::MAX } else { length.into() }, span);
        let inside = self.op(&LESS, index, end, span);
        if !optional {
            let beyond = self.negate(inside, span);
            self.push_if(beyond, StmtKind::Fail(&BEYOND_END), span);
        }
        let both = typed.there.map_or(inside, |there| self.op(&AND, there, inside, span));
        let there = if optional { Some(both) } else { typed.there };
        let there = there.map(|there| self.bind(there, "there", span));
        // The first two tell how far each is from the next, whatever kernel it is.
        let mut args = Vec::new();
        for known in [0, u32::from(length != 1)] {
            args.push(self.address(&typed.clone().element(of, known), span)?);
        }
        args.push(index);
        let base = self.bound(ExprKind::Call { function: &ELEMENT, args }, "element", span);
        Ok(Reg::Typed(Typed { there, space: typed.space, ..Typed::at(base, (btf, of), false, span) }))
    }

    /// Bytes from one element to the next behind a pointer.
    pub fn stride(&self, typed: &Typed, span: Span) -> Result<u32> {
        let size = typed.btf.bytes(typed.ty);
        if size > 0 {
            return Ok(size);
        }
        let words = typed.btf.declared(typed.ty);
        Err(Error::new(Code::ClosureField, format!("the size of a `{words}` is not known"))
            .label(self.place(span), format!("this is a pointer to `{words}`"))
            .help("say what it points to: ($x | cast 'struct NAME' --offset 16)"))
    }

    /// The number of an item, which Nushell takes only from 0 on.
    pub fn natural(&mut self, index: ExprId, span: Span) -> ExprId {
        let (index, zero) = (self.steady(index, "index"), self.int(0, span));
        let below = self.op(&LESS, index, zero, span);
        self.push_if(below, StmtKind::Fail(&CANT_CONVERT), span);
        index
    }

    /// `into ip`: of a number as the kernel's types give it, or of bytes.
    pub fn as_address(&mut self, input: Reg, span: Span) -> Result<Reg> {
        let input = self.shape_of(input, span)?;
        self.cases(input, &mut |this, input| this.address_text(input, span))
    }

    fn address_text(&mut self, input: Shape, span: Span) -> Result<Reg> {
        let bytes = |this: &Self, items: &[Shape]| {
            let int = |item: &Shape| matches!(item, Shape::Leaf(leaf) if this.kind(*leaf) == Kind::Int);
            matches!(items.len(), 4 | 16) && items.iter().all(int)
        };
        let args = match input {
            Shape::List(items) if bytes(self, &items) => items,
            address @ Shape::Later { op: Later::InternetAddress, .. } => return Ok(address.into()),
            null @ Shape::Leaf(leaf) if self.is_nothing(leaf) => return Ok(null.into()),
            other => {
                let leaf = self.leaf(other, span)?;
                match self.kind(leaf) {
                    Kind::Binary => vec![Shape::Leaf(leaf)],
                    Kind::Int => {
                        let leaf = self.natural(leaf, span);
                        let most = self.int(u32::MAX.into(), span);
                        let more = self.op(&LESS, most, leaf, span);
                        self.push_if(more, StmtKind::Fail(&CANT_CONVERT), span);
                        vec![Shape::Leaf(self.add(ExprKind::Call { function: &HOST_32, args: vec![leaf] }, span))]
                    }
                    _ => {
                        let instead = "$sk.skc_daddr | into ip, $ctx.daddr | into ip";
                        return Err(self.other_kind(&leaf.into(), span, "`into ip` takes an int, or bytes", instead));
                    }
                }
            }
        };
        Ok(Shape::Later { op: Later::InternetAddress, args }.into())
    }
}
