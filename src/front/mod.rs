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
use crate::ir::{AttachPoint, Context, Filters, Object, Program};
use crate::spec::code::Code;
use call::Args;
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

/// Lowers a closure at an attach point to an object of one program.
///
/// # Errors
/// The first thing in the closure that cannot run in the kernel, labelled.
pub fn lower(
    closure: &Closure, shell: &dyn Shell, target: AttachPoint, context: Context, options: Options,
) -> Result<Object> {
    let Options { max_entries, filters, stream } = options;
    let mut lowering = Lowering::new(closure, shell, &target, &context, max_entries);
    lowering.body()?;
    lowering.hoist();
    let Lowering { exprs, vars, automata, functions, block, maps, events, .. } = lowering;
    let program = Program {
        target,
        context,
        filters,
        text: closure.text.clone(),
        base: closure.base,
        exprs,
        vars,
        automata,
        functions,
        body: block,
    };
    if stream && events == 0 {
        return Err(Error::new(Code::ClosureNoEmit, "nothing to stream: the closure emits nothing")
            .label(closure.span(), "no `emit` in here")
            .help("pipe what you want to see into `emit`: {|ctx| $ctx.pid | emit }"));
    }
    Ok(Object { programs: vec![program], maps, events })
}
