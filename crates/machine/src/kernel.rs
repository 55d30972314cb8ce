//! What this machine lacks, asked only after the kernel has refused something: capabilities, types, kprobes, a function.

use crate::error::{Error, offer};
use crate::ir::AttachPoint;
use crate::spec::code::Code;
use crate::spec::probe::Kind;
use crate::tracefs;
use caps::{CapSet, Capability};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Where the kernel keeps its type information.
pub const BTF: &str = "/sys/kernel/btf/vmlinux";

/// The perf event source that a kernel with kprobes has.
pub const KPROBES: &str = "/sys/bus/event_source/devices/kprobe";

/// Whether the process has a capability. CAP_SYS_ADMIN stands for those of BPF and of perfmon (capabilities(7)).
pub fn has(capability: Capability) -> bool {
    let held = |capability| caps::has_cap(None, CapSet::Effective, capability).unwrap_or(false);
    let newer = [Capability::CAP_BPF, Capability::CAP_PERFMON].contains(&capability);
    held(capability) || newer && held(Capability::CAP_SYS_ADMIN)
}

/// The error for a want of capabilities, if that is what the kernel's refusal (EPERM, EACCES) may come from.
pub fn no_privileges(kind: &Kind) -> Option<Error> {
    let lacking = [Capability::CAP_BPF, Capability::CAP_PERFMON].into_iter().filter(|capability| !has(*capability));
    let lacking: Vec<String> = lacking.map(|capability| capability.to_string()).collect();
    if lacking.is_empty() {
        return None;
    }
    let how = format!("`ebpf setup` says how ({}: {})", kind.name, kind.capability);
    let error = Error::new(Code::NoPrivileges, format!("loading a kernel program takes {}", lacking.join(" and ")));
    Some(error.help(format!("run nu as root, or give the plugin its capabilities: {how}")))
}

/// The error for a kernel without type information, if it is one.
pub fn no_btf() -> Option<Error> {
    (!Path::new(BTF).exists()).then(|| {
        Error::new(Code::NoBtf, format!("this kernel has no type information: {BTF} is missing"))
            .help("use a kernel built with CONFIG_DEBUG_INFO_BTF=y, as distributions' kernels since 5.8 are")
    })
}

/// The error for a kernel without kprobes, if it is one.
pub fn no_kprobes(kind: &Kind) -> Option<Error> {
    (!Path::new(KPROBES).exists()).then(|| {
        Error::new(Code::NoKprobes, format!("this kernel was built without kprobes, which {} needs", kind.name))
            .help("use a tracepoint or a uprobe, or a kernel built with CONFIG_KPROBES=y")
    })
}

/// The prefixes of a system call's symbol, by architecture.
const SYSCALL_SYMBOLS: &[&str] = &["__x64_sys_", "__arm64_sys_", "__s390x_sys_", "__riscv_sys_"];

/// Why a function could not be probed, if it is because the kernel has none of that name.
pub fn no_function(function: &str, syscall: bool, target: &AttachPoint) -> Option<Error> {
    let names = if syscall { syscalls() } else { functions() };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.is_empty() || names.contains(&function) {
        return None;
    }
    let what = if syscall { "system call" } else { "function" };
    let hidden = "it may have been inlined, or belong to a module that is not loaded";
    let error = Error::new(Code::TargetFunction, format!("this kernel has no {what} `{function}`"));
    Some(error.label(target.span, format!("no such {what}")).help(offer(function, names, hidden)))
}

/// The system calls that have a symbol.
pub fn syscalls() -> Vec<String> {
    let name =
        |symbol: &String| SYSCALL_SYMBOLS.iter().find_map(|prefix| symbol.strip_prefix(prefix)).map(String::from);
    functions().iter().filter_map(name).collect()
}

/// The functions that can be probed by their names: those that ftrace knows (Documentation/trace/ftrace.rst), else all.
/// Several of one name are none, as the kernel cannot tell which is meant.
pub fn traceable() -> Vec<String> {
    let known = tracefs::root().ok().and_then(|root| fs::read_to_string(root.join("available_filter_functions")).ok());
    let name = |line: &str| line.split_whitespace().next().map(String::from);
    let mut names: Vec<String> = known.map_or_else(functions, |text| text.lines().filter_map(name).collect());
    // `address-address name`
    let barred = fs::read_to_string("/sys/kernel/debug/kprobes/blacklist").unwrap_or_default();
    let barred: HashSet<&str> = barred.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    names.retain(|name| !barred.contains(name.as_str()) && !name.starts_with("__ftrace_invalid_address"));
    names.sort();
    names.chunk_by(|one, next| one == next).filter(|same| same.len() == 1).flatten().cloned().collect()
}

/// Whether one link attaches a kprobe to many functions: Linux 5.18, built with CONFIG_FPROBE.
pub fn has_kprobe_multi() -> bool {
    functions().iter().any(|function| function == "register_fprobe_ips")
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
