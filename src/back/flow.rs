//! Control flow as C: branches, loops, scopes, and what leaves them. C's own words lead out of the innermost loop; a
//! forward `goto`, as kernel code has it for errors, out of anything else.

use super::stmt::Printer;
use super::view::{IfView, LoopView, ScopeView, print};
use crate::ir::{Block, ExprId, ExprKind, Fallible, Label, Span, Stmt, StmtKind, VarId, mark, stmts};
use crate::spec::failure::LOOP_LIMIT;
use std::collections::{BTreeSet, HashSet};

/// Something that a statement stands in.
pub struct Place {
    label: Label,
    /// How C leaves it from inside, where no other loop is between.
    word: Option<&'static str>,
    name: String,
    /// Whether a `goto` leads there.
    used: bool,
    catches: bool,
}

impl Printer<'_> {
    pub fn branch(&mut self, cond: ExprId, then: &Block, otherwise: &Block, span: Span) {
        let text = self.expr(cond);
        let (then, otherwise) = (self.block(then), self.block(otherwise));
        let (cond, then, otherwise) = match (then.is_empty(), otherwise.is_empty()) {
            (true, true) => return self.marked(format!("(void)({text});"), span),
            (true, false) => (format!("!({text})"), otherwise, None),
            (false, true) => (text, then, None),
            (false, false) => (text, then, Some(otherwise)),
        };
        let view = IfView { cond, then, otherwise, mark: mark(span) };
        self.line(print(&view));
    }

    pub fn repeat(
        &mut self, (label, again): (Label, Label), counter: VarId, times: u32, limited: bool, body: &Block, span: Span,
    ) {
        let (counter, changed) = (self.var(counter), self.changed(body));
        self.enter(label, Some("break"), "done", false);
        self.enter(again, Some("continue"), "next", false);
        // At every turn and behind the loop: else the verifier goes through the same with each value that it knows.
        let line = |var: &VarId| format!("nu_forget({}); {}", self.var(*var), mark(span));
        let forgotten = changed.iter().map(line).collect::<Vec<_>>().join("\n");
        let body = [forgotten.clone(), self.block(body)].join("\n").trim_start().to_string();
        let next = self.close();
        let done = self.close();
        let limit = limited.then(|| self.fails(LOOP_LIMIT.c, span));
        let view = LoopView { counter, times, body, next, limit, done, mark: mark(span) };
        self.line(print(&view));
        if !forgotten.is_empty() {
            self.line(forgotten);
        }
    }

    /// The numbers that a block looks at or changes, and that are there behind it.
    fn changed(&self, body: &Block) -> Vec<VarId> {
        let (mut own, mut assigned) = (HashSet::new(), BTreeSet::new());
        for stmt in stmts(body) {
            match &stmt.kind {
                StmtKind::Let { var, .. } | StmtKind::Declare { var, .. } => drop(own.insert(*var)),
                StmtKind::Assign { var, .. } if self.facts.is_used(*var) => drop(assigned.insert(var.0)),
                _ => {}
            }
            // Comparing tells the verifier of what is only read, too.
            let read = stmt.kind.exprs().into_iter().flat_map(|expr| self.program.reads(expr));
            assigned.extend(read.map(|var| var.0));
        }
        // What only the ways out assign has no value on the others; a counter is the loop's own.
        for stmt in self.program.stmts() {
            if let StmtKind::Declare { var, zero: false } | StmtKind::Loop { counter: var, .. } = &stmt.kind {
                own.insert(*var);
            }
        }
        // What every turn makes larger by a constant is best known: a loop may end by it.
        for stmt in body {
            if let StmtKind::Assign { var, value } = &stmt.kind {
                let same = |other: &&&Stmt| matches!(&other.kind, StmtKind::Assign { var: to, .. } if to == var);
                if self.counts(body, *var, value.expr()) && stmts(body).iter().filter(same).count() == 1 {
                    own.insert(*var);
                }
            }
        }
        let number = |var: &VarId| self.facts.is_used(*var) && !own.contains(var) && self.facts.var(*var).is_scalar();
        assigned.into_iter().map(VarId).filter(number).collect()
    }

    /// Whether a value is the variable itself and a constant more, or less.
    fn counts(&self, body: &Block, var: VarId, value: ExprId) -> bool {
        let kind = |id: ExprId| &self.program.expr(id).kind;
        let ExprKind::Var(step) = kind(value) else { return false };
        body.iter().any(|stmt| match &stmt.kind {
            StmtKind::Let { var: of, value } if of == step => match kind(value.expr()) {
                ExprKind::Fallible(Fallible::Checked { op, lhs, rhs }) => {
                    matches!(kind(*lhs), ExprKind::Var(from) if *from == var)
                        && matches!((op.c, kind(*rhs)), ("+" | "-", ExprKind::Const(_)))
                }
                _ => false,
            },
            _ => false,
        })
    }

    pub fn scope(&mut self, label: Label, catches: bool, body: &Block, span: Span) {
        self.enter(label, None, if catches { "caught" } else { "done" }, catches);
        let body = self.block(body);
        let end = self.close();
        self.line(print(&ScopeView { body, end, mark: mark(span) }));
    }

    fn enter(&mut self, label: Label, word: Option<&'static str>, name: &str, catches: bool) {
        let name = self.namer.fresh(name);
        self.places.push(Place { label, word, name, used: false, catches });
    }

    /// Leaves the innermost place; its label, if something jumps there.
    fn close(&mut self) -> Option<String> {
        self.places.pop().filter(|place| place.used).map(|place| place.name)
    }

    /// The statement that leaves a place.
    pub fn leave(&mut self, label: Label) -> String {
        let innermost = self.places.iter().rposition(|place| place.word.is_some());
        let Some(index) = self.places.iter().position(|place| place.label == label) else { return String::from(";") };
        // A loop is two places, of which the inner one is its turn.
        let of_innermost = innermost.is_some_and(|inner| index == inner || index + 1 == inner);
        match self.places[index].word {
            Some(word) if of_innermost => format!("{word};"),
            _ => self.places[index].goto(),
        }
    }

    /// The statement that a run-time error is: of the kind that a C expression names.
    pub fn fails(&mut self, kind: &str, span: Span) -> String {
        match self.places.iter_mut().rfind(|place| place.catches) {
            Some(place) => place.goto(),
            // A function tells its caller, whose words the error is remembered with.
            None if self.in_function => format!("return ({kind}) + 1;"),
            None => format!("return nu_fail({kind}, {}, {});", span.start, span.end),
        }
    }
}

impl Place {
    fn goto(&mut self) -> String {
        self.used = true;
        format!("goto {};", self.name)
    }
}
