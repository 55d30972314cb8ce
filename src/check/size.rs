//! The length of a kernel program: a jump reaches 32,767 instructions (16 bits and a sign,
//! Documentation/bpf/standardization/instruction-set.rst), so that a program must not be longer.

use super::Facts;
use crate::error::{Error, Result};
use crate::ir::{Program, StmtKind};
use crate::spec::code::Code;

/// What the statements of a program may weigh together. Found by trying: 500 filtered rows of two fields weigh this much
/// and take 28,005 instructions.
const MOST: usize = 60_000;

/// # Errors
/// [`Code::ClosureSize`], labelled where the program has become too long.
pub fn length(program: &Program, facts: &Facts) -> Result<()> {
    let mut total = 0;
    let mut crossed = None;
    program.walk(&mut |stmt| {
        total += match &stmt.kind {
            StmtKind::Emit { event, .. } => 60 + 20 * facts.events[*event].slots.len(),
            StmtKind::Count { .. } => 80,
            StmtKind::Let { .. } | StmtKind::Declare { .. } | StmtKind::Assign { .. } => 20,
            StmtKind::If { .. } | StmtKind::Return | StmtKind::Fail(_) => 20,
        };
        if total > MOST && crossed.is_none() {
            crossed = Some(stmt.span);
        }
    });
    match crossed {
        None => Ok(()),
        Some(span) => Err(Error::new(Code::ClosureSize, "this closure is too long for one kernel program")
            .label(program.at(span), "from here on there is no room")
            .help("emit or count a value instead of asking for each of its values, or attach several probes")),
    }
}
