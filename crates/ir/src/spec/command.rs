//! The table of closure commands. A new one is a row here, a `templates/command/<name>.c` if need be, and a case.

use super::aggregation::{self, Aggregation};

/// One closure command.
#[derive(Debug)]
pub struct Command {
    pub name: &'static str,
    pub call: Call,
    pub input: Input,
    /// Its arguments, all of which are wanted.
    pub positional: &'static [Positional],
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
#[derive(Debug, Clone, Copy)]
pub enum Call {
    Emit,
    Aggregate(&'static Aggregation),
    ReadStr(crate::ir::Space),
    Cast,
    KernelVar,
    Symbol(crate::ir::Space),
    ContainerOf,
    IntoIp,
    MapPut,
    MapGet,
    MapDelete,
    MapContains,
    StartTimer,
    StopTimer,
    ReadBytes(crate::ir::Space),
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
    /// Is Nushell's own command of that name, which is not shadowed.
    Nushell,
}

/// An argument that goes by its place.
#[derive(Debug)]
pub struct Positional {
    pub name: &'static str,
    pub doc: &'static str,
    pub takes: Takes,
}

/// A named argument.
#[derive(Debug)]
pub struct Flag {
    pub name: &'static str,
    pub doc: &'static str,
    pub takes: Takes,
}

/// What stands behind a flag. All but a value must be known when the closure is attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A value of the closure's.
    Value,
    /// A name.
    Name,
    /// Nothing: it is there or not.
    Switch,
    /// A range of ints.
    Range,
    /// The value without it, and the bounds.
    Int { default: i64, min: i64, max: i64 },
}

/// The most bytes of a string where none are named.
pub const DEFAULT_LEN: i64 = 128;

pub const LEN: Flag = Flag {
    name: "len",
    doc: "the most bytes to read (default 128, at most 4096)",
    takes: Takes::Int { default: DEFAULT_LEN, min: 1, max: 4096 },
};

pub const AS: Flag = Flag {
    name: "as",
    doc: "the name of the table, where a closure keeps several (default: the command's)",
    takes: Takes::Name,
};

pub const BY: Flag = Flag { name: "by", doc: "the key: a number for each", takes: Takes::Value };

pub const STEPS: Flag = Flag {
    name: "steps",
    doc: "2^K buckets from a number to its double (default 0, at most 5)",
    takes: Takes::Int { default: 0, min: 0, max: 5 },
};

pub const LINEAR: Flag = Flag {
    name: "linear",
    doc: "buckets of one width instead: 0..200..1000 (of a duration, nanoseconds; of a filesize, bytes)",
    takes: Takes::Range,
};

pub const LRU: Flag = Flag {
    name: "lru",
    doc: "where the map is full, forget what was not used for longest, instead of counting what finds no room",
    takes: Takes::Switch,
};

pub const MAX_ENTRIES: Flag = Flag {
    name: "max-entries",
    doc: "keys that the map holds at most (default 10240, or what `ebpf attach --max-entries` says)",
    takes: Takes::Int { default: 0, min: 1, max: 1 << 24 },
};

pub const KEY: Flag =
    Flag { name: "key", doc: "what it is that takes time (default: the thread)", takes: Takes::Value };

pub const TIMER: Flag = Flag { name: "as", doc: "the name of the timer, where there are several", takes: Takes::Name };

const NAME: Positional = Positional { name: "name", doc: "the map's name", takes: Takes::Name };

/// A type of the kernel's, as C names it.
const STRUCT: Positional =
    Positional { name: "type", doc: "a struct of the kernel's: 'struct tcp_sock'", takes: Takes::Name };

const MAP_KEY: Positional = Positional { name: "key", doc: "any value or record", takes: Takes::Value };

/// `container-of` says in what it differs.
const CAST: Command = Command {
    name: "cast",
    call: Call::Cast,
    input: Input::Address,
    positional: &[Positional { name: "type", doc: "as C names it: 'struct tcp_sock', u64", takes: Takes::Name }],
    flags: &[OFFSET, USER, LENGTH],
    outside: Outside::Error,
    doc: "Inside a probe's closure: gives an address a type: members of the struct there can then be read. With a number's type, it reads the number.",
    more: "Arguments have their types already; this is for an address without one, or for what the kernel itself casts.",
    search_terms: &["ebpf", "bpf", "type", "pointer", "struct"],
    example: "ebpf attach --emit-c 'kprobe:tcp_rcv_established' {|ctx| $ctx.args.sk | cast 'struct tcp_sock' | get srtt_us | histogram }",
    example_doc: "Round trips as TCP has them",
};

/// `usym` says in what it differs.
const KSYM: Command = Command {
    name: "ksym",
    call: Call::Symbol(crate::ir::Space::Kernel),
    flags: &[],
    outside: Outside::Text,
    doc: "Inside a probe's closure: the name of what is at an address in the kernel, a function or a variable.",
    more: "`NAME`, or `NAME+0x10` of an address inside it; the address itself where no name is known. It is found after the kernel: it can be emitted, and be a key, but not be compared.",
    search_terms: &["ebpf", "bpf", "symbol", "function", "name", "kallsyms"],
    example: "let id = ebpf attach 'tracepoint:timer/hrtimer_expire_entry' {|ctx| $ctx.function | ksym | count }; sleep 1sec; ebpf counters $id",
    example_doc: "What the kernel's timers run",
    ..READ_STR
};

/// What the commands of a map have in common.
const MAP_GET: Command = Command {
    name: "map-get",
    call: Call::MapGet,
    input: Input::Value,
    positional: &[NAME],
    flags: &[],
    outside: Outside::Error,
    doc: "Inside a probe's closure: the value that a map has for a key, or null.",
    more: "Null where nothing was put there. All closures of a probe share its maps; the types of keys and values are those of the first `map-put`.",
    search_terms: &["ebpf", "bpf", "state", "lookup", "remember"],
    example: "ebpf attach -s {'tracepoint:syscalls/sys_enter_openat': {|ctx| $ctx.flags | map-put flags $ctx.tid }, 'tracepoint:syscalls/sys_exit_openat': {|ctx| {flags: ($ctx.tid | map-get flags), fd: $ctx.ret} | emit }} | first 10",
    example_doc: "Files opened, with what was asked for and what came of it",
};

const START_TIMER: Command = Command {
    name: "start-timer",
    call: Call::StartTimer,
    input: Input::Optional,
    positional: &[],
    flags: &[KEY, TIMER],
    outside: Outside::Error,
    doc: "Inside a probe's closure: take the time, for `stop-timer` to tell how long it took.",
    more: "Each thread has a timer of its own, unless --key names something else that takes time: a request, an address.",
    search_terms: &["ebpf", "bpf", "latency", "duration", "begin"],
    example: "let id = ebpf attach {'tracepoint:syscalls/sys_enter_read': {|ctx| start-timer }, 'tracepoint:syscalls/sys_exit_read': {|ctx| stop-timer | histogram }}; sleep 1sec; ebpf histogram $id",
    example_doc: "How long reads take",
};

/// `read-kernel-str` says in what it differs.
const READ_STR: Command = Command {
    name: "read-str",
    call: Call::ReadStr(crate::ir::Space::User),
    input: Input::Address,
    positional: &[],
    flags: &[LEN],
    outside: Outside::Text,
    doc: "Inside a probe's closure: read the string at an address in the traced process.",
    more: "A string longer than --len is cut, ends in `…` and is counted; one that cannot be read is null and counted. Outside a probe a string or null is handed through.",
    search_terms: &["ebpf", "bpf", "str", "user", "pointer", "dereference"],
    example: "ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.filename | read-str | emit } | first 3",
    example_doc: "The names of the next three files opened",
};

/// What is added to an address.
pub const OFFSET: Flag = Flag { name: "offset", doc: "bytes from the address to what is meant", takes: Takes::Value };

/// How long a socket's address is.
pub const LENGTH: Flag = Flag {
    name: "length",
    doc: "bytes of a `struct sockaddr` (default: the argument that says it, such as addrlen)",
    takes: Takes::Value,
};

/// Whose variable is meant.
pub const CPU: Flag =
    Flag { name: "cpu", doc: "the processor's whose it is (default: the one that this runs on)", takes: Takes::Value };

/// Whose memory `cast` means.
pub const USER: Flag =
    Flag { name: "user", doc: "it lies in the memory of the process, not of the kernel", takes: Takes::Switch };

/// `read-kernel-bytes` says in what it differs.
const READ_BYTES: Command = Command {
    name: "read-bytes",
    call: Call::ReadBytes(crate::ir::Space::User),
    positional: &[Positional { name: "length", doc: "how many bytes", takes: Takes::Value }],
    flags: &[OFFSET, LEN],
    outside: Outside::Error,
    doc: "Inside a probe's closure: read so many bytes at an address in the traced process.",
    more: "They are a binary, to be emitted or counted by. What is beyond --len is left out and counted; what cannot be read is null and counted.",
    search_terms: &["ebpf", "bpf", "buf", "memory", "binary", "dump"],
    example: "ebpf attach -s 'tracepoint:syscalls/sys_enter_write' {|ctx| $ctx.buf | read-bytes $ctx.count | emit } | first 3",
    example_doc: "What is written",
    ..READ_STR
};

/// The aggregations differ in what they keep.
const AVG: Command = Command {
    name: "avg",
    call: Call::Aggregate(&aggregation::AVG),
    input: Input::Value,
    positional: &[],
    flags: &[BY, AS],
    outside: Outside::Error,
    doc: "Inside a probe's closure: the average of what comes by.",
    more: "Of ints, durations or filesizes; null adds nothing. A float of ints, as `math avg` gives. `ebpf counters ID` reads it.",
    search_terms: &["ebpf", "bpf", "aggregate", "mean"],
    example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | avg --by $ctx.comm }; sleep 1sec; ebpf counters $id",
    example_doc: "Bytes that a read gives, by process",
};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "emit",
        call: Call::Emit,
        input: Input::Value,
        positional: &[],
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
        call: Call::Aggregate(&aggregation::COUNT),
        input: Input::Optional,
        positional: &[],
        flags: &[AS],
        outside: Outside::Error,
        doc: "Inside a probe's closure: count how often each value comes by.",
        more: "The value is the key; without one every hit is counted. `ebpf counters ID` reads the table. No update is lost between processors, and none takes a lock.",
        search_terms: &["ebpf", "bpf", "aggregate", "frequency", "sum"],
        example: "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| $ctx.comm | count }; sleep 1sec; ebpf counters $id",
        example_doc: "System calls by process for a second",
    },
    Command {
        name: "sum",
        call: Call::Aggregate(&aggregation::SUM),
        doc: "Inside a probe's closure: add up what comes by.",
        more: "Ints, durations or filesizes; null adds nothing. `ebpf counters ID` reads the sum, of the same type; one that does not fit 64 bits is an error there, as in the shell, and nothing else is lost by it.",
        search_terms: &["ebpf", "bpf", "aggregate", "total"],
        example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| if $ctx.ret > 0 { $ctx.ret | sum --by $ctx.comm } }; sleep 1sec; ebpf counters $id",
        example_doc: "Bytes read in a second, by process",
        ..AVG
    },
    AVG,
    Command {
        name: "min",
        call: Call::Aggregate(&aggregation::MIN),
        doc: "Inside a probe's closure: the least of what comes by.",
        more: "Of ints, durations or filesizes; null adds nothing. `ebpf counters ID` reads it.",
        search_terms: &["ebpf", "bpf", "aggregate", "minimum", "least"],
        example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | min }; sleep 1sec; ebpf counters $id",
        example_doc: "The shortest read of a second, or its error",
        ..AVG
    },
    Command {
        name: "max",
        call: Call::Aggregate(&aggregation::MAX),
        doc: "Inside a probe's closure: the greatest of what comes by.",
        more: "Of ints, durations or filesizes; null adds nothing. `ebpf counters ID` reads it.",
        search_terms: &["ebpf", "bpf", "aggregate", "maximum", "greatest"],
        example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | max }; sleep 1sec; ebpf counters $id",
        example_doc: "The longest read of a second",
        ..AVG
    },
    Command {
        name: "stats",
        call: Call::Aggregate(&aggregation::STATS),
        doc: "Inside a probe's closure: count, sum, average, least and greatest of what comes by.",
        more: "Of ints, durations or filesizes; null adds nothing. `ebpf counters ID` reads them.",
        search_terms: &["ebpf", "bpf", "aggregate", "summary"],
        example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | stats --by $ctx.comm }; sleep 1sec; ebpf counters $id",
        example_doc: "Reads of a second, by process",
        ..AVG
    },
    Command {
        name: "quantiles",
        call: Call::Aggregate(&aggregation::QUANTILES),
        doc: "Inside a probe's closure: the values that 50, 90, 99 and 99.9 % of all do not exceed.",
        more: "Of ints, durations or filesizes; null adds nothing. Each may be 1/32 off, but is exact from -32 to 31. `ebpf counters ID` reads them.",
        search_terms: &["ebpf", "bpf", "aggregate", "percentile", "median", "p99"],
        example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | quantiles --by $ctx.comm }; sleep 1sec; ebpf counters $id",
        example_doc: "How long reads are, by process",
        ..AVG
    },
    Command {
        name: "histogram",
        call: Call::Aggregate(&aggregation::HISTOGRAM),
        flags: &[],
        outside: Outside::Nushell,
        doc: "Inside a probe's closure: count what comes by in buckets, each from a number to its double.",
        more: "Of ints, durations or filesizes; null adds nothing. `ebpf histogram ID` reads the table. Outside a probe it is Nushell's `histogram`.",
        search_terms: &[],
        example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | histogram }; sleep 1sec; ebpf histogram $id",
        example_doc: "How long reads are",
        ..AVG
    },
    Command {
        name: "hist",
        call: Call::Aggregate(&aggregation::HIST),
        flags: &[BY, STEPS, LINEAR, AS],
        doc: "Inside a probe's closure: a histogram by key, with finer buckets, or with buckets of one width.",
        more: "Of ints, durations or filesizes; null adds nothing. `ebpf histogram ID` reads the table.",
        search_terms: &["ebpf", "bpf", "aggregate", "distribution", "log2", "linear", "lhist"],
        example: "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | hist --by $ctx.comm --linear 0..1024..8192 }; sleep 1sec; ebpf histogram $id",
        example_doc: "How long reads are, by process",
        ..AVG
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
    KSYM,
    Command {
        name: "usym",
        call: Call::Symbol(crate::ir::Space::User),
        doc: "Inside a probe's closure: the name of the function at an address in the traced process.",
        more: "`NAME`, or `NAME+0x10` of an address inside it; the address itself where no name is known. What the process has mapped is looked at when it is first met, so that its names are known when it has ended.",
        search_terms: &["ebpf", "bpf", "symbol", "function", "name", "resolve"],
        example: "ebpf attach --emit-c 'uprobe:libc:pthread_create' {|ctx| $ctx.arg2 | usym | count }",
        example_doc: "What threads are started with",
        ..KSYM
    },
    CAST,
    Command {
        name: "kernel-var",
        call: Call::KernelVar,
        input: Input::Optional,
        positional: &[Positional {
            name: "name",
            doc: "the variable, as the kernel's source names it",
            takes: Takes::Name,
        }],
        flags: &[CPU],
        doc: "Inside a probe's closure: a variable of the kernel's.",
        more: "Of one that each processor has its own of, the type is known: it is that of the processor which this runs on, or of --cpu, and null where there is no such processor. Of any other it is the address, for `cast` to tell what is there.",
        search_terms: &["ebpf", "bpf", "global", "percpu", "per-cpu", "kaddr", "symbol"],
        example: "ebpf attach --emit-c 'profile:99hz' {|ctx| kernel-var runqueues | get nr_running | count }",
        example_doc: "How many threads wait to run, or do",
        ..CAST
    },
    Command {
        name: "container-of",
        call: Call::ContainerOf,
        flags: &[],
        positional: &[
            STRUCT,
            Positional { name: "member", doc: "the member that the address is of", takes: Takes::Name },
        ],
        doc: "Inside a probe's closure: the struct that a member lies in, of the member's address.",
        more: "The kernel hands out addresses of what lies in something larger: `$ctx.args.path.mnt` lies in a `struct mount`.",
        search_terms: &["ebpf", "bpf", "outer", "struct", "embedded"],
        example: "ebpf attach --emit-c 'kprobe:vfs_open' {|ctx| $ctx.args.path.mnt | container-of 'struct mount' mnt | get mnt_id | count }",
        example_doc: "Files opened, by mount",
        ..CAST
    },
    Command {
        name: "into ip",
        call: Call::IntoIp,
        input: Input::Value,
        positional: &[],
        doc: "Inside a probe's closure: the text of an internet address.",
        more: "Of an int as the kernel's types give it (127.0.0.1 is 0x7f000001), or of four or sixteen bytes as they lie in memory: a binary, a list. A number that is in network order still is turned by `cast __be32` where it lies, or by reading it as bytes.",
        search_terms: &["ebpf", "bpf", "address", "ipv4", "ipv6", "inet"],
        example: "ebpf attach --emit-c 'tracepoint:sock/inet_sock_set_state' {|ctx| $ctx.daddr | into ip | count }",
        example_doc: "Connections by the other side's address",
        ..MAP_GET
    },
    Command {
        name: "map-put",
        call: Call::MapPut,
        positional: &[NAME, MAP_KEY],
        flags: &[LRU, MAX_ENTRIES],
        doc: "Inside a probe's closure: keep a value under a key, for `map-get` in a later event.",
        more: "The value is a single one or a record. Null drops what was there, as `map-delete`. What finds the map full is counted as `full` in `ebpf list`.",
        search_terms: &["ebpf", "bpf", "state", "store", "remember", "variable"],
        example: "ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx| let n = ($ctx.tid | map-get opened | default 0) + 1; $n | map-put opened $ctx.tid; {tid: $ctx.tid, n: $n} | emit } | first 10",
        example_doc: "Files opened, numbered by thread",
        ..MAP_GET
    },
    MAP_GET,
    Command {
        name: "map-delete",
        call: Call::MapDelete,
        doc: "Inside a probe's closure: drop the value that a map has for a key.",
        more: "Nothing happens where there is none.",
        search_terms: &["ebpf", "bpf", "state", "forget", "remove"],
        example: "ebpf attach -s {'tracepoint:sched/sched_process_exec': {|ctx| $ctx.time | map-put begun $ctx.pid }, 'tracepoint:sched/sched_process_exit': {|ctx| {pid: $ctx.pid, begun: ($ctx.pid | map-get begun)} | emit; $ctx.pid | map-delete begun }} | first 5",
        example_doc: "Processes that end, with when they began",
        ..MAP_GET
    },
    Command {
        name: "map-contains",
        call: Call::MapContains,
        doc: "Inside a probe's closure: whether a map has a value for a key.",
        more: "",
        search_terms: &["ebpf", "bpf", "state", "has", "seen"],
        example: "ebpf attach -s 'tracepoint:raw_syscalls/sys_enter' {|ctx| if not ($ctx.tgid | map-contains seen) { true | map-put seen $ctx.tgid; $ctx.comm | emit } } | first 5",
        example_doc: "The first five processes to call the kernel, each once",
        ..MAP_GET
    },
    READ_BYTES,
    Command {
        name: "read-kernel-bytes",
        call: Call::ReadBytes(crate::ir::Space::Kernel),
        doc: "Inside a probe's closure: read so many bytes at an address in the kernel.",
        example: "ebpf attach --emit-c 'raw_tracepoint:net_dev_xmit' {|ctx| let skb = $ctx.args.skb; $skb.data | read-kernel-bytes ($skb.len - $skb.data_len) | emit }",
        example_doc: "The C that reads the packets that are sent",
        ..READ_BYTES
    },
    START_TIMER,
    Command {
        name: "stop-timer",
        call: Call::StopTimer,
        doc: "Inside a probe's closure: the time since `start-timer`, or null.",
        more: "Null where no timer was started, which an aggregation passes over; the timer is then stopped. `$ctx.elapsed` of a return needs no timer.",
        search_terms: &["ebpf", "bpf", "latency", "duration", "end"],
        ..START_TIMER
    },
];

/// The row of a command.
pub fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}
