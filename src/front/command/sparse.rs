//! Values that are there under a condition.

use super::super::compare::Item;
use super::super::{Lowering, Reg, Result, Span};
use crate::ir::{ExprId, ExprKind, Shape};
use crate::spec::function::AS_INT;
use crate::spec::operator::{ADD, AT_LEAST, EQUAL, LESS, OR};

/// Pairs of items that are compared where some may be missing.
const MOST_PAIRS: usize = 64;

impl Lowering<'_> {
    /// The items of a result that are there: null is none.
    pub fn present(&mut self, there: Option<ExprId>, shape: Shape, span: Span) -> Vec<Item> {
        match shape {
            Shape::Leaf(leaf) if self.is_nothing(leaf) => Vec::new(),
            Shape::Leaf(leaf) if self.may_be_null(leaf) => {
                let leaf = self.standing(leaf);
                let null = self.add(ExprKind::IsNull(leaf), span);
                let some = self.negate(null, span);
                let conditions: Vec<ExprId> = there.into_iter().chain([some]).collect();
                vec![(Some(self.all(&conditions, span)), Shape::Leaf(leaf))]
            }
            Shape::Either { cond, then, otherwise } => {
                let not = self.negate(cond, span);
                let mut sides = [cond, not].map(|side| there.into_iter().chain([side]).collect::<Vec<_>>()).into_iter();
                let mut with = |this: &mut Self| this.all(&sides.next().unwrap_or_default(), span);
                let (yes, no) = (with(self), with(self));
                let mut both = self.present(Some(yes), *then, span);
                both.extend(self.present(Some(no), *otherwise, span));
                // What stands alone is as it was; two that exclude each other keep their places.
                both
            }
            shape => vec![(there, shape)],
        }
    }

    /// A list of items that may be there.
    pub fn list_of(&mut self, items: Vec<Item>, span: Span) -> Shape {
        if items.iter().all(|(there, _)| there.is_none()) {
            return Shape::List(items.into_iter().map(|(_, item)| item).collect());
        }
        let mut there = |cond: Option<ExprId>| cond.unwrap_or_else(|| self.truth_value(true, span));
        Shape::Sparse(items.into_iter().map(|(cond, item)| (there(cond), item)).collect())
    }

    /// The first item that is there, or something else.
    pub fn first_of(&mut self, items: &[Item], none: &mut dyn FnMut(&mut Self) -> Result<Reg>) -> Result<Reg> {
        match items.split_first() {
            None => none(self),
            Some(((None, item), _)) => Ok(Reg::Shape(item.clone())),
            Some(((Some(there), item), rest)) => {
                self.when(*there, &mut |_| Ok(Reg::Shape(item.clone())), &mut |this| this.first_of(rest, none))
            }
        }
    }

    /// Of items that may be there, those from a place on and before another, counted as they are there.
    pub fn sparse_part(&mut self, items: Vec<Item>, from: usize, to: usize, span: Span) -> Vec<Item> {
        let mut before = self.int(0, span);
        let mut part = Vec::new();
        for (index, (there, item)) in items.into_iter().enumerate() {
            let there = there.unwrap_or_else(|| self.truth_value(true, span));
            // Before this one are at most so many as there could be.
            let mut conditions = vec![there];
            for (bound, op) in [(from, &AT_LEAST), (to, &LESS)] {
                if bound > 0 && (bound <= index || op == &AT_LEAST) {
                    let bound = self.int(bound as i64, span);
                    conditions.push(self.op(op, before, bound, span));
                }
            }
            if from <= index && to > 0 {
                let there = self.all(&conditions, span);
                part.push((Some(self.steady(there, "within")), item));
            }
            let one = self.add(ExprKind::Call { function: &AS_INT, args: vec![there] }, span);
            let sum = self.op(&ADD, before, one, span);
            before = self.bind(sum, "before", span);
        }
        part
    }

    /// Returns whether two lists are equal of which items may be missing, from the last of their items on.
    pub fn equal_sparse(&mut self, left: Vec<Item>, right: Vec<Item>, span: Span) -> Result<Reg> {
        if left.len() * right.len() > MOST_PAIRS {
            let what = format!("more than {MOST_PAIRS} pairs of items are not compared in a probe");
            let instead = "compare shorter lists, or their lengths, or after the probe";
            return Err(self.syntax(span, &what, instead));
        }
        let yes = self.truth_value(true, span);
        // What follows the left item is equal to the right items from each on.
        let mut below = vec![yes];
        for (there, _) in right.iter().rev() {
            let ends = self.gone(*there, below[0], span);
            below.insert(0, ends);
        }
        for (here, item) in left.iter().rev() {
            let end = below.len() - 1;
            let mut row = vec![self.gone(*here, below[end], span)];
            for (index, (there, other)) in right.iter().enumerate().rev() {
                let same = self.operate(&EQUAL, item.clone(), other.clone(), span)?;
                let same = self.leaf(same, span)?;
                let mut both = self.all(&[same, below[index + 1]], span);
                for (condition, skipped) in [(there, row[0]), (here, below[index])] {
                    if let Some(condition) = *condition {
                        let not = self.negate(condition, span);
                        let (there, gone) = (self.all(&[condition, both], span), self.all(&[not, skipped], span));
                        both = self.op(&OR, there, gone, span);
                    }
                }
                row.insert(0, self.steady(both, "equal"));
            }
            below = row;
        }
        Ok(below[0].into())
    }

    /// Returns whether an item is not there, and neither are others.
    fn gone(&mut self, there: Option<ExprId>, others: ExprId, span: Span) -> ExprId {
        let Some(there) = there else { return self.truth_value(false, span) };
        let not = self.negate(there, span);
        let gone = self.all(&[not, others], span);
        self.steady(gone, "gone")
    }
}
