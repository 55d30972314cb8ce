//! Unreachable branches: those that a comparison of two types, or a run-time error at every event, excludes. They are
//! reported at attach time. What constants decide, such as captured options, is meant so, and stays silent.

use super::frame::Callee;
use super::{Error, Local, Lowering, Reg, Span};
use crate::ir::{BranchKey, ExprId, Object, Shape};
use nu_protocol::ast::Comparison;
use std::collections::{BTreeMap, HashMap};

/// Why a condition has only one value, and the operator or command that decides it.
pub type Reason = (Local, String);

/// Comparisons that are decided before the probe runs, each with what it always is.
#[derive(Debug, Default)]
pub struct Decided {
    /// The last one, until anything else is looked at.
    pub last: Option<Reason>,
    /// The first that excludes output.
    pub first: Option<Reason>,
    /// Constants that types decide.
    reasons: HashMap<ExprId, Reason>,
    /// Every branch that was lowered; None where control reaches it.
    pub branches: BTreeMap<BranchKey, Option<Reason>>,
}

impl Lowering<'_> {
    /// Returns whether types decide a comparison rather than constants: its operands are not all known.
    pub fn is_decided_by_types(&self, comparison: Comparison, left: &Reg, right: &Reg) -> bool {
        if self.constant_reg(left).is_some() && self.constant_reg(right).is_some() {
            return false;
        }
        let items = |side: &Reg| match side {
            Reg::Shape(Shape::List(items)) => Some(items.len()),
            Reg::Shape(Shape::Sparse(items)) => Some(items.len()),
            _ => None,
        };
        match comparison {
            Comparison::Equal | Comparison::NotEqual => items(left).is_none() || items(right).is_none(),
            Comparison::In | Comparison::NotIn => items(right).is_some_and(|count| count > 0),
            Comparison::Has | Comparison::NotHas => items(left).is_some_and(|count| count > 0),
            _ => false,
        }
    }

    /// Notes that types decide a constant.
    pub fn decided_by_types(&mut self, constant: ExprId, reason: Reason) {
        self.decided.reasons.insert(constant, reason);
    }

    /// Notes that a constant is all that is left where the other alternatives of a value are run-time errors.
    pub fn decided_by_error(&mut self, value: ExprId, error: &Error) {
        if let (true, Some((at, _))) = (self.is_constant(value), error.labels.first()) {
            let told =
                format!("of one of its values this is an error ({}), of any other always the same", error.message);
            self.decided.reasons.insert(value, (self.local(*at), told));
        }
    }

    /// Notes that a constant is computed from others, which types may have decided.
    pub fn decided_like(&mut self, constant: ExprId, operands: &[ExprId]) {
        let reason = operands.iter().find_map(|operand| self.decided.reasons.get(operand)).cloned();
        if let Some(reason) = reason {
            self.decided.reasons.insert(constant, reason);
        }
    }

    pub fn reason(&self, cond: ExprId) -> Option<Reason> {
        self.decided.reasons.get(&cond).cloned()
    }

    /// Notes whether control reaches the sides of an `if`, of which the second may be missing.
    pub fn branch_sides(&mut self, span: Span, number: usize, holds: ExprId, both: bool) {
        for side in [true, false] {
            let excluded = self.known(holds) == Some(!side) && (side || both);
            let reason = self.reason(holds).filter(|_| excluded);
            self.branch_side(span, number, side, reason);
        }
    }

    /// Notes whether control reaches a side of a branch: `reason` says why it does not. A command's branches are for
    /// whatever it is called with.
    pub fn branch_side(&mut self, span: Span, number: usize, side: bool, reason: Option<Reason>) {
        let own = self.closure.span();
        let in_command = self.calls.iter().any(|(callee, _)| matches!(callee, Callee::Definition(_)));
        if in_command || self.frame.code.at.is_some() || span.start < own.start || span.end > own.end {
            return;
        }
        let known = self.decided.branches.entry((span.start, number, side));
        let known = known.or_insert_with(|| reason.clone());
        if reason.is_none() {
            *known = None;
        }
    }
}

/// Warnings of branches that no event takes at any attach point of an object, each with the words that decide it.
pub fn unreachable_branches(object: &Object) -> Vec<String> {
    let mut found: BTreeMap<(usize, BranchKey), Option<(&str, &Reason)>> = BTreeMap::new();
    for program in &object.programs {
        for (key, reason) in &program.branches {
            let reason = reason.as_ref().map(|reason| (program.text.as_str(), reason));
            let known = found.entry((program.base, *key)).or_insert(reason);
            if reason.is_none() {
                *known = None;
            }
        }
    }
    let mut warnings: Vec<String> = found.into_values().flatten().map(|(text, reason)| warning(text, reason)).collect();
    warnings.dedup();
    warnings
}

/// A warning with the line of the closure that it is about, marked.
fn warning(text: &str, (at, told): &Reason) -> String {
    let begin = text.get(..at.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(begin..).unwrap_or_default().lines().next().unwrap_or_default();
    let marked = at.of(text).lines().next().unwrap_or_default().chars().count().max(1);
    let before = text.get(begin..at.start).unwrap_or_default().chars().count();
    let indent = line.chars().take_while(|c| c.is_whitespace()).count();
    let margin = " ".repeat(before.saturating_sub(indent));
    format!("this branch never runs\n    {}\n    {margin}{} {told}", line.trim_start(), "^".repeat(marked))
}
