//! The stack of a kernel program: [`STACK`] bytes for everything.

use super::ProgramFacts;
use crate::error::{Error, Result};
use crate::ir::{ExprId, ExprKind, Fallible, Field, Layout, Program, Span, Stmt, StmtKind, Text, Type, VarId, stmts};
use crate::spec::code::Code;
use crate::spec::field::Read;
use crate::spec::limit::{STACK, STACK_STEP};
use std::collections::BTreeSet;

/// Bytes kept for what clang spills and for the counters' keys.
const RESERVE: u32 = 72;

/// Bytes of a frame besides its variables: the context, the way out and what failed.
const FRAME: u32 = 16;

/// Bytes that clang may spill in a loop's turn.
const SPILLS: u32 = 24;

/// Bytes of the zeros that a new key of an aggregation takes (`back::aggregate`), at most.
const ZEROS: u32 = 48;

/// Bytes that taking a stack takes, at most: its numbers, and what tells the reader of its process.
const TELLING: u32 = 64;

/// What a part is that is the stack of something else.
const CALLED: &str = "";

/// The most bytes of stack that the program's variables, keys and buffers take.
///
/// # Errors
/// [`Code::ClosureStack`], labelled on the largest of them.
pub fn depth(program: &Program, facts: &ProgramFacts, keys: &[Option<Layout>]) -> Result<u32> {
    let mut all = Stack { program, facts, keys, functions: Vec::new(), shared: BTreeSet::new(), largest: None };
    for function in &program.functions {
        let bytes = all.function(&function.body, Some(function.result));
        all.functions.push(bytes);
    }
    let total = all.function(&program.body, None);
    // Calling the function of run-time errors takes a frame, rounded up.
    let room = STACK - RESERVE - if program.can_fail() { STACK_STEP } else { 0 };
    let Some(largest) = all.largest.filter(|_| total > room) else { return Ok(total) };
    let what = format!("this closure needs {total} bytes of stack; a kernel program has {room}");
    Err(Error::new(Code::ClosureStack, what)
        .label(program.at(largest.span), format!("{} takes {} bytes", largest.what, largest.size))
        .help("read shorter strings (read-str --len 64), or emit a string where it is read instead of keeping it in a variable"))
}

/// The stack of a program.
struct Stack<'a> {
    program: &'a Program,
    facts: &'a ProgramFacts,
    keys: &'a [Option<Layout>],
    /// What each of the program's functions takes, with its frame.
    functions: Vec<u32>,
    /// The variables of the frame that loops share (see `back::turn`).
    shared: BTreeSet<VarId>,
    largest: Option<Part>,
}

impl Stack<'_> {
    /// What a function takes, with all that it calls.
    fn function(&mut self, body: &[Stmt], result: Option<ExprId>) -> u32 {
        self.shared = self.facts.shared(self.program, body);
        let part = |var: &VarId| {
            let size = self.facts.var(*var).size().next_multiple_of(8);
            Part { size, span: self.program.var(*var).span, what: "this variable", from: 0, to: 0 }
        };
        let parts: Vec<Part> = self.shared.iter().map(part).collect();
        let shared: u32 = parts.iter().map(|part| part.size).sum();
        self.largest = parts.into_iter().chain(self.largest.take()).max_by_key(|part| part.size);
        let loops = stmts(body).iter().any(|stmt| matches!(stmt.kind, StmtKind::Loop { .. }));
        self.frame(body, result) + shared + if loops { FRAME } else { 0 }
    }

    /// What a function's own variables take, or a turn's, with what it calls.
    fn frame(&mut self, body: &[Stmt], result: Option<ExprId>) -> u32 {
        let declared = vec![None; self.program.vars.len()];
        let mut life = Life { stack: self, now: 0, parts: Vec::new(), declared };
        life.block(body);
        result.into_iter().for_each(|result| life.read(result));
        let (parts, end) = (life.parts, life.now);
        let at = |now: usize| -> u32 {
            let live = parts.iter().filter(|part| part.from <= now && now <= part.to);
            live.map(|part| part.size.next_multiple_of(8)).sum()
        };
        let most = (0..=end).map(at).max().unwrap_or(0);
        let own = parts.into_iter().filter(|part| part.what != CALLED);
        self.largest = own.chain(self.largest.take()).rev().max_by_key(|part| part.size);
        most
    }

    /// Whether a variable is there, and the function's or the turn's own.
    fn is_own(&self, var: VarId) -> bool {
        self.facts.is_used(var) && !self.shared.contains(&var)
    }
}

/// Something on the stack, and from which statement to which it is there.
struct Part {
    size: u32,
    span: Span,
    what: &'static str,
    from: usize,
    to: usize,
}

/// The walk through a function that finds how long everything lives: a scalar from its first to its last use, a buffer
/// to the end of its block, as in C; what is called, while it is called.
struct Life<'a, 'b> {
    stack: &'b mut Stack<'a>,
    now: usize,
    parts: Vec<Part>,
    /// Each variable's part.
    declared: Vec<Option<usize>>,
}

impl Life<'_, '_> {
    fn block(&mut self, block: &[Stmt]) {
        let mut buffers = Vec::new();
        for stmt in block {
            self.now += 1;
            match &stmt.kind {
                StmtKind::Let { var, .. } | StmtKind::Declare { var, .. } if self.stack.is_own(*var) => {
                    let ty = self.stack.facts.var(*var);
                    self.declared[var.0 as usize] = Some(self.parts.len());
                    if !ty.is_scalar() {
                        buffers.push(self.parts.len());
                    }
                    // A scalar lives in a register or a spilled slot of eight bytes.
                    self.part(ty.size().max(8), stmt.span, "this variable");
                }
                StmtKind::Aggregate { map, key, value } => {
                    let size = self.stack.keys.get(*map).and_then(Option::as_ref).map_or(8, |key| key.size);
                    // A new key's zeros, at most, beside it; those of a count are in the reserve.
                    let size = size + if key.is_some() && value.is_some() { ZEROS } else { 0 };
                    self.part(size, stmt.span, "this key");
                }
                StmtKind::Put { map, value, .. } => {
                    let key = self.stack.keys.get(*map).and_then(Option::as_ref).map_or(0, |key| key.size);
                    self.part(key, stmt.span, "this key");
                    // What is kept for a thread is filled in place.
                    let kept = value.leaves().into_iter().map(|(_, leaf)| self.stack.facts.ty(leaf).size().max(8));
                    let size = kept.sum::<u32>();
                    self.part(if key > 0 { size } else { 0 }, stmt.span, "this value");
                }
                StmtKind::Get { map, .. } | StmtKind::Delete { map, .. } => {
                    let key = self.stack.keys.get(*map).and_then(Option::as_ref).map_or(8, |key| key.size);
                    self.part(key, stmt.span, "this key");
                }
                StmtKind::Loop { body, .. } => {
                    let turn = self.stack.frame(body, None) + SPILLS;
                    self.part(turn.next_multiple_of(STACK_STEP), stmt.span, CALLED);
                }
                _ => {}
            }
            stmt.kind.assigned().into_iter().for_each(|var| self.lives(var));
            for expr in stmt.kind.exprs() {
                self.read(expr);
                self.buffers(expr, stmt, &mut buffers);
            }
            if !matches!(stmt.kind, StmtKind::Loop { .. }) {
                stmt.kind.blocks().for_each(|block| self.block(block));
            }
        }
        buffers.into_iter().for_each(|part| self.parts[part].to = self.now);
    }

    /// What reading an expression takes besides its variables.
    fn buffers(&mut self, root: ExprId, stmt: &Stmt, buffers: &mut Vec<usize>) {
        let program = self.stack.program;
        for expr in program.parts(root) {
            let (size, what) = match &program.expr(expr).kind {
                ExprKind::Fallible(Fallible::Sub { number, .. }) => {
                    self.part(
                        self.stack.functions[*number].next_multiple_of(STACK_STEP) + STACK_STEP,
                        stmt.span,
                        CALLED,
                    );
                    continue;
                }
                ExprKind::Call { function, .. } if function.stack > 0 => (function.stack, "looking for this string"),
                ExprKind::Fallible(Fallible::Format { parts }) => {
                    (8 * parts.len() as u32, "putting this text together")
                }
                ExprKind::Field(Field::Builtin(field)) if matches!(field.ty, Type::Stack(_)) => (TELLING, "this stack"),
                // A string that is compared is first read into a buffer of its own.
                ExprKind::Field(Field::Builtin(field)) if expr != root => match (field.read, field.ty) {
                    (Read::Fill(_), Type::Text(Text::Chars(size))) => (size, "this string"),
                    _ => continue,
                },
                _ => continue,
            };
            buffers.push(self.parts.len());
            self.part(size, stmt.span, what);
        }
    }

    fn part(&mut self, size: u32, span: Span, what: &'static str) {
        self.parts.push(Part { size, span, what, from: self.now, to: self.now });
    }

    /// Everything that an expression reads lives until here.
    fn read(&mut self, expr: ExprId) {
        self.stack.program.reads(expr).for_each(|var| self.lives(var));
    }

    fn lives(&mut self, var: VarId) {
        if let Some(part) = self.declared[var.0 as usize] {
            self.parts[part].to = self.now;
        }
    }
}
