//! The stages in their order, from a closure to a loaded object. It holds no knowledge of its own.

use crate::back;
use crate::check::{self, Facts};
use crate::compile::{self, Cache, Clang};
use crate::error::{Error, Result};
use crate::front::{self, Closure, Options, Shell};
use crate::ir::{AttachPoint, Object};
use crate::load::{self, Loaded};

/// A closure that has passed every stage before clang.
#[derive(Debug)]
pub struct Prepared {
    pub object: Object,
    pub facts: Facts,
    /// The C text.
    pub text: String,
}

impl Prepared {
    pub fn target(&self) -> &AttachPoint {
        &self.object.programs[0].target
    }
}

/// Front, check, back: needs no privileges (but a tracepoint's description), no clang. `ring`: bytes, a power of two.
pub fn prepare(
    target: AttachPoint, closure: &Closure, shell: &dyn Shell, options: Options, ring: u32,
) -> Result<Prepared> {
    let context = load::context(&target)?;
    let object = front::lower(closure, shell, target, context, options)?;
    let facts = check::check(&object, ring)?;
    let text = back::render(&object, &facts, ring);
    Ok(Prepared { object, facts, text })
}

/// Compile and load. Errors of clang and the verifier are labelled on the closure.
pub fn load(prepared: &Prepared, clang: Option<&str>, verbose: bool) -> Result<Loaded> {
    let base = prepared.object.programs[0].base;
    let place = |error: Error| error.moved(base).label_if_bare(prepared.target().span, "this probe");
    let clang = Clang::find(clang).map_err(place)?;
    let object = compile::compile(&clang, Cache::open().as_ref(), &prepared.text).map_err(place)?;
    Loaded::load(&object, &prepared.object, verbose).map_err(place)
}

/// What this machine has of what tracing needs.
pub fn requirements(clang: Option<&str>) -> Vec<load::Requirement> {
    let mut all = load::requirements();
    all.insert(0, load::Requirement::found("clang", Clang::find(clang).map(|clang| clang.path)));
    all
}
