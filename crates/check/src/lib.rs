//! Our IR in, its typed facts out: or *all* the errors in it. It changes nothing in the program.
//! After `check` says Ok, `back` cannot fail, clang accepts the C and the kernel's verifier accepts the object.

mod kernel;
mod layout;
mod size;
mod stack;
mod types;

pub use kernel::oldest;
pub use size::MOST_TURNS;

use nu_ebpf_ir::{error, ir, spec};

use error::{Error, Result};
use ir::{ExprId, Layout, Object, Program, Stmt, Type, VarId};
use std::collections::BTreeSet;

/// What `check` learnt about an object.
#[derive(Debug, Clone)]
pub struct Facts {
    pub programs: Vec<ProgramFacts>,
    /// The layout of every event, by its number.
    pub events: Vec<Layout>,
    /// The layout of every map's key, by the map's number; none where the map has no key.
    pub keys: Vec<Option<Layout>>,
    /// The type of the values that every map's aggregation takes; nothing where it takes none.
    pub values: Vec<Type>,
}

/// What `check` learnt about one program.
#[derive(Debug, Clone)]
pub struct ProgramFacts {
    exprs: Vec<Type>,
    vars: Vec<Type>,
    /// Whether a variable is ever read; one that is not needs no declaration.
    used: Vec<bool>,
    /// Bytes of stack that the program's variables and keys take, at most.
    pub stack: u32,
    /// Whether the verifier must be made to forget what it knows where branches meet: it would go through what follows
    /// once for every value, and there is much of it.
    pub forgets: bool,
}

impl ProgramFacts {
    pub fn ty(&self, expr: ExprId) -> Type {
        self.exprs[expr.0 as usize]
    }

    pub fn var(&self, var: VarId) -> Type {
        self.vars[var.0 as usize]
    }

    /// The types of the variables that are read.
    pub fn held(&self) -> impl Iterator<Item = Type> {
        self.vars.iter().zip(&self.used).filter(|(_, used)| **used).map(|(ty, _)| *ty)
    }

    pub fn is_used(&self, var: VarId) -> bool {
        self.used[var.0 as usize]
    }

    /// The variables of a function's body that lie in the frame which its loops share with what is around them.
    pub fn shared(&self, program: &Program, body: &[Stmt]) -> BTreeSet<VarId> {
        program.shared(body).into_iter().filter(|var| self.is_used(*var)).collect()
    }
}

/// Checks an object whose rows go through a ring buffer of `ring` bytes.
///
/// # Errors
/// Every mistake found; the first carries the others.
pub fn check(object: &Object, ring: u32) -> Result<Facts> {
    let mut errors = Vec::new();
    let programs: Vec<ProgramFacts> =
        object.programs.iter().map(|program| types::facts(program, &mut errors)).collect();
    errors.dedup();
    if let Some(error) = Error::all(errors) {
        return Err(error);
    }
    kernel::offered(object)?;
    let (events, keys, values) = layout::layouts(object, &programs, ring)?;
    let mut facts = Facts { programs, events, keys, values };
    for (number, program) in object.programs.iter().enumerate() {
        facts.programs[number].forgets = size::length(program, object.kernel, &facts, &facts.programs[number])?;
        facts.programs[number].stack = stack::depth(program, &facts.programs[number], &facts.keys)?;
    }
    Ok(facts)
}
