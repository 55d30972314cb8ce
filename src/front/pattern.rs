//! `match`: Nushell compiles it to a chain of `match PATTERN → ARM`, what to do where none fits, and the arms, each of
//! which ends with a jump behind the last. Where an arm's guard does not hold, it goes back to the chain.

use super::variable::Binding;
use super::{Code, Error, Flow, Lowering, Reg, Result, Span, Step};
use crate::ir::{ExprId, ExprKind, Kind, Later, Shape, StmtKind};
use crate::spec::operator;
use nu_protocol::ast::{MatchPattern, Pattern};
use nu_protocol::ir::Instruction;
use nu_protocol::{RegId, Value, VarId};

/// Items of a list that may be missing: each doubles the ways that a `match` on it has.
const MOST_MISSING: usize = 4;

/// What a pattern is on a value: fits never (None), or under conditions, and what it names.
#[derive(Default)]
struct Fit {
    conditions: Vec<ExprId>,
    names: Vec<(VarId, Shape)>,
}

struct Arms {
    /// Pattern, and where its arm begins.
    chain: Vec<(Pattern, usize)>,
    /// What to do where none fits.
    otherwise: usize,
    end: usize,
}

impl Lowering<'_> {
    pub fn match_value(&mut self, at: usize, src: RegId, span: Span) -> Result<Step> {
        let Some(arms) = self.arms(at, src) else { return Err(self.unreadable()) };
        let value = match self.take(src)? {
            Reg::Typed(typed) => self.typed_value(&typed)?.into(),
            value => value,
        };
        let value = self.keep(value, "matched", span);
        let Reg::Shape(shape) = value else {
            let instead = "match on one of its fields: match $ctx.pid";
            return Err(self.other_kind(&value, self.origin(src), "`match` looks at one value", instead));
        };
        Ok(self.each_alternative(&arms, shape, span)?.then(arms.end))
    }

    fn arms(&self, at: usize, src: RegId) -> Option<Arms> {
        let instructions = &self.frame.code.ir.instructions;
        let mut chain = Vec::new();
        let mut next = at;
        while let Some(Instruction::Match { pattern, src: of, index }) = instructions.get(next) {
            if *of != src {
                break;
            }
            chain.push(((**pattern).clone(), *index));
            next += 1;
        }
        let jump = instructions.iter().skip(next).take(4).find_map(|instruction| match instruction {
            Instruction::Jump { index } => Some(*index),
            _ => None,
        })?;
        Some(Arms { chain, otherwise: next, end: jump })
    }

    /// Lowers the arms for every alternative of a value that they tell apart; the ways meet again behind it.
    fn each_alternative(&mut self, arms: &Arms, shape: Shape, span: Span) -> Result<Flow> {
        if let Shape::Either { cond, then, otherwise } = shape {
            let then = self.arm(|this| this.each_alternative(arms, *then, span))?;
            let otherwise = self.arm(|this| this.each_alternative(arms, *otherwise, span))?;
            return Ok(self.join(cond, then, otherwise));
        }
        match self.opened(&shape, arms.chain.iter().map(|(pattern, _)| pattern).collect(), span)? {
            Some(alternatives) => self.each_alternative(arms, alternatives, span),
            None => self.arm_of(arms, 0, &shape, span),
        }
    }

    /// The alternatives of a value, of its first part whose structure is open and at which a pattern looks.
    fn opened(&self, shape: &Shape, patterns: Vec<&Pattern>, span: Span) -> Result<Option<Shape>> {
        let ways: Vec<&Pattern> = patterns.into_iter().flat_map(ways).collect();
        let list = ways.iter().any(|way| matches!(way, Pattern::List(_)));
        let record = ways.iter().any(|way| matches!(way, Pattern::Record(_)));
        let range = ways.iter().any(|way| matches!(way, Pattern::Value(Value::Range { .. })));
        let parts: Vec<&Shape> = match shape {
            Shape::Either { .. } if list || record || range => return Ok(Some(shape.clone())),
            Shape::Sparse(items) if list => {
                let missing = items.iter().filter(|(there, _)| self.known(*there).is_none()).count();
                if missing > MOST_MISSING {
                    let what = format!("`match` takes lists where {MOST_MISSING} items may be missing, not {missing}");
                    let instead = "match its length, or an item: match ($list | length) { … }, match $list.0? { … }";
                    return Err(self.syntax(span, &what, instead));
                }
                return Ok(Some(self.lists(Vec::new(), items)));
            }
            Shape::Later { op: Later::SocketAddress, .. } if record => {
                let (what, label, help) = Later::SocketAddress.refusal();
                return Err(Error::new(Code::ClosureSyntax, what).label(self.place(span), label).help(help));
            }
            Shape::Record(fields) => fields.iter().map(|(_, field)| field).collect(),
            Shape::List(items) => items.iter().collect(),
            _ => Vec::new(),
        };
        for (index, part) in parts.into_iter().enumerate() {
            let inner = ways.iter().flat_map(|way| inside(way, shape, index)).collect();
            if let Some(part) = self.opened(part, inner, span)? {
                return Ok(Some(with_part(shape, index, part)));
            }
        }
        Ok(None)
    }

    /// The lists that one is whose items may be missing, behind those that are there.
    fn lists(&self, before: Vec<Shape>, items: &[(ExprId, Shape)]) -> Shape {
        let Some(((there, item), rest)) = items.split_first() else { return Shape::List(before) };
        let with = [before.clone(), vec![item.clone()]].concat();
        if self.known(*there) == Some(true) {
            return self.lists(with, rest);
        }
        let (then, otherwise) = (self.lists(with, rest).into(), self.lists(before, rest).into());
        Shape::Either { cond: *there, then, otherwise }
    }

    /// The arms from `number` on.
    fn arm_of(&mut self, arms: &Arms, number: usize, shape: &Shape, span: Span) -> Result<Flow> {
        let Some((pattern, index)) = arms.chain.get(number) else {
            return self.walk(arms.otherwise, arms.end);
        };
        let fit = self.fit(pattern, shape, span)?;
        let cond = fit.as_ref().map(|fit| self.all(&fit.conditions, span));
        let fits = cond.is_some_and(|cond| self.known(cond) != Some(false));
        self.arm_side(arms.otherwise - arms.chain.len() + number, fits, (pattern, shape));
        let (Some(fit), Some(cond)) = (fit, cond) else {
            return self.arm_of(arms, number + 1, shape, span);
        };
        let guard = self.guard(arms, number);
        let (names, index) = (fit.names, *index);
        match (self.known(cond), guard) {
            (Some(false), _) => self.arm_of(arms, number + 1, shape, span),
            (Some(true), None) => {
                self.name(names);
                self.walk(index, arms.end)
            }
            (_, None) => {
                let then = |this: &mut Self| {
                    this.name(names);
                    this.walk(index, arms.end)
                };
                self.fork(cond, then, |this| this.arm_of(arms, number + 1, shape, span))
            }
            (_, Some((check, reg))) => {
                // The guard is looked at where the pattern fits; both together decide.
                let holds = self.variable("fits", span);
                self.push(StmtKind::Declare { var: holds, zero: true }, span);
                let no = self.truth_value(false, span);
                self.set_type(holds, no);
                let test = |this: &mut Self| {
                    this.name(names);
                    let flow = this.walk(index, check)?;
                    if flow == Flow::On {
                        let value = this.condition(reg, span)?;
                        let value = this.value(value);
                        this.push(StmtKind::Assign { var: holds, value }, span);
                    }
                    Ok(flow)
                };
                self.fork(cond, test, |_| Ok(Flow::On))?;
                let cond = self.add(ExprKind::Var(holds), span);
                let otherwise = |this: &mut Self| this.arm_of(arms, number + 1, shape, span);
                self.fork(cond, |this| this.walk(check + 3, arms.end), otherwise)
            }
        }
    }

    /// Notes whether an arm of literals can be taken.
    fn arm_side(&mut self, at: usize, fits: bool, (pattern, shape): (&Pattern, &Shape)) {
        let Some(span) = self.frame.code.ir.spans.get(at).copied() else { return };
        let literals = ways(pattern).into_iter().all(|way| matches!(way, Pattern::Value(_)));
        let open = literals && self.constant_of(shape).is_none() && self.items(shape).is_none();
        let told = match shape {
            Shape::Leaf(leaf) => format!("this never matches {}", self.ty(*leaf).phrase()),
            _ => "this never matches".to_string(),
        };
        let reason = (open && !fits).then(|| (self.local(span), told));
        self.branch_side(span, at, true, reason);
    }

    /// Where an arm's guard is checked, and its register: where it does not hold, the chain goes on behind the arm's.
    fn guard(&self, arms: &Arms, number: usize) -> Option<(usize, RegId)> {
        let next = arms.otherwise - arms.chain.len() + number + 1;
        let instructions = &self.frame.code.ir.instructions;
        (arms.chain[number].1..arms.end).find_map(|at| match (instructions.get(at)?, instructions.get(at + 2)?) {
            (Instruction::CheckMatchGuard { src }, Instruction::BranchIf { index, .. }) if *index == next => {
                Some((at, *src))
            }
            _ => None,
        })
    }

    fn name(&mut self, names: Vec<(VarId, Shape)>) {
        for (var, shape) in names {
            self.bindings.insert(var, Binding::Fixed(Reg::Shape(shape)));
        }
    }

    fn fit(&mut self, pattern: &Pattern, shape: &Shape, span: Span) -> Result<Option<Fit>> {
        let mut fit = Fit::default();
        let fits = match pattern {
            Pattern::IgnoreValue => true,
            Pattern::Variable(var) => {
                fit.names.push((*var, shape.clone()));
                true
            }
            Pattern::Value(value) => self.equals(value, shape, &mut fit, span)?,
            Pattern::Or(patterns) => {
                let mut ways = Vec::new();
                for pattern in patterns {
                    let Some(way) = self.fit(&pattern.pattern, shape, span)? else { continue };
                    fit.names.extend(way.names);
                    ways.push(self.all(&way.conditions, span));
                }
                let any = self.any(&ways, self.local(span));
                fit.conditions.extend(any);
                any.is_some()
            }
            Pattern::List(_) if self.is_stack(shape) => return self.no_stack(shape, span).map(|()| None),
            Pattern::Record(fields) => {
                let Shape::Record(own) = shape else { return Ok(None) };
                for (name, pattern) in fields {
                    let value = own.iter().find(|(known, _)| known == name).map(|(_, value)| value);
                    if !self.fit_part(&pattern.pattern, value, &mut fit, span)? {
                        return Ok(None);
                    }
                }
                true
            }
            Pattern::List(items) => self.fit_list(items, shape, &mut fit, span)?,
            Pattern::Rest(_) | Pattern::IgnoreRest => true,
            Pattern::Expression(_) | Pattern::Garbage => {
                return Err(self.syntax(span, "this pattern does not work in a probe", "compare with `if` instead"));
            }
        };
        Ok(fits.then_some(fit))
    }

    /// A part of a pattern, which must fit as well as the others.
    fn fit_part(&mut self, pattern: &Pattern, part: Option<&Shape>, fit: &mut Fit, span: Span) -> Result<bool> {
        let Some(part) = part else { return Ok(false) };
        let Some(inner) = self.fit(pattern, part, span)? else { return Ok(false) };
        fit.conditions.extend(inner.conditions);
        fit.names.extend(inner.names);
        Ok(true)
    }

    fn fit_list(&mut self, items: &[MatchPattern], shape: &Shape, fit: &mut Fit, span: Span) -> Result<bool> {
        let Shape::List(own) = shape else { return Ok(false) };
        for (index, pattern) in items.iter().enumerate() {
            match &pattern.pattern {
                Pattern::Rest(var) => {
                    let rest = own.get(index..).unwrap_or_default().to_vec();
                    fit.names.push((*var, Shape::List(rest)));
                    return Ok(own.len() >= index);
                }
                Pattern::IgnoreRest => return Ok(own.len() >= index),
                inner if !self.fit_part(inner, own.get(index), fit, span)? => return Ok(false),
                _ => {}
            }
        }
        Ok(own.len() == items.len())
    }

    /// A literal fits what is equal to it, a range what it contains.
    fn equals(&mut self, value: &Value, shape: &Shape, fit: &mut Fit, span: Span) -> Result<bool> {
        let op = if matches!(value, Value::Range { .. }) { &operator::IN } else { &operator::EQUAL };
        let literal = self.captured(value, span);
        let is_number = matches!(shape, Shape::Leaf(leaf) if matches!(self.kind(*leaf), Kind::Int | Kind::Address));
        if matches!(literal, Reg::Range(_)) && !is_number {
            return Ok(false);
        }
        let cond = self.operate_regs(op, Reg::Shape(shape.clone()), literal, span)?;
        let Reg::Shape(cond) = cond else { return Ok(false) };
        let cond = self.leaf(cond, span)?;
        fit.conditions.push(cond);
        Ok(self.known(cond) != Some(false))
    }
}

/// The patterns of which one must fit.
fn ways(pattern: &Pattern) -> Vec<&Pattern> {
    match pattern {
        Pattern::Or(patterns) => patterns.iter().flat_map(|pattern| ways(&pattern.pattern)).collect(),
        pattern => vec![pattern],
    }
}

/// What a pattern says of a part of a value.
fn inside<'p>(pattern: &'p Pattern, whole: &Shape, index: usize) -> Vec<&'p Pattern> {
    match (pattern, whole) {
        (Pattern::Record(own), Shape::Record(fields)) => {
            let named = own.iter().filter(|own| fields.get(index).is_some_and(|field| field.0 == own.0));
            named.map(|(_, part)| &part.pattern).collect()
        }
        (Pattern::List(own), Shape::List(_)) => own.get(index).map(|part| &part.pattern).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A value with another part; with each of that one's alternatives.
fn with_part(whole: &Shape, index: usize, part: Shape) -> Shape {
    if let Shape::Either { cond, then, otherwise } = part {
        let [then, otherwise] = [then, otherwise].map(|part| with_part(whole, index, *part).into());
        return Shape::Either { cond, then, otherwise };
    }
    let mut whole = whole.clone();
    match &mut whole {
        Shape::Record(fields) => fields[index].1 = part,
        Shape::List(items) => items[index] = part,
        _ => {}
    }
    whole
}
