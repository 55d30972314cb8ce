//! The stack of a kernel program: 512 bytes for everything (`MAX_BPF_STACK`, include/linux/filter.h).

use super::ProgramFacts;
use crate::error::{Error, Result};
use crate::ir::{ExprKind, Field, Layout, Program, Stmt, StmtKind, Text, Type};
use crate::spec::code::Code;
use crate::spec::field::Read;

/// Bytes of a kernel program's stack.
const STACK: u32 = 512;

/// Bytes kept for what clang spills and for the counters' keys.
const RESERVE: u32 = 72;

/// Bytes that calling the function of run-time errors takes: its own frame, as the verifier rounds it up
/// (`check_max_stack_depth`, kernel/bpf/verifier.c).
const CALL: u32 = 32;

/// The most bytes of stack that the program's variables, keys and buffers take.
///
/// # Errors
/// [`Code::ClosureStack`], labelled on the largest of them.
pub fn depth(program: &Program, facts: &ProgramFacts, keys: &[Option<Layout>]) -> Result<u32> {
    let mut parts: Vec<(u32, crate::ir::Span, &str)> = Vec::new();
    let mut visit = |stmt: &Stmt| match &stmt.kind {
        StmtKind::Let { var, .. } | StmtKind::Declare { var } if facts.is_used(*var) => {
            // A scalar lives in a register or a spilled slot of eight bytes.
            parts.push((facts.var(*var).size().max(8), stmt.span, "this variable"));
        }
        StmtKind::Count { map, .. } => {
            let size = keys.get(*map).and_then(Option::as_ref).map_or(8, |key| key.size);
            parts.push((size, stmt.span, "this key"));
        }
        _ => {}
    };
    program.walk(&mut visit);
    for expr in &program.exprs {
        // A string that is compared is first read into a buffer of its own.
        if let ExprKind::Field(Field::Builtin(field)) = expr.kind
            && let (Read::Fill(_), Type::Text(Text::Chars(size))) = (field.read, field.ty)
        {
            parts.push((size, expr.span, "this string"));
        }
    }
    let total: u32 = parts.iter().map(|part| part.0.next_multiple_of(8)).sum();
    let room = STACK - RESERVE - if program.can_fail() { CALL } else { 0 };
    if total <= room {
        return Ok(total);
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.0));
    let error = Error::new(
        Code::ClosureStack,
        format!("this closure needs {total} bytes of stack; a kernel program has {room}"),
    );
    Err(match parts.first() {
        Some((size, span, what)) => error.label(program.at(*span), format!("{what} takes {size} bytes")),
        None => error,
    }
    .help("read shorter strings (read-str --len 64), or emit a string where it is read instead of keeping it in a variable"))
}
