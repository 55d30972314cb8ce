//! `ebpf trace`: the rows of a probe that was attached without `--stream`.

use super::{category, options, stream};
use crate::plugin::EbpfPlugin;
use nu_plugin::{EngineInterface, EvaluatedCall, PluginCommand};
use nu_protocol::{Example, LabeledError, PipelineData, Signature, SyntaxShape, Type, Value};

pub struct Trace;

impl PluginCommand for Trace {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf trace"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name())
            .input_output_type(Type::Nothing, Type::list(Type::Any))
            .required("id", SyntaxShape::Int, "the probe's id")
            .switch(
                "follow",
                "go on with the rows to come, until the reader stops; the probe stays attached",
                Some('f'),
            )
            .category(category())
    }

    fn description(&self) -> &str {
        "The rows that a probe has emitted since they were last read."
    }

    fn extra_description(&self) -> &str {
        "They wait in the kernel's ring buffer (`ebpf attach --ring-buffer`); when it is full, new rows are dropped and counted."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "events", "rows", "read", "follow"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![Example {
            example: "let id = ebpf attach 'tracepoint:sched/sched_process_exec' {|ctx| $ctx.filename | emit }; ^true; ebpf trace $id",
            description: "The programs started since the probe was attached",
            result: None,
        }]
    }

    fn run(
        &self,
        plugin: &EbpfPlugin,
        engine: &EngineInterface,
        call: &EvaluatedCall,
        _: PipelineData,
    ) -> Result<PipelineData, LabeledError> {
        let id: nu_protocol::Spanned<i64> = call.req(0)?;
        let probe = plugin.probes.get(id.item, id.span)?;
        if !options::has(call, "follow")? {
            return Ok(PipelineData::value(Value::list(probe.kept(id.span)?, call.head), None));
        }
        stream(engine, &probe, id.span, Box::new(|| {}))
    }
}
