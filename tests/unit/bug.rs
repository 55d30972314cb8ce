//! Tests of `crates/ir/src/bug.rs`, which includes this as a module of its own.

use super::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn at() -> Span {
    Span::new(3, 7)
}

/// Tells that it was given free.
struct Held(Arc<AtomicBool>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

#[test]
fn a_panic_is_an_error_with_a_code_and_gives_free_what_was_held() {
    listen();
    let free = Arc::new(AtomicBool::new(false));
    let held = Held(free.clone());
    let done = caught(at(), || {
        let _held = held;
        let none: Vec<u8> = Vec::new();
        Ok::<u8, Error>(none[std::hint::black_box(4)])
    });
    let error = done.expect_err("it panics");
    assert_eq!((error.code, error.labels[0].0), (Code::Bug, at()));
    assert!(error.message.contains("index out of bounds") && error.message.contains("bug.rs:"), "{}", error.message);
    assert!(free.load(Ordering::Acquire));
    assert_eq!(caught(at(), || Ok::<_, Error>(5)), Ok(5));
}

#[test]
fn a_panic_inside_another_s_work_is_that_one_s() {
    listen();
    let outer = caught(at(), || {
        let inner = caught(at(), || -> Result<(), Error> { panic!("inner") });
        assert!(inner.is_err_and(|error| error.message.contains("inner")));
        Err::<(), Error>(Error::new(Code::Option, "outer"))
    });
    assert_eq!(outer.map_err(|error| error.code), Err(Code::Option));
}

#[test]
fn a_row_that_panics_is_the_last_and_an_error() {
    listen();
    let free = Arc::new(AtomicBool::new(false));
    let held = Held(free.clone());
    let mut all = rows(
        (0..4).map(move |number| {
            let _ = &held;
            assert!(number < 2, "no third row");
            Value::test_int(number)
        }),
        at(),
    );
    assert_eq!((all.next(), all.next()), (Some(Value::test_int(0)), Some(Value::test_int(1))));
    let Some(Value::Error { error, .. }) = all.next() else { panic!("expected an error") };
    assert!(error.to_string().contains("no third row"), "{error}");
    assert!(all.next().is_none() && free.load(Ordering::Acquire));
}
