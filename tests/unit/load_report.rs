//! Tests of `crates/load/src/report.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn the_verifier_s_statistics_are_read() {
    let log = "verification time 80 usec\nstack depth 16+0\nprocessed 41 insns (limit 1000000) max_states_per_insn 1 total_states 3 peak_states 3 mark_read 2\n";
    let wanted = [
        ("stack_depth", 16),
        ("processed", 41),
        ("max_states_per_insn", 1),
        ("total_states", 3),
        ("peak_states", 3),
        ("mark_read", 2),
    ];
    assert_eq!(statistics(log), wanted.map(|(name, number)| (name.to_string(), number)));
}

#[test]
fn helpers_have_their_names() {
    assert_eq!(helper(1), "bpf_map_lookup_elem");
    assert_eq!(helper(999_999), "helper 999999");
}
