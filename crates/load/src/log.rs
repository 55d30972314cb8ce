//! libbpf's messages, caught while an object is loaded: the verifier's log is among them.

use crate::error::Error;
use crate::ir::marked;
use crate::spec::code::Code;
use crate::spec::feature::{self, Feature, LOOP};
use crate::spec::hint::hint;
use libbpf_rs::{PrintLevel, set_print};
use std::cell::RefCell;
use std::sync::Once;

thread_local! {
    /// Messages of libbpf on this thread since [`capture`] began; none outside of it.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

static LISTEN: Once = Once::new();

/// Runs `work` and returns, besides its result, everything that libbpf said meanwhile.
pub fn capture<T>(work: impl FnOnce() -> T) -> (T, String) {
    LISTEN.call_once(|| {
        set_print(Some((PrintLevel::Debug, |_, text| {
            SAID.with_borrow_mut(|said| said.iter_mut().for_each(|said| said.push_str(&text)));
        })));
    });
    SAID.set(Some(String::new()));
    let result = work();
    (result, SAID.take().unwrap_or_default())
}

/// The verifier's part of what libbpf said, program by program, if there is one.
pub fn verifier(said: &str) -> Option<String> {
    let logs = said.split("-- BEGIN PROG LOAD LOG --\n").skip(1);
    let own = |rest: &str| {
        rest.split_once("-- END PROG LOAD LOG --")
            .map_or(rest, |(log, _)| log.trim_end_matches(|c| c != '\n'))
            .to_string()
    };
    logs.map(own).reduce(|all, log| all + &log)
}

/// The verifier's complaint as an error, labelled within the closures' texts.
pub fn rejection(log: &str) -> Error {
    let complaint = log.lines().rfind(|line| is_complaint(line)).unwrap_or("it gave no reason").trim();
    let span = log.lines().rev().find_map(marked);
    let ours = "this is a bug in the plugin: report it with the output of --emit-c; until then, try a shorter closure";
    if let Some(feature) = lacking(log) {
        return Error::new(Code::KernelOld, format!("this needs Linux {}", feature.since))
            .label_within(span, format!("it calls {}, which this kernel does not have", feature.name))
            .help(format!("run it on Linux {} or newer, or leave it out: {}", feature.since, feature.purpose));
    }
    let hint = log.lines().rev().find_map(hint);
    let (code, meaning, help) =
        hint.map_or((Code::Verifier, "rejected here", ours), |hint| (hint.code, hint.meaning, hint.instead));
    Error::new(code, format!("the kernel's verifier rejected the program: {complaint}"))
        .label_within(span, meaning)
        .help(help)
}

/// The helper that the kernel does not know: `invalid func unknown#174`, since 6.8 `unknown func NAME#174`. Before 5.13, a
/// callback of a helper is a function that nobody calls.
fn lacking(log: &str) -> Option<&'static Feature> {
    let number = |line: &str| {
        let (_, rest) = line.split_once("unknown func ").or_else(|| line.split_once("invalid func unknown"))?;
        rest.rsplit('#').next()?.trim().parse().ok()
    };
    let uncalled = || log.contains("number of funcs in func_info").then_some(&LOOP);
    log.lines().rev().find_map(number).and_then(feature::helper).or_else(uncalled)
}

/// Returns whether the log says what is wrong. It does not where the kernel gave up halfway, as for want of memory.
pub fn complains(log: &str) -> bool {
    log.lines().any(is_complaint)
}

/// Prefixes of lines of the verifier's state, or of the program's source.
const NOISE: &str =
    "processed ,verification time,stack depth,from ,;,func#,arg#,libbpf:,mark_precise,last_idx,regs=,parent ";

/// Lines of the log that are neither instructions, source, register states nor statistics.
fn is_complaint(line: &str) -> bool {
    let line = line.trim();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = numbered.len() < line.len() && (numbered.is_empty() || numbered.starts_with(':'));
    // `R6=scalar()`, `R6_w=inv1`; but not `R6 pointer |= pointer prohibited`.
    let state = line.strip_prefix('R').is_some_and(|rest| {
        let name = rest.split('=').next().unwrap_or("");
        rest.contains('=') && name.starts_with(|c: char| c.is_ascii_digit()) && !name.contains(' ')
    });
    !line.is_empty() && !numbered && !state && !NOISE.split(',').any(|start| line.starts_with(start))
}

#[cfg(test)]
#[path = "../../../tests/unit/load_log.rs"]
mod tests;
