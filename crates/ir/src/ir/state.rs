//! State that a probe keeps from one event to a later one: values under keys, or one for each thread.

use super::{ExprId, Layout, Slot, Tree, Type, Width, rule};
use crate::spec::probe::Frame;
use serde::{Deserialize, Serialize};

/// What a map of state keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub role: Role,
    /// None where there is a value for each thread instead.
    pub key: Option<Layout>,
    /// None as long as nothing is known to be put there.
    pub value: Option<Layout>,
    /// Whether an old entry makes room for a new one.
    pub lru: bool,
}

/// What the state is for; each role has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// `map-put NAME` and the like.
    Named,
    /// `start-timer`.
    Timer,
    /// What a return remembers of its entry: a value for each call that the thread is inside.
    Entry,
    /// Fields of the context of a postponed event.
    Postponed,
}

/// Calls of one probed function that a thread is remembered to be inside.
pub const CALLS: u32 = 8;

impl State {
    /// Returns whether closures name it: maps and timers.
    pub fn is_named(&self) -> bool {
        matches!(self.role, Role::Named | Role::Timer)
    }

    /// The values that a thread keeps: of functions one a call, of system calls, and of timers, one.
    pub fn values(&self, frame: Frame) -> u32 {
        match (self.role, frame) {
            (Role::Entry, Frame::Entry | Frame::Return | Frame::SyscallEntry) => CALLS,
            (Role::Entry | Role::Named | Role::Timer | Role::Postponed, _) => 1,
        }
    }
}

/// How a value of that type is kept, so that the same value is found again whatever its width was; None of what the
/// kernel cannot keep.
pub fn kept(ty: Type, key: bool) -> Option<Type> {
    match ty {
        Type::Int(_) => Some(Type::Int(Width::I64)),
        // An address that one attach point declares as such is a number at another.
        Type::Pointer(_) if key => Some(Type::Int(Width::I64)),
        Type::Text(super::Text::Literal(size)) => Some(Type::Text(super::Text::Counted(size.max(1)))),
        Type::Nothing | Type::Float | Type::Text(super::Text::Raw(_)) | Type::Binary(_) | Type::Constant(_) => None,
        ty => Some(ty),
    }
}

impl Layout {
    /// How leaves with these paths and types are kept; None where one of them cannot be.
    pub fn of_state(leaves: &[(String, Type)], tree: Tree, key: bool) -> Option<Layout> {
        let slot = |(path, ty): &(String, Type)| Some((path.clone(), kept(*ty, key)?, ExprId(0)));
        Some(Layout::new(0, leaves.iter().map(slot).collect::<Option<_>>()?, tree))
    }

    /// What holds values of both; None where they are not of the same structure and types.
    pub fn join(&self, other: &Layout) -> Option<Layout> {
        if self.tree != other.tree {
            return None;
        }
        let join = |(one, other): (&Slot, &Slot)| Some((one.path.clone(), rule::join(one.ty, other.ty)?, ExprId(0)));
        let slots = self.slots.iter().zip(&other.slots).map(join).collect::<Option<_>>()?;
        Some(Layout::new(0, slots, self.tree.clone()))
    }
}
