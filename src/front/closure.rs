//! A closure as Nushell hands it over: its instructions, captured values and text.

use nu_protocol::{Span, Value, VarId, ir::IrBlock};
use std::collections::HashMap;

/// Everything about a closure that lowering needs.
#[derive(Debug, Clone)]
pub struct Closure {
    pub ir: IrBlock,
    pub captures: HashMap<VarId, Value>,
    /// The closure's own text, braces and all.
    pub text: String,
    /// Where the text starts in what Nushell has read.
    pub base: usize,
}

impl Closure {
    /// Where the closure stands, braces and all: the span of its last instruction, which returns its value.
    pub fn extent(ir: &IrBlock) -> Span {
        ir.spans.last().copied().unwrap_or(Span::unknown())
    }

    pub fn span(&self) -> Span {
        Span::new(self.base, self.base + self.text.len())
    }

    /// One of Nushell's spans as offsets into the text.
    pub fn local(&self, span: Span) -> crate::ir::Span {
        let within = |at: usize| at.saturating_sub(self.base).min(self.text.len());
        crate::ir::Span::new(within(span.start), within(span.end))
    }

    /// A span with the parentheses that its text lacks.
    pub fn balanced(&self, span: crate::ir::Span) -> crate::ir::Span {
        let mut whole = span;
        let lacks = |text: &str, open: char, shut: char| text.matches(shut).count() > text.matches(open).count();
        let before = |at: usize| self.text.get(..at).unwrap_or("").trim_end();
        let behind = |at: usize| self.text.get(at..).unwrap_or("").trim_start();
        while lacks(whole.of(&self.text), '(', ')') && before(whole.start).ends_with('(') {
            whole.start = before(whole.start).len() - 1;
        }
        while lacks(whole.of(&self.text), ')', '(') && behind(whole.end).starts_with(')') {
            whole.end = self.text.len() - behind(whole.end).len() + 1;
        }
        whole
    }

    /// The text that a span covers.
    pub fn words(&self, span: Span) -> &str {
        self.local(span).of(&self.text)
    }
}
