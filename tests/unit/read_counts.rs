//! Tests of `src/read/counts.rs`, which includes this as a module of its own.

use super::*;

fn row(key: Value, count: i64) -> Value {
    Value::test_record(record! { KEY => key, COUNT => Value::test_int(count) })
}

#[test]
fn keys_that_have_become_one_are_counted_as_one() {
    let float = Value::test_float(1.0);
    let keys = vec![(Value::test_int(1), 4), (float.clone(), 2), (Value::test_string("1"), 1), (float.clone(), 3)];
    let wanted = vec![row(float, 5), row(Value::test_int(1), 4), row(Value::test_string("1"), 1)];
    // As they print: `==` does not tell 1 from 1.0.
    let all = table(keys, Span::test_data());
    assert_eq!(format!("{all:?}"), format!("{:?}", Value::test_list(wanted)));
}

#[test]
fn keys_that_nearly_look_alike_are_counted_apart() {
    let size = |bytes: i64| Value::test_list(vec![Value::test_filesize(nu_protocol::Filesize::new(bytes))]);
    let keys = vec![(size(1_000_000_001), 4), (size(1_000_000_002), 3), (Value::test_duration(-1), 2)];
    let wanted = keys.iter().map(|(key, count)| row(key.clone(), *count)).collect();
    assert_eq!(table(keys, Span::test_data()), Value::test_list(wanted));
}

#[test]
fn the_fields_of_a_record_are_columns() {
    let key = || Value::test_record(record! { "a" => Value::test_nothing() });
    let wanted = record! { "a" => Value::test_nothing(), COUNT => Value::test_int(3) };
    let all = table(vec![(key(), 1), (key(), 2)], Span::test_data());
    assert_eq!(all, Value::test_list(vec![Value::test_record(wanted)]));
}
