//! Tests of `crates/read/src/entries.rs`, which includes this as a module of its own.

use super::*;
use crate::spec::aggregation::{COUNT, STATS, SUM};

const SUMS: Aggregate = Aggregate { row: &SUM, scale: None, keyed: true };

/// Count, sum and wraps.
fn sum(of: &[[i64; 3]]) -> Vec<u64> {
    let mut words = vec![0; 3];
    of.iter().for_each(|slot| combine(&mut words, slot.iter().map(|word| *word as u64), &SUMS, 1));
    words
}

fn total(words: &[u64]) -> i128 {
    i128::from(words[1] as i64) + (i128::from(words[2] as i64) << 64)
}

#[test]
fn a_sum_of_processors_is_exact() {
    let (most, least) = (i64::MAX, i64::MIN);
    assert_eq!(total(&sum(&[[1, most, 0], [1, most, 0], [1, 5, 0]])), 2 * i128::from(most) + 5);
    assert_eq!(total(&sum(&[[1, least, 0], [2, least, -1], [1, 7, 0]])), 2 * i128::from(least) + 7 - (1 << 64));
    assert_eq!(total(&sum(&[[1, most, 0], [1, 1, 0], [1, -1, 0]])), i128::from(most));
}

#[test]
fn what_was_read_is_taken_off_exactly() {
    let (most, least) = (i64::MAX, i64::MIN);
    for (before, after) in [(most, most), (least, least), (5, -7), (-1, least), (most, 1), (0, 0)] {
        let first = sum(&[[1, before, 0]]);
        let mut now = sum(&[[1, before, 0], [1, after, 0]]);
        combine(&mut now, first.into_iter(), &SUMS, -1);
        assert_eq!((now[0], total(&now)), (1, i128::from(after)), "{before} {after}");
    }
}

#[test]
fn only_keys_with_something_new_are_left() {
    let entry = |key: u8, words: &[[i64; 3]]| (vec![key], sum(words));
    let before = Entries::from([entry(1, &[[1, 4, 0]]), entry(2, &[[1, 4, 0]])]);
    let now = Entries::from([entry(1, &[[1, 4, 0]]), entry(2, &[[2, 4, 0]]), entry(3, &[[1, 0, 0]])]);
    assert_eq!(since(now, &before, &SUMS), Entries::from([entry(2, &[[1, 0, 0]]), entry(3, &[[1, 0, 0]])]));
}

#[test]
fn the_greatest_word_is_that_of_all_processors_and_stays() {
    let keeps = Aggregate { row: &STATS, scale: None, keyed: false };
    let mut words = vec![1, 0, 0, 3, 9];
    combine(&mut words, [1, 0, 0, 4, 8].into_iter(), &keeps, 1);
    assert_eq!(words, [2, 0, 0, 4, 9]);
    combine(&mut words, [1, 0, 0, 3, 9].into_iter(), &keeps, -1);
    assert_eq!(words, [1, 0, 0, 4, 9]);
}

#[test]
fn counts_go_round() {
    let keeps = Aggregate { row: &COUNT, scale: None, keyed: true };
    let mut words = vec![u64::MAX];
    combine(&mut words, [2].into_iter(), &keeps, 1);
    assert_eq!(words, [1]);
    combine(&mut words, [2].into_iter(), &keeps, -1);
    assert_eq!(words, [u64::MAX]);
}
