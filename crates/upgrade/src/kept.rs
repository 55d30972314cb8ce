//! Why a probe stays at the attach point that was written.

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// `--no-upgrade`
    Asked,
    /// There is nothing cheaper for the kind.
    Cheapest,
    /// Functions: more than one program, or one at more than one place.
    Several,
    /// Tracepoints: more than are worth a program each.
    Many,
    /// The maps are shared with other probes.
    Pinned,
    /// A return that asks for its entry.
    Entry,
    Stack,
    /// A field of the event's record.
    Record,
    /// A function that is said to be a module's, or an instruction inside of one.
    Inside,
    /// An event without a raw form of its name.
    NoRaw,
    /// An event that somebody has made by that name.
    Dynamic,
    NoTypes,
    NoTrampolines,
    NotDescribed,
    NotInRegisters,
    NeverReturns,
    /// A whole register, of which the function declares a part.
    Narrow,
    /// An argument that the function does not declare.
    Undeclared,
    /// Any other register.
    Register,
    /// No kprobe could be there either.
    NoKprobe,
    /// It has come in a file, which holds what was written.
    Compiled,
    /// The kernel's words.
    Refused(String),
}

impl Kept {
    /// The reason, as the end of a sentence that begins with what was written.
    pub fn why(&self) -> &str {
        match self {
            Kept::Asked => "--no-upgrade asks for it",
            Kept::Cheapest => "there is nothing cheaper for it",
            Kept::Several => "several programs or places share one probe",
            Kept::Many => "there are more than 64 attach points",
            Kept::Pinned => "its maps are shared with other probes (--pin)",
            Kept::Entry => "the closure asks for what was at the entry",
            Kept::Stack => "the closure takes a stack, which would look otherwise",
            Kept::Record => {
                "the closure reads a field of the event's record; raw_tracepoint has the event's arguments instead \
                 ($ctx.args), and misses no event"
            }
            Kept::Inside => "it names a module, or an instruction inside of a function",
            Kept::NoRaw => "the kernel has no raw form of this event",
            Kept::Dynamic => "an event of this name was made by hand",
            Kept::NoTypes => "the kernel has no type information",
            Kept::NoTrampolines => "this kernel does not patch calls into functions that take kprobes",
            Kept::NotDescribed => "the kernel does not describe this function",
            Kept::NotInRegisters => "not all that the function takes or returns is in registers",
            Kept::NeverReturns => "this function never returns",
            Kept::Narrow => "the closure reads a whole register, of which the function declares a part",
            Kept::Undeclared => "the closure reads an argument that the function does not declare",
            Kept::Register => "the closure reads a register",
            Kept::NoKprobe => "the kernel takes no kprobe here",
            Kept::Compiled => "it was compiled as it is written",
            Kept::Refused(error) => error,
        }
    }
}
