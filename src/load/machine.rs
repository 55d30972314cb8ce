//! What this machine lacks, asked only after the kernel has refused something.

use crate::error::Error;
use crate::spec::code::Code;
use crate::spec::probe::Kind;
use caps::{CapSet, Capability};
use std::path::Path;

/// Where the kernel keeps its type information.
pub const BTF: &str = "/sys/kernel/btf/vmlinux";

/// The perf event source that a kernel with kprobes has.
pub const KPROBES: &str = "/sys/bus/event_source/devices/kprobe";

/// Errors of permission: EPERM and EACCES.
pub fn is_permission(error: &libbpf_rs::Error) -> bool {
    error.kind() == libbpf_rs::ErrorKind::PermissionDenied
}

/// Whether the process may load and attach tracing programs: CAP_SYS_ADMIN, or CAP_BPF and CAP_PERFMON.
fn lacking() -> Vec<&'static str> {
    let has = |cap| caps::has_cap(None, CapSet::Effective, cap).unwrap_or(false);
    if has(Capability::CAP_SYS_ADMIN) {
        return Vec::new();
    }
    let wanted = [(Capability::CAP_BPF, "CAP_BPF"), (Capability::CAP_PERFMON, "CAP_PERFMON")];
    wanted.into_iter().filter(|(cap, _)| !has(*cap)).map(|(_, name)| name).collect()
}

/// The error for a want of capabilities, if there is one.
pub fn no_privileges(kind: &Kind) -> Option<Error> {
    let lacking = lacking();
    if lacking.is_empty() {
        return None;
    }
    Some(Error::new(Code::NoPrivileges, format!("loading a kernel program takes {}", lacking.join(" and "))).help(
        format!(
            "run nu as root, or give the plugin its capabilities: `ebpf setup` says how ({}: {})",
            kind.name, kind.capability
        ),
    ))
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
