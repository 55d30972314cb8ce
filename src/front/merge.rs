//! Ways that part and meet again: each has a block of its own; what they leave in registers and `mut`s is put together.

use super::{Code, Flow, Lowering, Reg, Result, Spot};
use crate::ir::{Block, Const, ExprId, ExprKind, Fallible, Label, Shape, Stmt, StmtKind};
use crate::spec::failure::TYPE_MISMATCH;
use nu_protocol::VarId;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How deep branches may nest; an `else if` is one inside the other.
const DEPTH: usize = 64;

/// One way: its statements, and what it left.
pub struct Arm {
    pub block: Block,
    pub regs: Vec<Reg>,
    pub mutables: BTreeMap<VarId, Shape>,
    pub flow: Flow,
}

/// What is done to a value.
pub type Act<'f, L> = &'f mut dyn FnMut(&mut L, Shape) -> Result<Reg>;

impl Lowering<'_> {
    /// Lowers one way and puts registers and variables back to where it began.
    pub fn arm(&mut self, lower: impl FnOnce(&mut Self) -> Result<Flow>) -> Result<Arm> {
        if self.depth == DEPTH {
            let what = format!("branches are nested more than {DEPTH} deep here");
            let instead = "use fewer `else if`, or emit the value and decide after the probe";
            return Err(self.syntax(self.now, &what, instead));
        }
        self.depth += 1;
        let outer = std::mem::take(&mut self.block);
        let regs = self.frame.regs.clone();
        let mutables = self.mutables.clone();
        let flow = lower(self);
        let ended = std::mem::take(&mut self.ended);
        let block = std::mem::replace(&mut self.block, outer);
        let regs = std::mem::replace(&mut self.frame.regs, regs);
        let mutables = std::mem::replace(&mut self.mutables, mutables);
        self.depth -= 1;
        Ok(Arm { block, regs, mutables, flow: if ended { Flow::Ended } else { flow? } })
    }

    /// Lowers both ways of a condition, and joins them.
    pub fn fork(
        &mut self, cond: ExprId, then: impl FnOnce(&mut Self) -> Result<Flow>,
        otherwise: impl FnOnce(&mut Self) -> Result<Flow>,
    ) -> Result<Flow> {
        let (then, otherwise) = (self.arm(then)?, self.arm(otherwise)?);
        Ok(self.join(cond, then, otherwise))
    }

    /// Two ways by a condition. Where one of them ends, the other goes on behind the branch, as one would write it.
    pub fn join(&mut self, cond: ExprId, then: Arm, otherwise: Arm) -> Flow {
        let span = self.expr(cond).span;
        let (cond, ended, mut going) = match (then.flow, otherwise.flow) {
            (Flow::Ended, _) => (cond, then, otherwise),
            (Flow::On, Flow::Ended) => (self.negate(cond, span), otherwise, then),
            (Flow::On, Flow::On) => {
                let (flow, mut blocks) = self.meet(then, otherwise, span);
                let otherwise = blocks.pop().unwrap_or_default();
                let then = blocks.pop().unwrap_or_default();
                self.push(StmtKind::If { cond, then, otherwise }, span);
                return flow;
            }
        };
        self.push(StmtKind::If { cond, then: ended.block, otherwise: Block::new() }, span);
        self.block.append(&mut going.block);
        (self.frame.regs, self.mutables) = (going.regs, going.mutables);
        going.flow
    }

    /// What two ways leave, put together; their blocks, each with the assignments that this takes.
    pub fn meet(&mut self, left: Arm, right: Arm, span: impl Spot) -> (Flow, Vec<Block>) {
        let mut blocks = vec![left.block, right.block];
        let flow = match (left.flow, right.flow) {
            (Flow::Ended, Flow::Ended) => Flow::Ended,
            (Flow::Ended, Flow::On) => self.only(right.regs, right.mutables, &mut blocks[1..], span),
            (Flow::On, Flow::Ended) => self.only(left.regs, left.mutables, &mut blocks[..1], span),
            (Flow::On, Flow::On) => {
                let regs = left.regs.into_iter().zip(right.regs);
                self.frame.regs = regs.map(|(left, right)| self.meet_regs(left, right, &mut blocks, span)).collect();
                for (var, left) in left.mutables {
                    // One that a way declares is gone where they meet.
                    let (true, Some(right)) = (self.mutables.contains_key(&var), right.mutables.get(&var)) else {
                        continue;
                    };
                    let met = self.merge(&left, right, &mut blocks, 1, span);
                    self.set_mutable(var, met);
                }
                Flow::On
            }
        };
        (flow, blocks)
    }

    /// What the only way leaves that goes on, fit to be read behind its block.
    fn only(&mut self, regs: Vec<Reg>, mutables: BTreeMap<VarId, Shape>, block: &mut [Block], span: impl Spot) -> Flow {
        for (index, reg) in regs.into_iter().enumerate() {
            if self.frame.regs[index] != reg {
                let value = block.first_mut().map_or(Some(reg.clone()), |block| self.value_in(block, reg));
                self.frame.regs[index] = match value {
                    Some(Reg::Shape(shape)) => self.hoist_out(&shape, block, span).into(),
                    other => other.unwrap_or(Reg::Mixed),
                };
            }
        }
        for (var, shape) in mutables {
            if self.mutables.get(&var).is_some_and(|known| *known != shape) {
                let shape = self.hoist_out(&shape, block, span);
                self.set_mutable(var, shape);
            }
        }
        Flow::On
    }

    fn meet_regs(&mut self, left: Reg, right: Reg, blocks: &mut [Block], span: impl Spot) -> Reg {
        if left == right {
            return left;
        }
        if let (Reg::Typed(left), Reg::Typed(right)) = (&left, &right)
            && let Some(typed) = self.meet_typed(left, right, blocks, span)
        {
            return Reg::Typed(typed);
        }
        let [left, right] = [(0, left), (1, right)].map(|(side, reg)| self.value_in(&mut blocks[side], reg));
        let (Some(left), Some(right)) = (left, right) else { return Reg::Mixed };
        let mut null = || Shape::Leaf(self.add(ExprKind::Const(Const::Nothing), span));
        let (left, right) = match (left, right) {
            (Reg::Shape(left), Reg::Shape(right)) => (left, right),
            (Reg::Shape(left), Reg::Empty) => (left, null()),
            (Reg::Empty, Reg::Shape(right)) => (null(), right),
            _ => return Reg::Mixed,
        };
        self.merge(&left, &right, blocks, 1, span).into()
    }

    /// One value out of two: `left` is what the blocks before `split` give, `right` that of the others. Leaves of one
    /// kind become a variable that every block assigns; what differs in structure becomes an either-or.
    pub fn merge(&mut self, left: &Shape, right: &Shape, blocks: &mut [Block], split: usize, span: impl Spot) -> Shape {
        match (left, right) {
            (left, right) if self.same(left, right) => left.clone(),
            (Shape::Leaf(a), Shape::Leaf(b)) if self.kind(*a) == self.kind(*b) && self.kind(*a).is_kept() => {
                let (first, rest) = blocks.split_at_mut(split);
                let own = match rest {
                    [block] => self.own(block, *b),
                    _ => None,
                };
                let (var, zero) = own.unwrap_or_else(|| (self.variable("value", span), false));
                self.push(StmtKind::Declare { var, zero }, span);
                first.iter_mut().for_each(|block| self.assign_in(block, var, *a));
                if own.is_none() {
                    rest.iter_mut().for_each(|block| self.assign_in(block, var, *b));
                }
                self.set_type(var, *a);
                self.set_type(var, *b);
                Shape::Leaf(self.add(ExprKind::Var(var), span))
            }
            (Shape::Record(a), Shape::Record(b)) if a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0) => {
                let fields = a.iter().zip(b);
                let merged = fields.map(|(a, b)| (a.0.clone(), self.merge(&a.1, &b.1, blocks, split, span)));
                Shape::Record(merged.collect())
            }
            (Shape::List(a), Shape::List(b)) if a.len() == b.len() => {
                Shape::List(a.iter().zip(b).map(|(a, b)| self.merge(a, b, blocks, split, span)).collect())
            }
            (Shape::Later { op, args: a }, Shape::Later { op: other, args: b })
                if op == other && a.len() == b.len() =>
            {
                let args = a.iter().zip(b).map(|(a, b)| self.merge(a, b, blocks, split, span)).collect();
                Shape::Later { op: *op, args }
            }
            _ => self.either(left, right, blocks, split, span),
        }
    }

    /// The variable that a block has declared for just what it gives, which can be that of all ways: so a chain of
    /// branches has one, and its strings are not copied outward. Its declaration is taken out.
    fn own(&self, block: &mut Block, leaf: ExprId) -> Option<(crate::ir::VarId, bool)> {
        let ExprKind::Var(given) = self.expr(leaf).kind else { return None };
        let declares = |stmt: &Stmt| matches!(stmt.kind, StmtKind::Declare { var, .. } if var == given);
        let at = block.iter().position(declares)?;
        let StmtKind::Declare { var, zero } = block.remove(at).kind else { return None };
        Some((var, zero))
    }

    /// Keeps both, and which of them it is.
    fn either(&mut self, left: &Shape, right: &Shape, blocks: &mut [Block], split: usize, span: impl Spot) -> Shape {
        let which = self.variable("which", span);
        self.push(StmtKind::Declare { var: which, zero: false }, span);
        for (index, block) in blocks.iter_mut().enumerate() {
            let side = self.truth_value(index < split, span);
            self.assign_in(block, which, side);
            self.set_type(which, side);
        }
        let (first, rest) = blocks.split_at_mut(split);
        let then = Box::new(self.hoist_out(left, first, span));
        let otherwise = Box::new(self.hoist_out(right, rest, span));
        Shape::Either { cond: self.add(ExprKind::Var(which), span), then, otherwise }
    }

    /// A value made in some blocks, fit to be read behind them.
    pub fn hoist_out(&mut self, shape: &Shape, blocks: &mut [Block], span: impl Spot) -> Shape {
        let hoisted: Result<Shape> = shape.map(&mut |_, leaf| {
            let kept = self.kind(leaf).is_kept();
            let read = match self.expr(leaf).kind.clone() {
                ExprKind::Const(_) => return Ok(leaf),
                ExprKind::Fallible(Fallible::ReadBytes { pointer, length, space, max }) => {
                    let [pointer, length] = [pointer, length].map(|part| self.outward(part, blocks, span));
                    Fallible::ReadBytes { pointer, length, space, max }
                }
                ExprKind::Fallible(Fallible::Call { function, args }) if !kept => {
                    let is_const = |this: &Self, arg| matches!(this.expr(arg).kind, ExprKind::Const(_));
                    let mut part = |arg| if is_const(self, arg) { arg } else { self.outward(arg, blocks, span) };
                    let args = args.into_iter().map(&mut part).collect();
                    Fallible::Call { function, args }
                }
                _ if kept => return Ok(self.outward(leaf, blocks, span)),
                _ => return Ok(leaf),
            };
            // It is read behind them, but only where one of them was taken.
            let (taken, read) = (self.truth_value(true, span), self.add(ExprKind::Fallible(read), span));
            let there = self.outward(taken, blocks, span);
            Ok(self.add(ExprKind::Fallible(Fallible::Where { there, read }), span))
        });
        hoisted.unwrap_or_else(|_| shape.clone())
    }

    /// A variable that blocks assign, and that can be read behind them.
    fn outward(&mut self, leaf: ExprId, blocks: &mut [Block], span: impl Spot) -> ExprId {
        let var = self.variable("value", span);
        self.push(StmtKind::Declare { var, zero: true }, span);
        blocks.iter_mut().for_each(|block| self.assign_in(block, var, leaf));
        self.set_type(var, leaf);
        self.add(ExprKind::Var(var), span)
    }

    fn assign_in(&mut self, block: &mut Block, var: crate::ir::VarId, expr: ExprId) {
        let value = self.value(expr);
        block.push(Stmt { kind: StmtKind::Assign { var, value }, span: self.expr(expr).span });
    }

    /// Returns whether two values are the same constants, or the same expressions.
    pub fn same(&self, left: &Shape, right: &Shape) -> bool {
        match (left, right) {
            (Shape::Leaf(a), Shape::Leaf(b)) => match (&self.expr(*a).kind, &self.expr(*b).kind) {
                (ExprKind::Const(a), ExprKind::Const(b)) => a == b,
                (ExprKind::Var(a), ExprKind::Var(b)) => a == b,
                _ => a == b,
            },
            (Shape::Record(_) | Shape::List(_), _) => {
                parts(left, right).is_some_and(|parts| parts.into_iter().all(|(a, b)| self.same(a, b)))
            }
            (left, right) => left == right,
        }
    }

    /// What two ways give, of which a condition chooses one.
    pub fn when(
        &mut self, cond: ExprId, then: &mut dyn FnMut(&mut Self) -> Result<Reg>,
        otherwise: &mut dyn FnMut(&mut Self) -> Result<Reg>,
    ) -> Result<Reg> {
        match self.known(cond) {
            Some(true) => return then(self),
            Some(false) => return otherwise(self),
            None => {}
        }
        let cond = self.steady(cond, "holds");
        // What a way gives meets the other's in a register more than Nushell has.
        let spare = self.frame.regs.len();
        self.frame.regs.push(Reg::Empty);
        let way = |this: &mut Self, act: &mut dyn FnMut(&mut Self) -> Result<Reg>| {
            this.arm(|this| {
                let value = act(this)?;
                this.frame.regs[spare] = value;
                Ok(Flow::On)
            })
        };
        let arms = way(self, then).and_then(|then| Ok((then, way(self, otherwise)?)));
        let joined = arms.map(|(then, otherwise)| self.join(cond, then, otherwise));
        let value = self.frame.regs.drain(spare..).next().unwrap_or(Reg::Empty);
        self.ended = joined? == Flow::Ended;
        Ok(value)
    }

    /// Does something to a value; to each of its alternatives where it has some. An alternative for which that is a
    /// type error is one at run time, as it is in Nushell; the error is the closure's only if all are.
    pub fn cases(&mut self, shape: Shape, act: Act<Self>) -> Result<Reg> {
        let Shape::Either { cond, then, otherwise } = shape else { return act(self, shape) };
        let (act, refused) = (RefCell::new(act), RefCell::new(Vec::new()));
        let side = |this: &mut Self, shape: &Shape| {
            this.alternatives += 1;
            let begun = (this.block.len(), this.events, this.maps.len());
            let value = this.cases(shape.clone(), &mut **act.borrow_mut());
            this.alternatives -= 1;
            match value {
                Err(error) if error.code == Code::ClosureType && !error.unsupported => {
                    let kind = error.fails.unwrap_or(&TYPE_MISMATCH);
                    refused.borrow_mut().push(error);
                    // What was lowered before the mistake goes, with its events and maps.
                    this.block.truncate(begun.0);
                    this.events = begun.1;
                    this.maps.truncate(begun.2);
                    this.fail(kind, this.now);
                    Ok(Reg::Empty)
                }
                other => other,
            }
        };
        let value = self.when(cond, &mut |this| side(this, &then), &mut |this| side(this, &otherwise))?;
        match refused.take() {
            mut all if all.len() == 2 => Err(all.swap_remove(0)),
            one => {
                if let (Some(error), Reg::Shape(Shape::Leaf(leaf))) = (one.first(), &value) {
                    self.decided_by_error(*leaf, error);
                }
                Ok(value)
            }
        }
    }

    pub fn label(&mut self) -> Label {
        self.labels += 1;
        Label(self.labels)
    }
}

/// The parts of two values that are put together alike, each with its counterpart.
pub fn parts<'s>(left: &'s Shape, right: &'s Shape) -> Option<Vec<(&'s Shape, &'s Shape)>> {
    match (left, right) {
        (Shape::Record(a), Shape::Record(b)) => {
            let named = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0);
            named.then(|| a.iter().zip(b).map(|(a, b)| (&a.1, &b.1)).collect())
        }
        (Shape::Later { op, .. }, Shape::Later { op: other, .. }) if op != other => None,
        (Shape::List(a), Shape::List(b)) | (Shape::Later { args: a, .. }, Shape::Later { args: b, .. }) => {
            (a.len() == b.len()).then(|| a.iter().zip(b).collect())
        }
        _ => None,
    }
}
