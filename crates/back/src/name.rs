//! Names in C. Those of ours start with `nu_`; the closure's stay as they are, made fit for C and unique.

use nu_ebpf_ir::ir::{Map, Object, Program};
use std::collections::HashSet;

/// The struct of a tracepoint's record.
pub fn record(program: &Program) -> String {
    format!("nu_{}_record", program.name)
}

pub fn string(max: u32) -> String {
    format!("nu_str_{max}")
}

/// The function that matches a pattern of a program.
pub fn pattern(number: usize) -> String {
    format!("nu_pattern_{number}")
}

pub fn event(object: &Object, event: usize) -> String {
    event_of(object, event, "nu_event")
}

fn event_of(object: &Object, event: usize, stem: &str) -> String {
    if object.events == 1 { stem.to_string() } else { format!("{stem}_{event}") }
}

/// The memory in which an iterator's row is made.
pub fn place(object: &Object, event: usize) -> String {
    event_of(object, event, "nu_row")
}

pub fn key(map: &Map) -> String {
    format!("{}_key", map.stem())
}

/// What a map of state keeps: one value, and all of a thread's.
pub fn value(map: &Map) -> String {
    format!("{}_value", map.stem())
}

pub fn thread(map: &Map) -> String {
    format!("{}_thread", map.stem())
}

/// The zeros that a new thread's value begins with, where it lies in a hash.
pub fn zero(map: &Map) -> String {
    format!("{}_zero", map.stem())
}

/// The struct of a histogram's slot.
pub fn slot(map: &Map) -> String {
    format!("{}_slot", map.stem())
}

/// Any text as a C identifier that is no word of C's and none of ours.
pub fn ident(text: &str) -> String {
    let mut name: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let prefixed = ["nu_", "bpf_", "_", "barrier"].iter().any(|prefix| name.starts_with(prefix));
    // A name without a small letter may be a macro's.
    let macros = !name.contains(|c: char| c.is_ascii_lowercase());
    let taken = RESERVED.split(' ').any(|word| word == name) || prefixed || macros;
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || taken {
        name.insert(0, 'v');
    }
    name
}

/// Hands out names, each once.
#[derive(Debug, Default)]
pub struct Namer {
    taken: HashSet<String>,
}

impl Namer {
    /// A name that something else has.
    pub fn take(&mut self, name: &str) {
        self.taken.insert(name.to_string());
    }

    /// The name itself, or with a number where it is taken.
    pub fn fresh(&mut self, base: &str) -> String {
        let base = ident(base);
        let mut name = base.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{base}_{number}");
            number += 1;
        }
        name
    }
}

/// Words of C, and of the headers, that a closure may use as names.
const RESERVED: &str = "asm auto bool break case char const continue ctx default do double else enum extern false \
    float for goto if inline int long register restrict return short signed sizeof static struct switch true typedef \
    typeof union unsigned void volatile while linux unix bpf likely unlikely offsetof container_of ksym";

#[cfg(test)]
#[path = "../../../tests/unit/back_name.rs"]
mod tests;
