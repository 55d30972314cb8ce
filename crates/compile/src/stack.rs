//! The stack of a program as clang has laid it out, out of the file that `-fstack-usage` writes: what the functions that
//! call one another take together, as the verifier counts it. It looks at names in the C text, and knows nothing of Nushell.

use crate::spec::limit::STACK_STEP;
use std::collections::{HashMap, HashSet};

/// The most bytes that functions calling one another take; `usage` has a line for each: `probe.bpf.c:81:turn 16 static`,
/// with tabs.
pub fn deepest(usage: &str, text: &str) -> u32 {
    let own = |line: &str| {
        let mut words = line.split('\t');
        let name = words.next()?.rsplit(':').next()?.to_string();
        let bytes: u32 = words.next()?.parse().ok()?;
        Some((name, bytes.max(1).next_multiple_of(STACK_STEP)))
    };
    let own: HashMap<String, u32> = usage.lines().filter_map(own).collect();
    let calls = calls(text, &own);
    own.keys().map(|name| depth(name, &own, &calls)).max().unwrap_or(0)
}

/// Which functions name which others: a function begins and ends in the first column.
fn calls<'t>(text: &'t str, own: &HashMap<String, u32>) -> HashMap<&'t str, HashSet<&'t str>> {
    let mut calls: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut inside = None;
    for line in text.lines() {
        let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let mut known = words.filter(|word| own.contains_key(*word));
        match inside {
            _ if line.starts_with('}') => inside = None,
            Some(name) => calls.entry(name).or_default().extend(known),
            None if !line.starts_with([' ', '\t', '/']) => inside = known.next(),
            None => {}
        }
    }
    calls
}

/// Returns the stack of a function with its deepest callee. There is no recursion.
fn depth(name: &str, own: &HashMap<String, u32>, calls: &HashMap<&str, HashSet<&str>>) -> u32 {
    let called = calls.get(name).into_iter().flatten().filter(|called| **called != name);
    own.get(name).copied().unwrap_or(0) + called.map(|called| depth(called, own, calls)).max().unwrap_or(0)
}

#[cfg(test)]
#[path = "../../../tests/unit/compile_stack.rs"]
mod tests;
