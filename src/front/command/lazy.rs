//! Lists as streams: Nushell runs the closure of `each` or `where` for no more items than the next command takes. Where
//! that closure emits, such a command lowers it once more, limited; elsewhere nobody sees the difference.

use super::super::compare::Item;
use super::super::{Args, Lowering, Reg, Result, Span};
use crate::ir::{ExprId, ExprKind, Shape};
use crate::spec::builtin::{Builtin, Op};
use crate::spec::function::AS_INT;
use crate::spec::operator::{ADD, LESS};
use nu_protocol::Value;

/// A list that a command has made which emitted rows as well.
pub struct Sent {
    pub list: Shape,
    /// The first such command.
    pub at: Span,
    /// How to make the list once more; None where other commands stand between.
    pub again: Option<Again>,
}

/// A call of `each` or `where`, and where it began.
pub struct Again {
    pub row: &'static Builtin,
    pub args: Args,
    pub items: Vec<Item>,
    pub begun: Here,
}

/// How far lowering has come: statements of the block, events, maps, patterns.
#[derive(Debug, Clone, Copy)]
pub struct Here(usize, usize, usize, usize);

/// How many items a command still takes of a stream.
pub struct Quota {
    most: usize,
    /// Items that are taken in any case, and those that may be; how many of these there are.
    certain: usize,
    possible: usize,
    count: Option<ExprId>,
}

impl Quota {
    pub fn of(most: usize) -> Quota {
        Quota { most, certain: 0, possible: 0, count: None }
    }
}

impl Lowering<'_> {
    /// The command that has made a list and emitted rows, if there is one.
    pub fn sending(&mut self, list: &Shape) -> Option<Sent> {
        self.sent.take().filter(|sent| sent.list == *list)
    }

    pub fn is_sent(&self, list: &Reg) -> bool {
        self.sent.as_ref().is_some_and(|sent| matches!(list, Reg::Shape(list) if sent.list == *list))
    }

    /// Returns whether a command may leave items of a stream alone.
    pub fn ends_early(&self, row: &Builtin, args: &Args) -> bool {
        row.op.ends_early() || self.most_items(row, args).is_some()
    }

    /// Computes a list of another one; which command has emitted rows for that stays known.
    pub fn still_sent(&mut self, list: &Reg, compute: impl FnOnce(&mut Self) -> Result<Reg>) -> Result<Reg> {
        let sent = if self.is_sent(list) { self.sent.take() } else { None };
        let result = compute(self)?;
        if let (Some(sent), Reg::Shape(list)) = (sent, &result) {
            self.sent = Some(Sent { list: list.clone(), at: sent.at, again: None });
        }
        Ok(result)
    }

    /// The items that a command takes of a stream at most, where it leaves the others alone.
    pub fn most_items(&self, row: &Builtin, args: &Args) -> Option<usize> {
        let int = |value: &Reg| match self.constant_reg(value)? {
            Value::Int { val, .. } => usize::try_from(val).ok(),
            Value::CellPath { val, .. } => match val.members.as_slice() {
                [nu_protocol::ast::PathMember::Int { val, .. }] => Some(*val),
                _ => None,
            },
            _ => None,
        };
        match row.op {
            Op::First | Op::Take => args.positional.first().map_or(Some(1), |(count, _)| int(count)),
            Op::Empty(_) => Some(1),
            Op::Select => {
                let rows: Option<Vec<usize>> = args.positional.iter().map(|(row, _)| int(row)).collect();
                rows?.into_iter().max().map(|last| last.saturating_add(1))
            }
            _ => None,
        }
    }

    /// Lowers a call of `each` or `where` once more, for a command that takes so many items at most.
    pub fn sent_again(&mut self, again: Again, most: usize, span: Span) -> Result<Shape> {
        let Here(statements, events, maps, automata) = again.begun;
        self.block.truncate(statements);
        self.events = events;
        self.maps.truncate(maps);
        self.automata.truncate(automata);
        let list = self.list_of(again.items, span);
        let list = match again.row.op {
            Op::Where => self.where_rows(&again.args, list, most, span)?,
            _ => self.each(&again.args, list, most, span)?,
        };
        self.shape_of(list, span)
    }

    pub fn here(&self) -> Here {
        Here(self.block.len(), self.events, self.maps.len(), self.automata.len())
    }

    /// The condition under which an item is there and still wanted; None where no more is.
    pub fn if_wanted(&mut self, quota: &Quota, there: Option<ExprId>, span: Span) -> Option<Option<ExprId>> {
        if quota.certain >= quota.most {
            return None;
        }
        let Some(count) = quota.count.filter(|_| quota.certain + quota.possible >= quota.most) else {
            return Some(there);
        };
        let left = self.int((quota.most - quota.certain) as i64, span);
        let wanted = self.op(&LESS, count, left, span);
        let wanted: Vec<ExprId> = there.into_iter().chain([wanted]).collect();
        let wanted = self.all(&wanted, span);
        Some(Some(self.steady(wanted, "wanted")))
    }

    /// Counts items that are taken. Without a limit there is nothing to count.
    pub fn taken(&mut self, quota: &mut Quota, items: &[Item], span: Span) {
        for (there, _) in items.iter().filter(|_| quota.most != usize::MAX) {
            let Some(there) = there else {
                quota.certain += 1;
                continue;
            };
            let one = self.add(ExprKind::Call { function: &AS_INT, args: vec![*there] }, span);
            let count = quota.count.map_or(one, |count| self.op(&ADD, count, one, span));
            (quota.possible, quota.count) = (quota.possible + 1, Some(self.bind(count, "taken", span)));
        }
    }
}
