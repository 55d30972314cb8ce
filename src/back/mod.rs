//! Checked IR in, C out. The only place that knows C and askama.
//!
//! [`render`] cannot fail: whatever could go wrong, `check` has refused. Expressions and one-line statements are
//! printed by [`expr`] and [`stmt`]; everything of more lines is a template, filled from the views here.

mod call;
mod expr;
mod fill;
mod flow;
mod name;
mod record;
mod stmt;
mod view;

use crate::check::{Facts, ProgramFacts};
use crate::ir::{Automaton, ExprKind, Fallible, Field, MapKind, Object, Program, RING, StmtKind, Text, Type};
use crate::spec::field::{ARGUMENTS, REGISTERS, TIME_OF_DAY};
use crate::spec::probe::{Frame, Kind};
use std::collections::BTreeSet;
use view::{AutomatonView, MapView, ObjectView, ProgramView, StructView};

/// The C text of an object.
pub fn render(object: &Object, facts: &Facts, ring: u32) -> String {
    let (mut programs, mut constants) = (Vec::new(), Vec::new());
    for (program, program_facts) in object.programs.iter().zip(&facts.programs) {
        let mut printer = stmt::Printer::new(object, facts, program, program_facts, ring);
        let mut functions = printer.functions();
        let body = printer.program();
        constants.extend(program.automata.iter().enumerate().map(|(number, pattern)| automaton(number, pattern)));
        constants.append(&mut printer.constants);
        constants.append(&mut functions);
        programs.push(program_view(program, &body, printer.reads_context));
    }
    view::print(&ObjectView {
        target: object.programs.iter().map(|p| view::comment(&p.target.text)).collect::<Vec<_>>().join(", "),
        closure: object.programs.iter().flat_map(|p| closure_lines(&p.text)).collect(),
        version: env!("CARGO_PKG_VERSION"),
        defines: defines(object),
        includes: includes(object, facts),
        structs: structs(object, facts),
        maps: maps(object, facts, ring),
        constants,
        programs,
    })
}

/// The section that a program goes into; the whole attach point where libbpf's grammar has room for it.
fn section(kind: &Kind, place: &crate::ir::Place) -> String {
    use crate::ir::Place;
    match place {
        Place::Function(function) => format!("{}/{function}", kind.section()),
        Place::Tracepoint { category, name } => format!("{}/{category}/{name}", kind.section()),
        // The binary is found at attach time, so that one object serves every place where it is installed.
        Place::Binary { .. } | Place::Nowhere => kind.section().to_string(),
    }
}

fn program_view(program: &Program, body: &str, reads_context: bool) -> String {
    let context = match program.target.kind.frame {
        _ if !reads_context => "void *ctx __unused".to_string(),
        Frame::Entry | Frame::Return | Frame::SyscallEntry => "struct pt_regs *ctx".to_string(),
        Frame::Record => format!("struct {} *ctx", name::record(program)),
        Frame::Arguments => "__u64 *ctx".to_string(),
    };
    view::print(&ProgramView {
        section: section(program.target.kind, &program.target.place),
        name: name::program(program),
        context,
        body: body.to_string(),
    })
}

/// Numbers of a table, in lines.
fn rows<T: ToString>(numbers: &[T]) -> Vec<String> {
    let row = |row: &[T]| row.iter().map(T::to_string).collect::<Vec<_>>().join(", ");
    numbers.chunks(24).map(row).collect()
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

/// The closure's lines for a comment, without the indentation that they share.
fn closure_lines(text: &str) -> Vec<String> {
    let rest = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let shared = rest.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let strip = |(number, line): (usize, &str)| match number {
        0 => view::comment(line),
        _ => view::comment(line.get(shared..).unwrap_or("")),
    };
    text.lines().enumerate().map(strip).collect()
}

fn defines(object: &Object) -> Vec<String> {
    let mut defines = Vec::new();
    if uses_registers(object) {
        defines.push(format!("__TARGET_ARCH_{}", ARCH));
    }
    if object.programs.iter().any(|program| program.target.kind.preemptible) {
        defines.push("NU_PREEMPTIBLE".to_string());
    }
    defines
}

/// This machine's architecture by libbpf's name (`bpf_tracing.h`).
#[cfg(target_arch = "aarch64")]
const ARCH: &str = "arm64";
#[cfg(not(target_arch = "aarch64"))]
const ARCH: &str = "x86";

fn uses_registers(object: &Object) -> bool {
    reads_from(object, REGISTERS)
}

/// Whether a program reads a field that lies there.
fn reads_from(object: &Object, place: &str) -> bool {
    let reads = |program: &Program| {
        program.exprs.iter().any(|expr| match &expr.kind {
            ExprKind::Field(Field::Builtin(field)) => field.header == place,
            _ => false,
        })
    };
    object.programs.iter().any(reads)
}

fn includes(object: &Object, facts: &Facts) -> Vec<&'static str> {
    let mut includes = vec!["nu/types.h"];
    match uses_registers(object) {
        true => includes.push("nu/regs.h"),
        false => includes.push("bpf/bpf_helpers.h"),
    }
    if object.programs.iter().any(|program| record::view(program).is_some()) || reads_from(object, ARGUMENTS) {
        includes.push("nu/context.h");
    }
    if !facts.events.is_empty() {
        includes.push("nu/ring.h");
    }
    if !object.maps.is_empty() {
        includes.push("nu/counts.h");
    }
    let any = |wanted: &dyn Fn(&Program, &ProgramFacts, &ExprKind) -> bool| {
        object
            .programs
            .iter()
            .zip(&facts.programs)
            .any(|(program, facts)| program.exprs.iter().any(|expr| wanted(program, facts, &expr.kind)))
    };
    if any(&|_, _, kind| matches!(kind, ExprKind::Field(Field::Builtin(field)) if field.header == TIME_OF_DAY)) {
        includes.push("nu/time.h");
    }
    let text = any(&|_, facts, kind| match kind {
        ExprKind::Fallible(Fallible::ReadStr { .. } | Fallible::Format { .. }) => true,
        ExprKind::Binary { lhs, .. } => matches!(facts.ty(*lhs), Type::Text(_)),
        ExprKind::Var(var) => matches!(facts.var(*var), Type::Text(_)),
        _ => false,
    });
    if text || object.programs.iter().any(|program| program.filters.comm.is_some()) {
        includes.push("nu/strings.h");
    }
    if object.programs.iter().any(Program::can_fail) {
        includes.push("nu/errors.h");
    }
    if any(&|_, _, kind| matches!(kind, ExprKind::Fallible(Fallible::Checked { .. }))) {
        includes.push("nu/math.h");
    }
    if any(&|_, _, kind| matches!(kind, ExprKind::Fallible(Fallible::Format { .. }))) {
        includes.push("nu/format.h");
    }
    let mut loops = false;
    object.programs.iter().for_each(|program| {
        program.walk(&mut |stmt| loops |= matches!(stmt.kind, StmtKind::Loop { .. }));
        loops |= !program.functions.is_empty();
    });
    if loops {
        includes.push("nu/forget.h");
    }
    let functions = object.programs.iter().flat_map(|program| &program.exprs).filter_map(|expr| match &expr.kind {
        ExprKind::Call { function, .. } | ExprKind::Fallible(Fallible::Call { function, .. }) => Some(function.header),
        ExprKind::Fallible(Fallible::Matches { .. }) => Some("nu/match.h"),
        _ => None,
    });
    let functions: BTreeSet<&str> = functions.collect();
    includes.extend(functions.into_iter().filter(|header| !includes.contains(header)).collect::<Vec<_>>());
    includes
}

fn structs(object: &Object, facts: &Facts) -> Vec<String> {
    let mut structs: Vec<StructView> = object.programs.iter().filter_map(record::view).collect();
    let mut strings = BTreeSet::new();
    let layouts = facts.events.iter().chain(facts.keys.iter().flatten());
    let stored = layouts.flat_map(|layout| layout.slots.iter().map(|slot| slot.ty));
    let held = object.programs.iter().zip(&facts.programs).flat_map(|(program, facts)| {
        (0..program.vars.len() as u32).map(crate::ir::VarId).filter(|var| facts.is_used(*var)).map(|var| facts.var(var))
    });
    for ty in stored.chain(held) {
        if let Type::Text(Text::Counted(max) | Text::Literal(max)) = ty {
            strings.insert(max);
        }
    }
    structs.extend(strings.into_iter().map(|max| StructView {
        doc: Some(format!("A string of at most {max} bytes.")),
        name: name::string(max),
        members: vec!["__s32 len".to_string(), format!("char text[{}]", max + 2)],
    }));
    for (event, layout) in facts.events.iter().enumerate() {
        let header = Some("__u32 nu_event".to_string());
        structs.push(StructView {
            doc: None,
            name: name::event(object, event),
            members: header.into_iter().chain(record::members(layout)).collect(),
        });
    }
    for (map, layout) in object.maps.iter().zip(&facts.keys) {
        if let Some(layout) = layout {
            structs.push(StructView { doc: None, name: name::key(map), members: record::members(layout) });
        }
    }
    structs.iter().map(view::print).collect()
}

fn maps(object: &Object, facts: &Facts, ring: u32) -> Vec<String> {
    let ring = (!facts.events.is_empty()).then(|| MapView {
        kind: "BPF_MAP_TYPE_RINGBUF",
        max_entries: ring,
        key: None,
        value: "",
        name: RING.to_string(),
    });
    let others = object.maps.iter().map(|map| MapView {
        kind: match map.kind {
            MapKind::Hits => "BPF_MAP_TYPE_PERCPU_ARRAY",
            MapKind::Counts => "BPF_MAP_TYPE_PERCPU_HASH",
        },
        max_entries: map.max_entries,
        key: Some(match map.kind {
            MapKind::Hits => "__u32".to_string(),
            MapKind::Counts => format!("struct {}", name::key(map)),
        }),
        value: "__u64",
        name: map.symbol(),
    });
    ring.into_iter().chain(others).map(|map| view::print(&map)).collect()
}
