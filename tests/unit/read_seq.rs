//! Rows out of an iterator's bytes, in whatever pieces they come.

use super::*;
use crate::ir::{Tree, Type, Width};
use nu_protocol::Span;
use std::cell::Cell;
use std::collections::VecDeque;
use std::io;

/// Gives so many bytes at a time, and says now and then that it should be asked again.
struct Pieces(VecDeque<u8>, usize, bool);

impl Read for Pieces {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.2 = !self.2;
        if self.2 {
            return Err(ErrorKind::WouldBlock.into());
        }
        let count = self.1.min(to.len()).min(self.0.len());
        for (place, byte) in to.iter_mut().zip(self.0.drain(..count)) {
            *place = byte;
        }
        Ok(count)
    }
}

fn layouts() -> Vec<Layout> {
    let layout = |ty| Layout::new(4, vec![(String::new(), ty, crate::ir::ExprId(0))], Tree::Slot(0));
    vec![layout(Type::Int(Width::U32)), layout(Type::Int(Width::U64))]
}

fn shell() -> Shell {
    Shell { span: Span::test_data(), config: std::sync::Arc::default(), stacks: None }
}

#[test]
fn rows_are_put_together_of_whatever_pieces() {
    let mut bytes = Vec::new();
    for number in 0..100_u64 {
        let kind = (number % 2) as u32;
        bytes.extend(kind.to_ne_bytes());
        match kind {
            0 => bytes.extend((number as u32).to_ne_bytes()),
            _ => bytes.extend([[0; 4].as_slice(), &number.to_ne_bytes()].concat()),
        }
    }
    for piece in [1, 3, 7, 64, 100_000] {
        let ended = Cell::new(0);
        let from = Pieces(bytes.iter().copied().collect(), piece, false);
        let rows = iterated(from, layouts(), shell(), || ended.set(ended.get() + 1));
        let rows: Vec<i64> = rows.filter_map(|row| row.as_int().ok()).collect();
        assert_eq!((rows, ended.get()), ((0..100).collect(), 1), "in pieces of {piece}");
    }
}

#[test]
fn what_is_not_read_to_its_end_ends_once() {
    let ended = Cell::new(0);
    let bytes = [0, 5, 0, 6].iter().flat_map(|word: &u32| word.to_ne_bytes()).collect();
    let mut rows = iterated(Pieces(bytes, 5, false), layouts(), shell(), || ended.set(ended.get() + 1));
    assert_eq!(rows.next().and_then(|row| row.as_int().ok()), Some(5));
    drop(rows);
    assert_eq!(ended.get(), 1);
}

#[test]
fn a_failed_read_is_a_row_that_says_so() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(ErrorKind::ArgumentListTooLong.into())
        }
    }
    let mut rows = iterated(Failing, layouts(), shell(), || {});
    assert!(matches!(rows.next(), Some(Value::Error { .. })));
    assert!(rows.next().is_none());
}
