//! Tests of `crates/machine/src/clock.rs`, which includes this as a module of its own.

use super::*;
use std::time::SystemTime;

#[test]
fn the_epoch_makes_a_reading_of_the_kernel_the_time_of_day() {
    let now = epoch() + nanoseconds(clock_gettime(ClockId::Boottime));
    let day = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |day| day.as_nanos() as i64);
    assert!((day - now).abs() < 1_000_000_000, "{day} {now}");
}
