//! The table of kernel features: each helper and map type that generated programs use, the first kernel that has it, how
//! the running kernel is asked for it, and what replaces it where it is missing.

use std::fmt;
use std::str::FromStr;

/// One feature of the kernel.
#[derive(Debug)]
pub struct Feature {
    pub name: &'static str,
    /// The first release of kernel.org that has it for tracing programs. Distributions backport: see [`Feature::probe`].
    pub since: Version,
    /// The helper (`enum bpf_func_id`, include/uapi/linux/bpf.h); 0 of an instruction.
    pub helper: u32,
    /// How the running kernel is asked.
    pub probe: Probe,
    /// What is done on a kernel that lacks it; None where the closure is refused.
    pub fallback: Option<&'static str>,
    /// What needs it, in the words of a closure.
    pub purpose: &'static str,
}

/// What is tried: a program of a type that calls the helper (`enum bpf_prog_type`, include/uapi/linux/bpf.h), or one with
/// an atomic instruction that returns the old value; or nothing, where only the release tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    Fetch = 0,
    Release = 1,
    Kprobe = 2,
    Tracepoint = 5,
    Tracing = 26,
}

/// A kernel release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16, pub u16);

/// What every program relies on: the ring buffer and CAP_BPF.
pub const OLDEST: Version = Version(5, 8);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

impl Feature {
    /// The first kernel that programs run on which need it, by the feature itself or what replaces it.
    pub fn first(&self) -> Version {
        if self.fallback.is_some() { OLDEST } else { self.since }
    }
}

impl FromStr for Version {
    type Err = ();

    /// The first two numbers of a release: `5.10`, `6.12.94+deb13-amd64`.
    fn from_str(text: &str) -> Result<Version, ()> {
        let mut numbers = text.trim().splitn(3, '.');
        let major = numbers.next().and_then(|number| number.parse().ok()).ok_or(())?;
        let minor = numbers.next().ok_or(())?;
        let digits = minor.find(|c: char| !c.is_ascii_digit()).unwrap_or(minor.len());
        Ok(Version(major, minor[..digits].parse().map_err(|_| ())?))
    }
}

/// What the kernel that a program is built for offers.
#[derive(Debug, Clone, Copy, Default)]
pub enum Kernel {
    /// All features of the table.
    #[default]
    Newest,
    /// Those of a release.
    Release(Version),
    /// Those that the function finds.
    Found(fn(&'static Feature) -> bool),
}

impl Kernel {
    pub fn has(self, feature: &'static Feature) -> bool {
        match self {
            Kernel::Newest => true,
            Kernel::Release(version) => feature.since <= version,
            Kernel::Found(find) => find(feature),
        }
    }
}

/// Makes the statics and their list: name, text, first kernel, helper, program type, fallback, purpose.
macro_rules! features {
    ($($row:ident $name:literal $major:literal . $minor:literal $helper:literal $probe:ident $fallback:expr, $purpose:literal;)*) => {
        $(pub static $row: Feature = Feature {
            name: $name,
            since: Version($major, $minor),
            helper: $helper,
            probe: Probe::$probe,
            fallback: $fallback,
            purpose: $purpose,
        };)*

        pub static FEATURES: &[&Feature] = &[$(&$row),*];
    };
}

features! {
    LOOKUP "bpf_map_lookup_elem" 4 . 1 1 Tracepoint None, "maps";
    UPDATE "bpf_map_update_elem" 4 . 1 2 Tracepoint None, "maps";
    DELETE "bpf_map_delete_elem" 4 . 1 3 Tracepoint None, "`map-delete`, `stop-timer --key`";
    KTIME "bpf_ktime_get_ns" 4 . 1 5 Tracepoint None, "`$ctx.ktime`, timers";
    RANDOM "bpf_get_prandom_u32" 4 . 1 7 Tracepoint None, "`random int`, `$ctx.random`";
    CPU "bpf_get_smp_processor_id" 4 . 1 8 Tracepoint None, "`$ctx.cpu`";
    PID_TGID "bpf_get_current_pid_tgid" 4 . 2 14 Tracepoint None, "`$ctx.pid`, `--pid`";
    UID_GID "bpf_get_current_uid_gid" 4 . 2 15 Tracepoint None, "`$ctx.uid`, `$ctx.gid`";
    COMM "bpf_get_current_comm" 4 . 2 16 Tracepoint None, "`$ctx.comm`, `--comm`";
    STACKID "bpf_get_stackid" 4 . 6 27 Tracepoint None, "`$ctx.kstack`, `$ctx.ustack`";
    CURRENT_TASK "bpf_get_current_task" 4 . 8 35 Tracepoint None, "`$ctx.ppid`, `$ctx.ustack`";
    NUMA_NODE "bpf_get_numa_node_id" 4 . 10 42 Tracepoint None, "`$ctx.numa_node`";
    CGROUP_ID "bpf_get_current_cgroup_id" 4 . 18 80 Tracepoint None, "`$ctx.cgroup`, `$ctx.cgroup_path`";
    READ_USER "bpf_probe_read_user" 5 . 5 112 Tracepoint None, "memory of processes";
    READ_KERNEL "bpf_probe_read_kernel" 5 . 5 113 Tracepoint None, "memory of the kernel";
    READ_USER_STR "bpf_probe_read_user_str" 5 . 5 114 Tracepoint None, "`read-str`";
    READ_KERNEL_STR "bpf_probe_read_kernel_str" 5 . 5 115 Tracepoint None, "`read-kernel-str`";
    BOOT_NS "bpf_ktime_get_boot_ns" 5 . 8 125 Tracepoint None, "`$ctx.uptime`, `$ctx.time`, run-time errors";
    SEQ_WRITE "bpf_seq_write" 5 . 8 127 Tracing None, "`ebpf iter`";
    RING_RESERVE "bpf_ringbuf_reserve" 5 . 8 131 Tracepoint None, "`emit`";
    RING_SUBMIT "bpf_ringbuf_submit" 5 . 8 132 Tracepoint None, "`emit`";
    RING_DISCARD "bpf_ringbuf_discard" 5 . 8 133 Tracepoint None, "`emit`";
    RING_QUERY "bpf_ringbuf_query" 5 . 8 134 Tracepoint None, "`emit`";
    PER_CPU "bpf_per_cpu_ptr" 5 . 10 153 Tracepoint None, "`kernel-var` of a per-CPU variable";
    THIS_CPU "bpf_this_cpu_ptr" 5 . 10 154 Tracepoint None, "`kernel-var` of a per-CPU variable";
    TASK_STORAGE "bpf_task_storage_get" 5 . 13 156 Tracepoint
        Some("a hash with room for 16,384 threads, from which a thread is deleted when the kernel frees it"),
        "`start-timer`, `stop-timer`, `$ctx.elapsed`, `$ctx.entry`";
    CURRENT_TASK_BTF "bpf_get_current_task_btf" 5 . 11 158 Tracepoint
        Some("bpf_get_current_task, whose members are read by bpf_probe_read_kernel"), "`$ctx.task`";
    INT_ARGUMENT "arguments that point to numbers" 5 . 18 0 Release
        Some("bpf_probe_read_kernel of the context, and of all that arguments point to"),
        "`$ctx.args` of `fentry`, `fexit`, `lsm` and `raw_tracepoint`";
    FETCH "atomic fetch-and-add" 5 . 12 0 Fetch Some("plain arithmetic, as older kernels run these programs with preemption off"),
        "`sum`, `stats`, `min` and `max` at uprobes and functions, paths of files";
    SNPRINTF "bpf_snprintf" 5 . 13 165 Tracepoint None, "text that is put together and then compared or counted by in the kernel";
    FUNC_IP "bpf_get_func_ip" 5 . 15 173 Kprobe Some("the stack pointer tells calls apart"),
        "`$ctx.elapsed` and `$ctx.entry` of several functions";
    COOKIE "bpf_get_attach_cookie" 5 . 15 174 Tracepoint Some("one program for each attach point"),
        "`$ctx.func` and `$ctx.probe` of several attach points";
    LOOP "bpf_loop" 5 . 17 181 Tracepoint Some("a bounded loop of at most 256 iterations"),
        "`for` over a range, `while`, `loop`, paths of files";
}

/// The row of a helper by its number.
pub fn helper(number: u32) -> Option<&'static Feature> {
    FEATURES.iter().copied().find(|row| row.helper == number && number > 0)
}

/// Threads that a hash has room for which replaces task storage.
pub const THREADS: u32 = 16_384;

/// Iterations, of nested loops together, of those that replace `bpf_loop`: the verifier walks through each.
pub const ITERATIONS: u64 = 256;
