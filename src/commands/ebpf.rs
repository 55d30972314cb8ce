//! `ebpf`: what there is, and what closures may call.

use super::category;
use crate::plugin::EbpfPlugin;
use crate::spec::builtin::BUILTINS;
use crate::spec::command::COMMANDS;
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{LabeledError, Signature, Type, Value};
use std::sync::OnceLock;

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

    fn extra_description(&self) -> &str {
        static CALLABLE: OnceLock<String> = OnceLock::new();
        CALLABLE.get_or_init(callable)
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

/// What a closure may call, out of the tables: each command with what is narrower there than in the shell.
fn callable() -> String {
    let mut text = String::from("In a closure these work on what the kernel sees:\n");
    for row in COMMANDS {
        let doc = row.doc.strip_prefix("Inside a probe's closure: ").unwrap_or(row.doc);
        text += &format!("  {} - {}\n", row.name, doc.trim_end_matches('.'));
    }
    for row in BUILTINS {
        let flags = row.flags.iter().map(|flag| format!(" --{flag}")).collect::<String>();
        let limits = if row.limits.is_empty() { String::new() } else { format!(" - {}", row.limits) };
        text += &format!("  {}{flags}{limits}\n", row.name);
    }
    text += "So does a `def` of yours made of these. Any other command that only computes works where all that it is given \
             is known when the probe is attached: Nushell runs it then. The rest of the language is in docs/language.md.";
    text
}
