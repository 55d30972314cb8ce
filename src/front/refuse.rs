//! The words for what cannot run in the kernel.

use super::{Code, Error, Lowering, Reg, Span};
use crate::ir::Shape;
use nu_protocol::ir::Instruction;

impl Lowering<'_> {
    pub fn syntax(&self, span: Span, what: &str, instead: &str) -> Error {
        Error::new(Code::ClosureSyntax, what).label(self.place(span), "this cannot run in the kernel").help(instead)
    }

    /// What must be known when the probe is attached is not.
    pub fn unknown(&self, span: Span, what: &str, instead: &str) -> Error {
        let label = "its value is not known when the probe is attached";
        Error::new(Code::ClosureSyntax, what).label(self.place(span), label).help(instead)
    }

    /// What must be known at attach time is not, or is known but does not do.
    pub fn unfit(&self, value: &Reg, span: Span, what: &str, instead: &str) -> Error {
        let refuse = if self.constant_reg(value).is_some() { Self::syntax } else { Self::unknown };
        refuse(self, span, what, instead)
    }

    /// Something else than a value of the kind that is wanted.
    pub fn other_kind(&self, value: &Reg, span: Span, what: &str, instead: &str) -> Error {
        let label = format!("this is {}", self.what_is(value));
        Error::new(Code::ClosureType, what).label(self.place(span), label).help(instead)
    }

    /// What a register holds, in a message.
    pub fn what_is(&self, value: &Reg) -> String {
        match value {
            Reg::Shape(Shape::Leaf(leaf)) => self.ty(*leaf).phrase(),
            other => other.describe().to_string(),
        }
    }

    /// Nushell's IR is not as this version writes it: a mismatch of versions, not the user's fault.
    pub fn unreadable(&self) -> Error {
        Error::new(Code::ClosureRead, "this closure's code has a form that the plugin does not know")
            .label(self.place(self.now), "in this closure")
            .help("plugin and Nushell must be of the same minor version (`version` shows Nushell's); please report the closure")
    }

    pub fn unsupported(&self, instruction: &Instruction, span: Span) -> Error {
        use Instruction as I;
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
        self.syntax(span, what, instead)
    }
}
