//! Statements as C lines, one statement a line, each ending with the comment that leads back to the closure.

use super::record::{c_type, names};
use super::view::{CheckedView, CountView, EmitView, IfView, print};
use super::{expr, name};
use crate::check::{Facts, ProgramFacts};
use crate::ir::{
    Block, Const, ExprId, ExprKind, Fallible, Layout, Object, Program, RING, Shape, Span, Stmt, StmtKind, Text, Type,
    Value, VarId, mark,
};
use crate::spec::operator::{Checked, Guard};

/// The state of printing one program.
pub struct Printer<'a> {
    object: &'a Object,
    object_facts: &'a Facts,
    pub program: &'a Program,
    pub facts: &'a ProgramFacts,
    ring: u32,
    pub namer: name::Namer,
    /// Whether what was printed reads the context.
    pub reads_context: bool,
    vars: Vec<String>,
    lines: Vec<String>,
}

impl<'a> Printer<'a> {
    pub fn new(
        object: &'a Object,
        object_facts: &'a Facts,
        program: &'a Program,
        facts: &'a ProgramFacts,
        ring: u32,
    ) -> Self {
        let mut namer = name::Namer::default();
        let vars = program.vars.iter().map(|var| namer.fresh(&var.name)).collect();
        Printer { object, object_facts, program, facts, ring, namer, reads_context: false, vars, lines: Vec::new() }
    }

    /// The lines of the whole program, without the last `return`.
    pub fn program(&mut self) -> String {
        self.filters();
        let program = self.program;
        program.body.iter().for_each(|stmt| self.stmt(stmt));
        std::mem::take(&mut self.lines).join("\n")
    }

    fn filters(&mut self) {
        let filters = &self.program.filters;
        if let Some(process) = filters.process {
            self.line(format!("if ((__u32)(bpf_get_current_pid_tgid() >> 32) != {process})"));
            self.line("\treturn 0;".into());
        }
        if let Some(comm) = &filters.comm {
            let quoted = expr::quote(comm.as_bytes());
            let name = self.namer.fresh("comm");
            self.line(format!("char {name}[16];"));
            self.line(String::new());
            self.line(format!("bpf_get_current_comm({name}, sizeof({name}));"));
            self.line(format!("if (!nu_same({name}, {quoted}, {}))", comm.len() + 1));
            self.line("\treturn 0;".into());
        }
    }

    /// The lines of a block of its own.
    fn block(&mut self, block: &Block) -> String {
        let outer = std::mem::take(&mut self.lines);
        block.iter().for_each(|stmt| self.stmt(stmt));
        std::mem::replace(&mut self.lines, outer).join("\n")
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let span = stmt.span;
        match &stmt.kind {
            StmtKind::Let { var, value } if self.facts.is_used(*var) => {
                let ty = self.facts.var(*var);
                let pure = matches!(value, Value::Pure(_)) && ty.is_scalar();
                if pure {
                    let value = self.expr(value.expr());
                    let (ty, name) = (c_type(ty), self.var(*var));
                    self.marked(format!("{ty} {name} = {value};"), span);
                } else {
                    self.declare(&self.var(*var), ty, span);
                    self.assign(*var, value.expr(), span);
                }
            }
            StmtKind::Declare { var } if self.facts.is_used(*var) => {
                self.declare(&self.var(*var), self.facts.var(*var), span);
            }
            StmtKind::Assign { var, value } if self.facts.is_used(*var) => self.assign(*var, value.expr(), span),
            // Nobody reads the variable, and its value cannot end the program.
            StmtKind::Let { .. } | StmtKind::Declare { .. } | StmtKind::Assign { .. } => {}
            StmtKind::If { cond, then, otherwise } => self.branch(*cond, then, otherwise, span),
            StmtKind::Emit { event, row } => self.emit(*event, row, span),
            StmtKind::Count { map, key } => self.count(*map, key.as_ref(), span),
            StmtKind::Return => self.marked("return 0;".into(), span),
            StmtKind::Fail(failure) => {
                self.marked(format!("return nu_fail({}, {}, {});", failure.c, span.start, span.end), span);
            }
        }
    }

    fn branch(&mut self, cond: ExprId, then: &Block, otherwise: &Block, span: Span) {
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

    fn assign(&mut self, var: VarId, value: ExprId, span: Span) {
        let to = self.var(var);
        if let ExprKind::Fallible(Fallible::Checked { op, lhs, rhs }) = self.program.expr(value).kind {
            let Guard::Checked(checked) = op.guard else { return };
            let divisor = &self.program.expr(rhs).kind;
            let (lhs, rhs) = (self.operand(lhs), self.operand(rhs));
            let failure = failure(checked, divisor, &rhs);
            let checked = checked.function;
            self.line(print(&CheckedView { checked, lhs, rhs, to, failure, span, mark: mark(span) }));
            return;
        }
        // Nothing of an earlier value may stay behind a string's end: it would tell two equal keys apart, and kernels
        // before 6.3 let no byte be copied that was not written.
        let itself = matches!(self.program.expr(value).kind, ExprKind::Var(from) if from == var);
        if matches!(self.facts.var(var), Type::Text(Text::Counted(_) | Text::Literal(_))) && !itself {
            self.line(format!("__builtin_memset(&{to}, 0, sizeof({to}));"));
        }
        for line in self.fill(&to, value, false) {
            self.marked(line, span);
        }
    }

    fn emit(&mut self, event: usize, row: &Shape, span: Span) {
        let layout = &self.object_facts.events[event];
        let name = self.namer.fresh("event");
        let fills = self.fills(layout, row, &format!("{name}->"), false);
        let view = EmitView {
            layout: name::event(self.object, event),
            row: name,
            ring: RING,
            event,
            fills,
            watermark: self.ring / 4,
            mark: mark(span),
        };
        self.line(print(&view));
    }

    fn count(&mut self, map: usize, key: Option<&Shape>, span: Span) {
        let symbol = self.object.maps[map].symbol();
        let layout = self.object_facts.keys.get(map).and_then(Option::as_ref);
        let (Some(shape), Some(layout)) = (key, layout) else {
            let view = CountView {
                layout: String::new(),
                key: None,
                zero: false,
                fills: Vec::new(),
                map: symbol,
                mark: mark(span),
            };
            return self.line(print(&view));
        };
        let name = self.namer.fresh("key");
        let fills = self.fills(layout, shape, &format!("{name}."), true);
        let view = CountView {
            layout: name::key(&self.object.maps[map]),
            key: Some(name),
            zero: has_gaps(layout),
            fills,
            map: symbol,
            mark: mark(span),
        };
        self.line(print(&view));
    }

    /// The lines that fill a row or a key from the statement's own leaves; what they need first goes before them.
    fn fills(&mut self, layout: &Layout, shape: &Shape, to: &str, key: bool) -> Vec<String> {
        // A layout's slots are the leaves that travel, in order.
        let travels = |expr: &ExprId| {
            let constant = matches!(self.program.expr(*expr).kind, ExprKind::Const(_));
            !constant && self.facts.ty(*expr) != Type::Nothing
        };
        let leaves: Vec<ExprId> = shape.leaves().into_iter().map(|(_, expr)| expr).filter(travels).collect();
        let mut fills = Vec::new();
        for (expr, member) in leaves.iter().zip(names(layout)) {
            let span = self.program.expr(*expr).span;
            let place = format!("{to}{member}");
            fills.extend(self.fill(&place, *expr, key).into_iter().map(|line| format!("{line} {}", mark(span))));
        }
        fills
    }

    pub fn declare(&mut self, name: &str, ty: Type, span: Span) {
        let declaration = match ty {
            Type::Text(Text::Chars(size)) | Type::Binary(size) => format!("char {name}[{size}];"),
            ty => format!("{} {name};", c_type(ty)),
        };
        self.marked(declaration, span);
    }

    pub fn var(&self, var: VarId) -> String {
        self.vars[var.0 as usize].clone()
    }

    /// The size of the `char[N]` that a variable of that name is, if it is one.
    pub fn holds_chars(&self, name: &str) -> Option<u32> {
        let var = self.vars.iter().position(|var| var == name)?;
        match self.facts.var(VarId(var as u32)) {
            Type::Text(Text::Chars(size)) => Some(size),
            _ => None,
        }
    }

    fn marked(&mut self, line: String, span: Span) {
        self.line(format!("{line} {}", mark(span)));
    }

    pub fn line(&mut self, line: String) {
        self.lines.push(line);
    }
}

/// What has gone wrong where a checked function says so: told by the right operand where that makes a difference.
fn failure(checked: Checked, operand: &ExprKind, rhs: &str) -> String {
    match (checked.zero, operand) {
        (None, _) => checked.failure.c.to_string(),
        (Some(zero), ExprKind::Const(Const::Int(0))) => zero.c.to_string(),
        (Some(_), ExprKind::Const(_)) => checked.failure.c.to_string(),
        (Some(zero), _) => format!("{rhs} ? {} : {}", checked.failure.c, zero.c),
    }
}

/// Whether a key has bytes that filling it leaves alone: padding, or what lies behind the end of a string.
fn has_gaps(layout: &Layout) -> bool {
    let filled: u32 = layout.slots.iter().map(|slot| slot.ty.size()).sum();
    filled != layout.size || layout.slots.iter().any(|slot| matches!(slot.ty, Type::Text(_)))
}
