//! Values that are there under a condition.

use super::super::compare::Item;
use super::super::{Lowering, Reg, Result, Span};
use crate::ir::{ExprId, ExprKind, Kind, Shape};

impl Lowering<'_> {
    /// The items of a result that are there: null is none.
    pub fn present(&mut self, there: Option<ExprId>, shape: Shape, span: Span) -> Vec<Item> {
        match shape {
            Shape::Leaf(leaf) if self.is_nothing(leaf) => Vec::new(),
            Shape::Leaf(leaf) if self.kind(leaf) == Kind::Text && self.is_nullable(leaf) => {
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

    /// The first item that is there; null where none is.
    pub fn first_of(&mut self, items: &[(ExprId, Shape)], span: Span) -> Result<Reg> {
        let Some(((there, item), rest)) = items.split_first() else { return Ok(self.nothing(span)) };
        self.when(*there, &mut |_| Ok(Reg::Shape(item.clone())), &mut |this| this.first_of(rest, span))
    }
}
