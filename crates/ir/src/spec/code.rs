//! The table of errors: one code each, with what it is about. Every one has a case, which `tests/tidy.rs` looks for.

/// Makes the enum and its table out of the rows: code, text, meaning.
macro_rules! codes {
    ($($code:ident $text:literal $meaning:literal;)*) => {
        /// The kind of an error. [`Code::text`] is what the user sees and may look for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $code,)*
        }

        /// Code, text, meaning.
        pub static CODES: &[(Code, &str, &str)] = &[$((Code::$code, $text, $meaning)),*];

        impl Code {
            /// The code's text, `ebpf::…`.
            pub fn text(self) -> &'static str {
                CODES[self as usize].1
            }
        }
    };
}

codes! {
    TargetGrammar "ebpf::target::grammar" "the attach point is not written as its kind wants it";
    TargetKind "ebpf::target::kind" "no such kind of probe";
    TargetFunction "ebpf::target::function" "the running kernel has no such function";
    TargetTracepoint "ebpf::target::tracepoint" "the running kernel has no such tracepoint";
    TargetBinary "ebpf::target::binary" "no such program or library, or it is not ELF";
    TargetSymbol "ebpf::target::symbol" "the binary has no such function, or no symbols";
    TargetEvent "ebpf::target::event" "this machine counts no such event";
    TargetMany "ebpf::target::many" "these are more attach points than --max-probes allows";
    ClosureField "ebpf::closure::field" "the context has no such field";
    ClosureCommand "ebpf::closure::command" "the command cannot run in the kernel";
    ClosureSyntax "ebpf::closure::syntax" "the construct cannot run in the kernel";
    ClosureOperator "ebpf::closure::operator" "the operator cannot run in the kernel";
    ClosureType "ebpf::closure::type" "a value has the wrong type";
    ClosureFlag "ebpf::closure::flag" "a flag is unknown, not constant or out of bounds";
    ClosureStack "ebpf::closure::stack" "the closure needs more than the 512 bytes of a kernel program's stack";
    ClosureSize "ebpf::closure::size" "the closure is too long for one kernel program";
    ClosureNoEmit "ebpf::closure::no_emit" "a stream was asked for, but the closure emits nothing";
    ClosureRead "ebpf::closure::read" "cannot get the closure from Nushell";
    OutsideProbe "ebpf::closure::outside" "a closure command was called outside a probe";
    Option "ebpf::option" "an option of the command is out of bounds";
    Input "ebpf::input" "what flows into the command is not what it takes";
    NoPrivileges "ebpf::machine::privileges" "the kernel refused for want of a capability";
    NoBtf "ebpf::machine::btf" "the kernel has no type information";
    NoTracefs "ebpf::machine::tracefs" "tracefs is not mounted or not readable";
    NoKprobes "ebpf::machine::kprobes" "the kernel was built without kprobes";
    NoHooks "ebpf::machine::lsm" "the kernel does not ask BPF programs where it asks security modules";
    Setup "ebpf::machine::setup" "the machine lacks what tracing needs, or a step of the setup failed";
    NoClang "ebpf::machine::clang" "clang was not found";
    ClangFailed "ebpf::compile" "clang did not compile the program";
    Verifier "ebpf::verifier" "the kernel's verifier rejected the program";
    KernelRefused "ebpf::kernel" "the kernel refused to load or attach the program";
    KernelOld "ebpf::kernel::old" "the kernel lacks a feature that the closure needs";
    KernelForbids "ebpf::kernel::forbidden" "the kernel forbids it, though no capability is missing";
    KernelMemory "ebpf::kernel::memory" "the probe takes more memory than there is";
    KernelSize "ebpf::kernel::size" "a map or a program is larger than this kernel takes";
    KernelFull "ebpf::kernel::full" "a limit of the kernel is reached";
    KernelFiles "ebpf::kernel::files" "there are too many open files";
    ObjectDamaged "ebpf::object::damaged" "the file is no object of `ebpf compile`, or not whole";
    ObjectFormat "ebpf::object::format" "another version of the plugin has written the object";
    ObjectDiffers "ebpf::object::differs" "this machine has not what the object was compiled for";
    UnknownSymbol "ebpf::symbol::unknown" "the running kernel has no such symbol";
    HiddenSymbols "ebpf::symbol::hidden" "the kernel hides the addresses of its symbols";
    UnknownId "ebpf::probe::unknown" "no probe has this id";
    NothingToRead "ebpf::probe::nothing" "the probe keeps nothing of the kind asked for";
    Busy "ebpf::probe::busy" "somebody is reading the probe's rows already";
    UnknownPin "ebpf::pin::unknown" "no maps are pinned under this name";
    PinDiffers "ebpf::pin::differs" "a map of this name is pinned otherwise";
    PinFolder "ebpf::pin::folder" "somebody else may write where the maps would be pinned";
    Io "ebpf::io" "a file could not be read or written";
    Bug "ebpf::bug" "a bug in the plugin";
}
