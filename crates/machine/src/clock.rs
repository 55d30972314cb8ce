//! The kernel's clocks: what turns its time since boot into the time of day.

use rustix::time::{ClockId, Timespec, clock_gettime};

/// Nanoseconds from CLOCK_BOOTTIME (`bpf_ktime_get_boot_ns`), which goes on in sleep, to those since 1970, until it is set.
pub fn epoch() -> i64 {
    // Between two readings, so that what they themselves take cancels out.
    let before = nanoseconds(clock_gettime(ClockId::Boottime));
    let now = nanoseconds(clock_gettime(ClockId::Realtime));
    let after = nanoseconds(clock_gettime(ClockId::Boottime));
    now - before - (after - before) / 2
}

fn nanoseconds(time: Timespec) -> i64 {
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_clock.rs"]
mod tests;
