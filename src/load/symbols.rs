//! Functions of the running kernel, looked up only after an attach has failed: the list is long.

use crate::error::{Error, offer};
use crate::ir::AttachPoint;
use crate::spec::code::Code;
use std::fs;

/// The prefixes of a system call's symbol, by architecture.
const SYSCALL_SYMBOLS: &[&str] = &["__x64_sys_", "__arm64_sys_", "__s390x_sys_", "__riscv_sys_"];

/// Why a function could not be probed, if it is because the kernel has none of that name.
pub fn no_function(function: &str, syscall: bool, target: &AttachPoint) -> Option<Error> {
    let symbols = functions();
    let names = symbols.iter().filter_map(|symbol| match syscall {
        true => SYSCALL_SYMBOLS.iter().find_map(|prefix| symbol.strip_prefix(prefix)),
        false => Some(symbol.as_str()),
    });
    let names: Vec<&str> = names.collect();
    if symbols.is_empty() || names.contains(&function) {
        return None;
    }
    let what = if syscall { "system call" } else { "function" };
    let hidden = "it may have been inlined, or belong to a module that is not loaded";
    let error = Error::new(Code::TargetFunction, format!("this kernel has no {what} `{function}`"));
    Some(error.label(target.span, format!("no such {what}")).help(offer(function, names, hidden)))
}

/// The kernel's functions and those of its modules (`/proc/kallsyms`, types t and T).
fn functions() -> Vec<String> {
    let text = fs::read_to_string("/proc/kallsyms").unwrap_or_default();
    let name = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        matches!(words.next(), Some("t" | "T")).then(|| words.next().map(String::from))?
    };
    text.lines().filter_map(name).collect()
}
