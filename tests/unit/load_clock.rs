//! Tests of `src/load/clock.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn the_epoch_makes_a_reading_of_the_kernel_the_time_of_day() {
    let now = epoch() + nanoseconds(clock_gettime(ClockId::Monotonic));
    let day = chrono::Utc::now().timestamp_nanos_opt().unwrap_or(0);
    assert!((day - now).abs() < 1_000_000_000, "{day} {now}");
}
