//! The table of verifier complaints: a line of its log (`kernel/bpf/verifier.c`, 6.1 to 6.18), and what to write instead.

use super::code::Code;

/// One complaint.
#[derive(Debug)]
pub struct Hint {
    /// Text that the log's line contains.
    pub pattern: &'static str,
    /// Whose it is: where the closure is more than this kernel takes, the closure's.
    pub code: Code,
    pub meaning: &'static str,
    pub instead: &'static str,
}

/// Makes the list out of the rows: pattern, code, meaning, what to write instead.
macro_rules! hints {
    ($($pattern:literal $code:ident $meaning:literal $instead:literal;)*) => {
        pub static HINTS: &[Hint] =
            &[$(Hint { pattern: $pattern, code: Code::$code, meaning: $meaning, instead: $instead }),*];
    };
}

hints! {
    "BPF program is too large" ClosureSize "this kernel's verifier gave up after a million instructions"
        "read shorter strings (--len), do less with them, or split the closure into two probes";
    "jumps is too complex" ClosureSize "this kernel's verifier gave up after 8,192 branches on one way"
        "read shorter strings (--len), do less with them, or split the closure into two probes";
    "combined stack size" ClosureStack "the program needs more than 512 bytes of stack"
        "read shorter strings (--len), or emit them where they are read instead of keeping them in a variable";
    "points to disabled hook" TargetFunction "no BPF program may hang on this hook"
        "probe the function that asks: kprobe:security_HOOK, fentry:security_HOOK";
    "unknown func" Verifier "this kernel lacks a helper that the program calls"
        "loops take Linux 5.17; look up the minimum kernel of the fields and commands in the README's tables";
    "program of this type cannot use helper" Verifier "this kind of probe may not call a helper that the program needs"
        "use another kind of probe for the same place";
    "invalid access to map value" Verifier "the verifier could not prove that an index stays within bounds"
        "this is a bug in the plugin: please report the closure";
    "infinite loop detected" Verifier "the verifier could not prove that a loop ends"
        "this is a bug in the plugin: please report the closure";
}

/// The row that explains a line of the log.
pub fn hint(line: &str) -> Option<&'static Hint> {
    HINTS.iter().find(|hint| line.contains(hint.pattern))
}
