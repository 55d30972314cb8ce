//! Detects that the job that a call belongs to was killed. Nushell informs plugins of Ctrl-C only, but it interrupts a
//! command that runs in a killed job.

use super::shell::EngineShell;
use nu_plugin::{EngineInterface, EvaluatedCall};
use nu_protocol::{DeclId, PipelineData, ShellError, Span, Value};

/// The command that is run: it changes nothing, and checks for interrupts.
const COMMAND: &str = "sleep";

/// Its duration unless it is interrupted, in nanoseconds.
const MOMENT: i64 = 1_000_000;

/// A call of [`COMMAND`] in the job.
pub struct Interrupt {
    engine: EngineInterface,
    span: Span,
    command: Found,
}

enum Found {
    NotYet,
    /// None where the user has a command of that name.
    Done(Option<DeclId>),
}

impl Interrupt {
    pub fn new(engine: &EngineInterface, span: Span) -> Interrupt {
        Interrupt { engine: engine.clone(), span, command: Found::NotYet }
    }

    /// Returns whether the job has been interrupted. Takes a message to Nushell, and [`MOMENT`].
    pub fn has_come(&mut self) -> bool {
        self.run().is_err_and(|error| is_interrupt(&error))
    }

    #[expect(clippy::result_large_err, reason = "the error is Nushell's own")]
    fn run(&mut self) -> Result<(), ShellError> {
        let command = match self.command {
            Found::Done(command) => command,
            Found::NotYet => EngineShell::new(&self.engine).built_in(COMMAND)?,
        };
        self.command = Found::Done(command);
        if let Some(command) = command {
            let moment = Value::duration(MOMENT, self.span);
            let call = EvaluatedCall { head: self.span, positional: vec![moment], named: Vec::new() };
            self.engine.call_decl(command, call, PipelineData::empty(), true, false)?;
        }
        Ok(())
    }
}

/// Returns whether Nushell interrupted a command. Its error loses its variant on the way to the plugin, and keeps its text.
pub fn is_interrupt(error: &ShellError) -> bool {
    error.to_string() == ShellError::Interrupted { span: Span::unknown() }.to_string()
}
