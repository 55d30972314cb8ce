//! Tests of `src/run.rs`, which includes this as a module of its own.

use super::*;
use nu_protocol::{Filesize, record};

#[test]
fn every_value_that_fits_a_register_is_an_argument() {
    let record = record! {
        "arg0" => Value::test_int(-1),
        "arg1" => Value::test_bool(true),
        "arg2" => Value::test_nothing(),
        "arg3" => Value::test_duration(5),
        "arg5" => Value::test_filesize(Filesize::new(7)),
        "arg11" => Value::test_int(i64::MIN),
    };
    let arguments = arguments(&Value::test_record(record)).expect("arguments");
    assert_eq!(arguments.numbers, [u64::MAX, 1, 0, 5, 0, 7, 0, 0, 0, 0, 0, 1 << 63]);
}

#[test]
fn what_is_no_argument_is_refused() {
    for (name, value) in [
        ("arg12", Value::test_int(1)),
        ("arg01", Value::test_int(1)),
        ("pid", Value::test_int(1)),
        ("arg0", Value::test_float(1.0)),
        ("arg0", Value::test_string("a\0b")),
    ] {
        let error = arguments(&Value::test_record(record! { name => value })).expect_err(name);
        assert_eq!((error.code, error.labels.len()), (Code::Input, 1), "{name}");
    }
    assert!(arguments(&Value::test_int(1)).is_err());
}
