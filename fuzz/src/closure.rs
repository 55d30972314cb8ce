//! The target whose bytes change instructions that Nushell compiled: of closures that were (`closures.jsonl`), or of an
//! empty one. What lowering takes must pass `check` or be refused by it, and what passes is printed.

use crate::edit;
use crate::shell::{Case, Double};
use arbitrary::{Result, Unstructured};
use nu_plugin_ebpf::front::{self, Closure, Options, target};
use nu_plugin_ebpf::ir::{AttachPoint, Context, Filters, Place};
use nu_plugin_ebpf::spec::feature::Kernel;
use nu_plugin_ebpf::{back, check, pipeline};
use nu_protocol::{LabeledError, Span, Value, VarId};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Attach points of the closures, and others, one of every frame.
const TARGETS: &[&str] = &[
    "kprobe:vfs_read",
    "kretprobe:vfs_read",
    "tracepoint:syscalls/sys_enter_openat",
    "tracepoint:syscalls/sys_exit_openat",
    "tracepoint:sched/sched_switch",
    "fentry:vfs_read",
    "fexit:vfs_read",
    "uprobe:./program.so:handle",
    "uretprobe:./program.so:handle",
    "raw_tracepoint:sched_switch",
    "profile:99hz",
    "iter:task",
];

/// Instructions that are changed, at most.
const MOST_EDITS: usize = 10;

const RING: u32 = 4096;

pub fn closure(bytes: &[u8]) {
    // Fewer bytes than it takes are no input.
    let _ = lowered(Unstructured::new(bytes));
}

fn lowered(mut u: Unstructured) -> Result<()> {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    let cases = CASES.get_or_init(cases);
    let mut case = cases[u.int_in_range(0..=cases.len() - 1)?].clone();
    // Mostly its own attach point.
    let target = match u.int_in_range(0..=3)? {
        0 => (*u.choose(TARGETS)?).to_string(),
        _ => case.target.clone(),
    };
    let Some(place) = place(&target) else { return Ok(()) };
    for _ in 0..u.int_in_range(0..=MOST_EDITS)? {
        let block = u.int_in_range(0..=case.blocks.len() - 1)?;
        edit::edit(&mut u, &mut case.blocks[block].1)?;
    }
    let stream = u.arbitrary()?;
    let (ir, base) = (case.blocks[0].1.clone(), case.base);
    let captures = (0..64).map(|id| (VarId::new(id), Value::int(id as i64, Span::unknown()))).skip(40).collect();
    let closure = Closure { ir, captures, text: case.text.clone(), base };
    let shell = Double::new(case, u.take_rest());
    let (filters, kernel) = (Filters::default(), Kernel::Newest);
    let options = Options { max_entries: None, filters, pinned: Vec::new(), shares: false, stream, kernel };
    match front::lower(&[(closure, vec![place])], &shell, &options) {
        Ok(object) => match check::check(&object, RING) {
            Ok(facts) => assert!(!back::render(&object, &facts, RING).is_empty()),
            Err(error) => drop(LabeledError::from(error)),
        },
        Err(error) => drop(LabeledError::from(error)),
    }
    Ok(())
}

/// An attach point and its context; none where the fixtures do not have it.
fn place(words: &str) -> Option<(AttachPoint, Context)> {
    static KNOWN: OnceLock<HashMap<String, (AttachPoint, Context)>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let own = cases().into_iter().map(|case| case.target);
        let all = own.chain(TARGETS.iter().map(|target| target.to_string()));
        all.filter_map(|words| {
            let mut point = target::parse(&words, Span::new(1, 1 + words.len())).ok()?;
            if let Place::Binary { binary, .. } = &mut point.place
                && binary == "./program.so"
            {
                *binary = crate::fixture("dwarf/program.so").display().to_string();
            }
            let context = pipeline::context(&point).unwrap_or_else(|_| Context::new(point.kind.frame));
            Some((words, (point, context)))
        })
        .collect()
    });
    known.get(words).cloned()
}

/// The kept closures, a line each: target, text, and blocks, of which the first is the closure's own.
fn cases() -> Vec<Case> {
    let lines = include_str!("../closures.jsonl").lines();
    let cases = lines.map(|line| case(line).unwrap_or_else(|| panic!("this is no closure: {line}")));
    cases.collect()
}

fn case(line: &str) -> Option<Case> {
    let json: Json = serde_json::from_str(line).ok()?;
    let text = |key: &str| Some(json.get(key)?.as_str()?.to_string());
    let blocks = json.get("blocks")?.as_array()?;
    let base = blocks.first()?.get("at")?.get(0)?.as_u64()?;
    let mut case = Case {
        target: text("target")?,
        text: text("text")?,
        base: base as usize,
        blocks: Vec::new(),
        calls: HashMap::new(),
    };
    for block in blocks {
        let numbers: Vec<u64> = serde_json::from_value(block.get("spans")?.clone()).ok()?;
        let spans: Vec<Span> =
            numbers.chunks_exact(2).map(|pair| Span::new(pair[0] as usize, pair[1] as usize)).collect();
        let data = block.get("data")?.as_str()?.as_bytes();
        let code = block.get("code")?;
        let instructions = serde_json::from_value(code.clone()).ok()?;
        let ir = edit::block(instructions, spans, data);
        case.blocks.push((block.get("id")?.as_u64()? as usize, ir));
        for (id, name) in block.get("calls")?.as_object()? {
            case.calls.insert(id.parse().ok()?, name.as_str()?.to_string());
        }
    }
    Some(case)
}
