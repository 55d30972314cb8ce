//! Tests of `crates/read/src/order.rs`, which includes this as a module of its own.

use super::*;

fn row(event: u32, call: u32, value: u8) -> Vec<u8> {
    [&event.to_ne_bytes()[..], &call.to_ne_bytes(), &[value]].concat()
}

fn mark(event: u32, call: u32) -> Vec<u8> {
    row(event, call, 0)[..HEADER].to_vec()
}

/// The values of the rows that are handed out for each that is taken.
fn taken(order: &mut Order, rows: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for row in rows {
        let mut out = Vec::new();
        order.take(row, &mut |row: &[u8]| out.push(row[8]));
        all.push(out);
    }
    all
}

fn finished(order: &mut Order) -> Vec<u8> {
    let mut out = Vec::new();
    order.finish(&mut |row: &[u8]| out.push(row[8]));
    out
}

#[test]
fn hands_out_rows_at_once_where_none_waits() {
    let mut order = Order::default();
    assert_eq!(taken(&mut order, &[row(0, 0, 1), row(1, 0, 2)]), [[1], [2]]);
    assert_eq!((finished(&mut order), order.incomplete()), (vec![], 0));
}

#[test]
fn puts_late_rows_where_the_event_was() {
    let mut order = Order::default();
    let rows = [row(WAITS, 7, 9), row(0, 0, 2), row(0, 7, 1), row(0, 0, 3), mark(RESUMED, 7), row(0, 0, 4)];
    assert_eq!(taken(&mut order, &rows), [vec![], vec![], vec![], vec![], vec![1, 2, 3], vec![4]]);
    assert_eq!((finished(&mut order), order.incomplete()), (vec![], 0));
}

#[test]
fn keeps_the_order_of_several_calls() {
    let mut order = Order::default();
    let waits = [row(WAITS, 7, 0), row(WAITS, 8, 0), row(0, 0, 3)];
    assert_eq!(taken(&mut order, &waits).concat(), [0_u8; 0]);
    assert_eq!(taken(&mut order, &[row(0, 8, 2), mark(RESUMED, 8)]).concat(), [0_u8; 0]);
    assert_eq!(taken(&mut order, &[row(0, 7, 1), mark(RESUMED, 7)]).concat(), [1, 2, 3]);
}

#[test]
fn hands_out_nothing_for_an_event_without_rows() {
    let mut order = Order::default();
    let rows = [mark(WAITS | NO_ROW, 7), row(0, 0, 2), mark(RESUMED, 7)];
    assert_eq!(taken(&mut order, &rows), [vec![], vec![], vec![2]]);
    assert_eq!((finished(&mut order), order.incomplete()), (vec![], 0));
}

#[test]
fn hands_out_the_incomplete_row_of_a_call_that_never_ends() {
    let mut order = Order::default();
    assert_eq!(taken(&mut order, &[row(WAITS | 1, 7, 1), row(0, 0, 2)]).concat(), [0_u8; 0]);
    let mut rows = Vec::new();
    order.finish(&mut |row: &[u8]| rows.push(row[..5].to_vec()));
    assert_eq!(rows[0], [&1u32.to_ne_bytes()[..], &[7]].concat(), "its number is that of the event");
    assert_eq!((rows.len(), order.incomplete()), (2, 1));
}

#[test]
fn gives_up_a_call_whose_thread_is_in_another() {
    let mut order = Order::default();
    let rows = [row(WAITS, 7, 1), row(0, 0, 2), row(WAITS, 7, 3)];
    assert_eq!(taken(&mut order, &rows), [vec![], vec![], vec![1, 2]]);
    assert_eq!(taken(&mut order, &[row(0, 7, 4), mark(RESUMED, 7)]).concat(), [4]);
    assert_eq!(order.incomplete(), 1);
}

#[test]
fn lets_rows_pass_one_that_is_overdue() {
    let mut order = Order::default();
    assert_eq!(taken(&mut order, &[row(WAITS, 7, 1), row(0, 0, 2)]).concat(), [0_u8; 0]);
    let mut out = Vec::new();
    order.advance(Instant::now() + PATIENCE, &mut |row: &[u8]| out.push(row[8]));
    assert_eq!(out, [2]);
    assert_eq!(taken(&mut order, &[row(0, 0, 3), row(0, 7, 4), mark(RESUMED, 7)]), [vec![3], vec![4], vec![]]);
    assert_eq!((finished(&mut order), order.incomplete()), (vec![], 0));
}

#[test]
fn hands_out_an_overdue_row_at_the_end() {
    let mut order = Order::default();
    taken(&mut order, &[row(WAITS, 7, 1), row(0, 0, 2)]);
    order.advance(Instant::now() + PATIENCE, &mut |_: &[u8]| ());
    assert_eq!((finished(&mut order), order.incomplete()), (vec![1], 1));
}

#[test]
fn ignores_bytes_that_are_no_row() {
    let mut order = Order::default();
    assert_eq!(taken(&mut order, &[vec![1, 2, 3]]).concat(), [0_u8; 0]);
}
