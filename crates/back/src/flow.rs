//! Control flow as C: branches, scopes, and what leaves them: a forward `goto`, as kernel code has it for errors; out of
//! a loop's turn (see [`super::turn`]) its `return`.

use super::stmt::Printer;
use super::turn::Way;
use super::view::{IfView, ScopeView, print};
use nu_ebpf_ir::ir::{Block, Const, ExprId, ExprKind, Label, Span, Stmt, StmtKind, Type, VarId, stmts};
use std::collections::BTreeSet;

/// Something that a statement stands in.
pub struct Place {
    label: Label,
    /// The turns of loops that it stands in: only there can C go to its end.
    depth: usize,
    /// How C leaves it, where that is no `goto`.
    word: Option<&'static str>,
    name: String,
    /// Whether a `goto` leads there.
    used: bool,
    catches: bool,
}

impl Printer<'_> {
    pub fn branch(&mut self, cond: ExprId, then: &Block, otherwise: &Block, span: Span) {
        if let ExprKind::Const(Const::Bool(holds)) = self.program.expr(cond).kind {
            let lines = self.block(if holds { then } else { otherwise });
            return self.line(lines);
        }
        let mut text = self.expr(cond);
        let (first, second) = (self.block(then), self.block(otherwise));
        let returns = [&first, &second].into_iter().any(|lines| lines.contains("return "));
        if self.frame.depth() > 0 && returns && self.is_tested_twice(cond) {
            // The loop's result must depend on a value that the verifier knows as well as clang does.
            let name = format!("nu_{}", self.globals.fresh("holds"));
            self.line(format!("bool {name} = {text};\n\nbarrier_var({name});"));
            text = name;
        }
        let (cond, first, second) = match (first.is_empty(), second.is_empty()) {
            (true, true) => return self.marked(format!("(void)({text});"), span),
            (true, false) => (format!("!({text})"), second, None),
            (false, true) => (text, first, None),
            (false, false) => (text, first, Some(second)),
        };
        self.line(print(&IfView { cond, then: first, otherwise: second, mark: self.mark(span) }));
        // Where ways meet, else the verifier goes through what follows once for each value that it knows.
        if self.forgets {
            self.forget_all(&self.assigned(then) | &self.assigned(otherwise), span);
        }
    }

    /// Whether clang may test a condition once more where a loop's turn returns, and jump past the result on a path that
    /// only it can exclude: the verifier tracks the range of a number, but not that it differs from another.
    fn is_tested_twice(&self, cond: ExprId) -> bool {
        self.program.parts(cond).into_iter().any(|part| match &self.program.expr(part).kind {
            ExprKind::Binary { op, .. } => matches!(op.c, "==" | "!="),
            ExprKind::Call { .. } => true,
            _ => false,
        })
    }

    /// A condition that is kept for later is two ways on: only what asks at once spares the verifier one.
    pub fn linger(&mut self, stmt: &Stmt, next: Option<&Stmt>) {
        if let StmtKind::Let { var, value } = &stmt.kind
            && self.forgets
            && self.facts.is_used(*var)
            && self.facts.var(*var) == Type::Bool
            && matches!(self.program.expr(value.expr()).kind, ExprKind::Binary { .. } | ExprKind::Not(_))
        {
            let exprs = next.into_iter().flat_map(|next| next.kind.exprs());
            if !exprs.flat_map(|expr| self.program.reads(expr)).any(|read| read == *var) {
                self.marked(self.forget(*var), stmt.span);
            }
        }
    }

    /// The variables that are there before a block and that it may change.
    pub fn assigned(&self, block: &Block) -> BTreeSet<VarId> {
        let (mut own, mut changed) = (BTreeSet::new(), BTreeSet::new());
        for stmt in stmts(block) {
            match stmt.kind {
                StmtKind::Let { var, .. } | StmtKind::Declare { var, .. } => drop(own.insert(var)),
                ref kind => changed.extend(kind.assigned().into_iter().filter(|var| self.facts.is_used(*var))),
            }
        }
        &changed - &own
    }

    /// An address may be one of which the verifier knows the type: that it is not to forget, nor lets it be computed with.
    /// (Those that a loop changes are numbers.)
    fn forget_all(&mut self, vars: BTreeSet<VarId>, span: Span) {
        let facts = self.facts;
        for var in vars.into_iter().filter(|var| !matches!(facts.var(*var), Type::Pointer(_))) {
            self.marked(self.forget(var), span);
        }
    }

    /// The line that makes the verifier forget what it knows of a variable.
    pub fn forget(&self, var: VarId) -> String {
        let name = self.var(var);
        match self.facts.var(var) {
            Type::Text(_) | Type::Binary(_) | Type::Stack(_) => format!("nu_forget_text({name});"),
            _ => format!("nu_forget({name});"),
        }
    }

    pub fn scope(&mut self, label: Label, catches: bool, body: &Block, span: Span) {
        self.enter(label, None, if catches { "caught" } else { "done" }, catches);
        let lines = self.block(body);
        let end = self.close();
        let met = end.is_some();
        self.line(print(&ScopeView { body: lines, end, mark: self.mark(span) }));
        let vars = if met { self.assigned(body) } else { BTreeSet::new() };
        if self.forgets {
            return self.forget_all(vars, span);
        }
        // Else clang may look at what a way has left at the label that came to it before that was there.
        for var in vars.into_iter().filter(|var| self.facts.var(*var).is_scalar()) {
            self.marked(format!("barrier_var({});", self.var(var)), span);
        }
    }

    pub fn enter(&mut self, label: Label, word: Option<&'static str>, name: &str, catches: bool) {
        let name = self.namer.fresh(name);
        self.places.push(Place { label, depth: self.frame.depth(), word, name, used: false, catches });
    }

    /// Leaves the innermost place; its label, if something jumps there.
    pub fn close(&mut self) -> Option<String> {
        self.places.pop().filter(|place| place.used).map(|place| place.name)
    }

    /// The statement that leaves a place.
    pub fn leave(&mut self, label: Label) -> String {
        let depth = self.frame.depth();
        let Some(place) = self.places.iter_mut().find(|place| place.label == label) else { return String::from(";") };
        match place.word {
            _ if place.depth < depth => self.frame.leave_by(Way::To(label)),
            Some(word) => word.to_string(),
            None => place.goto(),
        }
    }

    /// The statement that ends the program for this event.
    pub fn ends(&mut self) -> String {
        match self.frame.depth() {
            0 => format!("return {};", self.result("0")),
            _ => self.frame.leave_by(Way::End),
        }
    }

    /// The statement that a run-time error is: of the kind that a C expression names.
    pub fn fails(&mut self, kind: &str, span: Span) -> String {
        let in_turn = self.frame.depth() > 0;
        if let Some(place) = self.places.iter().rfind(|place| place.catches) {
            return self.leave(place.label);
        }
        let Span { start, end } = self.program.shifted(span);
        match (self.in_function, in_turn) {
            // A function tells its caller, whose words the error is remembered with.
            (true, false) => format!("return ({kind}) + 1;"),
            (true, true) => self.frame.fail(kind),
            (false, false) => {
                let failed = format!("nu_fail({kind}, {start}, {end})");
                format!("return {};", self.result(&failed))
            }
            (false, true) => {
                let way = self.frame.way(Way::End);
                format!("return nu_leave(&nu_frame->nu_way, {way} + nu_fail({kind}, {start}, {end}));")
            }
        }
    }
}

impl Place {
    fn goto(&mut self) -> String {
        self.used = true;
        format!("goto {};", self.name)
    }
}
