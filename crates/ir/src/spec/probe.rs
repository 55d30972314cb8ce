//! The table of probe kinds. It reads beside libbpf's `section_defs[]` (libbpf 1.7, `src/libbpf.c`).

use super::event::Counter;

/// One kind of probe.
#[derive(Debug)]
pub struct Kind {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub grammar: Grammar,
    pub attach: Attach,
    pub frame: Frame,
    /// Whether another task may run the same program on the same CPU before it ends: then counters need atomic adds.
    pub preemptible: bool,
    /// The first kernel that has it, as BPF link.
    pub min_kernel: &'static str,
    /// Capabilities that loading and attaching take, besides CAP_BPF.
    pub capability: &'static str,
    pub doc: &'static str,
    pub example: &'static str,
}

impl Kind {
    /// The libbpf section, without what follows the kind: a kind has libbpf's name.
    pub fn section(&self) -> &'static str {
        match self.attach {
            Attach::TestRun => "raw_tracepoint",
            Attach::Perf { .. } => "perf_event",
            // A raw tracepoint whose arguments the verifier knows the types of.
            Attach::Raw => "tp_btf",
            _ => self.name,
        }
    }
}

/// What follows the kind in an attach point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grammar {
    /// `FUNCTION`
    Function,
    /// `NAME` of a tracepoint, without its category
    Raw,
    /// `NAME` of what security modules are asked for
    Hook,
    /// `CATEGORY/NAME` or `CATEGORY:NAME`
    Tracepoint,
    /// `PATH-OR-SONAME:FUNCTION` or `PATH-OR-SONAME:+0xOFFSET`
    Binary,
    /// `PATH-OR-SONAME:PROVIDER:NAME`
    Usdt,
    /// `99hz` or `10ms`
    Rate,
    /// `EVENT` or `EVENT:PERIOD`
    Event(Counter),
    /// `ADDRESS:LENGTH:ACCESS`
    Watch,
    /// Nothing can: no attach point is of this kind.
    Nothing,
}

impl Grammar {
    /// How it is written, for messages and tables.
    pub fn written(self) -> &'static str {
        match self {
            Grammar::Function => "FUNCTION",
            Grammar::Raw => "EVENT",
            Grammar::Hook => "HOOK",
            Grammar::Tracepoint => "CATEGORY/NAME",
            Grammar::Binary => "BINARY:FUNCTION",
            Grammar::Usdt => "BINARY:PROVIDER:NAME",
            Grammar::Rate => "RATE",
            Grammar::Event(_) => "EVENT or EVENT:PERIOD",
            Grammar::Watch => "ADDRESS:BYTES:w, rw or x",
            Grammar::Nothing => "",
        }
    }
}

/// The attach call; `TestRun` is none, as the program is run by BPF_PROG_TEST_RUN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attach {
    Kprobe {
        ret: bool,
    },
    Ksyscall {
        ret: bool,
    },
    Uprobe {
        ret: bool,
    },
    Usdt,
    Tracepoint,
    /// A call that the kernel patches into a function (BPF trampoline).
    Trampoline {
        ret: bool,
    },
    /// A tracepoint without its record.
    Raw,
    /// Beside the kernel's security modules, where they are asked.
    Lsm,
    /// A perf event on each processor, or on one.
    Perf {
        each: bool,
    },
    TestRun,
    /// None either: the loader reads what the kernel goes through.
    Iterator,
}

impl Attach {
    /// How the entry is attached to of what this is the return of; a tracepoint's name tells whether it is one.
    pub fn at_entry(self) -> Option<Attach> {
        match self {
            Attach::Kprobe { ret: true } => Some(Attach::Kprobe { ret: false }),
            Attach::Ksyscall { ret: true } => Some(Attach::Ksyscall { ret: false }),
            Attach::Uprobe { ret: true } => Some(Attach::Uprobe { ret: false }),
            Attach::Tracepoint => Some(Attach::Tracepoint),
            Attach::Kprobe { ret: false } | Attach::Ksyscall { ret: false } | Attach::Uprobe { ret: false } => None,
            // What was passed to the function is at hand when it returns.
            Attach::Trampoline { .. } | Attach::Raw | Attach::Lsm | Attach::Usdt | Attach::Perf { .. } => None,
            Attach::TestRun | Attach::Iterator => None,
        }
    }

    /// How the return is attached to of what this is the entry of.
    pub fn at_return(self) -> Option<Attach> {
        match self {
            Attach::Kprobe { ret: false } => Some(Attach::Kprobe { ret: true }),
            Attach::Ksyscall { ret: false } => Some(Attach::Ksyscall { ret: true }),
            Attach::Uprobe { ret: false } => Some(Attach::Uprobe { ret: true }),
            Attach::Trampoline { ret: false } => Some(Attach::Trampoline { ret: true }),
            Attach::Tracepoint => Some(Attach::Tracepoint),
            Attach::Kprobe { ret: true } | Attach::Ksyscall { ret: true } | Attach::Uprobe { ret: true } => None,
            Attach::Trampoline { ret: true } | Attach::Raw | Attach::Lsm | Attach::Usdt | Attach::Perf { .. } => None,
            Attach::TestRun | Attach::Iterator => None,
        }
    }

    /// What may be used underneath, at a fraction of the cost, where it gives the same.
    pub fn upgraded(self) -> Option<Attach> {
        match self {
            Attach::Kprobe { ret } => Some(Attach::Trampoline { ret }),
            Attach::Tracepoint => Some(Attach::Raw),
            Attach::Ksyscall { .. } | Attach::Uprobe { .. } | Attach::Usdt | Attach::Perf { .. } => None,
            Attach::Trampoline { .. } | Attach::Raw | Attach::Lsm | Attach::TestRun | Attach::Iterator => None,
        }
    }

    /// Whether one program can hang at several places: else its place is known to the kernel when it is loaded.
    pub fn is_free(self) -> bool {
        !matches!(self, Attach::Trampoline { .. } | Attach::Raw | Attach::Lsm)
    }

    /// Whether a link of it carries a number for the program (`bpf_get_attach_cookie`). libbpf-rs gives a system call's none.
    pub fn has_cookie(self) -> bool {
        use Attach::{Iterator, Ksyscall, Lsm, Perf, Raw, TestRun, Trampoline};
        !matches!(self, Ksyscall { .. } | Perf { .. } | TestRun | Iterator | Trampoline { .. } | Raw | Lsm)
    }
}

/// What the kernel passes to the program: which context fields there are, and how they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Registers at a function's entry.
    Entry,
    /// Registers at a function's return.
    Return,
    /// Registers at a system call's entry: its arguments lie in the registers that user space saved.
    SyscallEntry,
    /// Registers at a USDT probe: where its arguments are, the binary says.
    Usdt,
    /// A tracepoint's record.
    Record,
    /// A sample: the registers that it was taken at, and what it was taken for.
    Sample,
    /// A function's arguments, whose types the kernel knows.
    Function,
    /// A function's arguments and what it returns.
    FunctionReturn,
    /// A tracepoint's arguments.
    Raw,
    /// Numbers that the program's caller gives: a raw tracepoint's arguments.
    Arguments,
    /// What an iterator shows: arguments whose types the kernel knows, which may be null.
    Iterator,
}

/// `kprobe:sys_NAME` is the system call NAME: the row it stands for.
pub const SYSCALL_PREFIX: &str = "sys_";

/// The tracepoints of system calls' ends, and of their entries, begin so; and the categories that have them.
pub const SYSCALL_EXIT: &str = "sys_exit";
pub const SYSCALL_ENTRY: &str = "sys_enter";
pub const SYSCALLS: &[&str] = &[SYSCALL_CATEGORY, "raw_syscalls"];

/// The category that has tracepoints for each system call. They have no raw form: they are made of the two of the other.
pub const SYSCALL_CATEGORY: &str = "syscalls";

/// The other rows say in what they differ from this one.
const KPROBE: Kind = Kind {
    name: "kprobe",
    aliases: &["k"],
    grammar: Grammar::Function,
    attach: Attach::Kprobe { ret: false },
    frame: Frame::Entry,
    preemptible: false,
    min_kernel: "5.8",
    capability: "CAP_PERFMON",
    doc: "Entry of a function of the kernel or a module of it, or an instruction: `FUNCTION+0x12`; `kprobe:sys_read` is the system call `read`.",
    example: "kprobe:vfs_read",
};

/// A sample interrupts other programs of its object: counters need atomic adds.
const PROFILE: Kind = Kind {
    name: "profile",
    aliases: &["p"],
    grammar: Grammar::Rate,
    attach: Attach::Perf { each: true },
    frame: Frame::Sample,
    preemptible: true,
    min_kernel: "4.9",
    capability: "CAP_PERFMON",
    doc: "So often on each processor, whatever runs there: what takes time, with `$ctx.comm` or a stack as key.",
    example: "profile:99hz",
};

pub static KINDS: &[Kind] = &[
    Kind {
        name: "tracepoint",
        aliases: &["tp", "t"],
        grammar: Grammar::Tracepoint,
        attach: Attach::Tracepoint,
        frame: Frame::Record,
        capability: "CAP_PERFMON, and to read tracefs (root's) CAP_DAC_READ_SEARCH",
        doc: "A stable trace event of the kernel; its fields are typed.",
        example: "tracepoint:syscalls/sys_enter_openat",
        ..KPROBE
    },
    KPROBE,
    Kind {
        name: "kretprobe",
        aliases: &["kr"],
        attach: Attach::Kprobe { ret: true },
        frame: Frame::Return,
        doc: "Return of a kernel function; `$ctx.retval` is what it returned.",
        example: "kretprobe:vfs_read",
        ..KPROBE
    },
    Kind {
        name: "fentry",
        aliases: &["fe"],
        attach: Attach::Trampoline { ret: false },
        frame: Frame::Function,
        preemptible: true,
        min_kernel: "5.5",
        doc: "Entry of a function of the kernel or a module of it, at a fraction of a kprobe's cost; `$ctx.args` are its arguments with their types.",
        example: "fentry:vfs_read",
        ..KPROBE
    },
    Kind {
        name: "fexit",
        aliases: &["fx"],
        attach: Attach::Trampoline { ret: true },
        frame: Frame::FunctionReturn,
        preemptible: true,
        min_kernel: "5.5",
        doc: "Return of a kernel function: `$ctx.retval`, and `$ctx.args` as they were passed.",
        example: "fexit:vfs_read",
        ..KPROBE
    },
    Kind {
        name: "raw_tracepoint",
        aliases: &["rt"],
        grammar: Grammar::Raw,
        attach: Attach::Raw,
        frame: Frame::Raw,
        preemptible: true,
        min_kernel: "5.5",
        doc: "A trace event without its record: `$ctx.args` are the arguments that the kernel passes to it, with their types.",
        example: "raw_tracepoint:sched_switch",
        ..KPROBE
    },
    Kind {
        name: "lsm",
        grammar: Grammar::Hook,
        attach: Attach::Lsm,
        frame: Frame::Function,
        preemptible: true,
        min_kernel: "5.7",
        aliases: &[],
        doc: "What the kernel asks its security modules: `$ctx.args` is what it is about. The closure sees, and decides nothing.",
        example: "lsm:file_open",
        ..KPROBE
    },
    Kind {
        name: "ksyscall",
        aliases: &[],
        attach: Attach::Ksyscall { ret: false },
        frame: Frame::SyscallEntry,
        doc: "Entry of a system call, whatever its symbol is on this architecture (`__x64_sys_read`).",
        example: "ksyscall:read",
        ..KPROBE
    },
    Kind {
        name: "kretsyscall",
        aliases: &[],
        attach: Attach::Ksyscall { ret: true },
        frame: Frame::Return,
        doc: "Return of a system call.",
        example: "kretsyscall:read",
        ..KPROBE
    },
    Kind {
        name: "uprobe",
        aliases: &["u"],
        grammar: Grammar::Binary,
        attach: Attach::Uprobe { ret: false },
        preemptible: true,
        doc: "Entry of a function of a program or library, or any instruction by its address or offset in the file.",
        example: "uprobe:libc:malloc",
        ..KPROBE
    },
    Kind {
        name: "uretprobe",
        aliases: &["ur"],
        grammar: Grammar::Binary,
        attach: Attach::Uprobe { ret: true },
        frame: Frame::Return,
        preemptible: true,
        doc: "Return of a function of a program or library.",
        example: "uretprobe:/bin/bash:readline",
        ..KPROBE
    },
    Kind {
        name: "usdt",
        aliases: &["U"],
        grammar: Grammar::Usdt,
        attach: Attach::Usdt,
        frame: Frame::Usdt,
        preemptible: true,
        doc: "A probe that a program's authors have put into it (`sys/sdt.h`); its arguments are typed: `$ctx.arg0` and on.",
        example: "usdt:libstdc++:libstdcxx:throw",
        ..KPROBE
    },
    PROFILE,
    Kind {
        name: "interval",
        aliases: &["i"],
        attach: Attach::Perf { each: false },
        doc: "So often, or each time that so long has passed, on one processor.",
        example: "interval:1sec",
        ..PROFILE
    },
    Kind {
        name: "software",
        aliases: &["s"],
        grammar: Grammar::Event(Counter::Software),
        doc: "Events that the kernel counts, each or one of so many: page-faults, context-switches, cpu-migrations, …",
        example: "software:page-faults:100",
        ..PROFILE
    },
    Kind {
        name: "hardware",
        aliases: &["h"],
        grammar: Grammar::Event(Counter::Hardware),
        doc: "Events that the processor counts, one of so many: cycles, instructions, cache-misses, …; virtual machines often have none.",
        example: "hardware:cache-misses:100000",
        ..PROFILE
    },
    Kind {
        name: "watchpoint",
        aliases: &["w"],
        grammar: Grammar::Watch,
        doc: "Whoever writes (`w`), or reads or writes (`rw`), 1, 2, 4 or 8 bytes at an address of a process or the kernel, or executes it (`x`).",
        example: "watchpoint:0x555555558010:8:w",
        ..PROFILE
    },
];

/// What `ebpf run` loads. It stands by itself: there is nothing to attach it to.
pub static RUN: Kind = Kind {
    name: "run",
    aliases: &[],
    grammar: Grammar::Nothing,
    attach: Attach::TestRun,
    frame: Frame::Arguments,
    min_kernel: "5.10",
    doc: "No probe: the program is run once a record, by `ebpf run`.",
    example: "",
    ..KPROBE
};

/// What `ebpf iter` loads: its place is what the kernel goes through, as `task`.
pub static ITER: Kind = Kind {
    name: "iter",
    aliases: &[],
    grammar: Grammar::Nothing,
    attach: Attach::Iterator,
    frame: Frame::Iterator,
    min_kernel: "5.8",
    doc: "No probe: the program is run once for each object of a kind that the kernel has, by `ebpf iter`.",
    example: "",
    ..KPROBE
};

/// What an iterator of the kernel's is called in its type information: a function and a struct of these beginnings.
pub const ITERATORS: (&str, &str) = ("bpf_iter_", "bpf_iter__");

/// Iterators that go through one map, which has to be named to the kernel.
pub const OF_A_MAP: &[&str] = &["bpf_map_elem", "bpf_sk_storage_map", "sockmap"];

/// The iterator that has to be told where to begin: at the outermost cgroup.
pub const CGROUPS: &str = "cgroup";

/// Bytes that the kernel keeps of an iterator's rows until they are read (eight pages, `bpf_seq_read`).
pub const ITERATOR_BUFFER: u32 = 8 * 4096;

/// The arguments that a program of [`RUN`] gets (`MAX_BPF_FUNC_ARGS`, include/linux/bpf.h), `$ctx.arg0` and on.
pub const ARGUMENTS: usize = 12;

/// The row of a kind, by its name or an alias.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name || kind.aliases.contains(&name))
}

/// The row that attaches by `attach`.
pub fn by_attach(attach: Attach) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.attach == attach)
}
