//! `ebpf detach`: takes a probe off.

use super::category;
use crate::plugin::EbpfPlugin;
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{Example, LabeledError, Signature, SyntaxShape, Type, Value};

pub struct Detach;

impl SimplePluginCommand for Detach {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf detach"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name())
            .input_output_type(Type::Nothing, Type::Nothing)
            .required("id", SyntaxShape::Int, "the probe's id, as `ebpf attach` returned it")
            .category(category())
    }

    fn description(&self) -> &str {
        "Take a probe off its attach point and end its stream."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "remove", "stop", "unload"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![Example {
            example: "let id = ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| count }; ebpf detach $id",
            description: "Attach a probe and take it off again",
            result: None,
        }]
    }

    fn run(
        &self,
        plugin: &EbpfPlugin,
        engine: &EngineInterface,
        call: &EvaluatedCall,
        _: &Value,
    ) -> Result<Value, LabeledError> {
        let id: nu_protocol::Spanned<i64> = call.req(0)?;
        let probe = plugin.probes.get(id.item, id.span)?;
        plugin.probes.remove(engine, probe.id);
        Ok(Value::nothing(call.head))
    }
}
