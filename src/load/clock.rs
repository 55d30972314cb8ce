//! The kernel's clocks: what turns its time since boot into the time of day.

use rustix::time::{ClockId, Timespec, clock_gettime};

/// Nanoseconds to be added to CLOCK_MONOTONIC, which a program reads (`bpf_ktime_get_ns`), for those since 1970. It
/// holds until the clock is set, or the machine has slept.
pub fn epoch() -> i64 {
    // Between two readings, so that what they themselves take cancels out.
    let before = nanoseconds(clock_gettime(ClockId::Monotonic));
    let now = nanoseconds(clock_gettime(ClockId::Realtime));
    let after = nanoseconds(clock_gettime(ClockId::Monotonic));
    now - before - (after - before) / 2
}

fn nanoseconds(time: Timespec) -> i64 {
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

#[cfg(test)]
#[path = "../../tests/unit/load_clock.rs"]
mod tests;
