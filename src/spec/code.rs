//! The table of errors: one code each, with what it is about. Every one has a case in `tests/rejected`, `tests/live` or
//! a unit test; `tests/tidy.rs` looks for it.

/// The kind of an error. [`Code::text`] is what the user sees and may look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    TargetGrammar,
    TargetKind,
    TargetFunction,
    TargetTracepoint,
    TargetBinary,
    TargetSymbol,
    ClosureField,
    ClosureCommand,
    ClosureSyntax,
    ClosureOperator,
    ClosureType,
    ClosureFlag,
    ClosureStack,
    ClosureSize,
    ClosureNoEmit,
    ClosureRead,
    OutsideProbe,
    Option,
    Input,
    NoPrivileges,
    NoBtf,
    NoTracefs,
    NoKprobes,
    NoClang,
    ClangFailed,
    Verifier,
    KernelRefused,
    UnknownId,
    NothingToRead,
    Busy,
    Io,
}

/// Code, text, meaning.
pub static CODES: &[(Code, &str, &str)] = &[
    (Code::TargetGrammar, "ebpf::target::grammar", "the attach point is not written as its kind wants it"),
    (Code::TargetKind, "ebpf::target::kind", "no such kind of probe"),
    (Code::TargetFunction, "ebpf::target::function", "the running kernel has no such function"),
    (Code::TargetTracepoint, "ebpf::target::tracepoint", "the running kernel has no such tracepoint"),
    (Code::TargetBinary, "ebpf::target::binary", "no such program or library, or it is not ELF"),
    (Code::TargetSymbol, "ebpf::target::symbol", "the binary has no such function, or no symbols"),
    (Code::ClosureField, "ebpf::closure::field", "the context has no such field"),
    (Code::ClosureCommand, "ebpf::closure::command", "the command cannot run in the kernel"),
    (Code::ClosureSyntax, "ebpf::closure::syntax", "the construct cannot run in the kernel"),
    (Code::ClosureOperator, "ebpf::closure::operator", "the operator cannot run in the kernel"),
    (Code::ClosureType, "ebpf::closure::type", "a value has the wrong type"),
    (Code::ClosureFlag, "ebpf::closure::flag", "a flag is unknown, not constant or out of bounds"),
    (
        Code::ClosureStack,
        "ebpf::closure::stack",
        "the closure needs more than the 512 bytes of a kernel program's stack",
    ),
    (Code::ClosureSize, "ebpf::closure::size", "the closure is too long for one kernel program"),
    (Code::ClosureNoEmit, "ebpf::closure::no_emit", "a stream was asked for, but the closure emits nothing"),
    (Code::ClosureRead, "ebpf::closure::read", "Nushell did not hand the closure over"),
    (Code::OutsideProbe, "ebpf::closure::outside", "a closure command was called outside a probe"),
    (Code::Option, "ebpf::option", "an option of the command is out of bounds"),
    (Code::Input, "ebpf::input", "what flows into the command is not what it takes"),
    (Code::NoPrivileges, "ebpf::machine::privileges", "the kernel refused for want of a capability"),
    (Code::NoBtf, "ebpf::machine::btf", "the kernel has no type information"),
    (Code::NoTracefs, "ebpf::machine::tracefs", "tracefs is not mounted or not readable"),
    (Code::NoKprobes, "ebpf::machine::kprobes", "the kernel was built without kprobes"),
    (Code::NoClang, "ebpf::machine::clang", "clang was not found"),
    (Code::ClangFailed, "ebpf::compile", "clang did not compile the program"),
    (Code::Verifier, "ebpf::verifier", "the kernel's verifier rejected the program"),
    (Code::KernelRefused, "ebpf::kernel", "the kernel refused to load or attach the program"),
    (Code::UnknownId, "ebpf::probe::unknown", "no probe has this id"),
    (Code::NothingToRead, "ebpf::probe::nothing", "the probe keeps nothing of the kind asked for"),
    (Code::Busy, "ebpf::probe::busy", "somebody is reading the probe's rows already"),
    (Code::Io, "ebpf::io", "a file could not be read or written"),
];

impl Code {
    /// The code's text, `ebpf::…`.
    pub fn text(self) -> &'static str {
        CODES.iter().find(|row| row.0 == self).map_or("ebpf", |row| row.1)
    }
}
