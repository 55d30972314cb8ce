//! What tracing needs of a machine: looked at, and where it can be tried, tried.

use super::preflight::{Preflight, preflight};
use crate::error::Result;
use caps::Capability;
use nu_ebpf_machine::kernel::{self, BTF, KPROBES};
use nu_ebpf_machine::tracefs;
use nu_protocol::IntoValue;
use std::fs;
use std::path::{Path, PathBuf};

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
    let (btf, kprobes) = (Path::new(BTF).exists(), Path::new(KPROBES).exists());
    let no_btf = "run a kernel built with CONFIG_DEBUG_INFO_BTF=y, as distributions' kernels are";
    let has_kprobes = if kprobes { "there" } else { "this kernel was built without" };
    let no_kprobes = "only for kprobes and system calls: run a kernel built with CONFIG_KPROBES=y";
    let mut all = vec![
        kernel(),
        Requirement::new("BTF: the kernel's types", if btf { BTF } else { "missing" }, btf, no_btf),
        Requirement::found("tracefs: tracepoints", tracefs::root()),
        Requirement::new("kprobes", has_kprobes, kprobes, no_kprobes),
    ];
    let executable = std::env::current_exe().unwrap_or_else(|_| "nu_plugin_ebpf".into());
    let mend = format!(
        "run nu as root, or: setcap cap_bpf,cap_perfmon,cap_dac_read_search=ep {} (who may run the file then has them)",
        executable.display()
    );
    let capabilities = [
        (Capability::CAP_BPF, "CAP_BPF: loading programs and maps"),
        (Capability::CAP_PERFMON, "CAP_PERFMON: attaching to the kernel, reading its memory"),
        (Capability::CAP_DAC_READ_SEARCH, "CAP_DAC_READ_SEARCH: reading tracefs, for tracepoints"),
    ];
    all.extend(capabilities.map(|(capability, name)| {
        let held = kernel::has(capability);
        Requirement::new(name, if held { "held" } else { "missing" }, held, &mend)
    }));
    all.push(tried());
    all
}

impl Requirement {
    fn new(name: &'static str, found: impl Into<String>, ok: bool, mend: &str) -> Requirement {
        Requirement { name, found: found.into(), ok, mend: if ok { String::new() } else { mend.to_string() } }
    }

    /// A file that was looked for; its error says how to get it.
    pub fn found(name: &'static str, path: Result<PathBuf>) -> Requirement {
        match path {
            Ok(path) => Requirement::new(name, path.display().to_string(), true, ""),
            Err(error) => Requirement::new(name, error.message, false, &error.help.unwrap_or_default()),
        }
    }
}

fn kernel() -> Requirement {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    Requirement::new("Linux 5.8", release.trim(), version >= MIN_KERNEL, "run a newer kernel")
}

fn tried() -> Requirement {
    let fine = |seen: Preflight| seen.process == std::process::id() as i32 && seen.runs > 0;
    let ran = |seen| ("it ran, and read the kernel's types".to_string(), fine(seen));
    let (found, ok) = preflight().map_or_else(|error| (error.message, false), ran);
    Requirement::new("preflight: a program loaded, attached and run", found, ok, "mend the rows above")
}
