//! The report of `--dry-run` on a loaded object: programs, maps, helpers, the verifier's statistics.

use super::object::Loaded;
use crate::ir::THREAD_FREED;
use libbpf_rs::MapCore;
use nu_ebpf_compile::HEADERS;
use nu_protocol::{IntoValue, Record, Span, Value, record};
use std::collections::BTreeSet;
use std::ffi::OsStr;

/// `BPF_JMP | BPF_CALL` with source register 0 is a call of a helper (Documentation/bpf/instruction-set.rst).
const HELPER_CALL: u8 = 0x85;

impl Loaded {
    /// Describes the loaded object; `span` is the span of the values.
    pub fn report(&self, span: Span) -> Record {
        let text = |name: &OsStr| name.to_string_lossy().into_value(span);
        let mut helpers = BTreeSet::new();
        let mut programs = Vec::new();
        let own = self.object.progs().filter(|program| program.name() != THREAD_FREED);
        for (program, info) in own.zip(self.infos()) {
            let calls = program.insns().iter().filter(|insn| insn.code == HELPER_CALL && insn.src_reg() == 0);
            helpers.extend(calls.map(|insn| helper(insn.imm)));
            programs.push(record! {
                "name" => text(program.name()),
                "section" => text(program.section()),
                "instructions" => Value::int(program.insn_cnt() as i64, span),
                // Those that the verifier walked through (kernel 5.16 and later).
                "verified" => info.verified_insns.into_value(span),
            });
        }
        let maps = self.object.maps().map(|map| {
            record! {
                "name" => text(map.name()),
                "type" => map_kind(&format!("{:?}", map.map_type())).into_value(span),
                "key_size" => map.key_size().into_value(span),
                "value_size" => map.value_size().into_value(span),
                "max_entries" => map.max_entries().into_value(span),
            }
        });
        let verifier = statistics(&self.log).into_iter().map(|(name, number)| (name, number.into_value(span)));
        record! {
            "programs" => programs.into_value(span),
            "maps" => maps.collect::<Vec<_>>().into_value(span),
            "helpers" => Vec::from_iter(helpers).into_value(span),
            "verifier" => Value::record(verifier.collect(), span),
            "log" => self.log.as_str().into_value(span),
        }
    }
}

/// The verifier's own account: `stack depth 152`, `processed 76 insns (limit 1000000) …` (`print_verification_stats`).
fn statistics(log: &str) -> Vec<(String, i64)> {
    let mut found: Vec<(String, i64)> = Vec::new();
    for line in log.lines().filter(|line| line.starts_with("stack depth ") || line.starts_with("processed ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        for pair in words.windows(2) {
            let name = match pair[0] {
                "depth" => "stack_depth",
                name if name == "processed" || name == "mark_read" || name.contains("state") => name,
                _ => continue,
            };
            // The stack of a program and its functions is `16+0`.
            let number = pair[1].split('+').next().and_then(|number| number.parse::<i64>().ok());
            let Some(number) = number else { continue };
            match found.iter_mut().find(|(known, _)| *known == name) {
                // Of several programs the deepest stack, and what all of them took.
                Some((_, known)) if name == "stack_depth" => *known = number.max(*known),
                Some((_, known)) => *known += number,
                None => found.push((name.to_string(), number)),
            }
        }
    }
    found
}

/// A map's type as `bpftool` writes it: `percpu_hash`, `ringbuf`.
fn map_kind(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_uppercase() { format!("_{}", c.to_ascii_lowercase()) } else { c.into() };
    name.chars().map(letter).collect::<String>().trim_start_matches('_').replace("ring_buf", "ringbuf")
}

/// A helper's name by its number, from libbpf's own list.
fn helper(number: i32) -> String {
    let list = HEADERS.iter().find(|header| header.0 == "bpf/bpf_helper_defs.h").map_or("", |header| header.1);
    let end = format!("= (void *) {number};");
    let line = list.lines().find(|line| line.ends_with(&end));
    let name = line.and_then(|line| line.split("const ").nth(1)).and_then(|rest| rest.split(')').next());
    name.map_or_else(|| format!("helper {number}"), String::from)
}

#[cfg(test)]
#[path = "../../../tests/unit/load_report.rs"]
mod tests;
