//! Structured control flow out of Nushell's jumps.
//!
//! Nushell compiles `if` to `not; branch-if ELSE; …then…; jump END; ELSE: …else…; END:` and `and`/`or` to
//! `match (false|true) SKIP; …right side…; binary-op; SKIP:`. Both nest, so each is taken whole where it begins.

use super::register::Reg;
use super::walk::{Flow, Lowering, Step};
use crate::error::Result;
use crate::ir::{Block, Const, ExprId, ExprKind, Shape, Span, StmtKind};
use crate::spec::operator::{Operator, operator};
use nu_protocol::ast::Pattern;
use nu_protocol::ir::Instruction;
use nu_protocol::{RegId, Value};

/// How deep branches may nest; an `else if` is one inside the other.
const DEPTH: usize = 64;

/// One way through a branch: its statements and the registers at its end.
struct Arm {
    block: Block,
    regs: Vec<Reg>,
    flow: Flow,
}

impl Lowering<'_> {
    /// `branch-if`: control goes to `index` where the condition holds, which is the `else` side.
    pub fn branch(&mut self, at: usize, cond: RegId, index: usize, span: nu_protocol::Span) -> Result<Step> {
        let Some(Instruction::Jump { index: end }) = self.closure.ir.instructions.get(index.wrapping_sub(1)) else {
            return Err(self.loops(span));
        };
        if *end < index || index <= at {
            return Err(self.loops(span));
        }
        let skips = self.scalar(cond, span)?;
        let local = self.closure.local(span);
        let holds = self.negate(skips, local);
        match self.known(holds) {
            Some(true) => self.walk(at + 1, index - 1),
            Some(false) => self.walk(index, *end),
            None => {
                let then = self.arm(at + 1, index - 1)?;
                let otherwise = self.arm(index, *end)?;
                Ok(self.join(holds, then, otherwise))
            }
        }
        .map(|flow| match flow {
            Flow::On => Step::To(*end),
            Flow::Ended => Step::End,
        })
    }

    /// `match (false) → SKIP`: the left side of `and` decides alone where it is false; `or` likewise with true.
    pub fn short_circuit(
        &mut self,
        at: usize,
        pattern: &Pattern,
        src: RegId,
        index: usize,
        span: nu_protocol::Span,
    ) -> Result<Step> {
        let end = index.wrapping_sub(1);
        let (op, rhs, decides) = match (self.closure.ir.instructions.get(end), pattern) {
            (Some(Instruction::BinaryOp { lhs_dst, op, rhs }), Pattern::Value(Value::Bool { val, .. }))
                if *lhs_dst == src && end > at =>
            {
                (*op, *rhs, *val)
            }
            _ => {
                let instead = "use `if` … `else if`";
                return Err(self.syntax(span, "`match` does not work in a probe yet", instead));
            }
        };
        let Some(op) = operator(op) else { return Err(self.unreadable()) };
        let lhs = self.scalar(src, span)?;
        if let Some(value) = self.known(lhs) {
            // The right side is skipped, or is the value.
            if value != decides {
                self.walk(at + 1, end)?;
                let rhs = self.scalar(rhs, span)?;
                let local = self.closure.local(span);
                let value = self.operate(op, lhs, rhs, local);
                self.set(src, Reg::Shape(Shape::Leaf(value)))?;
            } else {
                self.set(src, Reg::Shape(Shape::Leaf(lhs)))?;
            }
            return Ok(Step::To(index));
        }
        let right = self.arm(at + 1, end)?;
        let local = self.closure.local(span);
        let value = self.decide(op, lhs, right, rhs, local)?;
        self.set(src, Reg::Shape(Shape::Leaf(value)))?;
        Ok(Step::To(index))
    }

    /// `lhs and rhs`: plain C where the right side is an expression, an `if` where it takes statements.
    fn decide(&mut self, op: &'static Operator, lhs: ExprId, right: Arm, rhs: RegId, span: Span) -> Result<ExprId> {
        self.regs = right.regs;
        if right.block.is_empty() {
            let rhs = self.scalar(rhs, self.closure.span())?;
            let whole = Span::new(self.exprs[lhs.0 as usize].span.start, self.exprs[rhs.0 as usize].span.end);
            return Ok(self.add(ExprKind::Binary { op, lhs, rhs }, whole));
        }
        let var = self.variable("holds", span);
        self.push(StmtKind::Declare { var }, span);
        let outer = std::mem::replace(&mut self.block, right.block);
        let rhs = self.scalar(rhs, self.closure.span())?;
        let value = self.value(rhs);
        self.push(StmtKind::Assign { var, value }, span);
        let mut evaluated = std::mem::replace(&mut self.block, outer);
        let decided = self.add(ExprKind::Const(Const::Bool(op.c == "||")), span);
        let value = self.value(decided);
        let mut skipped = vec![crate::ir::Stmt { kind: StmtKind::Assign { var, value }, span }];
        if op.c == "||" {
            std::mem::swap(&mut evaluated, &mut skipped);
        }
        self.push(StmtKind::If { cond: lhs, then: evaluated, otherwise: skipped }, span);
        Ok(self.add(ExprKind::Var(var), span))
    }

    /// Lowers a run of instructions into a block of its own and puts the registers back.
    fn arm(&mut self, start: usize, end: usize) -> Result<Arm> {
        if self.depth == DEPTH {
            let at = self.closure.ir.spans.get(start).copied().unwrap_or(self.closure.span());
            let what = format!("branches are nested more than {DEPTH} deep here");
            return Err(self.syntax(at, &what, "use fewer `else if`, or emit the value and decide after the probe"));
        }
        self.depth += 1;
        let outer = std::mem::take(&mut self.block);
        let before = self.regs.clone();
        let flow = self.walk(start, end)?;
        let block = std::mem::replace(&mut self.block, outer);
        let regs = std::mem::replace(&mut self.regs, before);
        self.depth -= 1;
        Ok(Arm { block, regs, flow })
    }

    /// Puts two arms together; a register that both give a value becomes a variable that each assigns.
    fn join(&mut self, cond: ExprId, mut then: Arm, mut otherwise: Arm) -> Flow {
        let span = self.exprs[cond.0 as usize].span;
        let mut flow = Flow::On;
        match (then.flow, otherwise.flow) {
            (Flow::Ended, Flow::Ended) => flow = Flow::Ended,
            (Flow::Ended, Flow::On) => self.regs = otherwise.regs,
            (Flow::On, Flow::Ended) => self.regs = then.regs,
            (Flow::On, Flow::On) => {
                let pairs: Vec<(Reg, Reg)> = then.regs.into_iter().zip(otherwise.regs).collect();
                for (index, (left, right)) in pairs.into_iter().enumerate() {
                    self.regs[index] = match (left, right) {
                        (left, right) if left == right => left,
                        (Reg::Shape(left), Reg::Shape(right)) => {
                            match self.merge(&left, &right, &mut then.block, &mut otherwise.block, span) {
                                Some(shape) => Reg::Shape(shape),
                                None => Reg::Mixed,
                            }
                        }
                        _ => Reg::Mixed,
                    };
                }
            }
        }
        self.push(StmtKind::If { cond, then: then.block, otherwise: otherwise.block }, span);
        flow
    }

    fn merge(
        &mut self,
        left: &Shape,
        right: &Shape,
        then: &mut Block,
        otherwise: &mut Block,
        span: Span,
    ) -> Option<Shape> {
        match (left, right) {
            (Shape::Leaf(left), Shape::Leaf(right)) => {
                let var = self.variable("value", span);
                self.push(StmtKind::Declare { var }, span);
                for (block, expr) in [(then, left), (otherwise, right)] {
                    let value = self.value(*expr);
                    block.push(crate::ir::Stmt {
                        kind: StmtKind::Assign { var, value },
                        span: self.exprs[expr.0 as usize].span,
                    });
                }
                Some(Shape::Leaf(self.add(ExprKind::Var(var), span)))
            }
            (Shape::Record(left), Shape::Record(right)) if left.len() == right.len() => {
                let mut fields = Vec::new();
                for ((name, left), (other, right)) in left.iter().zip(right) {
                    if name != other {
                        return None;
                    }
                    fields.push((name.clone(), self.merge(left, right, then, otherwise, span)?));
                }
                Some(Shape::Record(fields))
            }
            (Shape::List(left), Shape::List(right)) if left.len() == right.len() => {
                let items = left.iter().zip(right).map(|(left, right)| self.merge(left, right, then, otherwise, span));
                Some(Shape::List(items.collect::<Option<_>>()?))
            }
            _ => None,
        }
    }

    /// The value of a condition that is known already.
    fn known(&self, expr: ExprId) -> Option<bool> {
        match self.exprs[expr.0 as usize].kind {
            ExprKind::Const(Const::Bool(value)) => Some(value),
            _ => None,
        }
    }

    pub fn loops(&self, span: nu_protocol::Span) -> crate::error::Error {
        self.syntax(span, "a loop does not work in a probe yet", "write the steps out")
    }
}
