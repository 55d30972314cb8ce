//! What tracing needs of a machine: looked at, and where it can be tried, tried.

use super::machine::{BTF, KPROBES};
use super::preflight::preflight;
use super::tracefs;
use caps::{CapSet, Capability};
use nu_protocol::IntoValue;
use std::fs;
use std::path::Path;

/// One requirement.
#[derive(Debug, Clone, IntoValue)]
pub struct Requirement {
    #[nu_value(rename = "requirement")]
    pub name: &'static str,
    /// What was found.
    pub found: String,
    pub ok: bool,
    /// The command or step that mends it; empty where nothing is to be mended.
    pub mend: String,
}

/// The first kernel with a ring buffer and CAP_BPF.
const MIN_KERNEL: (u32, u32) = (5, 8);

/// Everything but clang, which `compile` knows about.
pub fn requirements() -> Vec<Requirement> {
    let mut all = vec![kernel(), btf(), tracefs(), kprobes()];
    let executable =
        std::env::current_exe().map_or_else(|_| "nu_plugin_ebpf".into(), |path| path.display().to_string());
    let capabilities = [
        (Capability::CAP_BPF, "CAP_BPF: loading programs and maps"),
        (Capability::CAP_PERFMON, "CAP_PERFMON: attaching to the kernel, reading its memory"),
        (Capability::CAP_DAC_READ_SEARCH, "CAP_DAC_READ_SEARCH: reading tracefs, for tracepoints"),
    ];
    all.extend(capabilities.map(|(capability, name)| self::capability(capability, name, &executable)));
    all.push(tried());
    all
}

fn requirement(name: &'static str, found: impl Into<String>, ok: bool, mend: impl Into<String>) -> Requirement {
    Requirement { name, found: found.into(), ok, mend: if ok { String::new() } else { mend.into() } }
}

fn kernel() -> Requirement {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    requirement("Linux 5.8", release.trim(), version >= MIN_KERNEL, "run a newer kernel")
}

fn btf() -> Requirement {
    let there = Path::new(BTF).exists();
    let mend = "run a kernel built with CONFIG_DEBUG_INFO_BTF=y, as distributions' kernels are";
    requirement("BTF: the kernel's types", if there { BTF } else { "missing" }, there, mend)
}

fn tracefs() -> Requirement {
    match tracefs::root() {
        Ok(path) => requirement("tracefs: tracepoints", path.display().to_string(), true, ""),
        Err(error) => requirement("tracefs: tracepoints", error.message, false, error.help.unwrap_or_default()),
    }
}

fn kprobes() -> Requirement {
    let there = Path::new(KPROBES).exists();
    let mend = "only for kprobes and system calls: run a kernel built with CONFIG_KPROBES=y";
    requirement("kprobes", if there { "there" } else { "this kernel was built without" }, there, mend)
}

fn capability(capability: Capability, name: &'static str, executable: &str) -> Requirement {
    let has = |capability| caps::has_cap(None, CapSet::Effective, capability).unwrap_or(false);
    // CAP_SYS_ADMIN stands for the first two, as it did before there were any (capabilities(7)).
    let ok = has(capability) || (has(Capability::CAP_SYS_ADMIN) && capability != Capability::CAP_DAC_READ_SEARCH);
    let mend = format!(
        "run nu as root, or: setcap cap_bpf,cap_perfmon,cap_dac_read_search=ep {executable} (who may run the file then has them)"
    );
    requirement(name, if ok { "held" } else { "missing" }, ok, mend)
}

fn tried() -> Requirement {
    let name = "preflight: a program loaded, attached and run";
    let own = std::process::id() as i32;
    match preflight() {
        Ok(seen) => requirement(
            name,
            "it ran, and read the kernel's types",
            seen.process == own && seen.runs > 0,
            "mend the rows above",
        ),
        Err(error) => requirement(name, error.message, false, "mend the rows above"),
    }
}
