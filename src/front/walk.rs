//! The run through a closure's instructions.

use super::closure::Closure;
use super::register::Reg;
use super::variable::Binding;
use crate::error::{Error, Result};
use crate::ir::{
    AttachPoint, Binary, Block, Const, Context, Expr, ExprId, ExprKind, Fallible, Map, Shape, Span, Stmt, StmtKind, Var,
};
use crate::spec::code::Code;
use crate::spec::operator::{Guard, operator};
use nu_protocol::ir::{Instruction, Literal};
use nu_protocol::{RegId, VarId};
use std::collections::{HashMap, HashSet};

/// The state of lowering one closure.
pub struct Lowering<'a> {
    pub closure: &'a Closure,
    pub target: &'a AttachPoint,
    pub context: &'a Context,
    pub max_entries: u32,
    pub exprs: Vec<Expr>,
    pub vars: Vec<Var>,
    /// The block that statements go into at the moment.
    pub block: Block,
    pub maps: Vec<Map>,
    pub events: usize,
    pub regs: Vec<Reg>,
    pub bindings: HashMap<VarId, Binding>,
    /// How many branches the walk is inside.
    pub depth: usize,
    /// Where each register's content was made, for messages.
    origins: Vec<nu_protocol::Span>,
    /// The instruction that is being lowered.
    now: nu_protocol::Span,
    /// Variables that may be assigned again: a value taken from one must be copied.
    pub mutable: HashSet<crate::ir::VarId>,
    /// The closure's parameter, once it has been read.
    pub parameter: Option<VarId>,
    pub args: super::call::Args,
}

/// Whether control goes on after a run of instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    On,
    /// The program has returned.
    Ended,
}

/// Where the walk goes after an instruction.
pub enum Step {
    Next,
    To(usize),
    End,
}

impl<'a> Lowering<'a> {
    pub fn new(closure: &'a Closure, target: &'a AttachPoint, context: &'a Context, max_entries: u32) -> Self {
        Lowering {
            closure,
            target,
            context,
            max_entries,
            exprs: Vec::new(),
            vars: Vec::new(),
            block: Block::new(),
            maps: Vec::new(),
            events: 0,
            regs: vec![Reg::Empty; closure.ir.register_count as usize],
            bindings: HashMap::new(),
            depth: 0,
            origins: vec![closure.span(); closure.ir.register_count as usize],
            now: closure.span(),
            mutable: HashSet::new(),
            parameter: None,
            args: Default::default(),
        }
    }

    /// Lowers the whole closure; its last value is dropped, as `emit` and the aggregations are what sends values out.
    pub fn body(&mut self) -> Result<()> {
        let end = self.closure.ir.instructions.len();
        self.walk(0, end).map(drop)
    }

    /// Lowers the instructions from `start` up to `end`.
    pub fn walk(&mut self, start: usize, end: usize) -> Result<Flow> {
        let closure = self.closure;
        let mut at = start;
        while at < end {
            let (Some(instruction), Some(span)) = (closure.ir.instructions.get(at), closure.ir.spans.get(at)) else {
                return Err(self.unreadable());
            };
            match self.step(at, instruction, *span)? {
                Step::Next => at += 1,
                // Only forward: a jump back is a loop's.
                Step::To(next) if next > at => at = next,
                Step::To(_) => return Err(self.loops(*span)),
                Step::End => return Ok(Flow::Ended),
            }
        }
        Ok(Flow::On)
    }

    fn step(&mut self, at: usize, instruction: &Instruction, span: nu_protocol::Span) -> Result<Step> {
        use Instruction as I;
        let local = self.closure.local(span);
        self.now = span;
        match instruction {
            I::LoadLiteral { dst, lit } => self.literal(*dst, lit, local)?,
            I::LoadValue { dst, val } => {
                let value = self.captured(val, local);
                self.set(*dst, value)?;
            }
            I::Move { dst, src } => {
                let value = self.take(*src)?;
                self.set(*dst, value)?;
            }
            I::Clone { dst, src } => {
                let value = self.take(*src)?;
                let value = self.keep(value, "value", local);
                self.set(*src, value.clone())?;
                self.set(*dst, value)?;
            }
            I::LoadVariable { dst, var_id } => self.load_variable(*dst, *var_id, span)?,
            I::StoreVariable { var_id, src } => self.store_variable(*var_id, *src, span)?,
            I::FollowCellPath { src_dst, path } => self.follow(*src_dst, *path, span)?,
            I::BinaryOp { lhs_dst, op, rhs } => self.binary(*lhs_dst, *op, *rhs, span)?,
            I::Not { src_dst } => {
                let operand = self.scalar(*src_dst, span)?;
                let not = self.add(ExprKind::Not(operand), local);
                self.set(*src_dst, Reg::Shape(Shape::Leaf(not)))?;
            }
            I::RecordInsert { src_dst, key, val } => self.record_insert(*src_dst, *key, *val, span)?,
            I::ListPush { src_dst, item } => self.list_push(*src_dst, *item, span)?,
            I::PushPositional { .. } | I::PushNamed { .. } | I::PushShortNamed { .. } => {
                self.push_argument(instruction, span)?
            }
            I::PushFlag { .. } | I::PushShortFlag { .. } => self.push_argument(instruction, span)?,
            I::Call { decl_id, src_dst } => self.call(*decl_id, *src_dst, span)?,
            I::BranchIf { cond, index } => return self.branch(at, *cond, *index, span),
            I::Match { pattern, src, index } => return self.short_circuit(at, pattern, *src, *index, span),
            I::Jump { index } => return Ok(Step::To(*index)),
            I::ReturnEarly { .. } => {
                self.push(StmtKind::Return, local);
                return Ok(Step::End);
            }
            // The closure's end, and so the program's.
            I::Return { .. } => return Ok(Step::End),
            I::Drop { src } | I::Drain { src } | I::DrainIfEnd { src } => drop(self.take(*src)?),
            // Nothing to do for values that are known at attach time: spans, streams, redirections.
            I::Span { .. } | I::Collect { .. } | I::TryCollect { .. } | I::DropVariable { .. } => {}
            I::RedirectOut { .. } | I::RedirectErr { .. } | I::CheckErrRedirected { .. } => {}
            other => return Err(self.unsupported(other, span)),
        }
        Ok(Step::Next)
    }

    fn literal(&mut self, dst: RegId, literal: &Literal, span: Span) -> Result<()> {
        let closure = self.closure;
        let constant = match literal {
            Literal::Nothing => Const::Nothing,
            Literal::Bool(value) => Const::Bool(*value),
            Literal::Int(value) => Const::Int(*value),
            Literal::Float(value) => Const::Float(*value),
            Literal::Duration(value) => Const::Duration(*value),
            Literal::Filesize(value) => Const::Filesize(value.get()),
            Literal::Binary(data) => Const::Binary(
                closure
                    .ir
                    .data
                    .get(data.start as usize..)
                    .map_or_else(Vec::new, |rest| rest.iter().take(data.len as usize).copied().collect()),
            ),
            Literal::String(data)
            | Literal::RawString(data)
            | Literal::Filepath { val: data, .. }
            | Literal::Directory { val: data, .. }
            | Literal::GlobPattern { val: data, .. } => Const::String(closure.data(*data)),
            Literal::Empty => return self.set(dst, Reg::Empty),
            Literal::CellPath(path) => return self.set(dst, Reg::CellPath((**path).clone())),
            Literal::Record { .. } => return self.set(dst, Reg::Shape(Shape::Record(Vec::new()))),
            Literal::List { .. } => return self.set(dst, Reg::Shape(Shape::List(Vec::new()))),
            Literal::Block(id) | Literal::Closure(id) | Literal::RowCondition(id) => {
                return self.set(dst, Reg::Closure(*id));
            }
            Literal::Range { .. } => return self.set(dst, Reg::Range),
            Literal::Date(value) if value.timestamp_nanos_opt().is_some() => Const::Datetime(**value),
            Literal::Date(value) => Const::Value(Box::new(nu_protocol::Value::date(**value, self.now))),
        };
        let value = self.constant(constant, span);
        self.set(dst, value)
    }

    fn binary(
        &mut self,
        lhs_dst: RegId,
        op: nu_protocol::ast::Operator,
        rhs: RegId,
        span: nu_protocol::Span,
    ) -> Result<()> {
        let local = self.closure.local(span);
        let Some(op) = operator(op) else {
            let known: Vec<&str> = crate::spec::operator::OPERATORS.iter().map(|op| op.name).collect();
            return Err(Error::new(Code::ClosureOperator, format!("`{op}` does not work in a probe"))
                .label(span, "this operator cannot run in the kernel")
                .help(format!("these can: {}. Compute the rest after the probe, in the pipeline", known.join(" "))));
        };
        let (lhs, rhs) = (self.scalar(lhs_dst, span)?, self.scalar(rhs, span)?);
        let whole = self.exprs[lhs.0 as usize].span.start..self.exprs[rhs.0 as usize].span.end;
        let whole = if whole.start < whole.end { Span::new(whole.start, whole.end) } else { local };
        let value = self.operate(op, lhs, rhs, whole);
        self.set(lhs_dst, Reg::Shape(Shape::Leaf(value)))
    }

    /// An operator on two values; one that may overflow becomes a variable at once, so that expressions cannot fail.
    pub fn operate(&mut self, op: Binary, lhs: ExprId, rhs: ExprId, span: Span) -> ExprId {
        match op.guard {
            Guard::None => self.add(ExprKind::Binary { op, lhs, rhs }, span),
            Guard::Checked(_) => {
                let checked = self.add(ExprKind::Fallible(Fallible::Checked { op, lhs, rhs }), span);
                self.bind(checked, "value", span)
            }
        }
    }

    /// The opposite of a condition that must be a bool.
    pub fn negate(&mut self, operand: ExprId, span: Span) -> ExprId {
        match self.exprs[operand.0 as usize].kind {
            ExprKind::Not(inner) => inner,
            ExprKind::Const(Const::Bool(value)) => self.add(ExprKind::Const(Const::Bool(!value)), span),
            _ => self.add(ExprKind::Not(operand), span),
        }
    }

    fn record_insert(&mut self, dst: RegId, key: RegId, val: RegId, span: nu_protocol::Span) -> Result<()> {
        let name = match self.take(key)? {
            Reg::Shape(Shape::Leaf(expr)) => match &self.exprs[expr.0 as usize].kind {
                ExprKind::Const(Const::String(name)) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        };
        let value = self.shape(val, span)?;
        let (Some(name), Reg::Shape(Shape::Record(mut fields))) = (name, self.take(dst)?) else {
            return Err(self.syntax(span, "a column's name must be a constant", "write the name out"));
        };
        if fields.iter().any(|(known, _)| *known == name) {
            return Err(self.syntax(span, &format!("the column `{name}` stands twice in this record"), "name it once"));
        }
        fields.push((name, value));
        self.set(dst, Reg::Shape(Shape::Record(fields)))
    }

    fn list_push(&mut self, dst: RegId, item: RegId, span: nu_protocol::Span) -> Result<()> {
        let value = self.shape(item, span)?;
        let Reg::Shape(Shape::List(mut items)) = self.take(dst)? else { return Err(self.unreadable()) };
        items.push(value);
        self.set(dst, Reg::Shape(Shape::List(items)))
    }

    pub fn add(&mut self, kind: ExprKind, span: Span) -> ExprId {
        self.exprs.push(Expr { kind, span });
        ExprId(self.exprs.len() as u32 - 1)
    }

    pub fn push(&mut self, kind: StmtKind, span: Span) {
        self.block.push(Stmt { kind, span });
    }

    pub fn set(&mut self, reg: RegId, value: Reg) -> Result<()> {
        match self.regs.get_mut(reg.get() as usize) {
            Some(slot) => *slot = value,
            None => return Err(self.unreadable()),
        }
        self.origins[reg.get() as usize] = self.now;
        Ok(())
    }

    pub fn take(&mut self, reg: RegId) -> Result<Reg> {
        match self.regs.get_mut(reg.get() as usize) {
            Some(slot) => Ok(std::mem::replace(slot, Reg::Empty)),
            None => Err(self.unreadable()),
        }
    }

    /// A register's content as a value that may go into a record, a row or a key.
    pub fn shape(&mut self, reg: RegId, span: nu_protocol::Span) -> Result<Shape> {
        match self.take(reg)? {
            Reg::Shape(shape) => Ok(shape),
            Reg::Empty => {
                let local = self.closure.local(span);
                Ok(Shape::Leaf(self.add(ExprKind::Const(Const::Nothing), local)))
            }
            Reg::Args => self.all_members(span),
            Reg::Mixed => Err(Error::new(Code::ClosureType, "the branches give different kinds of value")
                .label(self.origins[reg.get() as usize], "the value of this `if` has no single shape")
                .help("let every branch give the same kind of value, or emit in each branch")),
            other => Err(Error::new(Code::ClosureType, format!("{} cannot be used as a value", other.describe()))
                .label(self.origins[reg.get() as usize], format!("this is {}", other.describe()))
                .help(match other {
                    Reg::Ctx => "name the fields you want: {pid: $ctx.pid, comm: $ctx.comm}",
                    _ => {
                        "a probe works with ints, bools, strings, durations, filesizes, datetimes, records and lists of them"
                    },
                })),
        }
    }

    /// A register's content as a single value.
    pub fn scalar(&mut self, reg: RegId, span: nu_protocol::Span) -> Result<ExprId> {
        match self.shape(reg, span)? {
            Shape::Leaf(expr) => {
                // An expression must not fail: what may becomes a variable first.
                match self.exprs[expr.0 as usize].kind {
                    ExprKind::Fallible(_) => {
                        let local = self.exprs[expr.0 as usize].span;
                        Ok(self.bind(expr, "text", local))
                    }
                    _ => Ok(expr),
                }
            }
            Shape::Record(_) | Shape::List(_) => Err(Error::new(Code::ClosureType, "a single value is wanted here")
                .label(span, "a record or list cannot be used with an operator in a probe")
                .help("take one of its fields: $r.name")),
        }
    }

    pub fn syntax(&self, span: nu_protocol::Span, what: &str, instead: &str) -> Error {
        Error::new(Code::ClosureSyntax, what).label(span, "this cannot run in the kernel").help(instead)
    }

    /// Nushell's IR is not as this version writes it: a mismatch of versions, not the user's fault.
    pub fn unreadable(&self) -> Error {
        Error::new(Code::ClosureRead, "this closure's code has a form that the plugin does not know")
            .label(self.closure.span(), "in this closure")
            .help("plugin and Nushell must be of the same minor version (`version` shows Nushell's); please report the closure")
    }

    fn unsupported(&self, instruction: &Instruction, span: nu_protocol::Span) -> Error {
        use Instruction as I;
        let (what, instead) = match instruction {
            I::Iterate { .. } => ("a `for` loop does not work in a probe yet", "write the steps out"),
            I::LoadEnv { .. } | I::LoadEnvOpt { .. } => {
                ("$env cannot be read in a probe", "read it before the probe: let x = $env.NAME; then use $x inside")
            }
            I::StoreEnv { .. } => ("$env cannot be set in a probe", "send the value out with `emit`"),
            I::StringAppend { .. } => (
                "a string cannot be put together in a probe",
                "emit the parts in a record and format them after the probe",
            ),
            I::OnError { .. } | I::OnErrorInto { .. } | I::Finally { .. } | I::FinallyInto { .. } => {
                ("`try` does not work in a probe", "leave it out: an event that fails is skipped and counted")
            }
            I::RecordSpread { .. } | I::ListSpread { .. } => ("`...` does not work in a probe", "name the fields"),
            I::UpsertCellPath { .. } | I::UpdateVarCellPath { .. } => {
                ("a field cannot be assigned in a probe", "make a new record")
            }
            I::OpenFile { .. } | I::WriteFile { .. } | I::CloseFile { .. } => {
                ("a probe cannot write files", "redirect or save after the probe, in the pipeline")
            }
            _ => ("this does not work in a probe", "do it after the probe, in the pipeline"),
        };
        self.syntax(span, what, instead)
    }
}
