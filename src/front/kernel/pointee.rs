//! What the addresses lead to that are kept: in variables, in records and lists. There an address is a value like others;
//! what it is of is noted beside it, so that it can be followed further.

use super::{Code, Error, Lowering, Reg, Result, Span, Typed};
use crate::ir::{ExprId, ExprKind, Kind, Shape, Space, VarId};
use crate::spec::function::NUMBER;
use nu_ebpf_btf::{Btf, Type as BtfType, TypeId};

/// What is at the address that a variable holds.
#[derive(Debug, Clone, Copy)]
pub struct Pointee {
    btf: &'static Btf,
    ty: TypeId,
    space: Space,
    /// Whether the closure has gone on from there: what it found in a loop is found again at the next turn.
    followed: bool,
}

impl PartialEq for Pointee {
    fn eq(&self, other: &Pointee) -> bool {
        std::ptr::eq(self.btf, other.btf) && (self.ty, self.space) == (other.ty, other.space)
    }
}

impl Typed {
    /// Returns whether its address is that of a struct or array in kernel memory.
    pub fn is_in_kernel(&self) -> bool {
        let is_struct = |ty: TypeId| !self.btf.members(ty).is_empty();
        self.space == Space::Kernel
            && match self.btf.get(self.btf.bare(self.ty)) {
                BtfType::Pointer(to) => is_struct(to),
                BtfType::Array { .. } => !self.address,
                _ => is_struct(self.ty),
            }
    }
}

impl Lowering<'_> {
    /// An address of which it is noted what is there. One that is known to be of something else is copied: it has been
    /// cast.
    pub fn noted(&mut self, address: ExprId, (btf, ty): (&'static Btf, TypeId), space: Space) -> ExprId {
        let pointee = Pointee { btf, ty, space, followed: false };
        let Some(var) = self.variable_of(address) else { return address };
        match self.pointees.get(&var) {
            Some(known) if *known == Some(pointee) => address,
            Some(_) => {
                let copy = self.bind(address, "address", self.expr(address).span);
                self.pointees.extend(self.variable_of(copy).map(|var| (var, Some(pointee))));
                copy
            }
            None => {
                self.pointees.insert(var, Some(pointee));
                address
            }
        }
    }

    /// A variable that holds one value only: what that leads to may be noted later.
    pub fn begin(&mut self, var: VarId, value: ExprId) {
        if self.pointee(value).is_none() {
            self.pointees.remove(&var);
        }
    }

    fn variable_of(&self, expr: ExprId) -> Option<VarId> {
        match self.expr(expr).kind {
            ExprKind::Var(var) => Some(var),
            _ => None,
        }
    }

    fn pointee(&self, address: ExprId) -> Option<Pointee> {
        self.pointees.get(&self.variable_of(address)?).copied().flatten()
    }

    /// A variable is given a value: it leads to the same, or, of two that differ, to nothing that is known.
    pub fn lead(&mut self, var: VarId, value: ExprId) {
        let new = self.pointee(value);
        if self.kind(value) != Kind::Address {
            return;
        }
        let known = self.pointees.entry(var).or_insert(new.map(|new| Pointee { followed: false, ..new }));
        if *known != new {
            *known = None;
        }
    }

    /// The leaves of a value that a `mut` gets. The verifier lets nothing be a pointer at one turn and a number at the next,
    /// so that addresses are numbers there.
    pub fn plain(&mut self, value: &Shape, span: Span) -> Shape {
        self.with_leaves(value, |this, _, leaf| {
            let Some(pointee) = this.pointee(leaf) else { return leaf };
            let number = this.bound(ExprKind::Call { function: &NUMBER, args: vec![leaf] }, "address", span);
            let pointee = Some(Pointee { followed: false, ..pointee });
            this.pointees.extend(this.variable_of(number).map(|var| (var, pointee)));
            number
        })
    }

    /// An address that is followed: what is known to be there.
    pub fn followed(&mut self, value: Reg, span: Span) -> Reg {
        let Reg::Shape(Shape::Leaf(address)) = value else { return value };
        let (Some(Pointee { btf, ty, space, .. }), Kind::Address) = (self.pointee(address), self.kind(address)) else {
            return value;
        };
        let noted = self.variable_of(address).and_then(|var| self.pointees.get_mut(&var));
        noted.into_iter().flatten().for_each(|known| known.followed = true);
        // A variable may be assigned before what is found is loaded.
        let base = self.steady(address, "address");
        Reg::Typed(Typed::address(base, (btf, ty), false, span).of_space(space))
    }

    /// A `mut` that was followed must lead to the same ever after.
    ///
    /// # Errors
    /// It does not.
    pub fn leads_on(&self, var: VarId, value: ExprId, span: Span) -> Result<()> {
        let Some(old) = self.pointees.get(&var).copied().flatten().filter(|old| old.followed) else { return Ok(()) };
        let new = self.pointee(value);
        if new == Some(old) {
            return Ok(());
        }
        let words = |one: Pointee| format!("a `{} *`", one.btf.declared(one.ty));
        let came = new.map_or("an address of nothing known".into(), words);
        Err(Error::new(Code::ClosureType, format!("{came} comes where {} is followed", words(old)))
            .label(self.place(span), "this leads to something else than the value before")
            .help("use a second variable, or `cast` it to the same type"))
    }
}
