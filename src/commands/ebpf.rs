//! `ebpf`: what there is.

use super::category;
use crate::plugin::EbpfPlugin;
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{LabeledError, Signature, Type, Value};

pub struct Ebpf;

impl SimplePluginCommand for Ebpf {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name()).input_output_type(Type::Nothing, Type::String).category(category())
    }

    fn description(&self) -> &str {
        "Trace the kernel and its programs with Nushell closures."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "trace", "probe", "bpftrace", "profile"]
    }

    fn run(
        &self,
        _: &EbpfPlugin,
        engine: &EngineInterface,
        call: &EvaluatedCall,
        _: &Value,
    ) -> Result<Value, LabeledError> {
        Ok(Value::string(engine.get_help()?, call.head))
    }
}
