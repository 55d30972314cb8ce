//! Nushell's IR and a closure's captured values in, our IR out. The only place that knows Nushell's IR.
//!
//! [`target::parse`] reads the attach point; [`lower`] runs through the closure's instructions once, with symbolic
//! values in the registers: constants stay constants, records stay records of expressions, and what Nushell compiled to
//! jumps becomes structured statements again. It must not know C or BPF, and learns no types: `check` does.

mod aggregate;
mod branch;
mod call;
mod closure;
mod command;
mod compare;
mod constant;
mod context;
mod frame;
mod hoist;
mod loops;
mod merge;
mod operate;
mod path;
mod pattern;
mod refuse;
mod register;
mod shell;
mod subprogram;
pub mod target;
mod typed;
mod value;
mod variable;
mod walk;

pub use closure::Closure;
pub use loops::TURNS;
pub use shell::{Declaration, Known, Param, ParamForm, Shell, Signature};

use crate::error::{Error, Result};
use crate::ir::Span as Local;
use crate::ir::{AttachPoint, Context, Filters, Map, Object, Program};
use crate::spec::code::Code;
use call::Args;
use context::Asking;
use frame::Spot;
use merge::Act;
use nu_protocol::Span;
use register::{Range, Reg};
use walk::{Flow, Lowering, Step};

/// Limits and filters that the command line gives.
#[derive(Debug, Clone)]
pub struct Options {
    /// Entries of every keyed map, where they are asked for.
    pub max_entries: Option<u32>,
    pub filters: Filters,
    /// Whether rows are to be streamed: then the closure must emit some.
    pub stream: bool,
}

/// Programs that an object has at most.
const MOST_PROGRAMS: usize = 256;

/// Lowers a closure at attach points, each with its context, to programs of an object: as few as will do, since what is
/// the same at several attach points is one program.
///
/// # Errors
/// The first thing in the closure that cannot run in the kernel, labelled.
pub fn lower(
    object: &mut Object, closure: &Closure, shell: &dyn Shell, mut places: Vec<(AttachPoint, Context)>,
    options: &Options,
) -> Result<()> {
    let all = places.clone();
    while !places.is_empty() {
        if object.programs.len() == MOST_PROGRAMS {
            return Err(Error::new(Code::ClosureSize, format!("this probe takes more than {MOST_PROGRAMS} programs"))
                .label(closure.span(), "what its attach points have in common is too little for fewer")
                .help("name fewer attach points, or only fields that they have in common"));
        }
        let place = places.remove(0);
        let is_like = |other: &(AttachPoint, Context)| std::ptr::eq(other.0.kind, place.0.kind);
        if places.iter().any(is_like)
            && let (Ok(mut lowered), asking) = attempt(object, closure, shell, &place, options, true)
            && asking.may_share(place.0.kind)
        {
            let same = |other: &mut (AttachPoint, Context)| is_like(other) && asking.is_same(&place.1, &other.1);
            let others: Vec<AttachPoint> = places.extract_if(.., same).map(|(target, _)| target).collect();
            if !others.is_empty() {
                lowered.program.targets.extend(others);
                lowered.join(object);
                continue;
            }
        }
        let (lowered, asking) = attempt(object, closure, shell, &place, options, false);
        lowered.map_err(|error| asking.explained(error, all.iter()))?.join(object);
    }
    Ok(())
}

/// A program, and the object's maps and number of events with its own.
struct Lowered {
    program: Program,
    maps: Vec<Map>,
    events: usize,
}

impl Lowered {
    fn join(self, object: &mut Object) {
        object.programs.push(self.program);
        (object.maps, object.events) = (self.maps, self.events);
    }
}

/// One more program of an object, and what the closure has asked of the attach point.
fn attempt(
    object: &Object, closure: &Closure, shell: &dyn Shell, place: &(AttachPoint, Context), options: &Options,
    shared: bool,
) -> (Result<Lowered>, Asking) {
    let mut lowering = Lowering::new(closure, shell, place, object, options.max_entries);
    lowering.asking.shared = shared;
    let lowered = lowering.body();
    lowering.hoist();
    let Lowering { exprs, vars, automata, functions, block, maps, events, asking, .. } = lowering;
    let (target, context) = place.clone();
    let program = Program {
        name: name(object, &target),
        first: object.targets().count(),
        shift: object.programs.last().map_or(0, |last| last.shift + last.text.len()),
        targets: vec![target],
        context,
        filters: options.filters.clone(),
        text: closure.text.clone(),
        base: closure.base,
        exprs,
        vars,
        automata,
        functions,
        body: block,
    };
    (lowered.map(|()| Lowered { program, maps, events }), asking)
}

/// Refuses an object whose rows are to be streamed, but that sends none.
///
/// # Errors
/// [`Code::ClosureNoEmit`]
pub fn must_emit(object: &Object) -> Result<()> {
    let Some(program) = object.programs.first().filter(|_| object.events == 0) else { return Ok(()) };
    Err(Error::new(Code::ClosureNoEmit, "nothing to stream: the closure emits nothing")
        .label(program.at(Local::new(0, program.text.len())), "no `emit` in here")
        .help("pipe what you want to see into `emit`: {|ctx| $ctx.pid | emit }"))
}

/// A name that no program has yet: the function's or event's, with a number where it is taken.
fn name(object: &Object, target: &AttachPoint) -> String {
    let ident = target.ident();
    let numbered = (2..).map(|number| format!("{ident}_{number}"));
    let free = |name: &String| object.programs.iter().all(|program| program.name != *name);
    [ident.clone()].into_iter().chain(numbered).find(free).unwrap_or(ident)
}
