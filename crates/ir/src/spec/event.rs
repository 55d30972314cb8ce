//! The table of perf events that `software:` and `hardware:` count: the kernel's names and numbers (enum perf_hw_id and
//! perf_sw_ids, include/uapi/linux/perf_event.h).

/// Who counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counter {
    /// PERF_TYPE_HARDWARE: the processor.
    Hardware,
    /// PERF_TYPE_SOFTWARE: the kernel.
    Software,
}

/// One event.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Event {
    pub name: &'static str,
    pub counter: Counter,
    /// The kernel's number (`config`).
    pub number: u64,
    /// Events after which a sample is taken where no other number is asked for; of clocks, nanoseconds.
    pub period: u64,
}

const fn software(name: &'static str, number: u64, period: u64) -> Event {
    Event { name, counter: Counter::Software, number, period }
}

const fn hardware(name: &'static str, number: u64) -> Event {
    Event { name, counter: Counter::Hardware, number, period: 1_000_000 }
}

/// What `profile` and `interval` go by.
pub static CPU_CLOCK: Event = software("cpu-clock", 0, 1_000_000);

pub static EVENTS: &[&Event] = &[
    &CPU_CLOCK,
    &software("task-clock", 1, 1_000_000),
    &software("page-faults", 2, 1),
    &software("context-switches", 3, 1),
    &software("cpu-migrations", 4, 1),
    &software("minor-faults", 5, 1),
    &software("major-faults", 6, 1),
    &software("alignment-faults", 7, 1),
    &software("emulation-faults", 8, 1),
    &hardware("cycles", 0),
    &hardware("instructions", 1),
    &hardware("cache-references", 2),
    &hardware("cache-misses", 3),
    &hardware("branches", 4),
    &hardware("branch-misses", 5),
    &hardware("bus-cycles", 6),
    &hardware("stalled-cycles-frontend", 7),
    &hardware("stalled-cycles-backend", 8),
    &hardware("ref-cycles", 9),
];

/// The events of a counter.
pub fn events(counter: Counter) -> impl Iterator<Item = &'static Event> {
    EVENTS.iter().copied().filter(move |event| event.counter == counter)
}
