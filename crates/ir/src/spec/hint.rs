//! The tables of complaints, and what to write instead: lines of the verifier's log (`kernel/bpf/verifier.c`, 6.1 to
//! 6.18), and errors of the system as they are written out (include/uapi/asm-generic/errno-base.h).

use super::code::Code;

/// One complaint.
#[derive(Debug)]
pub struct Hint {
    /// Text that the log's line, or the error, contains.
    pub pattern: &'static str,
    /// Whose it is: where the closure is more than this kernel takes, the closure's.
    pub code: Code,
    pub meaning: &'static str,
    pub instead: &'static str,
}

/// Makes a list out of its rows: pattern, code, meaning, what to write instead.
macro_rules! hints {
    ($list:ident: $($pattern:literal $code:ident $meaning:literal $instead:literal;)*) => {
        pub static $list: &[Hint] =
            &[$(Hint { pattern: $pattern, code: Code::$code, meaning: $meaning, instead: $instead }),*];
    };
}

hints! { HINTS:
    "BPF program is too large" ClosureSize "this kernel's verifier gave up after a million instructions"
        "read shorter strings (--len), do less with them, or split the closure into two probes";
    "jumps is too complex" ClosureSize "this kernel's verifier gave up after 8,192 branches on one path"
        "read shorter strings (--len), do less with them, or split the closure into two probes";
    "combined stack size" ClosureStack "the program needs more than 512 bytes of stack"
        "read shorter strings (--len), or emit them where they are read instead of keeping them in a variable";
    "points to disabled hook" TargetFunction "this kernel does not let BPF programs attach to this hook"
        "probe the function that asks: kprobe:security_HOOK, fentry:security_HOOK";
    "unknown func" Verifier "this kernel lacks a helper that the program calls"
        "run a newer kernel: docs/language.md lists the release that has each feature";
    "program of this type cannot use helper" Verifier "this kind of probe may not call a helper that the program needs"
        "use another kind of probe for the same place";
    "invalid access to map value" Verifier "the verifier could not prove that an index stays within bounds"
        "this is a bug in the plugin: report it with the closure; until then, try a shorter closure";
    "infinite loop detected" Verifier "the verifier could not prove that a loop ends"
        "this is a bug in the plugin: report it with the closure; until then, try a shorter closure";
}

hints! { REFUSALS:
    "(os error 1)" KernelForbids "it is forbidden, though no capability is missing"
        "the kernel may be locked down (/sys/kernel/security/lockdown) or built without support for this kind of probe, or a container's seccomp profile forbids the system call bpf: try a tracepoint or a uprobe";
    "(os error 7)" KernelSize "it exceeds a limit of this kernel"
        "reduce it: fewer keys (--max-entries), shorter strings (--len), or fewer probes at the same function";
    "(os error 12)" KernelMemory "there is not enough memory"
        "reduce it: fewer keys (--max-entries), a smaller ring buffer (--ring-buffer); or detach other probes (ebpf list)";
    "(os error 23)" KernelFiles "the machine has too many open files"
        "detach other probes (ebpf list), or raise fs.file-max (sysctl)";
    "(os error 24)" KernelFiles "the plugin has too many open files"
        "detach other probes (ebpf list); or raise the limit before nu is started: ulimit -n 65536";
    "(os error 28)" KernelFull "a limit of the kernel is reached"
        "detach other probes (ebpf list); bpftool prog, map and link list show those of other programs";
}

/// The row that explains an error of the system's, as it is written out.
pub fn refusal(error: &str) -> Option<&'static Hint> {
    REFUSALS.iter().find(|hint| error.contains(hint.pattern))
}

/// Errors that the C library has no words for: those that the kernel keeps to itself (include/linux/errno.h), and libbpf's
/// own (libbpf.h).
const NAMELESS: &[(&str, &str)] = &[
    ("512", "the system call was interrupted by a signal (ERESTARTSYS)"),
    ("513", "the system call was interrupted by a signal (ERESTARTNOINTR)"),
    ("514", "the system call was interrupted by a signal (ERESTARTNOHAND)"),
    ("516", "the system call was interrupted by a signal (ERESTART_RESTARTBLOCK)"),
    ("517", "a resource is not available yet (EPROBE_DEFER)"),
    ("524", "this kernel does not support it (ENOTSUPP)"),
    ("4000", "libelf cannot read the file (LIBBPF_ERRNO__LIBELF)"),
    ("4001", "the file is not of the expected format (LIBBPF_ERRNO__FORMAT)"),
    ("4002", "the version of the kernel is missing or wrong (LIBBPF_ERRNO__KVERSION)"),
    ("4003", "the file is of another byte order (LIBBPF_ERRNO__ENDIAN)"),
    ("4004", "internal error of libbpf (LIBBPF_ERRNO__INTERNAL)"),
    ("4005", "a relocation failed (LIBBPF_ERRNO__RELOC)"),
    ("4006", "the program could not be loaded (LIBBPF_ERRNO__LOAD)"),
    ("4007", "the verifier rejected the program (LIBBPF_ERRNO__VERIFY)"),
    ("4008", "the program is too large (LIBBPF_ERRNO__PROG2BIG)"),
    ("4009", "the kernel does not match (LIBBPF_ERRNO__KVER)"),
    ("4010", "the program is of the wrong type (LIBBPF_ERRNO__PROGTYPE)"),
    ("4011", "a netlink message has the wrong process (LIBBPF_ERRNO__WRNGPID)"),
    ("4012", "a netlink message has the wrong number (LIBBPF_ERRNO__INVSEQ)"),
    ("4013", "netlink: the attribute cannot be parsed (LIBBPF_ERRNO__NLPARSE)"),
];

/// Replaces `Unknown error N` by what N means, where that is known.
pub fn errno(text: &str) -> String {
    let Some((before, rest)) = text.split_once("Unknown error ") else { return text.to_string() };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, after) = rest.split_at(digits);
    match NAMELESS.iter().find(|(known, _)| *known == number) {
        Some((_, meaning)) => format!("{before}{meaning}{}", errno(after)),
        None => format!("{before}Unknown error {number}{}", errno(after)),
    }
}

/// The row that explains a line of the log.
pub fn hint(line: &str) -> Option<&'static Hint> {
    HINTS.iter().find(|hint| line.contains(hint.pattern))
}
