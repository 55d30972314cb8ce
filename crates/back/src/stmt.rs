//! Statements as C lines, one statement a line, each ending with the comment that leads back to the closure.

use super::record::{c_type, declaration};
use super::view::{EmitView, FallibleView, FunctionView, GiveView, print};
use super::{expr, name};
use nu_ebpf_check::{Facts, ProgramFacts};
use nu_ebpf_ir::ir::{
    Block, ExprId, ExprKind, Fallible, Object, Program, RING, Shape, Space, Span, Stmt, StmtKind, Text, Type, Value,
    VarId, mark,
};
use nu_ebpf_ir::spec::failure::BAD_ADDRESS;
use nu_ebpf_ir::spec::probe::Frame;

/// The state of printing one program.
pub struct Printer<'a> {
    pub object: &'a Object,
    pub object_facts: &'a Facts,
    pub program: &'a Program,
    pub facts: &'a ProgramFacts,
    ring: u32,
    pub namer: name::Namer,
    /// Names of the whole file.
    pub globals: &'a mut name::Namer,
    /// The number of each of the program's patterns among those of the object.
    pub patterns: Vec<usize>,
    /// Whether what was printed reads the context.
    pub reads_context: bool,
    /// Constants in read-only memory that what was printed uses.
    pub constants: Vec<String>,
    /// The names of the program's functions, and whether one of them is being printed.
    pub functions: Vec<String>,
    pub in_function: bool,
    /// The variable that notes a failed read, while a row is filled that has been reserved.
    pub noted: Option<String>,
    /// What the statement stands in, innermost last.
    pub places: Vec<super::flow::Place>,
    pub frame: super::turn::Frame,
    /// Whether the verifier is made to forget here where branches meet.
    pub forgets: bool,
    /// The turns of the function's loops, as definitions.
    pub turns: Vec<String>,
    /// The lengths of strings that were filled since the last test, and that postpone the event where they say so.
    pub absent: Vec<String>,
    vars: Vec<String>,
    lines: Vec<String>,
}

impl<'a> Printer<'a> {
    pub fn new(
        object: &'a Object, object_facts: &'a Facts, number: usize, ring: u32, globals: &'a mut name::Namer,
    ) -> Self {
        let program = &object.programs[number];
        let mut namer = name::Namer::default();
        program.variables.iter().for_each(|variable| namer.take(&variable.name));
        let functions = program
            .functions
            .iter()
            .map(|function| format!("nu_{}", globals.fresh(&format!("call_{}", function.name))))
            .collect();
        let vars = program.vars.iter().map(|var| namer.fresh(&var.name)).collect();
        Printer {
            object,
            object_facts,
            program,
            facts: &object_facts.programs[number],
            ring,
            namer,
            globals,
            patterns: super::patterns_of(object, program),
            reads_context: false,
            noted: None,
            constants: Vec::new(),
            functions,
            in_function: false,
            places: Vec::new(),
            frame: super::turn::Frame::default(),
            forgets: object_facts.programs[number].forgets,
            turns: Vec::new(),
            absent: Vec::new(),
            vars,
            lines: Vec::new(),
        }
    }

    /// The lines of the whole program, without the last `return`.
    pub fn program(&mut self) -> String {
        self.filters();
        self.begin();
        let program = self.program;
        let body = self.framed(&program.name, &program.body, |_| Vec::new());
        self.lines.push(body);
        std::mem::take(&mut self.lines).join("\n")
    }

    /// The program's functions, as definitions.
    pub fn functions(&mut self) -> Vec<String> {
        let program = self.program;
        let mut printed = Vec::new();
        self.in_function = true;
        for (number, function) in program.functions.iter().enumerate() {
            let params = function.params.iter().map(|(var, ty)| declaration(*ty, &self.var(*var)));
            let params = params.collect::<Vec<_>>().join(", ");
            let name = self.functions[number].clone();
            let result = |this: &mut Self| {
                vec![format!("*nu_result = {}; {}", this.expr(function.result), this.mark(function.span))]
            };
            let body = self.framed(&name, &function.body, result);
            printed.append(&mut self.turns);
            let result = c_type(self.facts.ty(function.result));
            printed.push(print(&FunctionView { name, params, result, body: body.trim_start().to_string() }));
        }
        self.in_function = false;
        printed
    }

    fn filters(&mut self) {
        let filters = &self.program.filters;
        if let Some(process) = filters.process {
            self.line(format!("if (nu_process_id() != {process})"));
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
    pub fn block(&mut self, block: &Block) -> String {
        let outer = std::mem::take(&mut self.lines);
        for (number, stmt) in block.iter().enumerate() {
            self.stmt(stmt);
            self.linger(stmt, block.get(number + 1));
        }
        std::mem::replace(&mut self.lines, outer).join("\n")
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let span = stmt.span;
        match &stmt.kind {
            StmtKind::Let { var, value } if self.facts.is_used(*var) => {
                let (name, ty) = (self.var(*var), self.facts.var(*var));
                if matches!(value, Value::Pure(_)) && ty.is_scalar() {
                    let value = self.expr(value.expr());
                    let shared = self.frame.shared.contains(var);
                    let declared = if shared { name } else { format!("{} {name}", c_type(ty)) };
                    self.marked(format!("{declared} = {value};"), span);
                } else {
                    self.declare_var(*var, false, span);
                    self.assign(*var, value.expr(), span);
                }
            }
            StmtKind::Declare { var, zero } if self.facts.is_used(*var) => {
                self.declare_var(*var, *zero, span);
            }
            StmtKind::Assign { var, value } if self.facts.is_used(*var) => self.assign(*var, value.expr(), span),
            // Nobody reads the variable, and its value cannot end the program.
            StmtKind::Let { .. } | StmtKind::Declare { .. } | StmtKind::Assign { .. } => {}
            StmtKind::If { cond, then, otherwise } => self.branch(*cond, then, otherwise, span),
            StmtKind::Emit { event, row } => self.emit(*event, row, span),
            StmtKind::Aggregate { map, key, value } => self.aggregate(*map, key.as_ref(), *value, span),
            StmtKind::Put { map, key, value } => self.put(*map, key.as_ref(), value, span),
            StmtKind::Get { map, key, found, into, take } => {
                self.get(*map, key.as_ref(), (*found, into, *take), span);
            }
            StmtKind::Delete { map, key } => self.delete(*map, key, span),
            StmtKind::Missed => {
                self.marked("nu_stat(NU_UNMATCHED);".to_string(), span);
                let ends = self.ends();
                self.line(ends);
            }
            StmtKind::Loop { label, again, counter, times, limited, body } => {
                self.repeat((*label, *again), *counter, *times, *limited, body, span);
            }
            StmtKind::Scope { label, catches, body } => self.scope(*label, *catches, body, span),
            StmtKind::Leave(label) => {
                let leave = self.leave(*label);
                self.marked(leave, span);
            }
            StmtKind::Fail(failure) => {
                let fails = self.fails(failure.c, span);
                self.marked(fails, span);
            }
            StmtKind::Return => {
                let ends = self.ends();
                self.marked(ends, span);
            }
        }
    }

    fn assign(&mut self, var: VarId, value: ExprId, span: Span) {
        let to = self.var(var);
        // Nothing of an earlier value may stay behind a string's end: it would tell two equal keys apart, and kernels
        // before 6.3 let no byte be copied that was not written.
        let itself = matches!(self.program.expr(value).kind, ExprKind::Var(from) if from == var);
        let ty = self.facts.var(var);
        if matches!(ty, Type::Text(Text::Counted(_) | Text::Literal(_) | Text::Raw(_))) && !itself {
            self.line(format!("__builtin_memset(&{to}, 0, sizeof({to}));"));
        }
        if let ExprKind::Fallible(fallible) = &self.program.expr(value).kind
            && let Some((test, failure)) = self.test(fallible, &to, ty)
        {
            let fails = self.fails(&failure, span);
            self.line(print(&FallibleView { test, fails, mark: self.mark(span) }));
            if matches!(fallible, Fallible::Sub { .. }) {
                self.marked(format!("nu_forget({to});"), span);
            }
            return;
        }
        for line in self.fill(&to, ty, value, false) {
            self.marked(line, span);
        }
        let test = self.test_absent(span);
        test.into_iter().for_each(|line| self.line(line));
    }

    fn emit(&mut self, event: usize, row: &Shape, span: Span) {
        let layout = &self.object_facts.events[event];
        let name = self.namer.fresh("event");
        if self.program.target().kind.frame == Frame::Iterator {
            return self.give(event, row, name, span);
        }
        let leaves = self.travelling(row);
        let is_load =
            |leaf: &ExprId| matches!(self.program.expr(*leaf).kind, ExprKind::Fallible(Fallible::Load { .. }));
        let failed = leaves.iter().any(is_load).then(|| self.namer.fresh("failed"));
        // What has been reserved must be given back: a failed read is only noted.
        self.noted.clone_from(&failed);
        let fills = self.fills(layout, leaves, &format!("{name}->"), false);
        self.noted = None;
        let fails = if failed.is_some() { self.fails(BAD_ADDRESS.c, span) } else { String::new() };
        let (absent, wait, postpones) = self.postponed_row(&name, span);
        let view = EmitView {
            layout: name::event(self.object, event),
            call: self.call_of_row(),
            fills,
            failed,
            fails,
            absent,
            wait,
            postpones,
            row: name,
            ring: RING,
            event,
            watermark: self.ring / 4,
            mark: self.mark(span),
        };
        self.line(print(&view));
    }

    /// Hands a row to who reads the iterator. It is made in memory of its own: the stack is too small for some.
    fn give(&mut self, event: usize, row: &Shape, name: String, span: Span) {
        self.reads_context = true;
        let (layout, place) = (name::event(self.object, event), name::place(self.object, event));
        self.constants.push(format!("static struct {layout} {place};"));
        let fills = self.fills(&self.object_facts.events[event], self.travelling(row), &format!("{name}->"), false);
        let view = GiveView { layout, place, fills, row: name, event, mark: self.mark(span) };
        self.line(print(&view));
    }

    /// Declares a variable, a number always with a value: on a way that leaves it alone, or fails before it has one, clang
    /// may look at it all the same. One of the frame is there already.
    fn declare_var(&mut self, var: VarId, zero: bool, span: Span) {
        let (name, ty) = (self.var(var), self.facts.var(var));
        match self.frame.shared.contains(&var) {
            false => self.declare(&name, ty, zero || ty.is_scalar(), span),
            true if ty.is_scalar() => self.marked(format!("{name} = 0;"), span),
            true if !zero => {}
            true => self.marked(format!("__builtin_memset(&{name}, 0, sizeof({name}));"), span),
        }
    }

    /// Declares something, as zero where some way leaves it alone.
    pub fn declare(&mut self, name: &str, ty: Type, zero: bool, span: Span) {
        let value = match ty {
            _ if !zero => "",
            Type::Text(_) | Type::Binary(_) | Type::Stack(Space::User) => " = {}",
            _ => " = 0",
        };
        self.marked(format!("{}{value};", declaration(ty, name)), span);
    }

    pub fn var(&self, var: VarId) -> String {
        let name = &self.vars[var.0 as usize];
        if self.frame.shared.contains(&var) { format!("{}{name}", self.frame.access()) } else { name.clone() }
    }

    /// The comment that leads back to the closure.
    pub fn mark(&self, span: Span) -> String {
        mark(self.program.shifted(span))
    }

    pub fn marked(&mut self, line: String, span: Span) {
        self.line(format!("{line} {}", self.mark(span)));
    }

    pub fn line(&mut self, line: String) {
        self.lines.push(line);
    }
}
