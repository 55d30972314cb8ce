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
        while lacks(whole.of(&self.text), '(', ')') && self.text[..whole.start].trim_end().ends_with('(') {
            whole.start = self.text[..whole.start].trim_end().len() - 1;
        }
        while lacks(whole.of(&self.text), ')', '(') && self.text[whole.end..].trim_start().starts_with(')') {
            whole.end = self.text.len() - self.text[whole.end..].trim_start().len() + 1;
        }
        whole
    }

    /// The text that a span covers.
    pub fn words(&self, span: Span) -> &str {
        self.local(span).of(&self.text)
    }
}
