//! Nushell's IR and a closure's captured values in, our IR out. The only place that knows Nushell's IR.
//!
//! [`target::parse`] reads the attach point; [`lower`] runs through the closure's instructions once, with symbolic
//! values in the registers: constants stay constants, records stay records of expressions, and what Nushell compiled to
//! jumps becomes structured statements again. It must not know C or BPF, and learns no types: `check` does.

mod absent;
mod aggregate;
mod all;
mod argument;
pub mod bpftrace;
mod branch;
mod call;
mod cast;
mod closure;
mod command;
mod compare;
mod constant;
mod context;
mod entry;
mod frame;
mod hoist;
mod iterate;
mod kernel;
mod loops;
mod merge;
mod never;
mod operate;
mod output;
mod path;
mod pattern;
mod prototype;
mod refuse;
mod register;
mod shell;
mod sink;
mod state;
mod subprogram;
pub mod target;
mod timer;
mod typed;
mod unreachable;
mod value;
mod variable;
mod walk;

pub use closure::Closure;
pub use loops::TURNS;
pub use output::has_output;
pub use prototype::fields;
pub use shell::{Declaration, Known, Param, ParamForm, Shell, Signature};
pub use unreachable::unreachable_branches;

use crate::error::{Error, Result};
use crate::ir::Span as Local;
use crate::ir::{AttachPoint, Context, Filters, Map, Object, Program};
use crate::spec::code::Code;
use crate::spec::feature::Kernel;
use argument::Args;
use context::Asking;
use frame::Spot;
use merge::Act;
use nu_protocol::Span;
use register::{Range, Reg};
use state::Guess;
use walk::{Flow, Lowering, Step};

/// Limits and filters that the command line gives.
#[derive(Debug, Clone)]
pub struct Options {
    /// Entries of every keyed map, where they are asked for.
    pub max_entries: Option<u32>,
    pub filters: Filters,
    /// The maps that other probes share with this one.
    pub pinned: Vec<Map>,
    /// Whether other probes may come to share its maps.
    pub shares: bool,
    /// Whether rows are to be streamed: then the closure must emit some.
    pub stream: bool,
    /// The kernel that the object is built for.
    pub kernel: Kernel,
}

/// Programs that an object has at most.
const MOST_PROGRAMS: usize = 256;

/// Rounds of lowering after which what maps of state keep is to be known: in each, one learns of another.
const ROUNDS: usize = 16;

/// A closure, and the attach points that it is for, each with its context.
pub type Wanted = (Closure, Vec<(AttachPoint, Context)>);

/// Lowers closures to the programs of one object, until no more is learnt of what its maps of state keep: a value may be
/// looked up before the place in the text where one like it is put.
///
/// # Errors
/// The first thing in a closure that cannot run in the kernel, labelled.
pub fn lower(wanted: &[Wanted], shell: &dyn Shell, options: &Options) -> Result<Object> {
    let (mut known, mut guess) = (Vec::new(), Guess::Nothing);
    // The error without a guess: the same one with a guess has nothing to do with it.
    let mut first = None;
    for _ in 0..ROUNDS {
        let (maps, shares, kernel) = (known.clone(), options.shares, options.kernel);
        let mut object = Object { maps, shares, kernel, ..Object::default() };
        let mut failed = None;
        for (closure, places) in wanted {
            let lowered = lower_at(&mut object, closure, shell, places.clone(), (options, guess));
            failed = failed.or(lowered.err());
        }
        let learnt = state::learnt(&object.maps);
        let settled = learnt == known;
        known = learnt;
        match failed {
            None if settled => return state::all_put(&known).map(|()| object),
            Some(error) if settled && state::all_put(&known).is_ok() => return Err(error),
            Some(error) if settled && first.as_ref() == Some(&error) && state::is_unrelated(&error) => {
                return Err(error);
            }
            Some(error) if settled && guess == Guess::Int => return Err(state::explained(error, &known)),
            Some(error) if settled => (guess, first) = (Guess::Int, Some(error)),
            _ => {}
        }
    }
    let at = known.first().map_or_else(Span::unknown, |map| map.at);
    Err(Error::new(Code::ClosureType, "what this map keeps grows each time that it is put there")
        .label(at, "each text is made of the one before")
        .help("keep the parts of a text, and put them together after the probe"))
}

/// Lowers a closure at attach points to programs of an object: as few as will do, since what is the same at several
/// attach points is one program.
fn lower_at(
    object: &mut Object, closure: &Closure, shell: &dyn Shell, mut places: Vec<(AttachPoint, Context)>,
    options: (&Options, Guess),
) -> Result<()> {
    let all = places.clone();
    while !places.is_empty() {
        if object.programs.len() >= MOST_PROGRAMS {
            return Err(Error::new(Code::ClosureSize, format!("this probe takes more than {MOST_PROGRAMS} programs"))
                .label(closure.span(), "what its attach points have in common is too little for fewer")
                .help("name fewer attach points, or only fields that they have in common"));
        }
        let place = places.remove(0);
        let is_like = |other: &(AttachPoint, Context)| std::ptr::eq(other.0.kind, place.0.kind);
        if places.iter().any(is_like)
            && let (Ok(mut lowered), asking) = attempt(object, closure, shell, &place, options, true)
            && asking.may_share(place.0.kind, options.0.kernel)
        {
            let same = |other: &mut (AttachPoint, Context)| {
                is_like(other)
                    && asking.is_same(&place.1, &other.1)
                    && prototype::alike(&asking.typed, &place.0, &other.0)
            };
            let others: Vec<(AttachPoint, Context)> = places.extract_if(.., same).collect();
            if !others.is_empty() {
                lowered.share(others);
                lowered.join(object);
                continue;
            }
        }
        let (lowered, asking) = attempt(object, closure, shell, &place, options, false);
        lowered.map_err(|error| asking.explained(error, all.iter()))?.join(object);
    }
    Ok(())
}

/// A program, with the one at the entries that it may take, and the object's maps and number of events with its own.
struct Lowered {
    program: Program,
    entry: Option<Program>,
    maps: Vec<Map>,
    events: usize,
}

impl Lowered {
    /// Has more attach points.
    fn share(&mut self, others: Vec<(AttachPoint, Context)>) {
        for (target, context) in others {
            self.program.targets.push(target);
            if let (Some(program), Some(entry)) = (&mut self.entry, context.entry) {
                program.targets.push(entry.0);
            }
        }
    }

    /// Entries are attached before returns.
    fn join(self, object: &mut Object) {
        for mut program in self.entry.into_iter().chain([self.program]) {
            program.first = object.targets().count();
            program.shift = object.programs.last().map_or(0, |last| last.shift + last.text.len());
            object.programs.push(program);
        }
        (object.maps, object.events) = (self.maps, self.events);
    }
}

/// One more program of an object, and what the closure has asked of the attach point. What it tells of the maps of state
/// stays known where it cannot be lowered.
fn attempt(
    object: &mut Object, closure: &Closure, shell: &dyn Shell, place: &(AttachPoint, Context),
    (options, guess): (&Options, Guess), shared: bool,
) -> (Result<Lowered>, Asking) {
    let mut lowering = Lowering::new(closure, shell, place, object, options);
    (lowering.asking.shared, lowering.guess) = (shared, guess);
    let (lowered, name) = (lowering.body(), object.unused_name(&place.0.ident()));
    lowering.hoist();
    // What is not to be a program has nothing to be kept for it.
    let remembered = if lowered.is_ok() { lowering.remember(&name) } else { None };
    let Lowering { exprs, vars, automata, accesses, variables, enums, functions, block, maps, events, .. } = lowering;
    let Lowering { asking, decided, result, .. } = lowering;
    if let Err(error) = lowered {
        object.maps = maps;
        return (Err(error), asking);
    }
    let ((target, context), branches) = (place.clone(), decided.branches.into_iter().collect());
    let program = |name, target, context, exprs, body| Program {
        name,
        targets: vec![target],
        first: 0,
        shift: 0,
        context,
        filters: options.filters.clone(),
        text: closure.text.clone(),
        base: closure.base,
        carried: None,
        exprs,
        vars: Vec::new(),
        automata: Vec::new(),
        accesses: Vec::new(),
        variables: Vec::new(),
        enums: Vec::new(),
        functions: Vec::new(),
        body,
        decided: None,
        result: None,
        branches: Vec::new(),
        for_return: false,
        postponed: None,
    };
    let entry = remembered.map(|(target, context, exprs, body)| Program {
        for_return: true,
        ..program(object.unused_name(&format!("{name}_entry")), target, context, exprs, body)
    });
    let mut program = Program {
        vars,
        automata,
        accesses,
        variables,
        enums,
        functions,
        decided: decided.first,
        result,
        branches,
        ..program(name, target, context, exprs, block)
    };
    sink::sink(&mut program);
    (Ok(Lowered { program, entry, maps, events }), asking)
}
