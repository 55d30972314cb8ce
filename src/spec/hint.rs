//! The table of verifier complaints: what a line of the verifier's log means, and what to write instead. The patterns
//! are the kernel's own words (`kernel/bpf/verifier.c`, 6.1 to 6.18).

/// One complaint.
#[derive(Debug)]
pub struct Hint {
    /// Text that the log's line contains.
    pub pattern: &'static str,
    pub meaning: &'static str,
    pub instead: &'static str,
}

pub static HINTS: &[Hint] = &[
    Hint {
        pattern: "BPF program is too large",
        meaning: "the verifier gave up after a million instructions",
        instead: "make loops shorter, or split the closure into two probes",
    },
    Hint {
        pattern: "combined stack size",
        meaning: "the program needs more than 512 bytes of stack",
        instead: "read shorter strings (--len), or emit them where they are read instead of keeping them in a variable",
    },
    Hint {
        pattern: "unknown func",
        meaning: "this kernel lacks a helper that the program calls",
        instead: "look up the minimum kernel of the fields and commands in the README's tables",
    },
    Hint {
        pattern: "program of this type cannot use helper",
        meaning: "this kind of probe may not call a helper that the program needs",
        instead: "use another kind of probe for the same place",
    },
    Hint {
        pattern: "invalid access to map value",
        meaning: "the verifier could not prove that an index stays within bounds",
        instead: "this is a bug in the plugin: please report the closure",
    },
    Hint {
        pattern: "infinite loop detected",
        meaning: "the verifier could not prove that a loop ends",
        instead: "give the loop a constant bound",
    },
];

/// The row that explains a line of the log.
pub fn hint(line: &str) -> Option<&'static Hint> {
    HINTS.iter().find(|hint| line.contains(hint.pattern))
}
