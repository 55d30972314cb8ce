//! Tests of `crates/compile/src/headers.rs`, which includes this as a module of its own.

use super::*;
use crate::spec::failure::FAILURES;
use crate::spec::stat::STATS;

/// The enumerators of one of our headers.
fn enumerators(header: &str, name: &str) -> Vec<&'static str> {
    let text = HEADERS.iter().find(|known| known.0 == header).map_or("", |known| known.1);
    let body = text.split(&format!("enum {name} {{")).nth(1).and_then(|rest| rest.split('}').next()).unwrap_or("");
    body.lines().filter_map(|line| line.trim().split(',').next()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn the_counters_are_those_of_the_table() {
    let table: Vec<&str> = STATS.iter().map(|stat| stat.c).chain(["NU_STATS"]).collect();
    assert_eq!(enumerators("nu/stats.h", "nu_stat"), table);
}

#[test]
fn the_run_time_errors_are_those_of_the_table() {
    let table: Vec<&str> = FAILURES.iter().map(|failure| failure.c).chain(["NU_FAILURES"]).collect();
    assert_eq!(enumerators("nu/errors.h", "nu_failure"), table);
}
