//! The table of what a probe counts about itself, slot by slot of `bpf_headers/nu/stats.h` (a test compares).

/// One counter.
#[derive(Debug)]
pub struct Stat {
    /// The column of `ebpf list`.
    pub name: &'static str,
    /// The enumerator in C.
    pub c: &'static str,
    /// What the end of a stream says of a number that is not zero; empty where nothing was lost.
    pub loss: &'static str,
    pub doc: &'static str,
}

/// The place of the row that counts run-time errors.
pub const ERRORS: usize = 5;

pub static STATS: &[Stat] = &[
    Stat { name: "events", c: "NU_EVENTS", loss: "", doc: "Rows sent." },
    Stat {
        name: "dropped",
        c: "NU_DROPPED",
        loss: "rows were dropped because the ring buffer was full: give it more (--ring-buffer) or emit less",
        doc: "Rows lost because the ring buffer was full.",
    },
    Stat {
        name: "truncated",
        c: "NU_TRUNCATED",
        loss: "strings were cut and end in `…`: read more of them with --len",
        doc: "Strings cut at their length limit.",
    },
    Stat {
        name: "faults",
        c: "NU_FAULTS",
        loss: "strings could not be read and are null: their memory was not present",
        doc: "Strings that could not be read.",
    },
    Stat {
        name: "full",
        c: "NU_FULL",
        loss: "hits were not counted because the map was full: give it more (--max-entries)",
        doc: "Hits of keys for which the map had no room.",
    },
    Stat {
        name: "errors",
        c: "NU_ERRORS",
        loss: "events ended in a run-time error and were skipped",
        doc: "Events given up because Nushell would have raised an error; `ebpf list --errors` shows the last.",
    },
];
