//! The closure commands as Nushell commands: one struct for every row of the table. Nushell must know them to parse a
//! closure; what they do in the kernel is `front`'s and `back`'s business.

use super::category;
use crate::error::Error;
use crate::plugin::EbpfPlugin;
use crate::spec::code::Code;
use crate::spec::command::{Command, Outside};
use nu_plugin::{EngineInterface, EvaluatedCall, PluginCommand};
use nu_protocol::{Example, LabeledError, PipelineData, Signature, SyntaxShape, Type, Value};

pub struct ClosureCommand(pub &'static Command);

impl PluginCommand for ClosureCommand {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        self.0.name
    }

    fn signature(&self) -> Signature {
        let mut signature = Signature::build(self.0.name).input_output_type(Type::Any, Type::Any).category(category());
        for flag in self.0.flags {
            signature = signature.named(flag.name, SyntaxShape::Int, flag.doc, None);
        }
        signature
    }

    fn description(&self) -> &str {
        self.0.doc
    }

    fn extra_description(&self) -> &str {
        self.0.more
    }

    fn search_terms(&self) -> Vec<&str> {
        self.0.search_terms.to_vec()
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![Example { example: self.0.example, description: self.0.example_doc, result: None }]
    }

    fn run(
        &self,
        _: &EbpfPlugin,
        _: &EngineInterface,
        call: &EvaluatedCall,
        input: PipelineData,
    ) -> Result<PipelineData, LabeledError> {
        match (self.0.outside, &input) {
            (Outside::Through, _)
            | (Outside::Text, PipelineData::Value(Value::String { .. } | Value::Nothing { .. }, _)) => Ok(input),
            (Outside::Text | Outside::Error, _) => {
                Err(Error::new(Code::OutsideProbe, format!("`{}` works only inside a probe's closure", self.0.name))
                    .label(call.head, "there is no probe here")
                    .help(format!("for example: {}", self.0.example))
                    .into())
            }
        }
    }
}
