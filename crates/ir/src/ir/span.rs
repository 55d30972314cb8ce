//! A place in the closure's own text, and the comment that carries it through C.
//!
//! Every generated statement ends with `/* nu:START..END */`. clang's diagnostics name a line, the verifier's log echoes
//! source lines (seen on 6.1, 6.12 and 6.18): both lead back to the closure through that comment.

use std::fmt;

/// Byte offsets into the closure's text, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The text that it covers; empty where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// The comment that ends a generated statement.
pub fn mark(span: Span) -> String {
    format!("/* nu:{span} */")
}

/// The span that a line's last such comment names, if it has one.
pub fn marked(line: &str) -> Option<Span> {
    let (_, rest) = line.rsplit_once("/* nu:")?;
    let (span, _) = rest.split_once(" */")?;
    let (start, end) = span.split_once("..")?;
    let span = Span::new(start.parse().ok()?, end.parse().ok()?);
    (span.start <= span.end).then_some(span)
}

#[cfg(test)]
#[path = "../../../../tests/unit/ir_span.rs"]
mod tests;
