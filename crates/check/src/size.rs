//! The length of a kernel program: a jump reaches 32,767 instructions (16 bits and a sign,
//! Documentation/bpf/standardization/instruction-set.rst), so that a program must not be longer.

use super::{Facts, ProgramFacts};
use crate::error::{Error, Result};
use crate::ir::{Block, ExprId, ExprKind, Fallible, Program, Span, Stmt, StmtKind};
use crate::spec::code::Code;
use crate::spec::feature::{Kernel, LOOP};
use crate::spec::function::{ENDS_WITH, Function, STARTS_WITH};

/// What the statements of a program may weigh together. Found by trying: 500 filtered rows of two fields weigh this much
/// and take 28,005 instructions.
const MOST: usize = 60_000;

/// What the verifier may look at, of the 1,000,000 instructions that it does (`BPF_COMPLEXITY_LIMIT_INSNS`,
/// include/linux/bpf.h).
const MOST_VERIFIED: usize = 600_000;

/// Branches that the verifier leaves open on one way through the program (`BPF_COMPLEXITY_LIMIT_JMP_SEQ`,
/// kernel/bpf/verifier.c, is 8192).
const MOST_WAYS: usize = 8_000;

/// How often the verifier walks through a loop's turn until it learns nothing new.
const WALKS: usize = 3;

/// The most turns of all loops for one event, where each runs as often as it may: some milliseconds.
pub const MOST_TURNS: u64 = 1 << 20;

/// The instructions that the verifier may go through before it is made to forget.
const REMEMBERED: usize = 100_000;

/// Whether the verifier is to forget where branches meet (see [`ProgramFacts::forgets`]).
///
/// # Errors
/// [`Code::ClosureSize`], labelled where the program has become too long, or on the loop that runs too often.
pub fn length(program: &Program, kernel: Kernel, facts: &Facts, own: &ProgramFacts) -> Result<bool> {
    let sum = Sum { program, kernel, facts, own };
    if let Some(span) = sum.crossed() {
        return Err(Error::new(Code::ClosureSize, "this closure is too long for one kernel program")
            .label(program.at(span), "from here on there is no room")
            .help("emit or count a value instead of asking for each of its values, or attach several probes"));
    }
    let most = program.body.iter().map(|stmt| (sum.turns(stmt), stmt.span)).max_by_key(|(turns, _)| *turns);
    if let Some((turns, span)) = most.filter(|(turns, _)| *turns > MOST_TURNS) {
        return Err(Error::new(Code::ClosureSize, format!("this loop may run {turns} turns for one event"))
            .label(program.at(span), format!("a probe runs at most {MOST_TURNS}, with those of loops inside"))
            .help("use a smaller range, or fewer loops in one another"));
    }
    let whole: usize = program.body.iter().map(|stmt| sum.verified(stmt)).sum();
    if whole <= MOST_VERIFIED && sum.ways(&program.body) <= MOST_WAYS {
        let stmts = program.stmts();
        let branches = stmts.iter().filter(|stmt| matches!(stmt.kind, StmtKind::If { .. })).count();
        let exprs = stmts.iter().flat_map(|stmt| stmt.kind.exprs());
        let work: usize = exprs.map(|expr| sum.text_work(expr)).sum();
        return Ok(work << branches.min(8) > REMEMBERED);
    }
    let at = program.at(sum.largest());
    Err(Error::new(Code::ClosureSize, "this closure does too much for one kernel program")
        .label(at, "this takes the verifier longest")
        .help(match program.has_loops() && !kernel.has(&LOOP) {
            true => {
                format!("use loops of fewer iterations: up to Linux {} the verifier walks through each", LOOP.since)
            }
            false => "read shorter strings (--len), or do less with them".to_string(),
        }))
}

/// What a program's statements weigh.
struct Sum<'a> {
    program: &'a Program,
    kernel: Kernel,
    facts: &'a Facts,
    own: &'a ProgramFacts,
}

impl Sum<'_> {
    /// Where the program has become too long.
    fn crossed(&self) -> Option<Span> {
        let mut total = 0;
        let crosses = |stmt: &&Stmt| {
            total += self.weight(stmt);
            total > MOST
        };
        self.program.stmts().into_iter().find(crosses).map(|stmt| stmt.span)
    }

    /// What the verifier has to do for a statement.
    fn verified(&self, stmt: &Stmt) -> usize {
        let inner: usize = stmt.kind.blocks().flatten().map(|stmt| self.verified(stmt)).sum();
        self.weight(stmt)
            + match &stmt.kind {
                StmtKind::Loop { times, .. } => inner.saturating_mul(self.walks(*times)),
                kind => inner + kind.exprs().into_iter().map(|expr| self.text_work(expr)).sum::<usize>(),
            }
    }

    /// How often the verifier walks through a loop body.
    fn walks(&self, times: u32) -> usize {
        if self.kernel.has(&LOOP) { WALKS } else { times as usize }
    }

    /// The operation that the verifier has most to do for, of the program's and its functions'; else the statement.
    fn largest(&self) -> Span {
        let parts = |stmt: &Stmt| {
            let parts = stmt.kind.exprs().into_iter().flat_map(|expr| self.program.parts(expr)).collect::<Vec<_>>();
            let own = (self.weight(stmt), stmt.span);
            let parts = parts.into_iter().map(|part| (self.part_work(part), self.program.expr(part).span));
            parts.chain([own]).filter(|(_, span)| span.start < span.end).collect::<Vec<_>>()
        };
        let all: Vec<(usize, Span)> = self.program.stmts().into_iter().flat_map(parts).collect();
        all.into_iter().rev().max_by_key(|(work, _)| *work).map_or(Span::default(), |(_, span)| span)
    }

    /// How many turns of loops a statement may take.
    fn turns(&self, stmt: &Stmt) -> u64 {
        let inside = |block: &Block| block.iter().map(|stmt| self.turns(stmt)).fold(0, u64::saturating_add);
        let inner = stmt.kind.blocks().map(inside).fold(0, u64::saturating_add);
        let called = stmt.kind.exprs().into_iter().map(|expr| match self.program.expr(expr).kind {
            ExprKind::Fallible(Fallible::Sub { number, .. }) => inside(&self.program.functions[number].body),
            _ => 0,
        });
        match stmt.kind {
            StmtKind::Loop { times, .. } => inner.max(1).saturating_mul(times.into()),
            _ => called.fold(inner, u64::saturating_add),
        }
    }

    /// The branches on one way through a block, by what statements have come to in tries.
    fn ways(&self, block: &[Stmt]) -> usize {
        let room = |args: &[ExprId]| args.iter().map(|arg| self.own.ty(*arg).capacity() as usize).max().unwrap_or(0);
        let part = |expr: ExprId| match &self.program.expr(expr).kind {
            ExprKind::Call { function, args } | ExprKind::Fallible(Fallible::Call { function, args }) => {
                match function.work {
                    0 => 1,
                    _ => 4 * self.bytes(function, args),
                }
            }
            ExprKind::Fallible(Fallible::Matches { text, .. }) => 3 * room(&[*text]),
            ExprKind::Fallible(Fallible::Sub { number, .. }) => self.ways(&self.program.functions[*number].body),
            ExprKind::Fallible(Fallible::Checked { op, .. }) if matches!(op.c, "+" | "-") => 1,
            ExprKind::Fallible(_) => 6,
            _ => 0,
        };
        let ways = |stmt: &Stmt| {
            let exprs = stmt.kind.exprs().into_iter().flat_map(|expr| self.program.parts(expr));
            let own = exprs.map(part).sum::<usize>()
                + match &stmt.kind {
                    StmtKind::Emit { .. } => 6,
                    StmtKind::Aggregate { .. } => 12,
                    StmtKind::Put { .. } | StmtKind::Get { .. } | StmtKind::Delete { .. } => 12,
                    StmtKind::If { .. } => 2,
                    _ => 0,
                };
            let inner: usize = stmt.kind.blocks().map(|block| self.ways(block)).sum();
            match stmt.kind {
                StmtKind::Loop { times, .. } => inner.saturating_mul(self.walks(times)),
                _ => own + inner,
            }
        };
        block.iter().map(ways).sum()
    }

    fn weight(&self, stmt: &Stmt) -> usize {
        match &stmt.kind {
            StmtKind::Emit { event, .. } => 60 + 20 * self.facts.events[*event].slots.len(),
            // The logarithm of a histogram's value takes some 60 instructions.
            StmtKind::Aggregate { value, .. } => 80 + if value.is_some() { 80 } else { 0 },
            StmtKind::Put { .. } | StmtKind::Get { .. } | StmtKind::Delete { .. } => 80 + 10 * stmt.kind.exprs().len(),
            _ => 20,
        }
    }

    /// What a function of strings costs the verifier: some hundred instructions a byte, found by trying.
    fn text_work(&self, expr: ExprId) -> usize {
        let work = |expr: ExprId| match &self.program.expr(expr).kind {
            // The verifier goes through a function at each of its calls.
            ExprKind::Fallible(Fallible::Sub { number, .. }) => {
                self.program.functions[*number].body.iter().map(|stmt| self.verified(stmt)).sum()
            }
            _ => self.part_work(expr),
        };
        self.program.parts(expr).into_iter().map(work).sum()
    }

    /// The same of one expression, without its operands and what it calls.
    fn part_work(&self, expr: ExprId) -> usize {
        match &self.program.expr(expr).kind {
            ExprKind::Call { function, args } | ExprKind::Fallible(Fallible::Call { function, args }) => {
                function.work * self.bytes(function, args)
            }
            ExprKind::Fallible(Fallible::Matches { text, .. }) => 30 * self.own.ty(*text).capacity() as usize,
            _ => 0,
        }
    }

    /// The bytes that a function goes through: of a string's beginning or end, as many as are looked for.
    fn bytes(&self, function: &Function, args: &[ExprId]) -> usize {
        let capacities = args.iter().map(|arg| self.own.ty(*arg).capacity() as usize);
        let at_end = function == &STARTS_WITH || function == &ENDS_WITH;
        if at_end { capacities.min() } else { capacities.max() }.unwrap_or(0)
    }
}
