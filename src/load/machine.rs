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

/// Whether the process has a capability. CAP_SYS_ADMIN stands for those of BPF and of performance monitoring, as it did
/// before there were any (capabilities(7)).
pub fn has(capability: Capability) -> bool {
    let held = |capability| caps::has_cap(None, CapSet::Effective, capability).unwrap_or(false);
    let newer = [Capability::CAP_BPF, Capability::CAP_PERFMON].contains(&capability);
    held(capability) || newer && held(Capability::CAP_SYS_ADMIN)
}

/// The error for a want of capabilities, if that is what the kernel's error (EPERM, EACCES) comes from.
pub fn no_privileges(error: &libbpf_rs::Error, kind: &Kind) -> Option<Error> {
    let wanted = [Capability::CAP_BPF, Capability::CAP_PERFMON].into_iter();
    let lacking: Vec<String> =
        wanted.filter(|capability| !has(*capability)).map(|capability| capability.to_string()).collect();
    if error.kind() != libbpf_rs::ErrorKind::PermissionDenied || lacking.is_empty() {
        return None;
    }
    let how = format!("`ebpf setup` says how ({}: {})", kind.name, kind.capability);
    let what = format!("loading a kernel program takes {}", lacking.join(" and "));
    Some(
        Error::new(Code::NoPrivileges, what)
            .help(format!("run nu as root, or give the plugin its capabilities: {how}")),
    )
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
