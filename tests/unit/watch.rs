//! Tests of `src/watch.rs`, which includes this as a module of its own.

use super::*;
use nu_protocol::Span;
use std::iter;
use std::sync::atomic::AtomicU32;

#[test]
fn reports_losses_at_growing_intervals() {
    let reports = Arc::new(AtomicU32::new(0));
    let counted = reports.clone();
    let report: Report = Box::new(move || counted.fetch_add(1, Ordering::Relaxed) < u32::MAX);
    let begin = Instant::now();
    let mut losses = Losses { report, next: begin, pause: TICK };
    let mut at = Vec::new();
    for second in 1..=140 {
        let before = reports.load(Ordering::Relaxed);
        losses.check(begin + second * TICK);
        if reports.load(Ordering::Relaxed) > before {
            at.push(second);
        }
    }
    assert_eq!(at, [1, 3, 7, 15, 31, 63, 127]);
}

#[test]
fn reports_the_first_loss_at_the_next_tick() {
    let begin = Instant::now();
    let mut losses = Losses { report: Box::new(|| false), next: begin, pause: TICK };
    (1..=9).for_each(|second| losses.check(begin + second * TICK));
    assert_eq!((losses.next, losses.pause), (begin, TICK));
}

/// Rows that do not come before `stop` is set.
fn idle(stop: &Arc<AtomicBool>) -> impl Iterator<Item = Value> {
    let stop = stop.clone();
    iter::from_fn(move || {
        while !stop.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        None
    })
}

#[test]
fn ends_an_idle_stream_whose_reader_is_gone() {
    let stop = Arc::new(AtomicBool::new(false));
    let rows = watched(idle(&stop), stop.clone(), Box::new(|| true), Box::new(|| false)).expect("a thread");
    assert_eq!(rows.count(), 0);
}

#[test]
fn stops_watching_before_the_stream_ends() {
    let (watching, watched_for) = (Arc::new(()), Arc::new(AtomicBool::new(false)));
    let held = watching.clone();
    let gone: Gone = Box::new(move || Arc::strong_count(&held) == 0);
    let row = iter::once(Value::int(1, Span::unknown()));
    let mut rows = watched(row, watched_for, gone, Box::new(|| false)).expect("a thread");
    assert!(rows.next().is_some());
    assert_eq!(Arc::strong_count(&watching), 2);
    assert!(rows.next().is_none());
    assert_eq!(Arc::strong_count(&watching), 1, "its thread is gone");
    drop(rows);
}
