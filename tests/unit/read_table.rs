//! Tests of `crates/read/src/table.rs`, which includes this as a module of its own.

use super::*;
use crate::ir::{Tree, Width};
use crate::spec::aggregation::{COUNT, HIST, QUANTILES};
use nu_protocol::Config;
use std::sync::Arc;

const COUNTS: Aggregate = Aggregate { row: &COUNT, scale: None, keyed: true };

fn shell() -> Shell {
    Shell { span: Span::test_data(), config: Arc::new(Config::default()), stacks: None }
}

/// A key of one int, laid out as what a tree makes of it.
fn layout(tree: Tree) -> Layout {
    let slot = (String::new(), Type::Int(Width::I64), crate::ir::ExprId(0));
    Layout::new(0, vec![slot], tree)
}

fn entries(of: &[(i64, &[u64])]) -> Entries {
    of.iter().map(|(key, words)| (key.to_ne_bytes().to_vec(), words.to_vec())).collect()
}

fn nuon(table: &Value) -> String {
    table.to_expanded_string(", ", &Config::default())
}

#[test]
fn the_largest_is_first_and_equals_are_in_order() {
    let of = entries(&[(3, &[1]), (1, &[1]), (2, &[5])]);
    let table = table(of, &COUNTS, Some(&layout(Tree::Slot(0))), Type::Nothing, &shell(), None);
    assert_eq!(nuon(&table), "[{key: 2, count: 5}, {key: 1, count: 1}, {key: 3, count: 1}]");
}

#[test]
fn keys_that_have_become_one_are_one() {
    let fixed = Tree::Record(vec![("a".into(), Tree::Const(crate::ir::Const::Int(7)))]);
    let table = table(entries(&[(1, &[4]), (2, &[3])]), &COUNTS, Some(&layout(fixed)), Type::Nothing, &shell(), None);
    assert_eq!(nuon(&table), "[{a: 7, count: 7}]");
}

#[test]
fn a_histogram_goes_from_the_first_to_the_last_bucket() {
    let scale = Scale::Linear { start: 0, step: 10, count: 3 };
    let keeps = Aggregate { row: &HIST, scale: Some(scale), keyed: false };
    let of = Entries::from([(Vec::new(), vec![0, 2, 0, 1, 0])]);
    let rows = table(of, &keeps, None, Type::Duration, &shell(), None);
    let wanted = "[{low: 0sec, high: 10ns, count: 2, bar: --------------------}, \
                  {low: 10ns, high: 20ns, count: 0, bar: }, {low: 20ns, high: 30ns, count: 1, bar: ----------}]";
    assert_eq!(nuon(&rows), wanted);
    let none = table(Entries::from([(Vec::new(), vec![0; 5])]), &keeps, None, Type::Duration, &shell(), None);
    assert_eq!(nuon(&none), "[]");
}

#[test]
fn quantiles_are_near_the_values_of_their_ranks() {
    let scale = Scale::Log { steps: 4 };
    let keeps = Aggregate { row: &QUANTILES, scale: Some(scale), keyed: false };
    let bucket = |value: i64| {
        let holds = |bucket: &usize| {
            let (low, high) = scale.bounds(*bucket);
            low.is_none_or(|low| low <= value) && high.is_none_or(|high| value < high)
        };
        (0..scale.buckets()).find(holds)
    };
    for sign in [1, -1] {
        let mut words = vec![0; scale.buckets()];
        for value in 1..=10_000_i64 {
            words[bucket(sign * value).expect("every value has a bucket")] += 1;
        }
        let rows = table(Entries::from([(Vec::new(), words)]), &keeps, None, Type::Int(Width::I64), &shell(), None);
        let row = rows.as_list().expect("a table")[0].as_record().expect("a row").clone();
        let wanted = if sign > 0 { [5000, 9000, 9900, 9990] } else { [-5001, -1001, -101, -11] };
        for (name, wanted) in ["p50", "p90", "p99", "p99.9"].iter().zip(wanted) {
            let came = row.get(name).and_then(|value| value.as_int().ok()).expect("an int");
            assert!((came - wanted).abs() * 32 <= wanted.abs(), "{name}: expected {wanted}, came {came}");
        }
    }
}

#[test]
fn bars_fit_the_terminal() {
    let scale = Scale::Log { steps: 0 };
    let keeps = Aggregate { row: &HIST, scale: Some(scale), keyed: false };
    let longest = |width: Option<usize>| {
        let words = (0..scale.buckets() as u64).map(|bucket| if bucket == 70 { 4 } else { 0 }).collect();
        let rows = table(Entries::from([(Vec::new(), words)]), &keeps, None, Type::Duration, &shell(), width);
        let row = rows.as_list().expect("a table")[0].as_record().expect("a row").clone();
        row.get("bar").and_then(|bar| bar.as_str().ok()).map(str::len)
    };
    let came = [None, Some(0), Some(80), Some(100), Some(1000)].map(longest);
    assert_eq!(came, [Some(20), Some(10), Some(20), Some(40), Some(80)]);
}
