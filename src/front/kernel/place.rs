//! A place in memory whose type is known: what is meant there, and the way to it.

use super::super::Span;
use super::{Typed, is_byte, is_char, scalar, whole};
use crate::ir::{Access, ExprId, Space, Step};
use nu_ebpf_btf::{Btf, Known, Type as BtfType, TypeId};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

impl Typed {
    /// An address itself, and what it is of.
    pub fn address(base: ExprId, to: (&'static Btf, TypeId), direct: bool, span: Span) -> Typed {
        Typed { address: true, ..Typed::at(base, to, direct, span) }
    }

    /// The struct at an address, as a command has named it.
    pub fn cast(base: ExprId, to: (&'static Btf, TypeId), space: Space, span: Span) -> Typed {
        Typed { cast: true, ..Typed::address(base, to, false, span).of_space(space) }
    }

    /// The same where a condition holds, else null.
    pub fn maybe(self, there: ExprId) -> Typed {
        Typed { there: Some(there), ..self }
    }

    /// The same of so many bytes.
    pub fn of_length(self, length: Option<ExprId>) -> Typed {
        Typed { length, ..self }
    }

    /// Returns whether it is the address of a socket's address.
    pub fn is_socket_address(&self) -> bool {
        self.address && self.btf.known(self.ty) == Some(Known::SocketAddress)
    }

    /// The struct that is meant, or that a pointer leads to, as it is declared.
    pub fn declared_as(&self) -> (&'static Btf, TypeId) {
        let to = match self.btf.get(self.btf.bare(self.ty)) {
            BtfType::Pointer(to) if !self.address => to,
            _ => self.ty,
        };
        nu_ebpf_dwarf::defined(self.btf, self.btf.bare(to))
    }

    pub fn length(&self) -> Option<ExprId> {
        self.length
    }

    /// Returns whether a number of an element counts from an address. An array itself has elements of its own.
    pub(super) fn is_pointer(&self) -> bool {
        let array = self.cast && matches!(self.btf.get(self.btf.bare(self.ty)), BtfType::Array { .. });
        match self.btf.get(self.btf.bare(self.ty)) {
            _ if self.address => !array,
            BtfType::Pointer(_) => true,
            _ => false,
        }
    }

    /// The same type at another address.
    pub(super) fn behind(self, base: ExprId) -> Typed {
        Typed { there: self.there, space: self.space, ..Typed::at(base, (self.btf, self.ty), false, self.span) }
    }

    /// The address alone: what a `mut` holds.
    pub fn uncast(self) -> Typed {
        Typed { cast: false, ..self }
    }

    /// The same in that memory.
    pub fn of_space(self, space: Space) -> Typed {
        Typed { space, ..self }
    }

    /// Returns whether it is a number, and no address.
    pub fn is_number(&self, btf: &Btf) -> bool {
        !self.address && scalar(btf, self.ty).is_some()
    }

    /// Returns whether an array of this, or a pointer to it, is text.
    pub(super) fn is_text(&self, of: TypeId) -> bool {
        let member = |step: &Step| match &step.within.name {
            Ok(name) => self.btf.is_text(name, &step.member),
            Err(_) => false,
        };
        is_char(self.btf, of) || (self.steps.last().is_some_and(member) && is_byte(self.btf, of))
    }

    /// The names of a struct's members, where it is read as a whole; None of a value, and of what may be missing.
    pub fn names(&self) -> Option<Vec<String>> {
        let read = self.there.is_none() && (!self.address || self.cast);
        let members = whole::record(self.btf, self.ty).filter(|_| read)?;
        Some(members.into_iter().map(String::from).collect())
    }

    /// The value at the address.
    pub fn pointee(self) -> Typed {
        Typed { address: false, ..self }
    }

    pub fn space(&self) -> Space {
        self.space
    }

    /// The way to what is meant; what a program declares lies where it says.
    pub(super) fn way(&self) -> Option<Access> {
        // libbpf finds a struct of the kernel by its name alone.
        let fixed = self.btf.program().is_some() || is_ambiguous(self.btf, self.btf.bare(self.root));
        let fixed = fixed.then_some(self.offset);
        Some(Access { root: self.btf.tag(self.btf.bare(self.root))?, steps: self.steps.clone(), fixed })
    }

    /// An element of an array that is meant.
    pub(super) fn element(mut self, of: TypeId, index: u32) -> Typed {
        if let Some(last) = self.steps.last_mut() {
            last.index.push(index);
        }
        Typed { ty: of, offset: self.offset + index * self.btf.bytes(of) * 8, ..self }
    }

    /// The value that an address points to.
    pub fn at(base: ExprId, (btf, root): (&'static Btf, TypeId), direct: bool, span: Span) -> Typed {
        let (btf, root) = nu_ebpf_dwarf::defined(btf, root);
        Typed {
            btf,
            base,
            root,
            steps: Vec::new(),
            offset: 0,
            ty: root,
            direct,
            there: None,
            space: Space::Kernel,
            address: false,
            cast: false,
            length: None,
            span,
        }
    }
}

/// Returns whether several types of the kernel share the name of one.
fn is_ambiguous(btf: &'static Btf, id: TypeId) -> bool {
    type Known = HashMap<(usize, TypeId), bool>;
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known.entry((std::ptr::from_ref(btf).addr(), id)).or_insert_with(|| btf.is_ambiguous(id))
}
