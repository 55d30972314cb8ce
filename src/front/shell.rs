//! What lowering asks of the shell that the closure came from: blocks, commands, and to compute what is known already.

use crate::error::Result;
use crate::spec::builtin::Builtin;
use crate::spec::command::Command;
use nu_protocol::ir::IrBlock;
use nu_protocol::{BlockId, DeclId, Span, Type, Value};

/// The shell. Every question may cost a message to it.
pub trait Shell {
    /// The instructions of a closure or block.
    fn block(&self, id: BlockId) -> Result<IrBlock>;

    fn text(&self, span: Span) -> Result<String>;

    /// A command by its id; `words` is how the closure calls it.
    fn declaration(&self, id: DeclId, words: &str) -> Result<Declaration>;

    /// The instructions of a user's own command.
    fn definition(&self, id: DeclId) -> Result<IrBlock>;

    /// Runs a command of Nushell's now.
    fn evaluate(&self, call: &Known) -> Result<Value>;

    /// The parameters that a list of them names, as it stands in a `def` or between a closure's bars.
    fn parameters(&self, list: &str) -> Result<Vec<Param>>;

    fn env(&self, name: &str) -> Result<Option<Value>>;
}

/// A command that a closure calls.
#[derive(Debug, Clone)]
pub enum Declaration {
    /// One of ours.
    Closure(&'static Command),
    /// One of Nushell's that a kernel program can do.
    Builtin(&'static Builtin),
    /// A user's own (`def`).
    Custom(Signature),
    /// Any other, by its name; whether it gives the same value whenever it is run, and changes nothing.
    Other { name: String, pure: bool },
}

/// What a user's command takes.
#[derive(Debug, Clone, Default)]
pub struct Signature {
    pub name: String,
    pub params: Vec<Param>,
}

#[derive(Debug, Clone)]
pub struct Param {
    pub name: String,
    pub form: ParamForm,
    /// Whether a call must give it.
    pub required: bool,
    pub ty: Type,
    pub default: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamForm {
    Positional,
    Rest,
    Switch,
    Named,
}

/// A call of which everything is known.
#[derive(Debug)]
pub struct Known {
    pub decl: DeclId,
    pub span: Span,
    pub input: Value,
    pub positional: Vec<Value>,
    pub named: Vec<(String, Option<Value>)>,
}
