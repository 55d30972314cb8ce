//! An iterator's bytes in, a value a row out: rows lie one behind the other, each as long as its layout says.

use super::decode::{Shell, event};
use crate::error::Error;
use crate::ir::Layout;
use crate::spec::code::Code;
use crate::spec::probe::ITERATOR_BUFFER;
use nu_protocol::{LabeledError, Value};
use std::io::{ErrorKind, Read};

/// The rows of an iterator. What is to be done at their end is done once, also where nobody reads as far.
pub struct Iterated<R, F: FnOnce()> {
    from: R,
    /// What was read and is no row as yet.
    bytes: Vec<u8>,
    /// Where the next row begins in it.
    at: usize,
    /// Bytes that are asked for at once: so few that the kernel has room for one more row, and need not show an object
    /// a second time.
    most: usize,
    layouts: Vec<Layout>,
    shell: Shell,
    finish: Option<F>,
}

/// The rows that come out of `from`, by their layouts.
pub fn iterated<R: Read, F: FnOnce()>(from: R, layouts: Vec<Layout>, shell: Shell, finish: F) -> Iterated<R, F> {
    let longest = layouts.iter().map(|layout| layout.size).max().unwrap_or(0);
    let most = ITERATOR_BUFFER.saturating_sub(longest + 1).max(1) as usize;
    Iterated { from, bytes: Vec::new(), at: 0, most, layouts, shell, finish: Some(finish) }
}

impl<R: Read, F: FnOnce()> Iterated<R, F> {
    /// The bytes of the next row, if it is there as a whole.
    fn row(&mut self) -> Option<(usize, usize)> {
        let rest = self.bytes.get(self.at..)?;
        let number = u32::from_ne_bytes(*rest.first_chunk()?) as usize;
        let end = self.at + self.layouts.get(number)?.size as usize;
        (end <= self.bytes.len()).then(|| (std::mem::replace(&mut self.at, end), end))
    }

    /// Reads on; how many bytes came.
    fn fill(&mut self) -> std::io::Result<usize> {
        self.bytes.drain(..std::mem::take(&mut self.at));
        let before = self.bytes.len();
        self.bytes.resize(before + self.most, 0);
        let came = loop {
            match self.from.read(&mut self.bytes[before..]) {
                // The kernel has gone through a million objects without a row, and would like to be asked again.
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                came => break came,
            }
        };
        self.bytes.truncate(before + *came.as_ref().unwrap_or(&0));
        came
    }

    fn end(&mut self) {
        if let Some(finish) = self.finish.take() {
            finish();
        }
    }
}

impl<R: Read, F: FnOnce()> Iterator for Iterated<R, F> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        while self.finish.is_some() {
            if let Some((start, end)) = self.row() {
                match event(&self.layouts, &self.bytes[start..end], &self.shell) {
                    // A string that could not be read: what is null is no row.
                    Some(Value::Nothing { .. }) | None => continue,
                    row => return row,
                }
            }
            match self.fill() {
                Ok(0) => self.end(),
                Ok(_) => {}
                Err(error) => {
                    self.end();
                    let span = self.shell.span;
                    let error = Error::new(Code::Io, format!("the iterator ended early: {error}"))
                        .label(span, "the rows before it are incomplete");
                    return Some(Value::error(LabeledError::from(error).into(), span));
                }
            }
        }
        None
    }
}

impl<R, F: FnOnce()> Drop for Iterated<R, F> {
    fn drop(&mut self) {
        if let Some(finish) = self.finish.take() {
            finish();
        }
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/read_seq.rs"]
mod tests;
