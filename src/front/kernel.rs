//! Values of the kernel's own types, and of a program's: arguments of functions, and the members of the structs that they
//! lead to. A path is followed without a load until a value or another struct's address is wanted.

mod known;
mod place;
mod pointee;
mod whole;

use super::{Code, Error, Lowering, Reg, Result, Span, Spot};
use crate::ir::{Access, Block, ExprId, ExprKind, Fallible, Shape, Space, Step, StmtKind, Type, Value};
use crate::spec::command::DEFAULT_LEN;
use crate::spec::function::AT;
use crate::spec::limit::{BYTES, ELEMENTS};
use crate::spec::operator::{AND, UNEQUAL};
use nu_ebpf_btf::{Btf, Found, Type as BtfType, TypeId, is_named};
use nu_ebpf_dwarf::Missing;
use nu_protocol::ast::PathMember;

pub use nu_ebpf_btf::{is_byte, is_char, scalar};
pub use pointee::Pointee;
pub use whole::Skipped;

/// Something in memory whose type is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// The types that it is described by.
    btf: &'static Btf,
    /// The address.
    base: ExprId,
    /// What lies there, and the way from there to what is meant.
    root: TypeId,
    steps: Vec<Step>,
    /// Bits from the address to what is meant, where it lies as described.
    offset: u32,
    /// The type of what is meant; of an empty way, that of what the address points to.
    ty: TypeId,
    /// Whether the verifier knows the types as well, so that they are loaded from directly.
    direct: bool,
    /// Where a `?` has left open whether there is something: the condition.
    there: Option<ExprId>,
    /// Whose memory it is.
    space: Space,
    /// Whether the address itself is meant, not what lies there.
    address: bool,
    /// Bytes that lie there, where an argument or a command has said it.
    length: Option<ExprId>,
    /// Whether a command has said what lies at the address: as a value, that is the struct.
    cast: bool,
    /// Where the path stands in the text.
    span: Span,
}

impl Lowering<'_> {
    pub fn btf(&self, span: Span) -> Result<&'static Btf> {
        Btf::kernel().map_err(|error| error.label_if_bare(self.place(span), "its type is the kernel's"))
    }

    /// One step further: a member by its name, an element by its number.
    pub fn typed_member(&mut self, typed: Typed, member: &PathMember, (span, at): (Span, Span)) -> Result<Reg> {
        let (PathMember::String { optional, .. } | PathMember::Int { optional, .. }) = member;
        let pointer = typed.is_pointer();
        let typed = Typed { span, ..self.pointed_to(typed, *optional, span)? };
        let btf = typed.btf;
        if let (true, PathMember::Int { val, .. }) = (pointer, member) {
            return self.behind_pointer(typed, *val, (span, at));
        }
        match (btf.get(btf.bare(typed.ty)), member) {
            (BtfType::Composite { .. }, PathMember::String { val, .. }) => match self.member_of(typed.clone(), val) {
                Some(typed) => Ok(Reg::Typed(typed)),
                None if *optional => Ok(self.nothing(span)),
                None => Err(self.no_member(&typed, val, at)),
            },
            (BtfType::Array { of, length }, PathMember::Int { val, .. }) => {
                let inside = u32::try_from(*val).ok().filter(|index| *index < length || length == 0);
                let (Some(index), Some(_)) = (inside, typed.steps.last()) else {
                    return if *optional { Ok(self.nothing(span)) } else { Err(self.beyond(at, length)) };
                };
                Ok(Reg::Typed(typed.element(of, index)))
            }
            (BtfType::Forward { .. }, _) => Err(self.incomplete_type(&typed, at)),
            _ => {
                let words = btf.declared(typed.ty);
                Err(Error::new(Code::ClosureField, format!("a `{words}` has no members"))
                    .label(self.place(at), "there is nothing to look up here")
                    .help("it is a value: end the path before it"))
            }
        }
    }

    /// The error of a struct that is declared, but not defined, where it is used.
    fn incomplete_type(&self, typed: &Typed, at: Span) -> Error {
        let words = typed.btf.declared(typed.btf.bare(typed.ty));
        let defined = typed.btf.program().map(|path| nu_ebpf_dwarf::type_named(path, &words, None));
        if let Some(Err(Missing::Ambiguous(all))) = defined {
            return self.several_types(&words, &all, at);
        }
        Error::new(Code::ClosureField, format!("the members of `{words}` are not known"))
            .label(self.place(at), "it is declared here, but defined nowhere")
            .help("say what it is: ($x | cast 'struct NAME')")
    }

    /// An element of what a pointer leads to, as in C.
    fn behind_pointer(&mut self, typed: Typed, index: usize, (span, at): (Span, Span)) -> Result<Reg> {
        let bytes = u64::from(self.stride(&typed, at)?).checked_mul(index as u64);
        let Some(bytes) = bytes.and_then(|bytes| i64::try_from(bytes).ok()) else { return Err(self.beyond(at, 0)) };
        let bytes = self.int(bytes, span);
        let base = self.bound(ExprKind::Call { function: &AT, args: vec![typed.base, bytes] }, "element", span);
        Ok(Reg::Typed(typed.behind(base)))
    }

    fn beyond(&self, at: Span, length: u32) -> Error {
        Error::new(Code::ClosureField, format!("this array has {length} elements"))
            .label(self.place(at), "counted from 0")
            .help("append `?` to get null instead")
    }

    /// Follows an address, that what it points to is meant.
    fn pointed_to(&mut self, typed: Typed, optional: bool, span: Span) -> Result<Typed> {
        let followed = match typed.btf.get(typed.btf.bare(typed.ty)) {
            _ if typed.address => Typed { address: false, ..typed },
            BtfType::Pointer(to) => {
                let direct = self.loads_directly(&typed) && is_named(typed.btf, to);
                let base = self.load(&typed, Type::Pointer(None), span)?;
                let to = typed.btf.whole(to);
                Typed { there: typed.there, space: typed.space, ..Typed::at(base, (typed.btf, to), direct, span) }
            }
            _ => return Ok(typed),
        };
        if !optional {
            return Ok(followed);
        }
        let null = self.int(0, span);
        let there = self.op(&UNEQUAL, followed.base, null, span);
        let there = followed.there.map_or(there, |before| self.op(&AND, before, there, span));
        let there = self.bind(there, "there", span);
        Ok(Typed { there: Some(there), ..followed })
    }

    fn member_of(&mut self, mut typed: Typed, name: &str) -> Option<Typed> {
        let (btf, within) = (typed.btf, typed.btf.bare(typed.ty));
        let Found { ty, offset, bits, in_union } = btf.member(within, name)?;
        let declared = btf.declaration(ty, bits)?;
        typed.steps.push(Step { member: name.to_string(), within: btf.tag(within)?, declared, index: Vec::new() });
        typed.direct &= !in_union;
        Some(Typed { ty, offset: typed.offset + offset, ..typed })
    }

    /// The address of what is meant.
    fn address(&mut self, typed: &Typed, span: Span) -> Result<ExprId> {
        if typed.steps.is_empty() {
            return Ok(typed.base);
        }
        let access = typed.way().ok_or_else(|| self.opaque(typed.btf, typed.root, span))?;
        let access = self.access(access);
        Ok(self.add(ExprKind::Member { base: typed.base, access, space: typed.space }, span))
    }

    /// Whether the verifier knows here what is loaded from. In a loop, or in a function of its own, it meets the address
    /// again and may have lost what it is.
    fn loads_directly(&self, typed: &Typed) -> bool {
        let alone = self.fixed == 0 && self.calls.is_empty();
        alone && typed.direct && typed.steps.iter().all(|step| step.index.is_empty())
    }

    /// What lies where something is meant.
    fn load(&mut self, typed: &Typed, ty: Type, span: Span) -> Result<ExprId> {
        let pointer = self.address(typed, span)?;
        let direct = self.loads_directly(typed);
        let name = typed.steps.last().map_or("value", |step| step.member.as_str()).to_string();
        let space = typed.space;
        let bits = typed.steps.last().and_then(Step::bits);
        let whole = typed.btf.program().is_some() && typed.offset % 8 + bits.unwrap_or(0) <= 64;
        if space == Space::User && bits.is_some() && !whole {
            return Err(Error::new(Code::ClosureType, "bit-fields are read of the kernel's memory only")
                .label(self.place(span), "this is one in a process")
                .help("read a member that lies beside it"));
        }
        let load = self.add(ExprKind::Fallible(Fallible::Load { pointer, ty, space, direct }), span);
        let Some(there) = typed.there else { return Ok(self.bind(load, &name, span)) };
        let var = self.variable(&name, span);
        self.vars[var.0 as usize].ty = ty;
        self.push(StmtKind::Declare { var, zero: true }, span);
        self.push_if(there, StmtKind::Assign { var, value: Value::Fallible(load) }, span);
        Ok(self.add(ExprKind::Var(var), span))
    }

    /// The number of the way to a member.
    pub fn way(&mut self, btf: &'static Btf, root: TypeId, name: &str) -> Option<usize> {
        let typed = Typed::at(ExprId(0), (btf, root), false, self.now);
        let typed = name.split('.').try_fold(typed, |typed, name| self.member_of(typed, name))?;
        Some(self.access(typed.way()?))
    }

    fn access(&mut self, access: Access) -> usize {
        let known = self.accesses.iter().position(|known| *known == access);
        known.unwrap_or_else(|| {
            self.accesses.push(access);
            self.accesses.len() - 1
        })
    }

    /// An address that is meant, or that something lies at; None of a value.
    pub fn typed_address(&mut self, typed: &Typed) -> Result<Option<ExprId>> {
        let (btf, span) = (typed.btf, typed.span);
        Ok(match btf.get(btf.bare(typed.ty)) {
            _ if typed.address => Some(typed.base),
            BtfType::Pointer(_) => Some(self.load(typed, Type::Pointer(None), span)?),
            BtfType::Array { .. } | BtfType::Composite { .. } | BtfType::Float { .. } => {
                let address = self.address(typed, span)?;
                Some(self.bind(address, "address", span))
            }
            _ => None,
        })
    }

    /// Where a number lies that is too short for an address.
    pub fn short_number(&mut self, typed: &Typed) -> Result<Option<ExprId>> {
        let (btf, span) = (typed.btf, typed.span);
        let short = scalar(btf, typed.ty).is_some_and(|ty| ty.size() < 8) && !typed.address;
        if !short {
            return Ok(None);
        }
        let address = self.address(typed, span)?;
        Ok(Some(self.bind(address, "address", span)))
    }

    /// The value of what is meant; null where a `?` has found nothing.
    pub fn typed_value(&mut self, typed: &Typed) -> Result<Shape> {
        let span = typed.span;
        let value = self.value_there(typed, span)?;
        let Some(cond) = typed.there else { return Ok(value) };
        // What is not there is not read, that it does not count as a fault.
        let value = self.with_leaves(&value, |this, _, leaf| match this.expr(leaf).kind {
            ExprKind::Fallible(_) => this.add(ExprKind::Fallible(Fallible::Where { there: cond, read: leaf }), span),
            _ => leaf,
        });
        Ok(match value {
            // Null by itself.
            Shape::Leaf(leaf) if self.may_be_null(leaf) => value,
            value => {
                let null = Shape::Leaf(self.add(ExprKind::Const(crate::ir::Const::Nothing), span));
                Shape::Either { cond, then: Box::new(value), otherwise: Box::new(null) }
            }
        })
    }

    fn value_there(&mut self, typed: &Typed, span: Span) -> Result<Shape> {
        let btf = typed.btf;
        if typed.address && typed.cast {
            return self.value_there(&Typed { address: false, ..typed.clone() }, span);
        }
        if typed.address {
            return self.at(btf, typed.base, (typed.ty, typed.space), typed.length, span);
        }
        if let Some(ty) = scalar(btf, typed.ty) {
            let value = self.load(typed, ty, span)?;
            return Ok(self.number(btf, value, typed.ty, span));
        }
        match btf.get(btf.bare(typed.ty)) {
            BtfType::Pointer(to) => {
                let base = self.load(typed, Type::Pointer(None), span)?;
                match typed.is_text(to) {
                    true => Ok(self.string_at(btf, base, (to, typed.space), span)),
                    false => self.at(btf, base, (to, typed.space), None, span),
                }
            }
            BtfType::Array { of, length } if typed.is_text(of) => {
                let pointer = self.address(typed, span)?;
                let max = if length == 0 { DEFAULT_LEN as u32 } else { length };
                Ok(self.string(pointer, Some(typed.space), (max, length > 0), span))
            }
            BtfType::Array { of, length } if is_byte(btf, of) && (1..=BYTES).contains(&length) => {
                self.byte_array(typed, length, span)
            }
            BtfType::Array { length, .. } if (1..=ELEMENTS).contains(&length) && !typed.steps.is_empty() => {
                self.whole_value(typed, &Skipped::new(), span)
            }
            BtfType::Composite { .. } => match self.known_struct(typed, span)? {
                Some(value) => Ok(value),
                None => self.whole_value(typed, &Skipped::new(), span),
            },
            _ => Err(self.opaque(btf, typed.ty, span)),
        }
    }

    /// An address as a value: the string that is there, or what a struct there stands for; or itself.
    fn at(
        &mut self, btf: &'static Btf, base: ExprId, (to, space): (TypeId, Space), length: Option<ExprId>, span: Span,
    ) -> Result<Shape> {
        let there = Typed::at(base, (btf, to), false, span).of_space(space).of_length(length);
        if let Some(value) = self.known_struct(&there, span)? {
            return Ok(value);
        }
        if !is_char(btf, to) {
            return Ok(Shape::Leaf(self.noted(base, (btf, to), space)));
        }
        Ok(self.string_at(btf, base, (to, space), span))
    }

    fn string_at(&mut self, btf: &Btf, base: ExprId, (to, space): (TypeId, Space), span: Span) -> Shape {
        // Few kernels say which addresses are a process's.
        let user = btf.is_user(to) || space == Space::User;
        self.string(base, user.then_some(Space::User), (DEFAULT_LEN as u32, false), span)
    }

    fn string(&mut self, pointer: ExprId, space: Option<Space>, (max, array): (u32, bool), span: Span) -> Shape {
        Shape::Leaf(self.add(ExprKind::Fallible(Fallible::ReadStr { pointer, space, max, array }), span))
    }

    /// One of two: the same way from one address or another, else no longer typed.
    pub fn meet_typed(&mut self, left: &Typed, right: &Typed, blocks: &mut [Block], span: impl Spot) -> Option<Typed> {
        let of = |typed: &Typed| Typed { base: left.base, direct: false, span: left.span, ..typed.clone() };
        if of(left) != of(right) || left.there.is_some() {
            return None;
        }
        let base = self.merge(&Shape::Leaf(left.base), &Shape::Leaf(right.base), blocks, 1, span);
        match base {
            Shape::Leaf(base) => Some(Typed { base, ..of(left) }),
            _ => None,
        }
    }

    /// A register's content as a value, made at the end of a block.
    pub fn value_in(&mut self, block: &mut Block, value: Reg) -> Option<Reg> {
        let Reg::Typed(typed) = value else { return Some(value) };
        let outer = std::mem::replace(&mut self.block, std::mem::take(block));
        let value = self.typed_value(&typed);
        *block = std::mem::replace(&mut self.block, outer);
        value.ok().map(Reg::Shape)
    }
}
