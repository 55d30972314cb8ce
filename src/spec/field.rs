//! The table of context fields: what `$ctx.NAME` is for every attach point of a kind. A tracepoint's own fields come
//! from its `format` file on top of these; where both have a name, the row here is `$ctx.NAME` and the tracepoint's is
//! `$ctx.args.NAME`.

use super::probe::Frame;
use crate::ir::{Text, Type, Width};

/// One context field.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub ty: Type,
    /// The frames that have it.
    pub frames: &'static [Frame],
    pub read: Read,
    /// Whether it is read once an event, however often it is named: another reading would give another value, or
    /// costs a buffer.
    pub once: bool,
    /// The helper that reads it, or where it lies.
    pub helper: &'static str,
    /// The first kernel where it can be read.
    pub min_kernel: &'static str,
    pub doc: &'static str,
}

/// How C reads a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// An expression.
    Value(&'static str),
    /// A helper that fills a buffer: its name, called with buffer and size.
    Fill(&'static str),
}

/// What stands for a helper where a field lies in the context's registers.
pub const REGISTERS: &str = "saved registers";

/// What stands for a helper where a field is an argument of the program's caller.
pub const ARGUMENTS: &str = "arguments";

impl Field {
    /// Whether it lies in what the kernel passes to the program.
    pub fn is_in_context(&self) -> bool {
        self.helper == REGISTERS || self.helper == ARGUMENTS
    }
}

/// What stands for a helper where a field is read by `bpf_headers/nu/time.h`.
pub const TIME_OF_DAY: &str = "bpf_ktime_get_ns, and the time of day at loading";

const ALL: &[Frame] = &[Frame::Entry, Frame::Return, Frame::SyscallEntry, Frame::Record, Frame::Arguments];

const fn everywhere(
    name: &'static str,
    width: Width,
    read: &'static str,
    helper: &'static str,
    doc: &'static str,
) -> Field {
    Field {
        name,
        ty: Type::Int(width),
        frames: ALL,
        read: Read::Value(read),
        once: false,
        helper,
        min_kernel: "5.8",
        doc,
    }
}

const fn register(name: &'static str, frame: &'static [Frame], read: &'static str, doc: &'static str) -> Field {
    let ty = Type::Int(Width::U64);
    Field { name, ty, frames: frame, read: Read::Value(read), once: false, helper: REGISTERS, min_kernel: "5.8", doc }
}

const fn argument(name: &'static str, read: &'static str, doc: &'static str) -> Field {
    let ty = Type::Int(Width::I64);
    let frames = &[Frame::Arguments];
    Field { name, ty, frames, read: Read::Value(read), once: false, helper: ARGUMENTS, min_kernel: "5.10", doc }
}

const ENTRY: &[Frame] = &[Frame::Entry];
const SYSCALL: &[Frame] = &[Frame::SyscallEntry];

pub static FIELDS: &[Field] = &[
    everywhere(
        "pid",
        Width::U32,
        "(__u32)bpf_get_current_pid_tgid()",
        "bpf_get_current_pid_tgid",
        "Thread id (the kernel's pid).",
    ),
    everywhere(
        "tid",
        Width::U32,
        "(__u32)bpf_get_current_pid_tgid()",
        "bpf_get_current_pid_tgid",
        "Thread id, the same as `pid`.",
    ),
    everywhere(
        "tgid",
        Width::U32,
        "(__u32)(bpf_get_current_pid_tgid() >> 32)",
        "bpf_get_current_pid_tgid",
        "Process id, what `ps` shows (the kernel's tgid).",
    ),
    everywhere("uid", Width::U32, "(__u32)bpf_get_current_uid_gid()", "bpf_get_current_uid_gid", "User id."),
    everywhere("gid", Width::U32, "(__u32)(bpf_get_current_uid_gid() >> 32)", "bpf_get_current_uid_gid", "Group id."),
    Field {
        name: "comm",
        ty: Type::Text(Text::Chars(16)),
        frames: ALL,
        read: Read::Fill("bpf_get_current_comm"),
        once: true,
        helper: "bpf_get_current_comm",
        min_kernel: "5.8",
        doc: "Command name of the thread, at most 15 bytes.",
    },
    Field {
        name: "ktime",
        ty: Type::Int(Width::U64),
        frames: ALL,
        read: Read::Value("bpf_ktime_get_ns()"),
        once: true,
        helper: "bpf_ktime_get_ns",
        min_kernel: "5.8",
        doc: "Nanoseconds since boot, without time asleep.",
    },
    Field {
        name: "uptime",
        ty: Type::Duration,
        frames: ALL,
        read: Read::Value("(__s64)bpf_ktime_get_boot_ns()"),
        once: true,
        helper: "bpf_ktime_get_boot_ns",
        min_kernel: "5.8",
        doc: "Time since boot, with time asleep: what `sys host` calls uptime.",
    },
    Field {
        name: "time",
        ty: Type::Datetime,
        frames: ALL,
        read: Read::Value("nu_time()"),
        once: true,
        helper: TIME_OF_DAY,
        min_kernel: "5.8",
        doc: "Time of day, as `date now`; clocks set after attaching are not seen, nor sleep.",
    },
    everywhere(
        "cpu",
        Width::U32,
        "bpf_get_smp_processor_id()",
        "bpf_get_smp_processor_id",
        "The processor that this runs on.",
    ),
    register("arg0", ENTRY, "nu_arg(ctx, 1)", "First argument of the function."),
    register("arg1", ENTRY, "nu_arg(ctx, 2)", "Second argument."),
    register("arg2", ENTRY, "nu_arg(ctx, 3)", "Third argument."),
    register("arg3", ENTRY, "nu_arg(ctx, 4)", "Fourth argument."),
    register("arg4", ENTRY, "nu_arg(ctx, 5)", "Fifth argument."),
    register("arg5", ENTRY, "nu_arg(ctx, 6)", "Sixth argument."),
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
    Field {
        name: "retval",
        ty: Type::Int(Width::I64),
        frames: &[Frame::Return],
        read: Read::Value("nu_retval(ctx)"),
        once: false,
        helper: REGISTERS,
        min_kernel: "5.8",
        doc: "What the function returned.",
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

/// The record of the attach point's own fields, `$ctx.args`.
pub const ARGS: &str = "args";

/// The row for `name` in a frame.
pub fn field(name: &str, frame: Frame) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name && field.frames.contains(&frame))
}
