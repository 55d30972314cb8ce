//! The table of verifier complaints: a line of its log (`kernel/bpf/verifier.c`, 6.1 to 6.18), and what to write instead.

/// One complaint.
#[derive(Debug)]
pub struct Hint {
    /// Text that the log's line contains.
    pub pattern: &'static str,
    pub meaning: &'static str,
    pub instead: &'static str,
}

/// Makes the list out of the rows: pattern, meaning, what to write instead.
macro_rules! hints {
    ($($pattern:literal $meaning:literal $instead:literal;)*) => {
        pub static HINTS: &[Hint] = &[$(Hint { pattern: $pattern, meaning: $meaning, instead: $instead }),*];
    };
}

hints! {
    "BPF program is too large" "the verifier gave up after a million instructions"
        "make loops shorter, or split the closure into two probes";
    "combined stack size" "the program needs more than 512 bytes of stack"
        "read shorter strings (--len), or emit them where they are read instead of keeping them in a variable";
    "unknown func" "this kernel lacks a helper that the program calls"
        "look up the minimum kernel of the fields and commands in the README's tables";
    "program of this type cannot use helper" "this kind of probe may not call a helper that the program needs"
        "use another kind of probe for the same place";
    "invalid access to map value" "the verifier could not prove that an index stays within bounds"
        "this is a bug in the plugin: please report the closure";
    "infinite loop detected" "the verifier could not prove that a loop ends"
        "give the loop a constant bound";
}

/// The row that explains a line of the log.
pub fn hint(line: &str) -> Option<&'static Hint> {
    HINTS.iter().find(|hint| line.contains(hint.pattern))
}
