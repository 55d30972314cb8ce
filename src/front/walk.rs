//! The run through a closure's instructions.

use super::closure::Closure;
use super::context::Asking;
use super::frame::{Callee, Code, Frame, Params};
use super::shell::Shell;
use super::variable::Binding;
use super::{Options, Reg, Result, Span, Spot};
use crate::ir::{
    Access, AttachPoint, Automaton, Binary, Block, Const, Context, Expr, ExprId, ExprKind, Later, Map, Names, Object,
    Shape, Stmt, StmtKind, Subprogram, Var, Variable,
};
use crate::spec::probe::Frame as ContextFrame;
use nu_protocol::ast::Pattern;
use nu_protocol::ir::Instruction;
use nu_protocol::{RegId, Value, VarId};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

/// Statements that a program has at most; unrolled loops and inlined calls multiply.
const MOST: usize = 20_000;

/// The state of lowering one closure.
pub struct Lowering<'a> {
    pub closure: &'a Closure,
    pub shell: &'a dyn Shell,
    pub target: &'a AttachPoint,
    pub context: &'a Context,
    pub asking: Asking,
    /// What a value that nothing was put for as yet is taken for.
    pub guess: super::Guess,
    /// What of the entry the closure asks, each with the variable that has it at the return.
    pub remembered: Vec<super::entry::Remembered>,
    /// The arguments of an iterator that are objects, by their places, each with the variable that has it.
    pub objects: Vec<(usize, crate::ir::VarId)>,
    pub options: &'a Options,
    pub exprs: Vec<Expr>,
    pub vars: Vec<Var>,
    pub automata: Vec<Automaton>,
    pub accesses: Vec<Access>,
    pub variables: Vec<Variable>,
    pub enums: Vec<Names>,
    pub functions: Vec<Subprogram>,
    pub subprograms: Vec<super::subprogram::Known>,
    /// The block that statements go into at the moment.
    pub block: Block,
    /// The object's maps and events: those of its programs before, and this one's.
    pub maps: Vec<Map>,
    pub events: usize,
    pub frame: Frame,
    /// The calls that the walk is inside, outermost first.
    pub calls: Vec<(Callee, String)>,
    pub codes: Vec<(Callee, Rc<Code>)>,
    pub captures: HashMap<VarId, Value>,
    pub bindings: HashMap<VarId, Binding>,
    /// What the `mut`s hold at this point.
    pub mutables: BTreeMap<VarId, Shape>,
    /// Variables that may be assigned again: a value taken from one must be copied.
    pub mutable: HashSet<crate::ir::VarId>,
    /// Strings that may be null.
    pub nullable: HashSet<crate::ir::VarId>,
    /// What is at the addresses that variables hold; None where that is no longer known.
    pub pointees: HashMap<crate::ir::VarId, Option<super::kernel::Pointee>>,
    /// The comparisons that are decided before the probe runs.
    pub decided: super::unreachable::Decided,
    /// How many branches the walk is inside, how many alternatives of a value, and how many blocks that can be left.
    pub depth: usize,
    pub alternatives: usize,
    pub fixed: usize,
    /// How many `try` the walk is inside.
    pub tries: usize,
    pub labels: u32,
    /// The instruction that is being lowered has ended the way.
    pub ended: bool,
    /// What the code in the frame has returned.
    pub returned: Reg,
    /// Where the closure's last value stands, and whether it is a condition.
    pub result: Option<(crate::ir::Span, bool)>,
    /// The values that variables were bound to.
    pub sources: HashMap<crate::ir::VarId, ExprId>,
    /// The list that a command has made which sent rows as well, and that command.
    pub sent: Option<super::command::Sent>,
    /// The instruction that is being lowered.
    pub now: Span,
    pub statements: usize,
}

/// Whether control goes on after a run of instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    On,
    /// The program has returned, or left what it is inside.
    Ended,
}

impl Flow {
    /// Goes on there, if it goes on.
    pub fn then(self, next: usize) -> Step {
        if self == Flow::On { Step::To(next) } else { Step::End }
    }
}

/// Where the walk goes after an instruction.
pub enum Step {
    Next,
    To(usize),
    End,
}

impl<'a> Lowering<'a> {
    pub fn new(
        closure: &'a Closure, shell: &'a dyn Shell, place: &'a (AttachPoint, Context), object: &Object,
        options: &'a Options,
    ) -> Self {
        let code = Rc::new(Code { ir: closure.ir.clone(), at: None });
        let names = super::frame::names(super::frame::parameters(&closure.text).unwrap_or_default());
        let named = names.into_iter().take(1).map(|name| (name, Reg::Ctx)).collect();
        let params = Params { named, other: Some(Reg::Ctx) };
        Lowering {
            closure,
            shell,
            target: &place.0,
            context: &place.1,
            asking: Asking::default(),
            guess: super::Guess::Nothing,
            remembered: Vec::new(),
            objects: Vec::new(),
            options,
            exprs: Vec::new(),
            vars: Vec::new(),
            automata: Vec::new(),
            accesses: Vec::new(),
            variables: Vec::new(),
            enums: Vec::new(),
            functions: Vec::new(),
            subprograms: Vec::new(),
            block: Block::new(),
            maps: object.maps.clone(),
            events: object.events,
            frame: Frame::new(code, params, closure.span()),
            calls: Vec::new(),
            codes: Vec::new(),
            captures: closure.captures.clone(),
            bindings: HashMap::new(),
            mutables: BTreeMap::new(),
            mutable: HashSet::new(),
            nullable: HashSet::new(),
            pointees: HashMap::new(),
            decided: Default::default(),
            depth: 0,
            alternatives: 0,
            fixed: 0,
            tries: 0,
            labels: 0,
            ended: false,
            returned: Reg::Empty,
            result: None,
            sources: HashMap::new(),
            now: closure.span(),
            statements: 0,
            sent: None,
        }
    }

    /// Lowers the whole closure; its last value is dropped, as `emit` and the aggregations are what sends values out.
    pub fn body(&mut self) -> Result<()> {
        if self.context.frame == ContextFrame::Iterator {
            return self.iterated();
        }
        let end = self.frame.code.ir.instructions.len();
        self.walk(0, end).map(drop)
    }

    /// Lowers the instructions from `start` up to `end`.
    pub fn walk(&mut self, start: usize, end: usize) -> Result<Flow> {
        let code = self.frame.code.clone();
        let mut at = start;
        while at < end {
            let (Some(instruction), Some(span)) = (code.ir.instructions.get(at), code.ir.spans.get(at)) else {
                return Err(self.unreadable());
            };
            self.now = *span;
            if self.statements > MOST {
                return Err(self.too_long(*span));
            }
            let step = match self.loop_end(at) {
                Some(behind) => self.endless(at, behind, *span)?,
                None => self.step(at, instruction, *span)?,
            };
            if std::mem::take(&mut self.ended) {
                return Ok(Flow::Ended);
            }
            match step {
                Step::Next => at += 1,
                Step::To(next) if next > at => at = next,
                Step::To(_) => return Err(self.unreadable()),
                Step::End => return Ok(Flow::Ended),
            }
        }
        Ok(Flow::On)
    }

    fn step(&mut self, at: usize, instruction: &Instruction, span: Span) -> Result<Step> {
        use Instruction as I;
        match instruction {
            I::BranchIf { cond, index } => return self.branch(at, *cond, *index, span),
            I::Match { pattern, src, index } => {
                if let Pattern::Value(Value::Bool { val, .. }) = &**pattern
                    && let Some(step) = self.short_circuit(at, *val, *src, *index, span)?
                {
                    return Ok(step);
                }
                return self.match_value(at, *src, span);
            }
            I::Iterate { dst, stream, end_index } => return self.iterate(at, *dst, *stream, *end_index, span),
            I::OnError { index } => return self.attempt(at, *index, None, span),
            I::OnErrorInto { index, dst } => return self.attempt(at, *index, Some(*dst), span),
            I::Jump { index } => return Ok(self.jump(*index, span)),
            I::ReturnEarly { src } => return self.return_early(*src, span),
            I::Return { src } => return self.return_value(*src),
            I::Drop { src } | I::Drain { src } => drop(self.take(*src)?),
            // Hands its value on where that is wanted; what is not wanted is dropped behind it.
            I::DrainIfEnd { .. } => {}
            I::Call { decl_id, src_dst } => self.call(*decl_id, *src_dst, span)?,
            I::PushPositional { .. } | I::PushNamed { .. } | I::PushShortNamed { .. } | I::AppendRest { .. } => {
                self.push_argument(instruction, span)?
            }
            I::PushFlag { .. } | I::PushShortFlag { .. } => self.push_argument(instruction, span)?,
            // Nothing to do for values that are known at attach time: spans, streams, redirections.
            I::Span { .. } | I::Collect { .. } | I::TryCollect { .. } | I::DropVariable { .. } => {}
            I::CheckMatchGuard { .. } | I::PopErrorHandler => {}
            I::RedirectOut { .. } | I::RedirectErr { .. } | I::CheckErrRedirected { .. } => {}
            other => self.compute(other, span)?,
        }
        Ok(Step::Next)
    }

    /// An instruction that makes a value, or stores one.
    fn compute(&mut self, instruction: &Instruction, span: Span) -> Result<()> {
        use Instruction as I;
        match instruction {
            I::LoadLiteral { dst, lit } => {
                let value = self.literal(lit, span)?;
                self.set(*dst, value)
            }
            I::LoadValue { dst, val } => {
                let value = self.captured(val, span);
                self.set(*dst, value)
            }
            I::Move { dst, src } => {
                let value = self.take(*src)?;
                self.set(*dst, value)
            }
            I::Clone { dst, src } => self.copy(*dst, *src, span),
            I::LoadVariable { dst, var_id } => {
                self.decided.last = None;
                self.load_variable(*dst, *var_id, span)
            }
            I::StoreVariable { var_id, src } => self.store_variable(*var_id, *src, span),
            I::LoadEnv { dst, key } => self.load_env(*dst, *key, false, span),
            I::LoadEnvOpt { dst, key } => self.load_env(*dst, *key, true, span),
            I::FollowCellPath { src_dst, path } => self.follow(*src_dst, *path, span),
            I::CloneCellPath { dst, src, path } => {
                self.copy(*dst, *src, span)?;
                self.follow(*dst, *path, span)
            }
            I::UpsertCellPath { src_dst, path, new_value } => self.upsert(*src_dst, *path, *new_value, span),
            I::UpdateVarCellPath { var_id, cell_path, new_value } => {
                self.update_variable(*var_id, *cell_path, *new_value, span)
            }
            I::BinaryOp { lhs_dst, op, rhs } => self.binary(*lhs_dst, *op, *rhs, span),
            I::Not { src_dst } => {
                let operand = self.condition(*src_dst, span)?;
                let known = self.is_constant(operand);
                let not = if known { self.negate(operand, span) } else { self.add(ExprKind::Not(operand), span) };
                self.set(*src_dst, not.into())
            }
            I::StringAppend { src_dst, val } => self.append(*src_dst, *val, span),
            I::RecordInsert { src_dst, key, val } => self.record_insert(*src_dst, *key, *val, span),
            I::RecordSpread { src_dst, items } => self.record_spread(*src_dst, *items, span),
            I::ListPush { src_dst, item } => self.list_push(*src_dst, *item, span),
            I::ListSpread { src_dst, items } => self.list_spread(*src_dst, *items, span),
            other => Err(self.unsupported(other, span)),
        }
    }

    fn copy(&mut self, dst: RegId, src: RegId, span: Span) -> Result<()> {
        let value = self.take(src)?;
        let value = self.keep(value, "value", span);
        self.set(src, value.clone())?;
        self.set(dst, value)
    }

    /// A jump leaves a loop, goes on with its next turn, or goes where its branch ends.
    fn jump(&mut self, index: usize, span: Span) -> Step {
        let turn = self.frame.loops.iter().rev().find(|turn| turn.head == index || turn.end == index).copied();
        let Some(turn) = turn else { return Step::To(index) };
        let label = if turn.head == index { turn.again } else { turn.label };
        if turn.leaves {
            self.push(StmtKind::Leave(label), span);
            return Step::End;
        }
        Step::To(turn.end)
    }

    fn return_early(&mut self, src: RegId, span: Span) -> Result<Step> {
        if self.frame.returns.is_none() {
            if self.context.frame == ContextFrame::Iterator {
                self.row(src)?;
            }
            self.push(StmtKind::Return, span);
            return Ok(Step::End);
        }
        let value = self.shape(src, span)?;
        let value = self.keep_shape(value, "returned", span);
        let label = self.label();
        self.push(StmtKind::Leave(label), span);
        self.frame.returns.get_or_insert_default().push((label, value));
        Ok(Step::End)
    }

    /// The end of the code: the program's, or the callee's with its value.
    fn return_value(&mut self, src: RegId) -> Result<Step> {
        if self.frame.returns.is_none() {
            self.result = self.dropped(src);
            if self.context.frame == ContextFrame::Iterator {
                self.row(src)?;
            }
            return Ok(Step::End);
        }
        self.returned = self.take(src)?;
        Ok(Step::Next)
    }

    /// `$"…"`: one more part.
    fn append(&mut self, dst: RegId, part: RegId, span: Span) -> Result<()> {
        let (text, part) = (self.shape(dst, span)?, self.shape(part, span)?);
        let mut args = match text {
            Shape::Later { op: Later::Text, args } => args,
            text => vec![text],
        };
        args.push(part);
        let text = self.text_of(args, span);
        self.set(dst, text)
    }

    pub fn add(&mut self, kind: ExprKind, span: impl Spot) -> ExprId {
        self.exprs.push(Expr { kind, span: span.within(self) });
        ExprId(self.exprs.len() as u32 - 1)
    }

    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.0 as usize]
    }

    pub fn int(&mut self, value: i64, span: impl Spot) -> ExprId {
        self.add(ExprKind::Const(Const::Int(value)), span)
    }

    pub fn op(&mut self, op: Binary, lhs: ExprId, rhs: ExprId, span: impl Spot) -> ExprId {
        self.add(ExprKind::Binary { op, lhs, rhs }, span)
    }

    /// A branch without `else`.
    pub fn push_if(&mut self, cond: ExprId, then: StmtKind, span: impl Spot) {
        let then = vec![self.stmt(then, span)];
        self.push(StmtKind::If { cond, then, otherwise: Block::new() }, span);
    }

    pub fn push(&mut self, kind: StmtKind, span: impl Spot) {
        self.statements += 1;
        let stmt = self.stmt(kind, span);
        self.block.push(stmt);
    }

    pub fn stmt(&self, kind: StmtKind, span: impl Spot) -> Stmt {
        Stmt { kind, span: span.within(self) }
    }

    pub fn set(&mut self, reg: RegId, value: Reg) -> Result<()> {
        let index = reg.get() as usize;
        match (self.frame.regs.get_mut(index), self.frame.origins.get_mut(index)) {
            (Some(slot), Some(origin)) => (*slot, *origin) = (value, self.now),
            _ => return Err(self.unreadable()),
        }
        Ok(())
    }

    pub fn take(&mut self, reg: RegId) -> Result<Reg> {
        let slot = self.frame.regs.get_mut(reg.get() as usize).map(std::mem::take);
        slot.ok_or_else(|| self.unreadable())
    }

    /// Where a register's content was made.
    pub fn origin(&self, reg: RegId) -> Span {
        self.frame.origins.get(reg.get() as usize).copied().unwrap_or(self.now)
    }
}
