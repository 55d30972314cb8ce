//! The one intermediate representation: what a closure means, with nothing of Nushell's IR and nothing of C in it.
//!
//! `front` makes an [`Object`], `check` learns its types, `back` prints it, `read` decodes what it sends. The meaning:
//!
//! - An object is one compiled file: its programs, the maps they share and the events they send.
//! - Control flow is structured: `If`, `Loop`, and `Scope`, a block that a `Leave` inside of it ends. Every `Leave` goes
//!   forward, to the end of something that it stands in.
//! - An **expression is pure and cannot fail**. What reads memory that may be absent, or may overflow, is a
//!   [`Fallible`] and stands alone on the right of a `Let`, or as a leaf of an `Emit` or a key.
//! - A record or a list is not a run-time value: it is a [`Shape`], known when the closure is lowered, whose leaves are
//!   expressions. Its field names and its constants never travel through the kernel.
//! - Every statement and expression carries the [`Span`] of the closure's text that it came from.

mod access;
mod by_name;
mod context;
mod expr;
mod fields;
pub mod glob;
mod later;
mod layout;
mod map;
mod object;
mod postpone;
pub mod rule;
mod scale;
mod span;
mod state;
mod target;
mod ty;

pub use access::{Access, Declared, Names, Step, Tag, Variable};
pub use context::{Context, Form, Member};
pub use expr::{Binary, Const, Expr, ExprId, ExprKind, Fallible, Field, Function, Shape, VarId};
pub use fields::Named;
pub use later::{Later, device, device_text};
pub use layout::{Layout, Slot, Tree};
pub use map::{Aggregate, Map, MapKind};
pub use nu_ebpf_pattern::{Automaton, Unsuited};
pub use postpone::Postponed;
pub use scale::Scale;
pub use span::{Span, mark, marked};
pub use state::{CALLS, Role, State, kept};
pub use target::{AttachPoint, Place, Rate, Title, Watched};
pub use target::{binary_and_function, function_and_offset, in_module, kind_named, no_kind, syscall};
pub use ty::{Kind, Space, Text, Type, Width};

use crate::spec::failure::Failure;
use crate::spec::feature::Kernel;
pub use crate::spec::operator::compute;
use std::collections::BTreeSet;

/// One compiled file: programs that share maps, a ring buffer and their events.
#[derive(Debug, Clone, Default)]
pub struct Object {
    pub programs: Vec<Program>,
    pub maps: Vec<Map>,
    /// How many kinds of row the programs send; an `Emit` names one by its index.
    pub events: usize,
    /// Whether another object's programs may add to its maps as well.
    pub shares: bool,
    /// The kernel that it is built for.
    pub kernel: Kernel,
}

/// A branch in the closure's own text: where its instruction begins, that one's number, and which side it is.
pub type BranchKey = (usize, usize, bool);

/// One BPF function: a closure at an attach point, or at several whose contexts are the same to it.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its name, once an object.
    pub name: String,
    /// At least one.
    pub targets: Vec<AttachPoint>,
    /// The number of the first target among those of the object.
    pub first: usize,
    /// Where its text starts when the texts of all programs stand one behind the other, as in [`mark`]s.
    pub shift: usize,
    /// That of the first target. Of another's members only those are the same that the closure names.
    pub context: Context,
    pub filters: Filters,
    /// The closure's own text; spans are offsets into it.
    pub text: String,
    /// Where that text starts in what Nushell has read, to turn a [`Span`] back into one of Nushell's.
    pub base: usize,
    /// Where a file is named that the program has come in, whose text stands nowhere in this shell; else None.
    pub carried: Option<nu_protocol::Span>,
    pub exprs: Vec<Expr>,
    pub vars: Vec<Var>,
    /// The patterns that strings are matched with.
    pub automata: Vec<Automaton>,
    /// The ways to members of the kernel's structs.
    pub accesses: Vec<Access>,
    /// The kernel's own variables that it looks at.
    pub variables: Vec<Variable>,
    /// The kernel's enums whose names are given.
    pub enums: Vec<Names>,
    /// Users' commands that are called, not lowered in place.
    pub functions: Vec<Subprogram>,
    pub body: Block,
    /// The first condition that is decided before the program runs, and how: what it would have let through is left out.
    pub decided: Option<(Span, String)>,
    /// Where the closure's last value stands, which the program drops, and whether it is a condition.
    pub result: Option<(Span, bool)>,
    /// Its branches, each with why no event takes it, or None.
    pub branches: Vec<(BranchKey, Option<(Span, String)>)>,
    /// Whether it runs at entries, and keeps what another's closure asks of them (`$ctx.entry`).
    pub for_return: bool,
    /// Its part in postponing events whose strings are not in memory yet, if it has one.
    pub postponed: Option<Postponed>,
}

/// A function of the program's, which gives a number or fails.
#[derive(Debug, Clone)]
pub struct Subprogram {
    /// The command's name.
    pub name: String,
    pub params: Vec<(VarId, Type)>,
    pub result: ExprId,
    pub body: Block,
    pub span: Span,
}

/// Conditions asked for outside the closure (`--pid`, `--comm`), tested before its first statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Process id, in the pid namespace of the shell that attaches.
    pub process: Option<u32>,
    /// Command name, at most 15 bytes (the kernel's `TASK_COMM_LEN` less the NUL).
    pub comm: Option<String>,
}

/// A variable of the program. Its name is the closure's, made unique only when it is printed.
#[derive(Debug, Clone)]
pub struct Var {
    pub name: String,
    pub span: Span,
    /// What it holds, as far as `front` has come; `check` knows how wide it must be.
    pub ty: Type,
}

/// The ring buffer's name in every object that sends rows.
pub const RING: &str = "nu_events";

/// The name of the counters that every object keeps about itself (see `spec::stat`).
pub const STATS: &str = "nu_stats";

/// The name of the run-time errors that an object remembers, if its program can end in one (see `spec::failure`).
pub const ERRORS: &str = "nu_errors";

/// The names of the table of stacks, and of the ring buffer that tells of the processes whose stacks were taken.
pub const STACKS: &str = "nu_stacks";
pub const PROCESSES: &str = "nu_processes";

/// The name of the program that deletes a thread's values from hashes when the kernel frees the thread; only objects
/// built for kernels without task storage have it.
pub const THREAD_FREED: &str = "nu_thread_freed";

/// The section, and so the map, of the number that makes the kernel's clock the time of day (`bpf_headers/nu/time.h`).
pub const EPOCH: &str = ".rodata.nu_epoch";

/// The same of the number of the pid namespace whose ids are wanted (`bpf_headers/nu/namespace.h`).
pub const PID_NAMESPACE: &str = ".rodata.nu_pidns";

pub type Block = Vec<Stmt>;

#[derive(Debug, Clone)]
pub struct Stmt {
    pub kind: StmtKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum StmtKind {
    /// Declares a variable with its value.
    Let { var: VarId, value: Value },
    /// Declares a variable that an `If` gives its value in each branch; one that some branch leaves alone is zero first.
    Declare { var: VarId, zero: bool },
    /// Gives a variable another value.
    Assign { var: VarId, value: Value },
    /// Runs one of two blocks.
    If { cond: ExprId, then: Block, otherwise: Block },
    /// Sends a row: event number and what it holds.
    Emit { event: usize, row: Shape },
    /// Adds to a slot of a map: a value, where the aggregation takes one.
    Aggregate { map: usize, key: Option<Shape>, value: Option<ExprId> },
    /// Keeps a value under a key, or for the thread.
    Put { map: usize, key: Option<Shape>, value: Shape },
    /// Looks up whether there is a value, and what its parts are; `take`: there is none any longer.
    Get { map: usize, key: Option<Shape>, found: VarId, into: Vec<VarId>, take: bool },
    /// Drops the value of a key, if there is one.
    Delete { map: usize, key: Shape },
    /// Ends the program for this event: a return whose entry was not seen. It is counted.
    Missed,
    /// Runs a block `times` times. Leaving `label` ends it, leaving `again` its turn; the end of a `limited` one fails.
    Loop { label: Label, again: Label, counter: VarId, times: u32, limited: bool, body: Block },
    /// A block. What fails inside of one that `catches` leaves it.
    Scope { label: Label, catches: bool, body: Block },
    /// Goes to the end of the loop or scope that it stands in.
    Leave(Label),
    /// Ends the program for this event with a run-time error, unless a scope catches it.
    Fail(&'static Failure),
    /// Ends the program for this event.
    Return,
}

/// Names a loop or a scope, once a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label(pub u32);

/// The right-hand side of a `Let` or an `Assign`.
#[derive(Debug, Clone)]
pub enum Value {
    /// A pure expression.
    Pure(ExprId),
    /// Something that may fail: the only place where it may stand besides a leaf.
    Fallible(ExprId),
}

impl Value {
    pub fn expr(&self) -> ExprId {
        match self {
            Value::Pure(expr) | Value::Fallible(expr) => *expr,
        }
    }
}

impl Program {
    pub fn target(&self) -> &AttachPoint {
        &self.targets[0]
    }

    /// The name of its function in the object, under which it is found again after loading.
    pub fn symbol(&self) -> String {
        format!("nu_{}_probe", self.name)
    }

    /// Whether the plugin added it: its attach points are not those that were named.
    pub fn is_added(&self) -> bool {
        self.for_return || self.resumes()
    }

    /// Returns whether it runs events that another program has postponed.
    pub fn resumes(&self) -> bool {
        matches!(self.postponed, Some(Postponed::Resumes { .. }))
    }

    /// The words of its targets, for people.
    pub fn titles(&self) -> String {
        self.targets.iter().map(|target| target.text.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Where a span of its text lies among the texts of all programs.
    pub fn shifted(&self, span: Span) -> Span {
        Span::new(self.shift + span.start, self.shift + span.end)
    }

    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    pub fn var(&self, id: VarId) -> &Var {
        &self.vars[id.0 as usize]
    }

    /// A span of the closure's text as one of Nushell's.
    pub fn at(&self, span: Span) -> nu_protocol::Span {
        if let Some(file) = self.carried {
            return file;
        }
        nu_protocol::Span::new(self.base + span.start, self.base + span.end)
    }

    /// Whether a run-time error can end the program.
    pub fn can_fail(&self) -> bool {
        let fails = |stmt: &Stmt| matches!(stmt.kind, StmtKind::Fail(_) | StmtKind::Loop { limited: true, .. });
        self.stmts().into_iter().any(fails) || self.exprs.iter().any(|expr| expr.kind.fails())
    }

    /// Every statement, in order, with those inside branches.
    pub fn stmts(&self) -> Vec<&Stmt> {
        let saves = self.postponed.iter().filter_map(Postponed::saves);
        let bodies = self.functions.iter().map(|function| &function.body).chain([&self.body]).chain(saves);
        bodies.flat_map(|body| stmts(body)).collect()
    }

    pub fn has_loops(&self) -> bool {
        self.stmts().iter().any(|stmt| matches!(stmt.kind, StmtKind::Loop { .. }))
    }

    /// The variables of a function's body that the turns of its loops share with what is around them: they are declared
    /// outside of a loop and used inside.
    pub fn shared(&self, body: &[Stmt]) -> BTreeSet<VarId> {
        let mut shared = BTreeSet::new();
        for stmt in stmts(body) {
            let StmtKind::Loop { counter, body, .. } = &stmt.kind else { continue };
            let (mut own, mut used) = (BTreeSet::from([*counter]), BTreeSet::new());
            for stmt in stmts(body) {
                match &stmt.kind {
                    StmtKind::Let { var, .. } | StmtKind::Declare { var, .. } => drop(own.insert(*var)),
                    StmtKind::Loop { counter, .. } => drop(own.insert(*counter)),
                    kind => used.extend(kind.assigned()),
                }
                used.extend(stmt.kind.exprs().into_iter().flat_map(|expr| self.reads(expr)));
            }
            shared.extend(used.difference(&own));
        }
        shared
    }

    /// An expression, and those that it is made of, in whatever depth.
    pub fn parts(&self, id: ExprId) -> Vec<ExprId> {
        let mut parts = vec![id];
        let mut seen = 0;
        while let Some(part) = parts.get(seen) {
            parts.extend(self.expr(*part).kind.operands());
            seen += 1;
        }
        parts
    }

    /// The variables that an expression reads.
    pub fn reads(&self, id: ExprId) -> impl Iterator<Item = VarId> {
        self.parts(id).into_iter().filter_map(|part| match self.expr(part).kind {
            ExprKind::Var(var) => Some(var),
            _ => None,
        })
    }
}

/// Every statement of a block, in order, with those inside its own blocks.
pub fn stmts(block: &[Stmt]) -> Vec<&Stmt> {
    block.iter().flat_map(|stmt| [stmt].into_iter().chain(stmt.kind.blocks().flat_map(|block| stmts(block)))).collect()
}

impl StmtKind {
    /// The variables that it gives another value.
    pub fn assigned(&self) -> Vec<VarId> {
        match self {
            StmtKind::Assign { var, .. } => vec![*var],
            StmtKind::Get { found, into, .. } => into.iter().copied().chain([*found]).collect(),
            _ => Vec::new(),
        }
    }

    /// The blocks that it is made of.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let (first, second) = match self {
            StmtKind::If { then, otherwise, .. } => (Some(then), Some(otherwise)),
            StmtKind::Loop { body, .. } | StmtKind::Scope { body, .. } => (Some(body), None),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The expressions that it looks at itself, without those of its blocks.
    pub fn exprs(&self) -> Vec<ExprId> {
        match self {
            StmtKind::Let { value, .. } | StmtKind::Assign { value, .. } => vec![value.expr()],
            StmtKind::If { cond, .. } => vec![*cond],
            StmtKind::Emit { row, .. } => row.leaves().into_iter().map(|(_, leaf)| leaf).collect(),
            StmtKind::Aggregate { key, value, .. } => {
                let leaves = key.iter().flat_map(Shape::leaves).map(|(_, leaf)| leaf);
                leaves.chain(*value).collect()
            }
            StmtKind::Put { key, value, .. } => {
                key.iter().chain([value]).flat_map(Shape::leaves).map(|(_, leaf)| leaf).collect()
            }
            StmtKind::Get { key, .. } => key.iter().flat_map(Shape::leaves).map(|(_, leaf)| leaf).collect(),
            StmtKind::Delete { key, .. } => key.leaves().into_iter().map(|(_, leaf)| leaf).collect(),
            _ => Vec::new(),
        }
    }
}
