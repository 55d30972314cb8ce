//! `ebpf setup`: what this machine has of what tracing needs.

use super::{category, options};
use crate::pipeline;
use crate::plugin::EbpfPlugin;
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{Example, LabeledError, Signature, Type, Value, record};

pub struct Setup;

impl SimplePluginCommand for Setup {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf setup"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name())
            .input_output_type(Type::Nothing, Type::table())
            .switch("check", "look and try, change nothing (this is also what it does without the flag)", None)
            .category(category())
    }

    fn description(&self) -> &str {
        "What this machine has of what tracing needs, and what to do about the rest."
    }

    fn extra_description(&self) -> &str {
        "What can be tried is tried: a small fixed program is loaded, attached and run with the privileges of the moment."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "check", "capabilities", "privileges", "doctor", "install"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![Example {
            example: "ebpf setup --check | where not ok",
            description: "What is lacking, with what mends it",
            result: None,
        }]
    }

    fn run(
        &self,
        _: &EbpfPlugin,
        engine: &EngineInterface,
        call: &EvaluatedCall,
        _: &Value,
    ) -> Result<Value, LabeledError> {
        let clang = options::clang(engine)?;
        let rows = pipeline::requirements(clang.as_deref()).into_iter().map(|requirement| {
            let row = record! {
                "requirement" => Value::string(requirement.name, call.head),
                "found" => Value::string(requirement.found, call.head),
                "ok" => Value::bool(requirement.ok, call.head),
                "mend" => Value::string(requirement.mend, call.head),
            };
            Value::record(row, call.head)
        });
        Ok(Value::list(rows.collect(), call.head))
    }
}
