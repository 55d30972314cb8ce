//! `ebpf counters`: the table that a probe's `count` keeps.

use super::category;
use crate::plugin::EbpfPlugin;
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{Example, LabeledError, Signature, SyntaxShape, Type, Value};

pub struct Counters;

impl SimplePluginCommand for Counters {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf counters"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name())
            .input_output_type(Type::Nothing, Type::table())
            .required("id", SyntaxShape::Int, "the probe's id")
            .category(category())
    }

    fn description(&self) -> &str {
        "The counts of a probe, largest first."
    }

    fn extra_description(&self) -> &str {
        "The fields of a record that was counted are columns; any other value is the column `key`."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "count", "aggregate", "map", "table"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![Example {
            example: "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| {comm: $ctx.comm, call: $ctx.id} | count }; sleep 1sec; ebpf counters $id | first 3",
            description: "The most frequent system calls by process",
            result: None,
        }]
    }

    fn run(
        &self,
        plugin: &EbpfPlugin,
        _: &EngineInterface,
        call: &EvaluatedCall,
        _: &Value,
    ) -> Result<Value, LabeledError> {
        let id: nu_protocol::Spanned<i64> = call.req(0)?;
        let probe = plugin.probes.get(id.item, id.span)?;
        Ok(probe.counts(id.span)?)
    }
}
