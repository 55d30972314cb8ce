//! The output of closures: a closure that neither emits, counts nor stores anything is refused, and so is a stream
//! without rows.

use super::{Code, Error, Lowering, Reg, Result};
use crate::ir::{Kind, Object, Program, Shape, Span as Local, StmtKind};
use crate::spec::failure::RAISED;
use nu_protocol::RegId;

/// The most characters of a value that a help text repeats.
const REPEATED: usize = 60;

impl Lowering<'_> {
    /// Where the value of a register stands that the closure ends with, unless it is null; and whether it is a condition.
    pub fn dropped(&self, src: RegId) -> Option<(Local, bool)> {
        let value = self.frame.regs.get(src.get() as usize)?;
        let parts = match value {
            Reg::Empty => return None,
            Reg::Shape(shape) if self.constant_of(shape).is_some_and(|value| value.is_nothing()) => return None,
            Reg::Shape(shape) => shape.leaves(),
            _ => Vec::new(),
        };
        let condition = matches!(value, Reg::Shape(Shape::Leaf(leaf)) if self.kind(*leaf) == Kind::Bool);
        let own = self.local(self.origin(src));
        // The value of branches that meet has no place of its own.
        if own.start == 0 {
            return None;
        }
        let spans = parts.iter().map(|(_, leaf)| self.expr(*leaf).span).filter(|span| span.start < span.end);
        let whole = spans.fold(own, |all, span| Local::new(all.start.min(span.start), all.end.max(span.end)));
        Some((self.closure.balanced(whole), condition))
    }
}

/// Refuses an object in which a closure has no output at any of its attach points; with `stream` also one without rows.
///
/// # Errors
/// [`Code::ClosureNoEmit`]
pub fn has_output(object: &Object, stream: bool) -> Result<()> {
    let closures = object.programs.iter().filter(|program| !program.for_return);
    let silent = closures.clone().find(|program| {
        let mut same = closures.clone().filter(|other| other.base == program.base);
        !same.any(yields)
    });
    match silent {
        Some(program) if object.events > 0 || !stream => {
            let same: Vec<&Program> = closures.filter(|other| other.base == program.base).collect();
            Err(no_output(&same, "this closure has no output: nothing is emitted, counted or stored"))
        }
        _ if stream && object.events == 0 => {
            let counts = object.maps.iter().any(|map| map.aggregate().is_some());
            let what = "nothing to stream: the closure emits nothing";
            let error = no_output(&closures.collect::<Vec<_>>(), what);
            Err(if counts { error.help(COUNTS) } else { error })
        }
        _ => Ok(()),
    }
}

const COUNTS: &str = "leave out --stream (-s), and read what is counted with `ebpf counters`; or `emit` rows as well";

/// Returns whether a program emits, counts, stores or raises an error.
fn yields(program: &Program) -> bool {
    program.stmts().iter().any(|stmt| match &stmt.kind {
        StmtKind::Emit { .. } | StmtKind::Aggregate { .. } => true,
        StmtKind::Put { .. } | StmtKind::Get { .. } | StmtKind::Delete { .. } => true,
        StmtKind::Fail(kind) => std::ptr::eq(*kind, &RAISED),
        _ => false,
    })
}

/// The error, labelled at the comparison that excludes the output, else at the value that is dropped.
fn no_output(programs: &[&Program], what: &str) -> Error {
    let error = Error::new(Code::ClosureNoEmit, what);
    let decided = |program: &&Program| program.decided.clone().map(|(at, told)| (program.at(at), told));
    if let Some((at, told)) = programs.iter().find_map(decided) {
        return error
            .label(at, told)
            .help("change this condition: no event passes it, so the code behind it never runs");
    }
    let Some(program) = programs.first() else { return error };
    let Some((at, condition)) = program.result else {
        let whole = program.at(Local::new(0, program.text.len()));
        return error
            .label(whole, "there is no `emit` in here that can run")
            .help("emit a value, {|ctx| $ctx.pid | emit }, or count, {|ctx| $ctx.comm | count }");
    };
    let words = at.of(&program.text);
    let help =
        match words.starts_with(['$', '{', '[', '(', '\'', '"']) && words.len() <= REPEATED && !words.contains('\n') {
            true if condition => format!("filter by it: if {words} {{ $ctx.comm | emit }}; or emit it: {words} | emit"),
            true => format!("emit it: {words} | emit"),
            false => "emit it: pipe it into `emit`, as in {|ctx| $ctx.pid | emit }".to_string(),
        };
    error.label(program.at(at), "this value is dropped").help(help)
}
