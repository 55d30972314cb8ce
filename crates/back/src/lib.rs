//! Checked IR in, C out. The only place that knows C and askama.
//!
//! [`render`] cannot fail: whatever could go wrong, `check` has refused. Expressions and one-line statements are
//! printed by [`expr`] and [`stmt`]; everything of more lines is a template, filled from the views here.

mod aggregate;
mod call;
mod expr;
mod fill;
mod flow;
mod kernel;
mod name;
mod postpone;
mod record;
mod state;
mod stmt;
mod turn;
mod view;

use nu_ebpf_check::{Facts, ProgramFacts};
use nu_ebpf_ir::ir::{
    AttachPoint, Automaton, Expr, ExprKind, Fallible, Field, Layout, Map, MapKind, Object, Place, Program, RING,
    THREAD_FREED, Text, Type,
};
use nu_ebpf_ir::spec::feature::{FETCH, INT_ARGUMENT, LOOP};
use nu_ebpf_ir::spec::field::{ARGUMENTS, KERNEL_STACK, REGISTERS, TIME_OF_DAY, USDT, USER_STACK};
use nu_ebpf_ir::spec::function::PATH;
use nu_ebpf_ir::spec::probe::{Attach, Frame};
use std::collections::BTreeSet;
use view::{AutomatonView, MapView, ObjectView, ProgramView, StructView, ThreadFreedView};

/// Attach points that a comment names.
const NAMED: usize = 8;

/// The C text of an object.
pub fn render(object: &Object, facts: &Facts, ring: u32) -> String {
    let mut globals = name::Namer::default();
    let mut programs = Vec::new();
    let mut constants: Vec<String> = object.maps.iter().filter_map(aggregate::zero_constant).collect();
    constants.extend(object.hashed().map(state::zero_constant));
    constants.extend(patterns(object).into_iter().enumerate().map(|(number, pattern)| automaton(number, pattern)));
    for (number, program) in object.programs.iter().enumerate() {
        let mut printer = stmt::Printer::new(object, facts, number, ring, &mut globals);
        let mut functions = printer.functions();
        let body = printer.program();
        constants.append(&mut printer.constants);
        constants.append(&mut functions);
        constants.append(&mut printer.turns);
        let what = match () {
            () if program.for_return => ", for its return",
            () if program.resumes() => ", for events that were postponed",
            () => "",
        };
        let doc = (object.programs.len() > 1).then(|| {
            format!("{}{what}; its nu: offsets start at {}", some(&program.targets).join(", "), program.shift)
        });
        programs.push(program_view(program, doc, body, printer.reads_context));
    }
    let hashes: Vec<String> = object.hashed().map(Map::symbol).collect();
    if !hashes.is_empty() {
        programs.push(view::print(&ThreadFreedView { name: THREAD_FREED, maps: hashes }));
    }
    let includes = includes(object, facts);
    view::print(&ObjectView {
        about: about(object),
        version: env!("CARGO_PKG_VERSION"),
        defines: defines(object, &includes),
        includes,
        structs: structs(object, facts),
        variables: kernel::variables(object),
        maps: maps(object, facts, ring),
        constants,
        programs,
    })
}

/// The type of a program's context.
fn context(program: &Program) -> String {
    match program.target().kind.frame {
        Frame::Entry | Frame::Return | Frame::SyscallEntry | Frame::Usdt | Frame::Sample => {
            "struct pt_regs *".to_string()
        }
        Frame::Record if record::view(program).is_none() => "void *".to_string(),
        Frame::Record => format!("struct {} *", name::record(program)),
        Frame::Arguments | Frame::Function | Frame::FunctionReturn | Frame::Raw | Frame::Iterator => {
            "__u64 *".to_string()
        }
    }
}

fn program_view(program: &Program, doc: Option<String>, body: String, reads_context: bool) -> String {
    let kind = program.target().kind;
    let context = if reads_context { format!("{}ctx", context(program)) } else { "void *ctx __unused".to_string() };
    // The whole attach point where libbpf's grammar has room for it.
    let section = match &program.target().place {
        // Which are in `ebpf attach`: it may be one link for all of them, or one each.
        _ if program.targets.len() > 1 => kind.section().to_string(),
        Place::Function(function) => format!("{}/{function}", kind.section()),
        Place::Raw(name) => format!("{}/{name}", kind.section()),
        Place::Tracepoint { category, name } => format!("{}/{category}/{name}", kind.section()),
        Place::Symbol { .. } if matches!(kind.attach, Attach::Trampoline { .. }) => {
            format!("{}/{}", kind.section(), program.target().place.written())
        }
        // The binary is found at attach time, so that one object serves every place where it is installed.
        Place::Symbol { .. }
        | Place::Binary { .. }
        | Place::Usdt { .. }
        | Place::Samples { .. }
        | Place::Watch { .. }
        | Place::Nowhere => kind.section().to_string(),
    };
    view::print(&ProgramView { doc, section, name: program.symbol(), context, body })
}

/// Whether the rows go to who reads an iterator, not through a ring buffer.
fn iterates(object: &Object) -> bool {
    object.programs.iter().any(|program| program.target().kind.frame == Frame::Iterator)
}

/// Numbers of a table, in lines.
fn rows<T: ToString>(numbers: &[T]) -> Vec<String> {
    let row = |row: &[T]| row.iter().map(T::to_string).collect::<Vec<_>>().join(", ");
    numbers.chunks(24).map(row).collect()
}

/// The object's patterns, each once: a program that resumes another's events has the same ones.
fn patterns(object: &Object) -> Vec<&Automaton> {
    let mut patterns: Vec<&Automaton> = Vec::new();
    for automaton in object.programs.iter().flat_map(|program| &program.automata) {
        if !patterns.contains(&automaton) {
            patterns.push(automaton);
        }
    }
    patterns
}

/// The numbers of a program's patterns among those of its object.
fn patterns_of(object: &Object, program: &Program) -> Vec<usize> {
    let all = patterns(object);
    program.automata.iter().filter_map(|own| all.iter().position(|one| *one == own)).collect()
}

fn automaton(number: usize, automaton: &Automaton) -> String {
    view::print(&AutomatonView {
        pattern: view::comment(&automaton.pattern),
        name: name::pattern(number),
        classes: rows(&automaton.classes),
        next: rows(&automaton.next),
        ends: rows(&automaton.ends),
        states: automaton.states(),
        width: automaton.width,
        start: automaton.start,
    })
}

/// What the object is made of, for a comment: attach points, and the closure that is run there.
fn about(object: &Object) -> Vec<String> {
    let mut lines = Vec::new();
    let own: Vec<&Program> = object.programs.iter().filter(|program| !program.resumes()).collect();
    for group in own.chunk_by(|one, next| (one.base, &one.text) == (next.base, &next.text)) {
        let own = group.iter().filter(|program| !program.for_return);
        let targets: Vec<AttachPoint> = own.flat_map(|program| program.targets.clone()).collect();
        lines.extend(some(&targets).into_iter().map(|target| format!(" {target}")));
        lines.push(String::new());
        lines.extend(
            group.iter().take(1).flat_map(|program| closure_lines(&program.text)).map(|line| format!("\t{line}")),
        );
        lines.push(String::new());
    }
    lines
}

/// The words of attach points, or of the first of many.
fn some(targets: &[AttachPoint]) -> Vec<String> {
    let more = targets.len().checked_sub(NAMED).filter(|more| *more > 0);
    let named = targets.iter().take(NAMED).map(|target| view::comment(&target.text));
    named.chain(more.map(|more| format!("{more} more"))).collect()
}

/// The closure's lines for a comment, without the indentation that they share.
fn closure_lines(text: &str) -> Vec<String> {
    let rest = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let shared = rest.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let strip = |(number, line): (usize, &str)| {
        let start = if number == 0 { 0 } else { shared };
        view::comment(line.get(start..).unwrap_or(""))
    };
    text.lines().enumerate().map(strip).collect()
}

fn defines(object: &Object, includes: &[&str]) -> Vec<String> {
    let registers = reads_registers(object).then(|| format!("__TARGET_ARCH_{ARCH}"));
    // Another object's programs, with which it shares its maps, may be.
    let preemptible = object.shares || object.programs.iter().any(|program| program.target().kind.preemptible);
    // libbpf keeps where the arguments are for each place that the probes are at; 256 unless told.
    let probes = object.targets().filter(|target| target.kind.frame == Frame::Usdt).count();
    let places = (probes > PROBES).then(|| format!("BPF_USDT_MAX_SPEC_CNT {}", 4 * probes));
    let loops = [LOOPS, PATH.header].iter().any(|header| includes.contains(header));
    let bounded = (loops && !object.kernel.has(&LOOP)).then(|| "NU_BOUNDED_LOOPS".to_string());
    let own = preemptible.then(|| "NU_PREEMPTIBLE".to_string());
    let fetches = [AGGREGATE, PATH.header].iter().any(|header| includes.contains(header));
    let plain = (fetches && !object.kernel.has(&FETCH)).then(|| "NU_NO_FETCH".to_string());
    let typed =
        |program: &Program| matches!(program.context.frame, Frame::Function | Frame::FunctionReturn | Frame::Raw);
    let typed = includes.contains(&ARGUMENTS) && object.programs.iter().any(typed);
    let untyped = (typed && !object.kernel.has(&INT_ARGUMENT)).then(|| "NU_UNTYPED_ARGUMENTS".to_string());
    registers.into_iter().chain(own).chain(places).chain(bounded).chain(plain).chain(untyped).collect()
}

/// The header of aggregations.
const AGGREGATE: &str = "nu/aggregate.h";

/// The header of loops.
const LOOPS: &str = "nu/loop.h";

/// USDT probes for whose places libbpf's own default has room.
const PROBES: usize = 64;

/// This machine's architecture by libbpf's name (`bpf_tracing.h`).
const ARCH: &str = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86" };

fn has_usdt(object: &Object) -> bool {
    object.programs.iter().any(|program| program.target().kind.frame == Frame::Usdt)
}

fn reads_registers(object: &Object) -> bool {
    has_usdt(object) || reads_by(object, REGISTERS) || state::reads_frames(object)
}

/// Whether a program reads a field that this header of ours reads.
fn reads_by(object: &Object, header: &str) -> bool {
    let reads = |expr: &Expr| match expr.kind {
        ExprKind::Field(Field::Builtin(row) | Field::Argument { row, .. }) => row.header == header,
        _ => false,
    };
    object.programs.iter().flat_map(|program| &program.exprs).any(reads)
}

/// Whether a program reads a `char` array of its context.
fn reads_array(program: &Program) -> bool {
    program.exprs.iter().any(|expr| match expr.kind {
        ExprKind::Field(Field::Member { member, .. }) => matches!(program.context.members[member].ty, Type::Text(_)),
        _ => false,
    })
}

fn includes(object: &Object, facts: &Facts) -> Vec<&'static str> {
    let any = |wanted: fn(&ExprKind, &ProgramFacts) -> bool| {
        let mut programs = object.programs.iter().zip(&facts.programs);
        programs.any(|(program, facts)| program.exprs.iter().any(|expr| wanted(&expr.kind, facts)))
    };
    let programs = |wanted: fn(&Program) -> bool| object.programs.iter().any(wanted);
    let text = any(|kind, facts| match kind {
        ExprKind::Fallible(Fallible::ReadStr { .. } | Fallible::ReadBytes { .. } | Fallible::Format { .. }) => true,
        ExprKind::Binary { lhs, .. } => matches!(facts.ty(*lhs), Type::Text(_)),
        ExprKind::Var(var) => matches!(facts.var(*var), Type::Text(_)),
        _ => false,
    });
    let wanted = [
        ("nu/types.h", true),
        (REGISTERS, reads_registers(object)),
        ("bpf/bpf_helpers.h", !reads_registers(object)),
        (ARGUMENTS, reads_by(object, ARGUMENTS) || programs(|program| record::view(program).is_some())),
        (USDT, has_usdt(object)),
        ("nu/ring.h", !facts.events.is_empty() && !iterates(object)),
        ("nu/iter.h", iterates(object)),
        (AGGREGATE, object.maps.iter().any(|map| map.aggregate().is_some())),
        ("nu/thread.h", object.hashed().next().is_some()),
        ("nu/state.h", object.maps.iter().any(|map| map.state().is_some())),
        ("nu/histogram.h", object.maps.iter().any(|map| aggregate::slot_struct(map).is_some())),
        (TIME_OF_DAY, reads_by(object, TIME_OF_DAY)),
        (KERNEL_STACK, reads_by(object, KERNEL_STACK)),
        (USER_STACK, reads_by(object, USER_STACK)),
        ("nu/postpone.h", object.postpones()),
        ("nu/strings.h", text || programs(|program| program.filters.comm.is_some() || reads_array(program))),
        ("nu/namespace.h", programs(|program| program.filters.process.is_some())),
        ("nu/kernel.h", programs(|program| !program.accesses.is_empty() || !program.variables.is_empty())),
        ("nu/errors.h", programs(Program::can_fail)),
        ("nu/math.h", any(|kind, _| matches!(kind, ExprKind::Fallible(Fallible::Checked { .. })))),
        (
            "nu/forget.h",
            programs(|program| !program.functions.is_empty()) || facts.programs.iter().any(|own| own.forgets),
        ),
        (LOOPS, programs(Program::has_loops)),
        ("nu/format.h", any(|kind, _| matches!(kind, ExprKind::Fallible(Fallible::Format { .. })))),
    ];
    let mut includes: Vec<&str> = wanted.iter().filter(|row| row.1).map(|row| row.0).collect();
    let functions = object.programs.iter().flat_map(|program| &program.exprs).filter_map(|expr| match &expr.kind {
        ExprKind::Call { function, .. } | ExprKind::Fallible(Fallible::Call { function, .. }) => Some(function.header),
        ExprKind::Fallible(Fallible::Load { .. }) => Some("nu/kernel.h"),
        ExprKind::Fallible(Fallible::Matches { .. }) => Some("nu/match.h"),
        ExprKind::Field(Field::Builtin(row)) => Some(row.header).filter(|header| !header.is_empty()),
        _ => None,
    });
    let others: BTreeSet<&str> = functions.filter(|header| !includes.contains(header)).collect();
    includes.extend(others);
    includes
}

fn structs(object: &Object, facts: &Facts) -> Vec<String> {
    let layouts = facts.events.iter().chain(facts.keys.iter().flatten());
    let kept = object.maps.iter().filter_map(|map| map.state()?.value.as_ref());
    let stored = layouts.chain(kept).flat_map(|layout| layout.slots.iter().map(|slot| slot.ty));
    let held = facts.programs.iter().flat_map(ProgramFacts::held);
    let strings: BTreeSet<u32> = stored.chain(held).filter_map(counted).collect();
    let string = |max: u32| StructView {
        doc: Some(format!("A string of at most {max} bytes.")),
        name: name::string(max),
        members: vec!["__s32 len".to_string(), format!("char text[{}]", max + 2)],
        ..StructView::default()
    };
    let event = |(event, layout): (usize, &Layout)| {
        let header = ["__u32 nu_event", "__u32 nu_call"].into_iter().take(1 + usize::from(object.postpones()));
        let members = header.map(String::from).chain(record::members(layout)).collect();
        StructView { doc: None, name: name::event(object, event), members, ..StructView::default() }
    };
    let key = |(map, layout): (&Map, &Option<Layout>)| {
        Some(StructView {
            doc: None,
            name: name::key(map),
            members: record::members(layout.as_ref()?),
            ..StructView::default()
        })
    };
    let records = object.programs.iter().filter_map(record::view);
    let events = facts.events.iter().enumerate().map(event);
    let keys = object.maps.iter().zip(&facts.keys).filter_map(key);
    let slots = object.maps.iter().filter_map(aggregate::slot_struct);
    let kept = object.maps.iter().flat_map(|map| state::structs(object, map));
    let own = events.chain(keys).chain(slots).chain(kept);
    let touched = kernel::structs(object);
    touched
        .into_iter()
        .chain(records)
        .chain(strings.into_iter().map(string))
        .chain(own)
        .map(|view| view::print(&view))
        .collect()
}

/// The most bytes of a string that lies with its length before it.
fn counted(ty: Type) -> Option<u32> {
    match ty {
        Type::Text(Text::Counted(max) | Text::Literal(max) | Text::Raw(max)) => Some(max),
        _ => None,
    }
}

fn maps(object: &Object, facts: &Facts, ring: u32) -> Vec<String> {
    let ring =
        MapView { kind: "BPF_MAP_TYPE_RINGBUF", max_entries: ring, name: RING.to_string(), ..MapView::default() };
    let ring = (!facts.events.is_empty() && !iterates(object)).then_some(ring);
    let periods = object.maps.iter().filter_map(aggregate::period_view);
    let others = object.maps.iter().map(|map| match &map.kind {
        MapKind::Aggregate(keeps) => aggregate::map_view(map, keeps),
        MapKind::State(state) => state::map_view(map, state, object.kernel),
    });
    ring.into_iter().chain(others).chain(periods).map(|map| view::print(&map)).collect()
}
