//! Loops. Over a range they are loops of the kernel program; over a list, whose items are known one by one, the body is
//! lowered once for each.

use super::compare::Item;
use super::frame::Turn;
use super::{Code, Error, Flow, Lowering, Range, Reg, Result, Span, Spot, Step};
use crate::ir::{Block, ExprId, ExprKind, Label, Shape, Stmt, StmtKind};
use crate::spec::feature::{ITERATIONS, LOOP};
use crate::spec::function::{AFTER, DISTANCE};
use crate::spec::operator;
use nu_protocol::RegId;
use nu_protocol::ir::Instruction;

/// Turns of a loop whose end is not known at attach time; one more is a run-time error.
pub const TURNS: u32 = 1024;

/// What such a loop has for it: a turn that finds the end, and one that must not be.
const OPEN: u32 = TURNS + 2;

impl Lowering<'_> {
    /// The end of the `while` or `loop` that begins at an instruction: behind the last jump back to it.
    pub fn loop_end(&self, at: usize) -> Option<usize> {
        if self.frame.loops.iter().any(|turn| turn.head == at) {
            return None;
        }
        let instructions = &self.frame.code.ir.instructions;
        let back = |(index, instruction): (usize, &Instruction)| {
            matches!(instruction, Instruction::Jump { index: to } if *to == at).then_some(index + 1)
        };
        let forever = !matches!(instructions.get(at), Some(Instruction::Iterate { .. }));
        instructions.iter().enumerate().skip(at).filter(|_| forever).filter_map(back).next_back()
    }

    /// `while` and `loop`.
    pub fn endless(&mut self, at: usize, end: usize, span: Span) -> Result<Step> {
        let turn = self.turn(at, end, true);
        let counter = self.counter(span);
        self.protect(span);
        let body = self.turns(turn, at, end)?;
        self.push_loop(turn, counter, OPEN, true, body, span)?;
        Ok(Step::To(end))
    }

    /// `for`: what `stream` holds decides which kind of loop.
    pub fn iterate(&mut self, at: usize, dst: RegId, stream: RegId, end: usize, span: Span) -> Result<Step> {
        self.protect(span);
        match self.take(stream)? {
            Reg::Range(range) => self.over_range(at, dst, *range, end, span)?,
            // Nushell runs the body once for a single value, and not at all for null.
            Reg::Shape(shape) if !matches!(shape, Shape::Either { .. } | Shape::Later { .. }) => {
                self.no_stack(&shape, span)?;
                self.no_list(&shape)?;
                let (events, first) = (self.events, self.sending(&shape));
                let items = self.items(&shape).unwrap_or_else(|| self.present(None, shape, span));
                self.over_items(at, dst, items, end, span)?;
                if let Some(first) = first.filter(|_| self.events > events) {
                    return Err(self.sent_twice(first.at, span));
                }
            }
            other => {
                let instead = "name what to go over: for field in [$ctx.pid $ctx.uid], or for i in 0..9";
                return Err(self.other_kind(&other, self.origin(stream), "`for` goes over a list or a range", instead));
            }
        }
        Ok(Step::To(end))
    }

    fn over_range(&mut self, at: usize, dst: RegId, range: Range, end: usize, span: Span) -> Result<()> {
        let turn = self.turn(at, end, true);
        let counter = self.counter(span);
        let count = self.add(ExprKind::Var(counter), span);
        let mut first = Block::new();
        let (value, times, limited) = match self.steps(&range) {
            Some((start, step, times)) => {
                let (most, limited) = match self.is_open(&range) && times > u64::from(TURNS) {
                    true => (OPEN, true),
                    false => (u32::MAX, false),
                };
                (self.affine(start, step, count, span), times.min(most.into()) as u32, limited)
            }
            None => {
                let bounds = self.bounds(&range, span)?;
                (self.after(bounds, count, &mut first, turn.label, span), OPEN, true)
            }
        };
        let var = self.variable("item", span);
        self.set_type(var, value);
        first.push(self.stmt(StmtKind::Let { var, value: self.value(value) }, span));
        let item = self.add(ExprKind::Var(var), span);
        self.set(dst, item.into())?;
        let body = self.turns(turn, at + 1, end)?;
        first.extend(body);
        self.push_loop(turn, counter, times, limited, first, span)
    }

    /// Returns whether a range has no end: then it goes as far as ints do.
    fn is_open(&self, range: &Range) -> bool {
        self.constant_of(&range.end).is_some_and(|end| end.is_nothing())
    }

    /// Start, step and number of a range of constants.
    pub fn steps(&self, range: &Range) -> Option<(i64, i64, u64)> {
        let known = |shape: &Shape| match self.constant_of(shape) {
            Some(nu_protocol::Value::Int { val, .. }) => Some(val),
            _ => None,
        };
        let (start, open) = (known(&range.start)?, self.is_open(range));
        let next = range.next.as_ref().map(known);
        let down = matches!(next, Some(Some(next)) if next < start);
        let end = match open {
            true => {
                if down {
                    i64::MIN
                } else {
                    i64::MAX
                }
            }
            false => known(&range.end)?,
        };
        let step = match next {
            Some(next) => next?.checked_sub(start)?,
            None if start <= end => 1,
            None => -1,
        };
        let distance = i128::from(end) - i128::from(start);
        if step == 0 || (distance != 0 && (distance > 0) != (step > 0)) {
            return Some((start, step, 0));
        }
        let (distance, size) = (distance.unsigned_abs(), u128::from(step.unsigned_abs()));
        let times = if range.inclusive || open { distance / size + 1 } else { distance.div_ceil(size) };
        Some((start, step, u64::try_from(times).unwrap_or(u64::MAX)))
    }

    /// `start + step * count`, which cannot overflow in a range of constants.
    fn affine(&mut self, start: i64, step: i64, count: ExprId, span: impl Spot) -> ExprId {
        let mut value = count;
        for (op, number, idle) in [(&operator::MULTIPLY, step, 1), (&operator::ADD, start, 0)] {
            if number != idle {
                let number = self.int(number, span);
                value = self.op(op, value, number, span);
            }
        }
        value
    }

    /// Start and end of a range that is not constant, kept: Nushell makes the range once.
    fn bounds(&mut self, range: &Range, span: Span) -> Result<(ExprId, ExprId, bool)> {
        if range.next.is_some() {
            let (what, all) = ("a range with a step must be known at attach time", Reg::Range(range.clone().into()));
            return Err(self.unknown(&all, span, what, "count in steps of 1"));
        }
        if self.constant_of(&range.start).is_some_and(|start| start.is_nothing()) {
            return Err(self.syntax(span, "a range needs a start here", "write it out: 0..$n"));
        }
        let kept = |this: &mut Self, shape: &Shape| -> Result<ExprId> {
            let expr = this.leaf(shape.clone(), span)?;
            Ok(this.steady(expr, "bound"))
        };
        let end = match self.is_open(range) {
            true => self.int(i64::MAX, span),
            false => kept(self, &range.end)?,
        };
        Ok((kept(self, &range.start)?, end, range.inclusive || self.is_open(range)))
    }

    /// The value of one turn; `first` gets the test whether the range is at its end.
    fn after(
        &mut self, (start, end, inclusive): (ExprId, ExprId, bool), count: ExprId, first: &mut Block, label: Label,
        span: Span,
    ) -> ExprId {
        let distance = ExprKind::Call { function: &DISTANCE, args: vec![start, end] };
        let distance = self.bound(distance, "distance", span);
        let over = if inclusive { &operator::GREATER } else { &operator::AT_LEAST };
        let cond = self.op(over, count, distance, span);
        let then = vec![self.stmt(StmtKind::Leave(label), span)];
        first.push(self.stmt(StmtKind::If { cond, then, otherwise: Block::new() }, span));
        self.add(ExprKind::Call { function: &AFTER, args: vec![start, end, count] }, span)
    }

    /// The body once for every item; an item of a sparse list under its condition.
    fn over_items(&mut self, at: usize, dst: RegId, items: Vec<Item>, end: usize, span: Span) -> Result<()> {
        let jumps = self.jumps(at, end);
        let turn = self.turn(at, end, jumps);
        let outer = jumps.then(|| std::mem::take(&mut self.block));
        for (there, item) in items {
            let value = self.keep(Reg::Shape(item), "item", span);
            let inner = jumps.then(|| std::mem::take(&mut self.block));
            if jumps {
                self.fixed += 1;
            }
            self.frame.loops.push(turn);
            let flow = self.item(at, dst, there, value, end);
            self.frame.loops.pop();
            if let Some(inner) = inner {
                self.fixed -= 1;
                let body = std::mem::replace(&mut self.block, inner);
                flow?;
                self.push(StmtKind::Scope { label: turn.again, catches: false, body }, span);
            } else if flow? == Flow::Ended {
                self.ended = true;
                break;
            }
        }
        if let Some(outer) = outer {
            let body = std::mem::replace(&mut self.block, outer);
            self.push(StmtKind::Scope { label: turn.label, catches: false, body }, span);
        }
        Ok(())
    }

    fn item(&mut self, at: usize, dst: RegId, there: Option<ExprId>, value: Reg, end: usize) -> Result<Flow> {
        let regs = self.frame.regs.clone();
        let lower = |this: &mut Self| {
            this.set(dst, value)?;
            this.walk(at + 1, end)
        };
        let flow = match there {
            None => lower(self)?,
            Some(there) => self.fork(there, lower, |_| Ok(Flow::On))?,
        };
        self.frame.regs = regs;
        Ok(flow)
    }

    /// Returns whether a `break` or `continue` is among the instructions of a `for`.
    fn jumps(&self, at: usize, end: usize) -> bool {
        let body = self.frame.code.ir.instructions.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
        body.iter()
            .any(|instruction| matches!(instruction, Instruction::Jump { index } if *index == at || *index == end))
    }

    /// Lowers the body of a loop of the kernel's.
    fn turns(&mut self, turn: Turn, start: usize, end: usize) -> Result<Block> {
        self.fixed += 1;
        self.frame.loops.push(turn);
        let arm = self.arm(|this| this.walk(start, end));
        self.frame.loops.pop();
        self.fixed -= 1;
        let mut body = arm?.block;
        // The jump back at the body's end goes without saying.
        if matches!(body.last(), Some(Stmt { kind: StmtKind::Leave(label), .. }) if *label == turn.again) {
            body.pop();
        }
        Ok(body)
    }

    fn turn(&mut self, head: usize, end: usize, leaves: bool) -> Turn {
        Turn { head, end, label: self.label(), again: self.label(), leaves }
    }

    fn counter(&mut self, span: impl Spot) -> crate::ir::VarId {
        let counter = self.variable("i", span);
        let zero = self.int(0, span);
        self.set_type(counter, zero);
        counter
    }

    fn push_loop(
        &mut self, turn: Turn, counter: crate::ir::VarId, times: u32, limited: bool, body: Block, span: Span,
    ) -> Result<()> {
        let times = if self.options.kernel.has(&LOOP) { times } else { self.bounded(times, limited, &body, span)? };
        if times > 0 {
            let (label, again) = (turn.label, turn.again);
            self.push(StmtKind::Loop { label, again, counter, times, limited, body }, span);
        }
        Ok(())
    }

    /// The iterations of a loop on a kernel without `bpf_loop`, where the verifier walks through each.
    fn bounded(&mut self, times: u32, limited: bool, body: &Block, span: Span) -> Result<u32> {
        let most = ITERATIONS / iterations(body).max(1);
        match u64::from(times) <= most {
            true => Ok(times),
            // One iteration finds the end, and one must not be.
            false if limited && most > 2 => Ok(most as u32),
            false => Err(Error::new(Code::KernelOld, format!("this loop needs Linux {}", LOOP.since))
                .label(self.place(span), format!("{times} iterations, where this kernel allows {most}"))
                .help(format!(
                    "kernels without bpf_loop (Linux {}) run at most {ITERATIONS} iterations, those of nested loops \
                     multiplied: use a smaller range",
                    LOOP.since
                ))),
        }
    }
}

/// The iterations of the loops of a block, one after the other, each with those of its nested loops.
fn iterations(block: &Block) -> u64 {
    let of = |stmt: &Stmt| {
        let inner: u64 = stmt.kind.blocks().map(iterations).sum();
        match stmt.kind {
            StmtKind::Loop { times, .. } => inner.max(1).saturating_mul(times.into()),
            _ => inner,
        }
    };
    block.iter().map(of).sum()
}
