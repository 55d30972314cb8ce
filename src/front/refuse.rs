//! The words for what cannot run in the kernel.

use super::{Code, Error, Lowering, Span};
use nu_protocol::ir::Instruction;

impl Lowering<'_> {
    pub fn syntax(&self, span: Span, what: &str, instead: &str) -> Error {
        Error::new(Code::ClosureSyntax, what).label(self.place(span), "this cannot run in the kernel").help(instead)
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
            _ => ("this does not work in a probe", "do it after the probe, in the pipeline"),
        };
        self.syntax(span, what, instead)
    }
}
