//! Postponing events whose strings are not in memory yet. An object in, the same with a program more for each that reads
//! strings of a system call's arguments out.
//!
//! A program may not wait for a page, so a string that nothing has touched cannot be read at the entry of a call; at its
//! end, the kernel itself has read it. Where a read fails, the program saves the fields of the context that its body
//! reads, for the thread, and ends; a second program at the end of the call runs the same body with them. `back` prints
//! both, `read` restores the order of the rows.

use crate::check::{Facts, ProgramFacts};
use crate::front::target;
use crate::ir::{
    AttachPoint, Block, Const, Context, Expr, ExprId, ExprKind, Fallible, Field, Layout, Map, MapKind, Object, Place,
    Postponed, Program, Role, Shape, Space, Span, State, Stmt, StmtKind, Tree, Type, Value, Var, VarId, rule, stmts,
};
use crate::spec::field::{TASK, field};
use crate::spec::operator::UNEQUAL;
use crate::spec::probe::{Attach, SYSCALL_CATEGORY, SYSCALL_ENTRY, SYSCALL_EXIT, SYSCALLS, by_attach};
use std::collections::BTreeSet;

/// The field that names a thread.
const THREAD: &str = "tid";

/// System calls after which the memory that they were called from is gone, and the tracepoint before that.
const REPLACING: [&str; 2] = ["execve", "execveat"];
const BEFORE_REPLACING: &str = "sched_prepare_exec";

/// The object with programs that resume what others postpone; None where nothing is to be postponed. `context` returns
/// None for an attach point that the kernel does not have.
pub fn postponing(object: &Object, facts: &Facts, context: &dyn Fn(&AttachPoint) -> Option<Context>) -> Option<Object> {
    let mut whole = object.clone();
    for (number, facts) in facts.programs.iter().enumerate() {
        add(&mut whole, (number, facts), context);
    }
    whole.postpones().then_some(whole)
}

/// Adds the programs that resume what one postpones.
fn add(
    object: &mut Object, (number, facts): (usize, &ProgramFacts), context: &dyn Fn(&AttachPoint) -> Option<Context>,
) {
    let program = &object.programs[number];
    let (reads, tried) = Strings::of(program, facts);
    let Some(first) = reads.iter().chain(&tried).next().map(|read| program.expr(*read).span) else { return };
    let Some(ends) = ends(program, context) else { return };
    let Some(saved) = Saved::of(program) else { return };
    let name = format!("{}_late", program.name);
    let map = object.maps.len();
    let kind = MapKind::State(State { role: Role::Postponed, key: None, value: Some(saved.layout()), lru: false });
    let at = program.at(first);
    object.maps.push(Map { name: name.clone(), kind, max_entries: 0, at });
    let rows = object.events > 0;
    for (end, (targets, context, replaced)) in ends.into_iter().enumerate() {
        let program = &object.programs[number];
        let name = if end == 0 { name.clone() } else { format!("{name}_{}", end + 1) };
        let mut added = saved.resumed(program, (map, number as u32, rows), first);
        (added.name, added.targets, added.context) = (name, targets, context);
        if let Some(ret) = replaced {
            unless_replaced(&mut added, ret, first);
        }
        added.first = object.targets().count();
        added.shift = object.programs.last().map_or(0, |last| last.shift + last.text.len());
        object.programs.push(added);
    }
    let program = &mut object.programs[number];
    let value = saved.value(program, first);
    let saves = vec![Stmt { kind: StmtKind::Put { map, key: None, value }, span: first }];
    program.postponed = Some(Postponed::Saves { number: number as u32, reads, tried, saves });
}

/// Where programs resume what one has postponed: attach points, what the context is there, and the field that is 0 where
/// the memory has been replaced.
type Ends = Vec<(Vec<AttachPoint>, Context, Option<usize>)>;

fn ends(program: &Program, context: &dyn Fn(&AttachPoint) -> Option<Context>) -> Option<Ends> {
    if program.is_added() {
        return None;
    }
    let targets: Vec<AttachPoint> = program.targets.iter().map(end).collect::<Option<_>>()?;
    let contexts: Vec<Context> = targets.iter().map(context).collect::<Option<_>>()?;
    let own = contexts.into_iter().next()?;
    let calls: Vec<Call> = program.targets.iter().filter_map(called).collect();
    if calls.iter().all(|call| matches!(call, Call::Other)) {
        return Some(vec![(targets, own, None)]);
    }
    let before = AttachPoint {
        kind: by_attach(Attach::Tracepoint)?,
        place: Place::Tracepoint { category: "sched".into(), name: BEFORE_REPLACING.into() },
        text: format!("tracepoint:sched/{BEFORE_REPLACING}"),
        ..targets[0].clone()
    };
    let before = context(&before).map(|context| (vec![before], context, None));
    if calls.iter().any(|call| matches!(call, Call::Any)) {
        // At the end of a call, no field of the context tells whether the memory was replaced.
        return Some(vec![before?, (targets, own, None)]);
    }
    let ret = own.member("ret")?;
    Some(before.into_iter().chain([(targets, own, Some(ret))]).collect())
}

/// The system calls whose entries an attach point sees.
enum Call {
    /// All of them.
    Any,
    /// One that replaces the memory where it succeeds.
    Replacing,
    Other,
}

impl Call {
    fn named(name: &str) -> Call {
        if REPLACING.contains(&name) { Call::Replacing } else { Call::Other }
    }
}

/// The calls that an attach point sees at their entries; None for any other attach point.
fn called(target: &AttachPoint) -> Option<Call> {
    match (&target.place, target.kind.attach) {
        (Place::Tracepoint { category, name }, Attach::Tracepoint) if SYSCALLS.contains(&category.as_str()) => {
            let name = name.strip_prefix(SYSCALL_ENTRY)?;
            Some(name.strip_prefix('_').map_or(Call::Any, Call::named))
        }
        (Place::Raw(name), Attach::Raw) => (name == SYSCALL_ENTRY).then_some(Call::Any),
        (Place::Function(name), Attach::Ksyscall { ret: false }) => Some(Call::named(name)),
        _ => None,
    }
}

/// The attach point at the end of the calls whose entries an attach point sees.
fn end(target: &AttachPoint) -> Option<AttachPoint> {
    called(target)?;
    let at = |attach, place: Place| {
        let kind = by_attach(attach)?;
        let text = format!("{}:{}", kind.name, place.written());
        Some(AttachPoint { kind, place, text, ..target.clone() })
    };
    match &target.place {
        Place::Raw(_) => at(Attach::Raw, Place::Raw(SYSCALL_EXIT.into())),
        // The kernel may miss the return of a function.
        Place::Function(name) => {
            let place = Place::Tracepoint { category: SYSCALL_CATEGORY.into(), name: format!("{SYSCALL_EXIT}_{name}") };
            at(Attach::Tracepoint, place)
        }
        _ => target::exit(target),
    }
}

/// The reads of strings in user space.
struct Strings<'a> {
    program: &'a Program,
    facts: &'a ProgramFacts,
    /// Those that may postpone the event where they stand.
    reads: BTreeSet<ExprId>,
    /// Those that a statement with an effect precedes, whose addresses are known without running the body.
    tried: Vec<ExprId>,
}

impl Strings<'_> {
    fn of(program: &Program, facts: &ProgramFacts) -> (BTreeSet<ExprId>, Vec<ExprId>) {
        let mut strings = Strings { program, facts, reads: BTreeSet::new(), tried: Vec::new() };
        strings.walk(&program.body, &mut false);
        (strings.reads, strings.tried)
    }

    fn walk(&mut self, block: &Block, effect: &mut bool) {
        for stmt in block {
            if self.is_dropped(stmt) {
                continue;
            }
            let parts = stmt.kind.exprs().into_iter().flat_map(|expr| self.program.parts(expr));
            for read in parts.filter(|expr| reads_user(self.program, *expr)).collect::<Vec<_>>() {
                if !*effect {
                    self.reads.insert(read);
                } else if self.program.parts(read).into_iter().skip(1).all(|part| is_early(self.program, part)) {
                    self.tried.push(read);
                }
            }
            if let StmtKind::Loop { body, .. } = &stmt.kind {
                *effect |= stmts(body).into_iter().any(has_effect);
            }
            *effect |= has_effect(stmt);
            stmt.kind.blocks().for_each(|block| self.walk(block, effect));
        }
    }

    /// Returns whether a statement gives a value to a variable that nothing reads: it is not printed.
    fn is_dropped(&self, stmt: &Stmt) -> bool {
        matches!(&stmt.kind, StmtKind::Let { var, .. } | StmtKind::Assign { var, .. } if !self.facts.is_used(*var))
    }
}

fn reads_user(program: &Program, expr: ExprId) -> bool {
    match program.expr(expr).kind {
        ExprKind::Fallible(Fallible::ReadStr { space, .. }) => space != Some(Space::Kernel),
        ExprKind::Fallible(Fallible::ReadBytes { space, .. }) => space == Space::User,
        _ => false,
    }
}

/// Returns whether it has its value before the body runs.
fn is_early(program: &Program, expr: ExprId) -> bool {
    matches!(program.expr(expr).kind, ExprKind::Field(_) | ExprKind::Const(_) | ExprKind::Binary { .. })
}

/// Returns whether what comes of it is seen when the program has ended.
fn has_effect(stmt: &Stmt) -> bool {
    matches!(
        stmt.kind,
        StmtKind::Emit { .. }
            | StmtKind::Aggregate { .. }
            | StmtKind::Put { .. }
            | StmtKind::Delete { .. }
            | StmtKind::Get { take: true, .. }
            | StmtKind::Missed
    )
}

/// The fields of a program's context that are saved, each with a name, a type and the expressions that read it.
struct Saved(Vec<(String, Field, Type, Vec<ExprId>)>);

impl Saved {
    /// None where the thread's id cannot be saved.
    fn of(program: &Program) -> Option<Saved> {
        let thread = Field::Builtin(field(THREAD, program.context.frame)?);
        let mut saved = vec![(THREAD.to_string(), thread, Type::Nothing, Vec::new())];
        for (id, expr) in (0..).map(ExprId).zip(&program.exprs) {
            let ExprKind::Field(field) = expr.kind else { continue };
            let name = named(program, field);
            // The thread is the same, and its address is one that the verifier knows the type of: a saved one is a number.
            if name == TASK {
                continue;
            }
            match saved.iter_mut().find(|known| known.0 == name) {
                Some(known) => known.3.push(id),
                None => saved.push((name, field, Type::Nothing, vec![id])),
            }
        }
        for (_, field, ty, _) in &mut saved {
            let kind = ExprKind::Field(*field);
            *ty = rule::expression(&kind, &program.context, &mut |_| Type::Nothing, &|_| Type::Nothing)?;
        }
        Some(Saved(saved))
    }

    fn layout(&self) -> Layout {
        let tree = self.0.iter().enumerate().map(|(slot, known)| (known.0.clone(), Tree::Slot(slot))).collect();
        let slots = self.0.iter().map(|known| (known.0.clone(), known.2, ExprId(0))).collect();
        Layout::new(0, slots, Tree::Record(tree))
    }

    /// The fields as a value, read in the program that saves them.
    fn value(&self, program: &mut Program, span: Span) -> Shape {
        let mut leaf = |known: &(String, Field, Type, Vec<ExprId>)| {
            let id = expression(program, ExprKind::Field(known.1), span);
            (known.0.clone(), Shape::Leaf(id))
        };
        Shape::Record(self.0.iter().map(&mut leaf).collect())
    }

    /// The program with the saved fields in place of the context, for the events that it has postponed.
    fn resumed(&self, program: &Program, (map, number, rows): (usize, u32, bool), span: Span) -> Program {
        let mut added = Program { filters: Default::default(), decided: None, ..program.clone() };
        let found = variable(&mut added, "found", Type::Bool, span);
        let mut into = Vec::new();
        for (name, _, ty, readers) in &self.0 {
            let var = variable(&mut added, &format!("saved_{name}"), *ty, span);
            into.push(var);
            readers.iter().for_each(|expr| added.exprs[expr.0 as usize].kind = ExprKind::Var(var));
        }
        forget_types(&mut added);
        let cond = expression(&mut added, ExprKind::Var(found), span);
        let thread = rows.then_some(into[0]);
        let mut then = std::mem::take(&mut added.body);
        then.push(Stmt { kind: StmtKind::Return, span });
        let declare = into.iter().chain([&found]).map(|var| StmtKind::Declare { var: *var, zero: true });
        let rest = [
            StmtKind::Get { map, key: None, found, into: into.clone(), take: true },
            StmtKind::If { cond, then, otherwise: Block::new() },
        ];
        added.body = declare.chain(rest).map(|kind| Stmt { kind, span }).collect();
        added.postponed = Some(Postponed::Resumes { number, thread });
        added
    }
}

/// Has a program load all with a helper: what is at a saved address, the verifier does not know.
fn forget_types(program: &mut Program) {
    for expr in &mut program.exprs {
        if let ExprKind::Fallible(Fallible::Load { direct, .. }) = &mut expr.kind {
            *direct = false;
        }
    }
}

/// Has a program read no strings where a field of its context is 0: the addresses mean something else by then.
fn unless_replaced(program: &mut Program, ret: usize, span: Span) {
    let there = variable(program, "there", Type::Bool, span);
    let value = expression(program, ExprKind::Field(Field::Member { member: ret, element: None }), span);
    let zero = expression(program, ExprKind::Const(Const::Int(0)), span);
    let value = expression(program, ExprKind::Binary { op: &UNEQUAL, lhs: value, rhs: zero }, span);
    let reads: Vec<u32> = (0..program.exprs.len() as u32).filter(|id| reads_user(program, ExprId(*id))).collect();
    for id in reads {
        let Expr { kind, span } = program.expr(ExprId(id)).clone();
        let read = expression(program, kind, span);
        let there = expression(program, ExprKind::Var(there), span);
        program.exprs[id as usize].kind = ExprKind::Fallible(Fallible::Where { there, read });
    }
    program.body.insert(0, Stmt { kind: StmtKind::Let { var: there, value: Value::Pure(value) }, span });
}

fn named(program: &Program, field: Field) -> String {
    match field {
        Field::Builtin(row) | Field::Argument { row, .. } => row.name.to_string(),
        Field::Member { member, element: None } => format!("args_{}", program.context.members[member].name),
        Field::Member { member, element: Some(element) } => {
            format!("args_{}_{element}", program.context.members[member].name)
        }
        Field::Target => "target".to_string(),
    }
}

fn variable(program: &mut Program, name: &str, ty: Type, span: Span) -> VarId {
    program.vars.push(Var { name: name.to_string(), span, ty });
    VarId(program.vars.len() as u32 - 1)
}

fn expression(program: &mut Program, kind: ExprKind, span: Span) -> ExprId {
    program.exprs.push(Expr { kind, span });
    ExprId(program.exprs.len() as u32 - 1)
}
