//! Context fields that are read once an event, however often the closure names them.
//!
//! The clock gives another value at each reading, but a record's field would not; a thread's name costs a buffer each
//! time. Where such a field is named more than once, it becomes a variable at the program's start.

use super::Lowering;
use crate::ir::{Expr, ExprId, ExprKind, Field, Stmt, StmtKind, Value};
use crate::spec::field::FIELDS;

impl Lowering<'_> {
    /// Moves the readings, once the whole closure is lowered.
    pub fn hoist(&mut self) {
        for row in FIELDS.iter().filter(|row| row.once) {
            let reads = |expr: &Expr| match expr.kind {
                ExprKind::Field(Field::Builtin(field)) => std::ptr::eq(field, row),
                _ => false,
            };
            let places: Vec<usize> = (0..self.exprs.len()).filter(|id| reads(&self.exprs[*id])).collect();
            let (true, Some(first)) = (places.len() > 1, places.first()) else { continue };
            let span = self.exprs[*first].span;
            let var = self.variable(row.name, span);
            places.iter().for_each(|id| self.exprs[*id].kind = ExprKind::Var(var));
            self.exprs.push(Expr { kind: ExprKind::Field(Field::Builtin(row)), span });
            let value = Value::Pure(ExprId(self.exprs.len() as u32 - 1));
            self.block.insert(0, Stmt { kind: StmtKind::Let { var, value }, span });
        }
    }
}
