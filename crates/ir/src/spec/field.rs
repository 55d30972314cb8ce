//! The table of context fields: what `$ctx.NAME` is for every attach point of a kind. A tracepoint's own fields come
//! from its `format` file on top of these; where both have a name, the tracepoint's is `$ctx.args.NAME`.

use self::Read::{Fill, Later, Titled, Value};
use super::feature::{self, Feature};
use super::probe::Frame;
use crate::ir::{self, Space, Text, Title, Type, Width};

/// One context field.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub ty: Type,
    /// The frames that have it.
    pub frames: &'static [Frame],
    pub read: Read,
    /// Whether it is read once an event, however often it is named: a reading may differ, or costs a buffer.
    pub once: bool,
    /// The header of ours that reads it; empty where one of the kernel's helpers does.
    pub header: &'static str,
    /// The newest kernel feature that it is read by.
    pub needs: &'static Feature,
    pub doc: &'static str,
}

/// How C reads a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Read {
    /// An expression.
    Value(&'static str),
    /// A helper that fills a buffer: its name, called with buffer and size.
    Fill(&'static str),
    /// Not at all: it is known when the probe is attached, or the reader finds it by the attach point's number.
    Titled(Title),
    /// By the field of that name, of which the reader makes the value.
    Later(ir::Later, &'static str),
}

/// The header of fields that lie in the context's registers.
pub const REGISTERS: &str = "nu/regs.h";

/// The header of fields that are arguments of the program's caller.
pub const ARGUMENTS: &str = "nu/context.h";

/// The header of what takes the time of day at loading.
pub const TIME_OF_DAY: &str = "nu/time.h";

/// The header of USDT probes.
pub const USDT: &str = "nu/usdt.h";

/// The headers of what the kernel keeps of a thread's parent, and of its ids in the pid namespace of who attached.
const PARENT: &str = "nu/parent.h";
const NAMESPACE: &str = "nu/namespace.h";

/// The headers of stacks: the kernel's, and those of processes, which have to be kept as well.
pub const KERNEL_STACK: &str = "nu/stack.h";
pub const USER_STACK: &str = "nu/process.h";

impl Field {
    /// Whether it takes what the kernel passes to the program.
    pub fn is_in_context(&self) -> bool {
        [REGISTERS, ARGUMENTS, KERNEL_STACK, USER_STACK].contains(&self.header)
    }

    /// Whether a return remembers it of the entry. What the attach point is called is known without.
    pub fn is_remembered(&self) -> bool {
        !matches!(self.read, Titled(_))
    }
}

const U32: Type = Type::Int(Width::U32);
const U64: Type = Type::Int(Width::U64);
const I64: Type = Type::Int(Width::I64);
const COMM: Type = Type::Text(Text::Chars(16));

const ALL: &[Frame] = &[
    Frame::Entry,
    Frame::Return,
    Frame::SyscallEntry,
    Frame::Usdt,
    Frame::Record,
    Frame::Sample,
    Frame::Arguments,
    Frame::Function,
    Frame::FunctionReturn,
    Frame::Raw,
];
/// Also where the thread that runs the program is of no interest.
const ANYWHERE: &[Frame] = &[
    Frame::Entry,
    Frame::Return,
    Frame::SyscallEntry,
    Frame::Usdt,
    Frame::Record,
    Frame::Sample,
    Frame::Arguments,
    Frame::Function,
    Frame::FunctionReturn,
    Frame::Raw,
    Frame::Iterator,
];
const ARGUED: &[Frame] = &[Frame::Arguments, Frame::Function, Frame::FunctionReturn, Frame::Raw];
const ENTERED: &[Frame] = &[Frame::Entry];
const SYSCALL: &[Frame] = &[Frame::SyscallEntry];
pub const ATTACHED: &[Frame] = &[
    Frame::Entry,
    Frame::Return,
    Frame::SyscallEntry,
    Frame::Usdt,
    Frame::Record,
    Frame::Sample,
    Frame::Function,
    Frame::FunctionReturn,
    Frame::Raw,
];
const RETURN: &[Frame] = &[Frame::Return];
const SAMPLE: &[Frame] = &[Frame::Sample];

const fn always(name: &'static str, read: &'static str, doc: &'static str) -> Field {
    Field { name, ty: U32, frames: ALL, read: Value(read), once: false, header: "", needs: &feature::COMM, doc }
}

const fn once(name: &'static str, ty: Type, read: Read, doc: &'static str) -> Field {
    Field { name, ty, frames: ALL, read, once: true, header: "", needs: &feature::COMM, doc }
}

const fn costly(name: &'static str, ty: Type, header: &'static str, read: Read, doc: &'static str) -> Field {
    Field { header, needs: &feature::READ_KERNEL, ..once(name, ty, read, doc) }
}

const fn titled(name: &'static str, title: Title, doc: &'static str) -> Field {
    // Kernel functions have names of up to 511 bytes (`KSYM_NAME_LEN`), but none is ever copied.
    let ty = Type::Text(Text::Chars(512));
    Field { name, ty, frames: ATTACHED, read: Titled(title), once: false, header: "", needs: &feature::COMM, doc }
}

const fn stack(name: &'static str, space: Space, header: &'static str, read: &'static str, doc: &'static str) -> Field {
    Field { frames: ATTACHED, header, needs: &feature::STACKID, ..once(name, Type::Stack(space), Value(read), doc) }
}

const fn register(name: &'static str, frames: &'static [Frame], read: &'static str, doc: &'static str) -> Field {
    Field {
        name,
        ty: U64,
        frames,
        read: Value(read),
        once: false,
        header: REGISTERS,
        needs: &feature::READ_KERNEL,
        doc,
    }
}

const fn argument(name: &'static str, read: &'static str, doc: &'static str) -> Field {
    Field {
        name,
        ty: I64,
        frames: ARGUED,
        read: Value(read),
        once: false,
        header: ARGUMENTS,
        needs: &feature::READ_KERNEL,
        doc,
    }
}

pub static FIELDS: &[Field] = &[
    always("pid", "(__u32)bpf_get_current_pid_tgid()", "Thread id (the kernel's pid)."),
    always("tid", "(__u32)bpf_get_current_pid_tgid()", "Thread id, the same as `pid`."),
    always("tgid", "(__u32)(bpf_get_current_pid_tgid() >> 32)", "Process id, what `ps` shows (the kernel's tgid)."),
    always("uid", "(__u32)bpf_get_current_uid_gid()", "User id."),
    always("gid", "(__u32)(bpf_get_current_uid_gid() >> 32)", "Group id."),
    once("comm", COMM, Fill("bpf_get_current_comm"), "Command name of the thread, at most 15 bytes."),
    costly("ppid", U32, PARENT, Value("nu_parent_pid()"), "Process id of the parent; 0 where there is none."),
    costly("pcomm", COMM, PARENT, Fill("nu_parent_comm"), "Command name of the parent, at most 15 bytes."),
    Field {
        needs: &feature::READ_KERNEL,
        ..costly(
            "nspid",
            U32,
            NAMESPACE,
            Value("nu_namespace_pid(0)"),
            "Thread id in the pid namespace of the shell that attached, as in a container; 0 where it has none there.",
        )
    },
    Field {
        needs: &feature::READ_KERNEL,
        ..costly("nstgid", U32, NAMESPACE, Value("nu_namespace_pid(1)"), "Process id in that namespace.")
    },
    Field {
        ty: U64,
        needs: &feature::CGROUP_ID,
        ..always(CGROUP, "bpf_get_current_cgroup_id()", "Id of the thread's cgroup (of version 2).")
    },
    Field {
        ty: Type::Text(Text::Chars(4096)),
        once: false,
        needs: &feature::CGROUP_ID,
        ..once(
            "cgroup_path",
            U64,
            Later(ir::Later::Cgroup, CGROUP),
            "Path of the thread's cgroup, as `/user.slice`, found after the kernel; `#ID` of one that is gone by then.",
        )
    },
    Field {
        frames: ANYWHERE,
        needs: &feature::KTIME,
        ..once(CLOCK, U64, Value("bpf_ktime_get_ns()"), "Nanoseconds since boot, without time asleep.")
    },
    Field {
        frames: ANYWHERE,
        needs: &feature::BOOT_NS,
        ..once(
            "uptime",
            Type::Duration,
            Value("(__s64)bpf_ktime_get_boot_ns()"),
            "Time since boot, with time asleep: what `sys host` calls uptime.",
        )
    },
    Field {
        header: TIME_OF_DAY,
        frames: ANYWHERE,
        needs: &feature::BOOT_NS,
        ..once(
            "time",
            Type::Datetime,
            Value("nu_time()"),
            "Time of day, as `date now`; a clock set after attaching is not seen.",
        )
    },
    Field {
        ty: Type::Pointer(Some(Space::Kernel)),
        needs: &feature::CURRENT_TASK_BTF,
        ..always(
            TASK,
            "(__u64)bpf_get_current_task_btf()",
            "The thread's `struct task_struct`, with all that it has: `$ctx.task.real_parent.tgid`.",
        )
    },
    titled("probe", Title::Probe, "The attach point that was passed, as it is named in `ebpf attach`."),
    titled("func", Title::Function, "The function or event that was passed."),
    stack(
        "kstack",
        Space::Kernel,
        KERNEL_STACK,
        "nu_kernel_stack(ctx)",
        "The kernel's stack, innermost function first, at most 127; empty where there is none.",
    ),
    stack(
        "ustack",
        Space::User,
        USER_STACK,
        "nu_user_stack(ctx)",
        "The process's stack, found by its frame pointers: of what was built without, there is little.",
    ),
    Field { needs: &feature::CPU, ..always("cpu", "bpf_get_smp_processor_id()", "The processor that this runs on.") },
    Field {
        needs: &feature::NUMA_NODE,
        ..always("numa_node", "(__u32)bpf_get_numa_node_id()", "The memory node of that processor.")
    },
    Field {
        needs: &feature::RANDOM,
        ..once("random", U32, Value("bpf_get_prandom_u32()"), "A number of 32 random bits, one an event.")
    },
    register("arg0", ENTERED, "nu_arg(ctx, 1)", "First argument of the function."),
    register("arg1", ENTERED, "nu_arg(ctx, 2)", "Second argument."),
    register("arg2", ENTERED, "nu_arg(ctx, 3)", "Third argument."),
    register("arg3", ENTERED, "nu_arg(ctx, 4)", "Fourth argument."),
    register("arg4", ENTERED, "nu_arg(ctx, 5)", "Fifth argument."),
    register("arg5", ENTERED, "nu_arg(ctx, 6)", "Sixth argument."),
    register(
        "arg0",
        SYSCALL,
        "PT_REGS_PARM1_CORE_SYSCALL(PT_REGS_SYSCALL_REGS(ctx))",
        "First argument of the system call.",
    ),
    register("arg1", SYSCALL, "PT_REGS_PARM2_CORE_SYSCALL(PT_REGS_SYSCALL_REGS(ctx))", "Second argument."),
    register("arg2", SYSCALL, "PT_REGS_PARM3_CORE_SYSCALL(PT_REGS_SYSCALL_REGS(ctx))", "Third argument."),
    register("arg3", SYSCALL, "PT_REGS_PARM4_CORE_SYSCALL(PT_REGS_SYSCALL_REGS(ctx))", "Fourth argument."),
    register("arg4", SYSCALL, "PT_REGS_PARM5_CORE_SYSCALL(PT_REGS_SYSCALL_REGS(ctx))", "Fifth argument."),
    register("arg5", SYSCALL, "PT_REGS_PARM6_CORE_SYSCALL(PT_REGS_SYSCALL_REGS(ctx))", "Sixth argument."),
    Field { ty: I64, ..register("retval", RETURN, "nu_retval(ctx)", "What the function returned.") },
    Field {
        ty: Type::Pointer(None),
        ..register(
            "ip",
            SAMPLE,
            "nu_ip(ctx)",
            "The instruction that the sample was taken at; where memory is watched, the one behind it.",
        )
    },
    Field {
        ty: Type::Pointer(None),
        ..register(
            "addr",
            SAMPLE,
            "nu_sample_address(ctx)",
            "The address that the event is about, as of a page fault or a watchpoint; else 0.",
        )
    },
    argument("arg0", "nu_argument(ctx, 0)", "First argument: the record's `arg0`."),
    argument("arg1", "nu_argument(ctx, 1)", "Second argument."),
    argument("arg2", "nu_argument(ctx, 2)", "Third argument."),
    argument("arg3", "nu_argument(ctx, 3)", "Fourth argument."),
    argument("arg4", "nu_argument(ctx, 4)", "Fifth argument."),
    argument("arg5", "nu_argument(ctx, 5)", "Sixth argument."),
    argument("arg6", "nu_argument(ctx, 6)", "Seventh argument."),
    argument("arg7", "nu_argument(ctx, 7)", "Eighth argument."),
    argument("arg8", "nu_argument(ctx, 8)", "Ninth argument."),
    argument("arg9", "nu_argument(ctx, 9)", "Tenth argument."),
    argument("arg10", "nu_argument(ctx, 10)", "Eleventh argument."),
    argument("arg11", "nu_argument(ctx, 11)", "Twelfth argument."),
];

/// What `cgroup_path` is made of.
pub const CGROUP: &str = "cgroup";

/// What timers go by.
pub const CLOCK: &str = "ktime";

/// The thread as the kernel keeps it.
pub const TASK: &str = "task";

/// What a function returned.
pub const RETVAL: &str = "retval";

/// The record of the attach point's own fields, `$ctx.args`.
pub const ARGS: &str = "args";

/// The context at the entry of what returns, `$ctx.entry`, and the time since. Return probes have them, and tracepoints
/// of system calls' ends.
pub const ENTRY: &str = "entry";
pub const ELAPSED: &str = "elapsed";

/// What tracepoints of system calls' ends call what is returned, and all that it is called.
pub const RET: &str = "ret";
pub const RETURNED: &[&str] = &[RETVAL, RET];

/// Names that bpftrace has for fields (its `docs/language.adoc`, "Builtins"), and those that they have here.
pub const BPFTRACE: &[(&str, &str)] =
    &[("nsecs", CLOCK), ("username", "uid"), ("curtask", TASK), ("rand", "random"), ("numaid", "numa_node")];

/// The row for `name` in a frame.
pub fn field(name: &str, frame: Frame) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name && field.frames.contains(&frame))
}
