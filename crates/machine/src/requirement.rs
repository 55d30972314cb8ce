//! What tracing needs of a machine: a table of requirements, each with how it is found out, what it is for and what mends
//! it. What is tried is tried by others; here are the words for it.

use crate::error::{Error, Result};
use crate::kernel::{self, BTF};
use crate::spec::code::Code;
use crate::tracefs;
use nu_ebpf_privilege::setup::{BPFFS, is_mounted};
use nu_ebpf_privilege::table::{Grant, ROWS};
use nu_ebpf_privilege::{Deed, holds, raise};
use nu_protocol::IntoValue;
use std::fs;
use std::path::{Path, PathBuf};

/// One requirement.
#[derive(Debug, Clone, IntoValue)]
pub struct Requirement {
    #[nu_value(rename = "requirement")]
    pub name: String,
    /// Features that need it, or `everything`.
    #[nu_value(rename = "for")]
    pub purpose: String,
    /// The state that was found.
    pub found: String,
    pub ok: bool,
    /// The command or step that mends it; empty where nothing is to be mended.
    pub mend: String,
}

/// The purpose of a basic requirement.
pub const EVERYTHING: &str = "everything";

/// The first kernel with a ring buffer and CAP_BPF.
const MIN_KERNEL: (u32, u32) = (5, 8);

/// The state that was found, and whether it suffices.
type Found = (String, bool);

/// A row: a requirement, what it is for, how it is found, and what mends it.
struct Row {
    name: &'static str,
    purpose: &'static str,
    find: fn() -> Found,
    mend: &'static str,
}

/// Requirements that are looked up, besides files, capabilities and tests.
static LOOKED_AT: &[Row] = &[
    Row { name: "Linux 5.8", purpose: EVERYTHING, find: release, mend: "run a newer kernel" },
    Row {
        name: "BTF: the kernel's types",
        purpose: EVERYTHING,
        find: || if Path::new(BTF).exists() { (BTF.into(), true) } else { ("missing".into(), false) },
        mend: "run a kernel built with CONFIG_DEBUG_INFO_BTF=y, as distributions' kernels are",
    },
    Row {
        name: "bpffs",
        purpose: "--pin between shells",
        find: || if is_mounted(BPFFS) { (BPFFS.0.into(), true) } else { ("not mounted".into(), false) },
        mend: "as root: mount -t bpf bpf /sys/fs/bpf",
    },
    Row {
        name: "net.core.bpf_jit_enable",
        purpose: "speed",
        find: || number("/proc/sys/net/core/bpf_jit_enable", |jit| jit > 0),
        mend: "as root: sysctl -w net.core.bpf_jit_enable=1",
    },
    Row {
        name: "lockdown",
        purpose: EVERYTHING,
        find: lockdown,
        mend: "start the kernel with lockdown=integrity or less: confidentiality keeps programs from its memory",
    },
    Row {
        name: "kernel.perf_event_paranoid",
        purpose: "tracepoints, kprobes, samples, watchpoints",
        find: || kernel::perf_events().map_or(("unknown".into(), true), |(paranoid, ok)| (paranoid.to_string(), ok)),
        mend: "give the plugin CAP_PERFMON (ebpf setup), and as root: sysctl -w kernel.perf_event_paranoid=2",
    },
    Row {
        name: "kernel.kptr_restrict",
        purpose: "functions in the kernel's stacks, ksym",
        find: || number("/proc/sys/kernel/kptr_restrict", |hides| hides < 2),
        mend: "as root: sysctl -w kernel.kptr_restrict=1",
    },
    Row {
        name: "kernel.unprivileged_bpf_disabled",
        purpose: "safety",
        find: || number("/proc/sys/kernel/unprivileged_bpf_disabled", |disabled| disabled > 0),
        mend: "users need no programs of their own: as root: sysctl -w kernel.unprivileged_bpf_disabled=2",
    },
];

/// Returns the requirements that need no test: tables, files, capabilities.
pub fn looked_at() -> Vec<Requirement> {
    let row = |row: &Row| Requirement::new(row.name, row.purpose, (row.find)(), row.mend);
    let mut all: Vec<Requirement> = LOOKED_AT.iter().map(row).collect();
    all.push(Requirement::file("tracefs", "tracepoints", tracefs::root()));
    let lent = ROWS.iter().filter(|row| row.grant != Grant::Never);
    all.extend(lent.map(|row| {
        let name = row.capability.to_string();
        let found = if holds(row.capability) { "held" } else { "missing" };
        let (purpose, with) = match row.grant {
            Grant::Always => (EVERYTHING, String::new()),
            Grant::Asked | Grant::Never => (row.why, format!(" --with [{}]", name.to_lowercase())),
        };
        let mend = format!("run nu as root, or as root: ebpf setup{with}");
        Requirement::new(name, purpose, (found.into(), holds(row.capability)), &mend)
    }));
    all
}

/// The first that is missing of those that nothing goes without.
pub fn lacking(all: &[Requirement]) -> Option<Error> {
    let missing = all.iter().find(|one| !one.ok && one.purpose == EVERYTHING)?;
    let error = Error::new(Code::Setup, format!("{}: {}", missing.name, missing.found));
    Some(error.help(missing.mend.clone()))
}

impl Requirement {
    pub fn new(name: impl Into<String>, purpose: impl Into<String>, (found, ok): Found, mend: &str) -> Requirement {
        let mend = if ok { String::new() } else { mend.to_string() };
        Requirement { name: name.into(), purpose: purpose.into(), found, ok, mend }
    }

    /// A file that was looked for; its error says how to get it.
    pub fn file(name: &str, purpose: &str, path: Result<PathBuf>) -> Requirement {
        Requirement::tried(name, purpose, path.map(|path| path.display().to_string()), "")
    }

    /// Describes a test and its result.
    pub fn tried(name: &str, purpose: &str, result: Result<String>, mend: &str) -> Requirement {
        match result {
            Ok(found) => Requirement::new(name, purpose, (found, true), ""),
            Err(error) => {
                let help = error.help.filter(|_| mend.is_empty()).unwrap_or_else(|| mend.to_string());
                Requirement::new(name, purpose, (error.message, false), &help)
            }
        }
    }
}

fn release() -> Found {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    (release.trim().to_string(), version >= MIN_KERNEL)
}

/// `none [integrity] confidentiality`; without the file the kernel knows no lockdown, or does not tell.
fn lockdown() -> Found {
    let text = fs::read_to_string("/sys/kernel/security/lockdown").unwrap_or_default();
    let mode = text.split('[').nth(1).and_then(|rest| rest.split(']').next()).unwrap_or("none");
    (mode.to_string(), mode != "confidentiality")
}

/// A number that the kernel keeps. One that it does not have, or does not tell, is no obstacle that we know of.
fn number(path: &str, fits: fn(i64) -> bool) -> Found {
    let _raised = raise(Deed::Tracefs);
    match fs::read_to_string(path).ok().and_then(|text| text.trim().parse::<i64>().ok()) {
        Some(number) => (number.to_string(), fits(number)),
        None => ("unknown".into(), true),
    }
}
