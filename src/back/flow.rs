//! Control flow as C: branches, scopes, and what leaves them: a forward `goto`, as kernel code has it for errors; out of
//! a loop's turn (see [`super::turn`]) its `return`.

use super::stmt::Printer;
use super::turn::Way;
use super::view::{IfView, ScopeView, print};
use crate::ir::{Block, ExprId, Label, Span, mark};

/// Something that a statement stands in.
pub struct Place {
    label: Label,
    /// The turns of loops that it stands in: only there can C go to its end.
    depth: usize,
    /// How C leaves it, where that is no `goto`.
    word: Option<&'static str>,
    name: String,
    /// Whether a `goto` leads there.
    used: bool,
    catches: bool,
}

impl Printer<'_> {
    pub fn branch(&mut self, cond: ExprId, then: &Block, otherwise: &Block, span: Span) {
        let text = self.expr(cond);
        let (then, otherwise) = (self.block(then), self.block(otherwise));
        let (cond, then, otherwise) = match (then.is_empty(), otherwise.is_empty()) {
            (true, true) => return self.marked(format!("(void)({text});"), span),
            (true, false) => (format!("!({text})"), otherwise, None),
            (false, true) => (text, then, None),
            (false, false) => (text, then, Some(otherwise)),
        };
        let view = IfView { cond, then, otherwise, mark: mark(span) };
        self.line(print(&view));
    }

    pub fn scope(&mut self, label: Label, catches: bool, body: &Block, span: Span) {
        self.enter(label, None, if catches { "caught" } else { "done" }, catches);
        let body = self.block(body);
        let end = self.close();
        self.line(print(&ScopeView { body, end, mark: mark(span) }));
    }

    pub fn enter(&mut self, label: Label, word: Option<&'static str>, name: &str, catches: bool) {
        let name = self.namer.fresh(name);
        self.places.push(Place { label, depth: self.frame.depth(), word, name, used: false, catches });
    }

    /// Leaves the innermost place; its label, if something jumps there.
    pub fn close(&mut self) -> Option<String> {
        self.places.pop().filter(|place| place.used).map(|place| place.name)
    }

    /// The statement that leaves a place.
    pub fn leave(&mut self, label: Label) -> String {
        let depth = self.frame.depth();
        let Some(place) = self.places.iter_mut().find(|place| place.label == label) else { return String::from(";") };
        match place.word {
            _ if place.depth < depth => self.frame.leave_by(Way::To(label)),
            Some(word) => word.to_string(),
            None => place.goto(),
        }
    }

    /// The statement that ends the program for this event.
    pub fn ends(&mut self) -> String {
        match self.frame.depth() {
            0 => String::from("return 0;"),
            _ => self.frame.leave_by(Way::End),
        }
    }

    /// The statement that a run-time error is: of the kind that a C expression names.
    pub fn fails(&mut self, kind: &str, span: Span) -> String {
        let in_turn = self.frame.depth() > 0;
        if let Some(place) = self.places.iter().rfind(|place| place.catches) {
            return self.leave(place.label);
        }
        match (self.in_function, in_turn) {
            // A function tells its caller, whose words the error is remembered with.
            (true, false) => format!("return ({kind}) + 1;"),
            (true, true) => self.frame.fail(kind),
            (false, false) => format!("return nu_fail({kind}, {}, {});", span.start, span.end),
            (false, true) => {
                let way = self.frame.way(Way::End);
                format!("return nu_leave(&nu_frame->nu_way, {way} + nu_fail({kind}, {}, {}));", span.start, span.end)
            }
        }
    }
}

impl Place {
    fn goto(&mut self) -> String {
        self.used = true;
        format!("goto {};", self.name)
    }
}
