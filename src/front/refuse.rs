//! The words for what cannot run in the kernel.

use super::{Code, Error, Lowering, Reg, Result, Span, bpftrace};
use crate::ir::{ExprId, Kind, Shape, Space, Type};
use nu_protocol::ir::Instruction;

impl Lowering<'_> {
    pub fn syntax(&self, span: Span, what: &str, instead: &str) -> Error {
        Error::new(Code::ClosureSyntax, what).label(self.place(span), "this cannot run in the kernel").help(instead)
    }

    /// What must be known when the probe is attached is not, or it is, and does not do.
    pub fn unknown(&self, value: &Reg, span: Span, what: &str, instead: &str) -> Error {
        let parts = match value {
            Reg::Shape(shape) => vec![shape],
            Reg::Range(range) => [&range.start, &range.end].into_iter().chain(&range.next).collect(),
            _ => Vec::new(),
        };
        let open = parts.into_iter().flat_map(Shape::leaves).find(|(_, leaf)| !self.is_constant(*leaf));
        let Some((_, leaf)) = open else { return self.syntax(span, what, instead) };
        let label = "its value is not known when the probe is attached";
        Error::new(Code::ClosureSyntax, what).label(self.stands(leaf), label).help(instead)
    }

    /// Something else than a value of the kind that is wanted.
    pub fn other_kind(&self, value: &Reg, span: Span, what: &str, instead: &str) -> Error {
        let label = match value {
            Reg::Shape(Shape::Leaf(leaf)) => format!("this is {}", self.ty(*leaf).phrase()),
            other => format!("this is {}", other.describe()),
        };
        Error::new(Code::ClosureType, what).label(self.place(span), label).help(instead)
    }

    pub fn no_text(&self, expr: ExprId, what: &str) -> Error {
        let instead = match self.ty(expr) {
            Type::Pointer(Some(Space::Kernel)) => "read the string that is there: … | read-kernel-str",
            Type::Pointer(_) => "read the string that is there: … | read-str",
            _ => "make it one: … | into string; or read it, of an address: … | read-str",
        };
        self.other_kind(&expr.into(), self.stands(expr), what, instead)
    }

    /// Nushell goes once over a single value; but who goes over an address means what is there.
    pub fn no_list(&self, shape: &Shape) -> Result<()> {
        match shape {
            Shape::Leaf(leaf) if self.kind(*leaf) == Kind::Address => {
                Err(self.other_kind(&(*leaf).into(), self.stands(*leaf), "an address is no list", self.unseen(*leaf)))
            }
            _ => Ok(()),
        }
    }

    /// How to look at what is at an address, which no type tells.
    pub fn unseen(&self, address: ExprId) -> &'static str {
        match self.ty(address) {
            Type::Pointer(Some(Space::User)) => {
                "say what is there: a string, … | read-str; of an array of strings, … | cast u64 --offset 8 | read-str is the second"
            }
            _ => "what is at this address is not known: $x | cast 'struct task_struct' | get pid",
        }
    }

    /// Returns whether a value is a stack: a table to the closure, a number in the kernel.
    pub fn is_stack(&self, shape: &Shape) -> bool {
        matches!(shape, Shape::Leaf(leaf) if self.kind(*leaf) == Kind::Stack)
    }

    /// Refuses to look into a stack: only the decoder knows its frames.
    pub fn no_stack(&self, shape: &Shape, span: Span) -> Result<()> {
        match shape {
            Shape::Leaf(leaf) if self.kind(*leaf) == Kind::Stack => {
                Err(Error::new(Code::ClosureType, "a stack cannot be looked into in a probe")
                    .label(self.stands(*leaf), "here a stack is a number; a table is made of it when it is read")
                    .unsupported()
                    .label(self.place(span), "this wants the table")
                    .help("emit it, or count by it (… | count, --by …), and do this after the probe, in the pipeline"))
            }
            _ => Ok(()),
        }
    }

    pub fn too_long(&self, span: Span) -> Error {
        let around = self.frame.loops.last().and_then(|turn| self.frame.code.ir.spans.get(turn.head));
        let label =
            if around.is_some() { "this is written out for each item" } else { "from here on there is no room" };
        Error::new(Code::ClosureSize, "this closure is too long for one kernel program")
            .label(self.place(*around.unwrap_or(&span)), label)
            .help("a loop over a list and a call are written out each time: use fewer, or a range")
    }

    /// Nushell's IR is not as this version writes it: a mismatch of versions, not the user's fault.
    pub fn unreadable(&self) -> Error {
        Error::new(Code::ClosureRead, "this closure's code has a form that the plugin does not know")
            .label(self.place(self.now), "in this closure")
            .help("plugin and Nushell must be of the same minor version (`version` shows Nushell's); please report the closure")
    }

    pub fn unsupported(&self, instruction: &Instruction, span: Span) -> Error {
        use Instruction as I;
        // `str($ctx.filename)` is a file pattern to Nushell, with a value in it.
        if let (I::GlobFrom { .. }, Some(instead)) = (instruction, bpftrace::call(&self.words(span))) {
            return Error::new(Code::ClosureSyntax, "a command does not take its arguments in parentheses")
                .label(self.place(span), "to Nushell this is a file pattern")
                .help(instead);
        }
        let (what, instead) = match instruction {
            I::StoreEnv { .. } => ("$env cannot be set in a probe", "send the value out with `emit`"),
            I::Finally { .. } | I::FinallyInto { .. } => {
                ("`finally` does not work in a probe", "write its steps behind the `try`")
            }
            I::OpenFile { .. } | I::WriteFile { .. } | I::CloseFile { .. } => {
                ("a probe cannot write files", "redirect or save after the probe, in the pipeline")
            }
            I::GlobFrom { .. } => ("a file pattern must be known at attach time", "look for files after the probe"),
            _ => ("this does not work in a probe", "do it after the probe, in the pipeline"),
        };
        let before = self.closure.text.get(..self.local(span).start).unwrap_or("");
        let env = before.rfind("$env").filter(|_| matches!(instruction, I::StoreEnv { .. }));
        self.syntax(env.map_or(span, |at| Span::new(self.closure.base + at, span.start - 1)), what, instead)
    }
}
