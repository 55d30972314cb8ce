//! Tests of `crates/read/src/fold.rs`, which includes this as a module of its own.

use super::*;
use crate::ir::{ExprId, Text};
use nu_protocol::{Span, record};

const SPAN: Span = Span::unknown();

fn stack(functions: &[&str]) -> Value {
    let frame = |name: &&str| Value::record(record! { FUNCTION => Value::string(*name, SPAN) }, SPAN);
    Value::list(functions.iter().map(frame).collect(), SPAN)
}

#[test]
fn the_columns_of_stacks_are_told_by_the_layout() {
    let slots = vec![
        ("comm".to_string(), Type::Text(Text::Chars(16)), ExprId(0)),
        ("u".to_string(), Type::Stack(Space::User), ExprId(1)),
    ];
    let fields = vec![("comm".to_string(), Tree::Slot(0)), ("u".to_string(), Tree::Slot(1))];
    let layout = Layout::new(0, slots, Tree::Record(fields));
    assert_eq!(columns(&layout), [("u".to_string(), Space::User)]);
    let lone = Layout::new(0, vec![(String::new(), Type::Stack(Space::Kernel), ExprId(0))], Tree::Slot(0));
    assert_eq!(columns(&lone), [(KEY.to_string(), Space::Kernel)]);
}

#[test]
fn lines_go_from_the_outermost_function_in() {
    let row = |comm: &str, count| {
        let row = record! {
            "k" => stack(&["vfs_read", "do_syscall_64"]),
            "comm" => Value::string(comm, SPAN),
            "u" => stack(&["read", "main"]),
            "pid" => Value::int(7, SPAN),
            "count" => Value::int(count, SPAN),
        };
        Value::record(row, SPAN)
    };
    let table = Value::list(vec![row("dd", 2), row("cat", 9), row("dd", 1)], SPAN);
    let stacks = [("k".to_string(), Space::Kernel), ("u".to_string(), Space::User)];
    let lines = folded(&table, &stacks, "count");
    assert_eq!(
        lines,
        ["cat;main;read;do_syscall_64_[k];vfs_read_[k] 9", "dd;main;read;do_syscall_64_[k];vfs_read_[k] 3"]
    );
}

#[test]
fn a_stack_that_was_lost_has_no_frames() {
    let row = record! { "key" => Value::nothing(SPAN), "count" => Value::int(4, SPAN) };
    let table = Value::list(vec![Value::record(row, SPAN)], SPAN);
    assert_eq!(folded(&table, &[("key".to_string(), Space::User)], "count"), ["[none] 4"]);
}
