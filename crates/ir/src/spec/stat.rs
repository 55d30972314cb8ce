//! The table of what a probe counts about itself, slot by slot of `bpf_headers/nu/stats.h` (a test compares).

/// One counter.
#[derive(Debug)]
pub struct Stat {
    /// The column of `ebpf list`.
    pub name: &'static str,
    /// The enumerator in C.
    pub c: &'static str,
    /// What is said of a number that is not zero, with what is missing because of it; empty where nothing was lost.
    pub loss: &'static str,
    pub doc: &'static str,
}

/// The places of the rows that count rows, faults and run-time errors.
pub const EVENTS: usize = 0;
pub const FAULTS: usize = 3;
pub const ERRORS: usize = 5;

/// Makes the list out of the rows: column, enumerator, doc, what was lost.
macro_rules! stats {
    ($($name:literal $c:literal $doc:literal $loss:literal;)*) => {
        pub static STATS: &[Stat] = &[$(Stat { name: $name, c: $c, loss: $loss, doc: $doc }),*];
    };
}

stats! {
    "events" "NU_EVENTS" "Rows sent." "";
    "dropped" "NU_DROPPED" "Rows lost because the ring buffer was full."
        "rows were dropped because the ring buffer was full: give it more (--ring-buffer) or emit less";
    "truncated" "NU_TRUNCATED" "Strings cut at their length limit."
        "strings were cut and end in `…`: read more of them with --len";
    "faults" "NU_FAULTS" "Strings, and arguments of USDT probes, that could not be read; not those at a null address."
        "strings could not be read and are null, or arguments of USDT probes and are 0: their memory was not present, or the address is one of the kernel's (read-kernel-str)";
    "full" "NU_FULL" "Hits, values and timers of keys for which a map had no room."
        "hits, values or timers were not kept because a map was full: give it more (--max-entries)";
    "errors" "NU_ERRORS"
        "Events given up because Nushell would have raised an error; `ebpf list --errors` shows the last."
        "events ended in a run-time error and were skipped";
    "unmatched" "NU_UNMATCHED" "Returns skipped because their entry was not seen: it was before the probe was attached, under another name than --comm's, or one of more than eight in one another."
        "returns were skipped: their entry was before the probe was attached, or was not kept";
    "collisions" "NU_COLLISIONS" "Stacks that are null because another one had their place among the 16,384."
        "stacks are null because another one had their place: take fewer different ones, or attach again";
}
