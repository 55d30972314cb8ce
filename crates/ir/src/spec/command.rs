//! The table of closure commands. A new one is a row here, a `templates/command/<name>.c` if need be, and a case.

/// One closure command.
#[derive(Debug)]
pub struct Command {
    pub name: &'static str,
    pub call: Call,
    pub input: Input,
    pub flags: &'static [Flag],
    /// What becomes of its input where it is called outside a probe.
    pub outside: Outside,
    pub doc: &'static str,
    pub more: &'static str,
    pub search_terms: &'static [&'static str],
    pub example: &'static str,
    pub example_doc: &'static str,
}

/// What the command means; `front` matches it without a rest arm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    Emit,
    Count,
    ReadStr(crate::ir::Space),
}

/// What flows into a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A value; nothing is an error.
    Value,
    /// A value or nothing.
    Optional,
    /// An address.
    Address,
}

/// What the command does when plain Nushell runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Hands its input through, so that a closure can be tried on a record.
    Through,
    /// Hands a string or null through, which a record has where the kernel has an address; else an error.
    Text,
    /// Is an error that says where it works.
    Error,
}

/// A named argument with a constant integer.
#[derive(Debug)]
pub struct Flag {
    pub name: &'static str,
    pub doc: &'static str,
    /// The value without it, and the bounds.
    pub default: i64,
    pub min: i64,
    pub max: i64,
}

pub const LEN: &[Flag] =
    &[Flag { name: "len", doc: "the most bytes to read (default 128, at most 4096)", default: 128, min: 1, max: 4096 }];

/// `read-kernel-str` says in what it differs.
const READ_STR: Command = Command {
    name: "read-str",
    call: Call::ReadStr(crate::ir::Space::User),
    input: Input::Address,
    flags: LEN,
    outside: Outside::Text,
    doc: "Inside a probe's closure: read the string at an address in the traced process.",
    more: "A string longer than --len is cut, ends in `…` and is counted; one that cannot be read is null and counted. Outside a probe a string or null is handed through.",
    search_terms: &["ebpf", "bpf", "str", "user", "pointer", "dereference"],
    example: "ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.filename | read-str | emit } | first 3",
    example_doc: "The names of the next three files opened",
};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "emit",
        call: Call::Emit,
        input: Input::Value,
        flags: &[],
        outside: Outside::Through,
        doc: "Inside a probe's closure: send a value out, as a row.",
        more: "Outside a probe it hands its input through, so that a closure can be tried on a record in plain Nushell.",
        search_terms: &["ebpf", "bpf", "print", "printf", "event", "output"],
        example: "{pid: 1, comm: 'init'} | emit | get comm",
        example_doc: "Try a closure's words without a probe",
    },
    Command {
        name: "count",
        call: Call::Count,
        input: Input::Optional,
        flags: &[],
        outside: Outside::Error,
        doc: "Inside a probe's closure: count how often each value comes by.",
        more: "The value is the key; without one every hit is counted. `ebpf counters ID` reads the table. No update is lost between processors, and none takes a lock.",
        search_terms: &["ebpf", "bpf", "aggregate", "frequency", "sum"],
        example: "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| $ctx.comm | count }; sleep 1sec; ebpf counters $id",
        example_doc: "System calls by process for a second",
    },
    READ_STR,
    Command {
        name: "read-kernel-str",
        call: Call::ReadStr(crate::ir::Space::Kernel),
        doc: "Inside a probe's closure: read the string at an address in the kernel.",
        search_terms: &["ebpf", "bpf", "str", "kstr", "pointer", "dereference"],
        example: "ebpf attach --emit-c 'kprobe:filp_open' {|ctx| $ctx.arg0 | read-kernel-str | emit }",
        example_doc: "The C that reads a kernel function's string",
        ..READ_STR
    },
];

/// The row of a command.
pub fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}
