//! The table of capabilities (capabilities(7)): what each is for, and whether a binary may lend it. A capability that is
//! in no row is given up when the plugin starts, also by root.

use caps::Capability;

/// What is done with capabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Programs and maps are made, attached, opened by path; perf events are opened.
    Load,
    /// What is in a map is read. Kernels before 5.19 may ask for CAP_BPF here as well.
    Read,
    /// Files of tracefs and debugfs are read, by the plugin itself or by libbpf.
    Tracefs,
    /// The addresses of the kernel's symbols are read.
    Symbols,
    /// It is read what other users' processes have mapped, and the files themselves.
    Processes,
    /// Files are looked at that the user names, or that are in the user's own folders. A plugin that lends capabilities
    /// has none for it: they would open to its user what is not theirs to read.
    Files,
    /// clang is kept from what the plugin may.
    Confine,
}

/// Whether `ebpf setup` gives a capability to the plugin's binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Nothing goes without it.
    Always,
    /// When it is asked for by name.
    Asked,
    /// Never: only who has it anyway, as root, uses it.
    Never,
}

/// One capability.
#[derive(Debug)]
pub struct Row {
    pub capability: Capability,
    pub deeds: &'static [Deed],
    pub grant: Grant,
    /// What it is for, and where it may be lent, what else comes with it.
    pub why: &'static str,
}

/// All of them.
pub static ROWS: &[Row] = &[
    Row {
        capability: Capability::CAP_BPF,
        deeds: &[Deed::Load, Deed::Read],
        grant: Grant::Always,
        why: "loading programs and maps",
    },
    Row {
        capability: Capability::CAP_PERFMON,
        deeds: &[Deed::Load],
        grant: Grant::Always,
        why: "attaching: reading the kernel's memory and that of all processes, signals to them",
    },
    Row {
        capability: Capability::CAP_DAC_READ_SEARCH,
        deeds: &[Deed::Tracefs],
        grant: Grant::Asked,
        why: "tracepoints by their names: tracefs is root's. It reads every other file as well",
    },
    Row {
        capability: Capability::CAP_SYSLOG,
        deeds: &[Deed::Symbols],
        grant: Grant::Asked,
        why: "functions in the kernel's stacks, `ksym`, `ebpf symbol`: it shows where the kernel's code lies",
    },
    Row {
        capability: Capability::CAP_SYS_PTRACE,
        deeds: &[Deed::Processes],
        grant: Grant::Asked,
        why: "functions in the stacks of other users' processes. It reads and changes every process as well",
    },
    Row {
        capability: Capability::CAP_SYS_ADMIN,
        deeds: &[Deed::Load, Deed::Processes],
        grant: Grant::Never,
        why: "uprobes before Linux 6.6, the types of kernel modules, mapped files that have been removed",
    },
    Row {
        capability: Capability::CAP_SYS_RESOURCE,
        deeds: &[Deed::Load],
        grant: Grant::Never,
        why: "memory for maps, before Linux 5.11",
    },
    Row {
        capability: Capability::CAP_SYS_NICE,
        deeds: &[Deed::Processes],
        grant: Grant::Never,
        why: "looking at a process before it ends",
    },
    Row {
        capability: Capability::CAP_DAC_OVERRIDE,
        deeds: &[Deed::Files],
        grant: Grant::Never,
        why: "programs and folders of other users",
    },
    Row {
        capability: Capability::CAP_SETPCAP,
        deeds: &[Deed::Confine],
        grant: Grant::Never,
        why: "taking capabilities away from clang for good",
    },
];
