//! Structured control flow out of Nushell's jumps.
//! Nushell compiles `if` to `not; branch-if ELSE; …then…; jump END; ELSE: …else…; END:` and `and`/`or` to
//! `match (false|true) SKIP; …right side…; binary-op; SKIP:`. `try` is `on-error CATCH; …; pop-error-handler; jump END;
//! CATCH: …; END:`. All nest, so each is taken whole where it begins.

use super::merge::Arm;
use super::{Flow, Local, Lowering, Reg, Result, Span, Step};
use crate::front::shell::Declaration;
use crate::ir::{Block, Const, ExprId, ExprKind, Shape, StmtKind};
use crate::spec::command::Call;
use crate::spec::operator::{Operator, operator};
use nu_protocol::RegId;
use nu_protocol::ast::Operator as Nu;
use nu_protocol::ir::{Instruction, Literal};
use std::ops::Range;

impl Lowering<'_> {
    /// `branch-if`: control goes to `index` where the condition holds, which is the `else` side of an `if`.
    pub fn branch(&mut self, at: usize, cond: RegId, index: usize, span: Span) -> Result<Step> {
        let instructions = &self.frame.code.ir.instructions;
        let turn = self.frame.loops.last().copied();
        // The condition of a `while`: where it does not hold, the next instruction leaves the loop.
        if let (Some(turn), Some(Instruction::Jump { index: out })) = (turn, instructions.get(at + 1))
            && *out == turn.end
            && (at + 2..=at + 3).contains(&index)
        {
            let holds = self.condition(cond, span)?;
            let not = self.negate(holds, span);
            let out = self.reason(not).filter(|_| self.known(not) == Some(true));
            self.branch_side(span, at, true, out);
            if self.known(not) != Some(false) {
                self.push_if(not, StmtKind::Leave(turn.label), span);
            }
            return Ok(Step::To(index));
        }
        let Some(Instruction::Jump { index: end }) = instructions.get(index.wrapping_sub(1)) else {
            return Err(self.unreadable());
        };
        let end = *end;
        if end < index || index <= at {
            return Err(self.unreadable());
        }
        let lacking = match instructions.get(index) {
            Some(Instruction::LoadLiteral { dst, lit: Literal::Empty }) if index + 1 == end => Some(*dst),
            _ => None,
        };
        let skips = self.condition(cond, span)?;
        let holds = self.negate(skips, span);
        let (known, last) = (self.known(holds), self.decided.last.take());
        self.branch_sides(span, at, holds, lacking.is_none());
        let skipped = match known {
            Some(true) => index..end,
            Some(false) => at + 1..index,
            None => 0..0,
        };
        if self.decided.first.is_none() && self.has_output(skipped) {
            self.decided.first = last;
        }
        match known {
            Some(true) => self.walk(at + 1, index - 1),
            Some(false) => match lacking {
                // Without `else`, it gives null.
                Some(dst) => {
                    let null = self.nothing(span);
                    self.set(dst, null).map(|()| Flow::On)
                }
                None => self.walk(index, end),
            },
            None => {
                let row = self.row_behind(end);
                let then =
                    |this: &mut Self| this.walk(at + 1, index - 1).and_then(|flow| this.last_row(row, flow, true));
                self.fork(holds, then, |this| this.walk(index, end).and_then(|flow| this.last_row(row, flow, false)))
            }
        }
        .map(|flow| flow.then(end))
    }

    /// Returns whether one of some instructions emits, counts or stores, or calls a command of the user's, which may.
    fn has_output(&self, range: Range<usize>) -> bool {
        let may_output = |known| match known {
            Declaration::Closure(row) => is_output(row.call),
            Declaration::Custom(_) => true,
            Declaration::Builtin(_) | Declaration::Other { .. } => false,
        };
        self.frame.code.ir.instructions.get(range).unwrap_or_default().iter().any(|one| match one {
            Instruction::Call { decl_id, .. } => self.shell.declaration(*decl_id, "").is_ok_and(may_output),
            _ => false,
        })
    }

    /// A register as a condition; of alternatives, each decides in its own case.
    pub fn condition(&mut self, reg: RegId, span: Span) -> Result<ExprId> {
        let shape = self.shape(reg, span)?;
        let value = self.cases(shape, &mut |this, shape| {
            let expr = this.leaf(shape, span)?;
            let known = matches!(this.expr(expr).kind, ExprKind::Const(Const::Bool(_)));
            if this.alternatives > 0 && !known && this.kind(expr) != crate::ir::Kind::Bool {
                return Err(this.mismatch(span, "a condition must be true or false"));
            }
            Ok(expr.into())
        })?;
        let Reg::Shape(shape) = value else { return Ok(self.truth_value(false, span)) };
        self.leaf(shape, span)
    }

    /// `match (false) → SKIP`: a false left side of `and` decides alone, a true one of `or`; None of a `match`.
    pub fn short_circuit(
        &mut self, at: usize, decides: bool, src: RegId, index: usize, span: Span,
    ) -> Result<Option<Step>> {
        let end = index.wrapping_sub(1);
        let (op, rhs) = match self.frame.code.ir.instructions.get(end) {
            Some(Instruction::BinaryOp { lhs_dst, op: op @ Nu::Boolean(_), rhs }) if *lhs_dst == src && end > at => {
                (*op, *rhs)
            }
            _ => return Ok(None),
        };
        let Some(op) = operator(op) else { return Err(self.unreadable()) };
        let lhs = self.condition(src, span)?;
        if let Some(value) = self.known(lhs) {
            // The right side is skipped, or is the value.
            if value == decides {
                self.set(src, lhs.into())?;
                return Ok(Some(Step::To(index)));
            }
            if self.walk(at + 1, end)? == Flow::Ended {
                return Ok(Some(Step::End));
            }
            let rhs = self.shape(rhs, span)?;
            let value = self.operate(op, Shape::Leaf(lhs), rhs.clone(), span)?;
            if let (Reg::Shape(Shape::Leaf(value)), Shape::Leaf(rhs)) = (&value, rhs) {
                self.decided_like(*value, &[rhs, lhs]);
            }
            self.set(src, value)?;
            return Ok(Some(Step::To(index)));
        }
        let right = self.arm(|this| this.walk(at + 1, end))?;
        let value = self.decide(op, lhs, right, rhs, span)?;
        self.set(src, value.into())?;
        Ok(Some(Step::To(index)))
    }

    /// `lhs and rhs`: plain C where the right side is an expression, an `if` where it takes statements.
    fn decide(&mut self, op: &'static Operator, lhs: ExprId, right: Arm, rhs: RegId, span: Span) -> Result<ExprId> {
        let before = std::mem::replace(&mut self.frame.regs, right.regs);
        let outer = std::mem::replace(&mut self.block, right.block);
        let rhs = if right.flow == Flow::On { Some(self.condition(rhs, self.now)?) } else { None };
        let mut evaluated = std::mem::replace(&mut self.block, outer);
        self.frame.regs = before;
        if let (true, Some(rhs)) = (evaluated.is_empty(), rhs) {
            let whole = Local::new(self.expr(lhs).span.start, self.expr(rhs).span.end);
            return Ok(self.add(ExprKind::Binary { op, lhs, rhs }, whole));
        }
        let var = self.variable("holds", span);
        self.push(StmtKind::Declare { var, zero: false }, span);
        let decided = self.truth_value(op.c == "||", span);
        self.set_type(var, decided);
        if let Some(rhs) = rhs {
            evaluated.push(self.stmt(StmtKind::Assign { var, value: self.value(rhs) }, span));
        }
        let mut skipped = vec![self.stmt(StmtKind::Assign { var, value: self.value(decided) }, span)];
        if op.c == "||" {
            std::mem::swap(&mut evaluated, &mut skipped);
        }
        self.push(StmtKind::If { cond: lhs, then: evaluated, otherwise: skipped }, span);
        Ok(self.add(ExprKind::Var(var), span))
    }

    /// `on-error`: a scope that failing leaves, and behind it what `catch` does.
    pub fn attempt(&mut self, at: usize, index: usize, dst: Option<RegId>, span: Span) -> Result<Step> {
        let instructions = &self.frame.code.ir.instructions;
        // The tried part ends right before what catches; a `break` inside of it pops the handler for itself.
        let pop = index.saturating_sub(2);
        let (true, Some(Instruction::PopErrorHandler), Some(Instruction::Jump { index: end })) =
            (pop > at, instructions.get(pop), instructions.get(pop + 1))
        else {
            return Err(self.unreadable());
        };
        let end = *end;
        (self.fixed, self.tries) = (self.fixed + 1, self.tries + 1);
        let tried = self.arm(|this| this.walk(at + 1, pop));
        (self.fixed, self.tries) = (self.fixed - 1, self.tries - 1);
        let mut tried = tried?;
        if !can_fail(&tried.block) {
            self.block.append(&mut tried.block);
            (self.frame.regs, self.mutables) = (tried.regs, tried.mutables);
            return Ok(tried.flow.then(end));
        }
        let caught = self.arm(|this| {
            if let Some(dst) = dst {
                this.set(dst, Reg::Foreign("the error".into()))?;
            }
            this.walk(index, end)
        })?;
        let (done, out) = (self.label(), self.label());
        let on = tried.flow == Flow::On;
        let (flow, mut blocks) = self.meet(tried, caught, span);
        let caught = blocks.pop().unwrap_or_default();
        let mut body = blocks.pop().unwrap_or_default();
        if on {
            body.push(self.stmt(StmtKind::Leave(done), span));
        }
        let mut outer = vec![self.stmt(StmtKind::Scope { label: out, catches: true, body }, span)];
        outer.extend(caught);
        self.push(StmtKind::Scope { label: done, catches: false, body: outer }, span);
        Ok(flow.then(end))
    }

    /// The value of a condition that is known already.
    pub fn known(&self, expr: ExprId) -> Option<bool> {
        let ExprKind::Const(Const::Bool(value)) = self.expr(expr).kind else { return None };
        Some(value)
    }

    /// Ends the program, or what catches, with a run-time error.
    pub fn fail(&mut self, kind: &'static crate::spec::failure::Failure, span: Span) {
        self.push(StmtKind::Fail(kind), span);
        self.ended = true;
    }
}

/// Returns whether a command emits, counts or stores.
fn is_output(call: Call) -> bool {
    match call {
        Call::Emit | Call::Aggregate(_) | Call::MapPut | Call::MapDelete | Call::StartTimer | Call::StopTimer => true,
        Call::MapGet | Call::MapContains | Call::ReadStr(_) | Call::ReadBytes(_) | Call::Cast => false,
        Call::KernelVar | Call::Symbol(_) | Call::ContainerOf | Call::IntoIp => false,
    }
}

/// Returns whether a block has a statement that may fail, outside of what catches it there.
fn can_fail(block: &Block) -> bool {
    block.iter().any(|stmt| match &stmt.kind {
        StmtKind::Let { value, .. } | StmtKind::Assign { value, .. } => matches!(value, crate::ir::Value::Fallible(_)),
        StmtKind::If { then, otherwise, .. } => can_fail(then) || can_fail(otherwise),
        StmtKind::Loop { limited, body, .. } => *limited || can_fail(body),
        StmtKind::Scope { catches, body, .. } => !catches && can_fail(body),
        StmtKind::Fail(_) => true,
        StmtKind::Declare { .. } | StmtKind::Emit { .. } | StmtKind::Aggregate { .. } => false,
        StmtKind::Put { .. } | StmtKind::Get { .. } | StmtKind::Delete { .. } => false,
        StmtKind::Leave(_) | StmtKind::Return | StmtKind::Missed => false,
    })
}
