//! The stack of a kernel program: 512 bytes for everything (`MAX_BPF_STACK`, include/linux/filter.h).

use super::ProgramFacts;
use crate::error::{Error, Result};
use crate::ir::{ExprKind, Fallible, Field, Layout, Program, Span, Stmt, StmtKind, Text, Type, VarId};
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
    let mut life = Life { program, facts, keys, now: 0, parts: Vec::new(), declared: vec![None; program.vars.len()] };
    life.block(&program.body);
    // Functions are called one at a time, with frames of their own.
    let begun = life.now;
    let mut called = Vec::new();
    for function in &program.functions {
        life.block(&function.body);
        program.reads(function.result).for_each(|var| life.lives(var));
        called.push(life.now);
    }
    let mut parts = life.parts;
    for expr in &program.exprs {
        // A string that is compared is first read into a buffer of its own.
        if let ExprKind::Field(Field::Builtin(field)) = expr.kind
            && let (Read::Fill(_), Type::Text(Text::Chars(size))) = (field.read, field.ty)
        {
            parts.push(Part { size, span: expr.span, what: "this string", from: 0, to: life.now });
        }
    }
    let at = |now: usize| -> u32 {
        let live = parts.iter().filter(|part| part.from <= now && now <= part.to);
        live.map(|part| part.size.next_multiple_of(8)).sum()
    };
    let most = |from: usize, to: usize| (from..=to).map(at).max().unwrap_or(0);
    let starts = std::iter::once(begun).chain(called.iter().copied());
    let frames = starts.zip(&called).map(|(from, to)| most(from + 1, *to).next_multiple_of(32) + CALL);
    let total = most(0, begun) + frames.max().unwrap_or(0);
    let room = STACK - RESERVE - if program.can_fail() { CALL } else { 0 };
    let largest = parts.iter().rev().max_by_key(|part| part.size);
    let Some(largest) = largest.filter(|_| total > room) else { return Ok(total) };
    let what = format!("this closure needs {total} bytes of stack; a kernel program has {room}");
    Err(Error::new(Code::ClosureStack, what)
        .label(program.at(largest.span), format!("{} takes {} bytes", largest.what, largest.size))
        .help("read shorter strings (read-str --len 64), or emit a string where it is read instead of keeping it in a variable"))
}

/// Something on the stack, and from which statement to which it is there.
struct Part {
    size: u32,
    span: Span,
    what: &'static str,
    from: usize,
    to: usize,
}

/// The walk through a program that finds how long everything lives: a scalar from its first to its last use, or to the
/// end of a loop that goes round with it; a buffer to the end of its block, as in C.
struct Life<'a> {
    program: &'a Program,
    facts: &'a ProgramFacts,
    keys: &'a [Option<Layout>],
    now: usize,
    parts: Vec<Part>,
    /// Each variable's part.
    declared: Vec<Option<usize>>,
}

impl Life<'_> {
    fn block(&mut self, block: &[Stmt]) {
        let mut buffers = Vec::new();
        for stmt in block {
            self.now += 1;
            match &stmt.kind {
                StmtKind::Let { var, .. } | StmtKind::Declare { var, .. } if self.facts.is_used(*var) => {
                    let ty = self.facts.var(*var);
                    self.declared[var.0 as usize] = Some(self.parts.len());
                    if !ty.is_scalar() {
                        buffers.push(self.parts.len());
                    }
                    // A scalar lives in a register or a spilled slot of eight bytes.
                    self.part(ty.size().max(8), stmt.span, "this variable");
                }
                StmtKind::Count { map, .. } => {
                    let size = self.keys.get(*map).and_then(Option::as_ref).map_or(8, |key| key.size);
                    self.part(size, stmt.span, "this key");
                }
                StmtKind::Loop { .. } => self.part(8, stmt.span, "this loop's counter"),
                _ => {}
            }
            self.reads(stmt);
            let parts = stmt.kind.exprs().into_iter().flat_map(|expr| self.program.parts(expr));
            for expr in parts.collect::<Vec<_>>() {
                match &self.program.expr(expr).kind {
                    ExprKind::Call { function, .. } if function.stack > 0 => {
                        buffers.push(self.parts.len());
                        self.part(function.stack, stmt.span, "looking for this string");
                    }
                    ExprKind::Fallible(Fallible::Format { parts }) => {
                        buffers.push(self.parts.len());
                        self.part(8 * parts.len() as u32, stmt.span, "putting this text together");
                    }
                    _ => {}
                }
            }
            let begin = self.now;
            stmt.kind.blocks().for_each(|block| self.block(block));
            if let StmtKind::Loop { .. } = stmt.kind {
                // The counter, and what was there before and is looked at inside, is needed for the next turn as well.
                let around = self.parts.iter_mut().filter(|part| part.from <= begin && part.to >= begin);
                around.for_each(|part| part.to = self.now);
            }
        }
        buffers.into_iter().for_each(|part| self.parts[part].to = self.now);
    }

    fn part(&mut self, size: u32, span: Span, what: &'static str) {
        self.parts.push(Part { size, span, what, from: self.now, to: self.now });
    }

    /// Everything that a statement reads or writes lives until here.
    fn reads(&mut self, stmt: &Stmt) {
        if let StmtKind::Assign { var, .. } = stmt.kind {
            self.lives(var);
        }
        let program = self.program;
        stmt.kind.exprs().into_iter().flat_map(|expr| program.reads(expr)).for_each(|var| self.lives(var));
    }

    fn lives(&mut self, var: VarId) {
        if let Some(part) = self.declared[var.0 as usize] {
            self.parts[part].to = self.now;
        }
    }
}
