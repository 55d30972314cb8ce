//! Reasons for a refusal by the kernel: missing capabilities, types, kprobes, a function.

use crate::error::{Error, offer};
use crate::ir::AttachPoint;
use crate::ir::glob::fits;
use crate::spec::code::Code;
use crate::spec::probe::{Attach, Kind};
use crate::tracefs;
use caps::Capability;
use nu_ebpf_privilege::{Deed, holds, raise};
use std::collections::HashSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::OnceLock;

/// The kernel's type information.
pub const BTF: &str = "/sys/kernel/btf/vmlinux";

/// The perf event source that a kernel with kprobes has.
pub const KPROBES: &str = "/sys/bus/event_source/devices/kprobe";

/// The error for a want of capabilities, if that is what the kernel's refusal (EPERM, EACCES) may come from.
pub fn no_privileges(kind: &Kind) -> Option<Error> {
    let mut lacking = vec![Capability::CAP_BPF, Capability::CAP_PERFMON];
    if is_uprobe(kind) && !has_uprobe_multi() {
        lacking.push(Capability::CAP_SYS_ADMIN);
    }
    lacking.retain(|capability| !holds(*capability));
    let lacking: Vec<String> = lacking.iter().map(Capability::to_string).collect();
    if lacking.is_empty() {
        return no_perf_events();
    }
    let how = format!("`ebpf setup` says how ({}: {})", kind.name, kind.capability);
    let error = Error::new(Code::NoPrivileges, format!("loading a kernel program takes {}", lacking.join(" and ")));
    Some(error.help(format!("run nu as root, or give the plugin its capabilities: {how}")))
}

/// The kernel's setting of who may use perf events.
const PARANOID: &str = "/proc/sys/kernel/perf_event_paranoid";

/// The most paranoid that Linux itself is. At 3 and 4, Debian and Ubuntu give perf events to CAP_SYS_ADMIN only.
const MOST_PARANOID: i64 = 2;

/// Returns kernel.perf_event_paranoid, and whether this process may use perf events; None if it is unknown.
pub fn perf_events() -> Option<(i64, bool)> {
    let paranoid = fs::read_to_string(PARANOID).ok()?.trim().parse().ok()?;
    let allowed = paranoid <= MOST_PARANOID && (paranoid < 0 || holds(Capability::CAP_PERFMON));
    Some((paranoid, allowed || holds(Capability::CAP_SYS_ADMIN)))
}

/// The error for perf events that are kept from this process, if they are.
fn no_perf_events() -> Option<Error> {
    let (paranoid, _) = perf_events().filter(|(_, allowed)| !allowed)?;
    let what = format!("this kernel reserves perf events for root (kernel.perf_event_paranoid is {paranoid})");
    let help = "as root: sysctl -w kernel.perf_event_paranoid=2; fentry, raw_tracepoint and iterators do not need them";
    Some(Error::new(Code::NoPrivileges, what).help(help))
}

/// The error for a kernel without type information, if it is one.
pub fn no_btf() -> Option<Error> {
    (!Path::new(BTF).exists()).then(|| {
        Error::new(Code::NoBtf, format!("this kernel has no type information: {BTF} is missing"))
            .help("use a kernel built with CONFIG_DEBUG_INFO_BTF=y, as most distributions' kernels are since 5.8")
    })
}

/// The error for a kernel without kprobes, if it is one; `kind`: as the user wrote it.
pub fn no_kprobes(kind: &str) -> Option<Error> {
    (!Path::new(KPROBES).exists()).then(|| {
        Error::new(Code::NoKprobes, format!("this kernel was built without kprobes, which {kind} needs"))
            .help("use a tracepoint or a uprobe, or a kernel built with CONFIG_KPROBES=y")
    })
}

/// The inode of the initial pid namespace (`PROC_PID_INIT_INO`, include/linux/proc_ns.h).
pub const INITIAL_PID_NAMESPACE: u64 = 0xefff_fffc;

/// The number of the pid namespace that this process is in; 0 without /proc.
pub fn pid_namespace() -> u64 {
    fs::metadata("/proc/self/ns/pid").map_or(0, |namespace| namespace.ino())
}

/// The prefixes of a system call's symbol, by architecture.
const SYSCALL_SYMBOLS: &[&str] = &["__x64_sys_", "__arm64_sys_", "__s390x_sys_", "__riscv_sys_"];

/// Why a function could not be probed, if it is because the kernel has none of that name.
pub fn no_function(function: &str, syscall: bool, target: &AttachPoint) -> Option<Error> {
    let all = if syscall { syscalls() } else { functions() };
    let names: Vec<&str> = all.iter().map(|function| function.name.as_str()).collect();
    if names.is_empty() || names.contains(&function) {
        return None;
    }
    // Only what can be probed is offered.
    let near = if syscall { all.clone() } else { traceable() };
    let names: Vec<&str> = near.iter().map(|function| function.name.as_str()).collect();
    let what = if syscall { "system call" } else { "function" };
    let hidden = "it may have been inlined, or belong to a module that is not loaded";
    let error = Error::new(Code::TargetFunction, format!("this kernel has no {what} `{function}`"));
    Some(error.label(target.span, format!("no such {what}")).help(offer(function, names, hidden)))
}

/// As [`no_function`], of one that is said to be a module's.
pub fn no_symbol(module: Option<&str>, function: &str, target: &AttachPoint) -> Option<Error> {
    let Some(module) = module else { return no_function(function, false, target) };
    let all = functions();
    let of_module: Vec<&str> = all
        .iter()
        .filter(|one| one.module == module && one.module != KERNEL && one.is_code())
        .map(|one| one.name.as_str())
        .collect();
    if all.is_empty() || of_module.contains(&function) {
        return None;
    }
    let error = |what: String| Error::new(Code::TargetFunction, what);
    if of_module.is_empty() {
        let mut modules: Vec<&str> = all.iter().map(|one| one.module.as_str()).filter(|one| *one != KERNEL).collect();
        modules.dedup();
        let unloaded = format!(
            "load it (modprobe {module}), or leave out the module: the function is then looked up in all modules"
        );
        let error = error(format!("no module `{module}` is loaded")).label(target.span, "no such module");
        return Some(error.help(offer(module, modules, unloaded)));
    }
    let none_near = format!("`ebpf probes '{}:{module}:*'` lists what it has", target.kind.name);
    let error = error(format!("the module {module} has no function `{function}`"));
    Some(error.label(target.span, "no such function").help(offer(function, of_module, none_near)))
}

/// How names begin that stand for no function: padding before one, its type for control-flow integrity, and what ftrace
/// has lost.
pub const PADDING: [&str; 3] = ["__pfx_", "__cfi_", "__ftrace_invalid_address"];

/// Module name of functions that belong to no module.
pub const KERNEL: &str = "kernel";

/// A function of the kernel's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Function {
    pub name: String,
    /// [`KERNEL`], or a module of it.
    pub module: String,
}

impl Function {
    /// Returns whether patterns for its module, where one is asked for, and its name fit.
    pub fn fits(&self, module: Option<&str>, name: &str) -> bool {
        module.is_none_or(|module| fits(module, &self.module)) && fits(name, &self.name)
    }

    /// Whether it is a function of the kernel's own: no BPF program, whose module is `bpf`, and no padding or type check
    /// before a function, which are listed as if they were some.
    fn is_code(&self) -> bool {
        self.module != "bpf" && !PADDING.iter().any(|prefix| self.name.starts_with(prefix))
    }

    /// Out of `NAME` or `NAME [MODULE]`.
    fn read<'w>(mut words: impl Iterator<Item = &'w str>) -> Option<Function> {
        let name = words.next()?.to_string();
        let module = words.next().map_or(KERNEL, |module| module.trim_matches(['[', ']']));
        Some(Function { name, module: module.to_string() })
    }
}

/// The system calls, or the functions that can be probed by their names; by name.
pub fn named(syscall: bool) -> Vec<Function> {
    if syscall { syscalls() } else { traceable() }
}

/// The system calls that have a symbol, by name.
fn syscalls() -> Vec<Function> {
    let name = |symbol: &str| SYSCALL_SYMBOLS.iter().find_map(|prefix| symbol.strip_prefix(prefix)).map(String::from);
    let of = |function: Function| Some(Function { name: name(&function.name)?, ..function });
    let mut all: Vec<Function> = functions().into_iter().filter_map(of).collect();
    all.sort();
    all.dedup();
    all
}

/// The functions that can be probed by their names: those that ftrace knows (Documentation/trace/ftrace.rst), else all.
/// Several of one name are none, as the kernel cannot tell which is meant.
pub fn traceable() -> Vec<Function> {
    let _raised = raise(Deed::Tracefs);
    let known = tracefs::root().ok().and_then(|root| fs::read_to_string(root.join("available_filter_functions")).ok());
    let read = |text: String| text.lines().filter_map(|line| Function::read(line.split_whitespace())).collect();
    let mut all: Vec<Function> = known.map_or_else(functions, read);
    all.retain(Function::is_code);
    // `address-address name`
    let barred = fs::read_to_string("/sys/kernel/debug/kprobes/blacklist").unwrap_or_default();
    let barred: HashSet<&str> = barred.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    all.retain(|one| !barred.contains(one.name.as_str()));
    all.sort();
    all.chunk_by(|one, next| one.name == next.name).filter(|same| same.len() == 1).flatten().cloned().collect()
}

/// Functions that only kernels with certain ways to attach have.
const TELLING: [&str; 3] = ["register_fprobe_ips", "fprobe_exit_handler", "bpf_uprobe_multi_link_attach"];

/// Which of [`TELLING`] the kernel has, looked up once.
fn telling() -> [bool; 3] {
    static HAS: OnceLock<[bool; 3]> = OnceLock::new();
    *HAS.get_or_init(|| {
        let all = functions();
        TELLING.map(|name| all.iter().any(|function| function.name == name))
    })
}

/// Returns whether one link attaches a kprobe to many functions: Linux 5.18, built with CONFIG_FPROBE.
pub fn has_kprobe_multi() -> bool {
    telling()[0]
}

/// Whether the kernel keeps the returns of one link's functions in a pool of two for each function and processor
/// (fprobe on rethook, before Linux 6.14): threads that wait inside of some functions leave none for the others.
pub fn pools_returns() -> bool {
    telling()[1]
}

/// Functions whose returns get a link each where one link would share too small a pool. Beyond, attaching them takes
/// long, and the pool is large.
pub const SEPARATE_RETURNS: usize = 64;

/// Returns whether one link attaches a uprobe to many functions of a file: Linux 6.6.
pub fn has_uprobe_multi() -> bool {
    telling()[2]
}

/// Returns whether a probe is to be attached in one of those ways even alone: it is no perf event then, which may take
/// CAP_SYS_ADMIN, and for uprobes always does.
pub fn wants_multi(kind: &Kind) -> bool {
    let has = || if is_uprobe(kind) { has_uprobe_multi() } else { has_kprobe_multi() };
    (is_uprobe(kind) || matches!(kind.attach, Attach::Kprobe { .. })) && !holds(Capability::CAP_SYS_ADMIN) && has()
}

fn is_uprobe(kind: &Kind) -> bool {
    matches!(kind.attach, Attach::Uprobe { .. } | Attach::Usdt)
}

/// The kernel's functions and those of its modules (`/proc/kallsyms`: address, type t or T, name, module).
fn functions() -> Vec<Function> {
    let text = fs::read_to_string("/proc/kallsyms").unwrap_or_default();
    let function = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        matches!(words.next(), Some("t" | "T")).then(|| Function::read(words))?
    };
    text.lines().filter_map(function).collect()
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_kernel.rs"]
mod tests;
