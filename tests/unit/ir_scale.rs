//! Tests of `crates/ir/src/ir/scale.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn buckets_follow_one_another() {
    for steps in 0..=5 {
        let scale = Scale::Log { steps };
        let ends: Vec<_> = (0..scale.buckets()).map(|bucket| scale.bounds(bucket)).collect();
        assert_eq!((ends[0].0, ends.last().and_then(|last| last.1)), (Some(i64::MIN), None));
        assert!(ends.windows(2).all(|pair| pair[0].1 == pair[1].0 && pair[0].0 < pair[1].0), "{ends:?}");
    }
}

#[test]
fn octaves_are_powers_of_two() {
    let scale = Scale::Log { steps: 0 };
    let ends: Vec<_> = (61..69).map(|bucket| scale.bounds(bucket)).collect();
    let wanted = [(-4, -2), (-2, -1), (-1, 0), (0, 1), (1, 2), (2, 4), (4, 8), (8, 16)];
    assert_eq!(ends, wanted.map(|(low, high)| (Some(low), Some(high))));
}

#[test]
fn a_line_is_open_at_both_ends() {
    let scale = Scale::Linear { start: 0, step: 200, count: 2 };
    let ends: Vec<_> = (0..scale.buckets()).map(|bucket| scale.bounds(bucket)).collect();
    assert_eq!(ends, [(None, Some(0)), (Some(0), Some(200)), (Some(200), Some(400)), (Some(400), None)]);
}
