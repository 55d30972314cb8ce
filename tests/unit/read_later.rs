//! Tests of `crates/read/src/later.rs`, which includes this as a module of its own.

use super::*;
use crate::spec::operator::OPERATORS;
use chrono::{DateTime, Utc};
use nu_protocol::{Config, Filesize, FilesizeUnit, record};
use std::sync::Arc;

fn shell(config: Config) -> Shell {
    Shell { span: Span::test_data(), config: Arc::new(config), stacks: None }
}

fn written(part: Value) -> String {
    let text = later(Later::Text, &[Value::test_string("<"), part, Value::test_string(">")], &shell(Config::default()));
    text.coerce_into_string().expect("text")
}

fn operator(name: &str) -> Later {
    Later::Operator(OPERATORS.iter().find(|row| row.name == name).expect("an operator"))
}

fn computed(op: &str, left: Value, right: Value) -> Value {
    later(operator(op), &[left, right], &shell(Config::default()))
}

fn size(bytes: i64) -> Value {
    Value::test_filesize(Filesize::new(bytes))
}

fn seconds(seconds: i64) -> Value {
    Value::test_duration(seconds * 1_000_000_000)
}

fn message(value: Value) -> String {
    match value {
        Value::Error { error, .. } => error.to_string(),
        other => format!("no error: {other:?}"),
    }
}

#[test]
fn text_is_what_interpolation_gives() {
    let list = vec![Value::test_string("a"), seconds(1), Value::test_list(vec![Value::test_int(2)])];
    let cases = [
        (Value::test_int(-5), "<-5>"),
        (Value::test_bool(true), "<true>"),
        (Value::test_float(2.0), "<2.0>"),
        (seconds(90), "<1min 30sec>"),
        (Value::test_duration(i64::MIN), "<--15250wk -1day -23hr -47min -16sec -854ms -775µs -808ns>"),
        (
            Value::test_list(vec![Value::test_duration(i64::MIN + 1)]),
            "<[-15250wk 1day 23hr 47min 16sec 854ms 775µs 807ns]>",
        ),
        (size(1_500_000), "<1.5 MB>"),
        (size(12), "<12 B>"),
        (Value::test_nothing(), "<>"),
        (Value::test_string("cut…"), "<cut…>"),
        (Value::test_binary([1, 255]), "<[1, 255]>"),
        (Value::test_list(list), "<[a, 1sec, [2]]>"),
        (Value::test_record(record! { "a" => Value::test_int(1), "b" => seconds(2) }), "<{a: 1, b: 2sec}>"),
    ];
    for (part, wanted) in cases {
        assert_eq!(written(part), wanted);
    }
    assert_eq!(later(Later::Text, &[], &shell(Config::default())), Value::test_string(""));
}

#[test]
fn a_moment_is_written_with_its_distance() {
    let moment: DateTime<Utc> = DateTime::from_timestamp_nanos(1_577_836_800_000_000_000);
    let text = written(Value::test_date(moment.fixed_offset()));
    assert!(text.starts_with("<Wed, 1 Jan 2020 00:00:00 +0000 (") && text.ends_with(" years ago)>"), "{text}");
}

#[test]
fn text_is_written_as_the_user_wants_it() {
    let mut config = Config::default();
    config.filesize.unit = FilesizeUnit::KiB.into();
    config.filesize.precision = Some(2);
    config.datetime_format.normal = Some("%Y/%m/%d".into());
    let moment: DateTime<Utc> = DateTime::from_timestamp_nanos(1_577_836_800_000_000_000);
    let parts = [size(1536), Value::test_string(" "), Value::test_date(moment.fixed_offset())];
    assert_eq!(later(Later::Text, &parts, &shell(config)), Value::test_string("1.50 KiB 2020/01/01"));
}

#[test]
fn arithmetic_is_nushells() {
    let int = Value::test_int;
    assert_eq!(computed("/", int(10), int(4)), Value::test_float(2.5));
    assert_eq!(computed("/", int(10), int(5)), Value::test_float(2.0));
    assert_eq!(computed("/", int(-7), int(2)), Value::test_float(-3.5));
    assert_eq!(computed("/", seconds(3), int(7)), Value::test_duration(428_571_428));
    assert_eq!(computed("/", seconds(6), seconds(4)), Value::test_float(1.5));
    assert_eq!(computed("/", size(1000), int(3)), size(333));
    assert_eq!(computed("/", size(1000), size(400)), Value::test_float(2.5));
    assert_eq!(computed("+", Value::test_float(2.5), int(1)), Value::test_float(3.5));
    assert_eq!(computed("-", int(1), Value::test_float(0.5)), Value::test_float(0.5));
    assert_eq!(computed("*", seconds(3), Value::test_float(0.5)), Value::test_duration(1_500_000_000));
    assert_eq!(computed("//", Value::test_float(7.5), int(2)), Value::test_float(3.0));
    assert_eq!(computed("mod", Value::test_float(7.5), int(2)), Value::test_float(1.5));
    assert_eq!(computed("**", Value::test_float(1.5), int(2)), Value::test_float(2.25));
    assert_eq!(computed("++", Value::test_string("a"), Value::test_string("b")), Value::test_string("ab"));
}

#[test]
fn the_type_is_nushells_too() {
    // Values of different types may compare equal.
    let of = |op, left, right| computed(op, left, right).get_type().to_string();
    assert_eq!(of("/", Value::test_int(10), Value::test_int(5)), "float");
    assert_eq!(of("/", seconds(3), Value::test_int(7)), "duration");
    assert_eq!(of("/", seconds(6), seconds(3)), "float");
    assert_eq!(of("/", size(6), size(3)), "float");
}

#[test]
fn an_error_is_a_value_that_is_passed_on() {
    assert_eq!(message(computed("/", seconds(3), seconds(0))), "Division by zero.");
    let nothing = computed("/", Value::test_int(1), Value::test_nothing());
    assert_eq!(message(nothing.clone()), "The '/' operator does not work on values of type 'nothing'.");
    assert_eq!(message(computed("+", nothing.clone(), Value::test_int(1))), message(nothing.clone()));
    let text = later(Later::Text, &[Value::test_string("took "), nothing.clone()], &shell(Config::default()));
    assert_eq!(message(text), message(nothing));
    let matched = computed("=~", Value::test_string("a"), Value::test_string("a"));
    assert_eq!(message(matched), "The '=~' operator does not work on values of type 'string'.");
    let alone = later(operator("/"), &[], &shell(Config::default()));
    assert!(matches!(alone, Value::Error { .. }));
}

#[test]
fn bytes_are_those_of_a_string_or_of_a_number() {
    let made = |value: Value, count| later(Later::Binary(count), &[value], &shell(Config::default()));
    for (value, count, wanted) in [
        (Value::test_string("é"), 0, vec![0xc3, 0xa9]),
        (Value::test_int(-2), 8, vec![0xfe, 255, 255, 255, 255, 255, 255, 255]),
        (Value::test_int(0x0102), 1, vec![2]),
        (Value::test_bool(true), 8, vec![1, 0, 0, 0, 0, 0, 0, 0]),
        (Value::test_int(1), 0, Vec::new()),
    ] {
        assert_eq!(made(value, count), Value::test_binary(wanted));
    }
    assert!(matches!(made(Value::test_nothing(), 8), Value::Error { .. }));
}

#[test]
fn a_cgroup_that_is_not_there_is_its_number() {
    // Ids begin with 1. An unsigned one that has no int of Nushell's keeps its bits.
    let path = |id| later(Later::Cgroup, &[Value::test_int(id)], &shell(Config::default()));
    assert_eq!(path(0), Value::test_string("#0"));
    assert_eq!(path(-1), Value::test_string("#18446744073709551615"));
}
