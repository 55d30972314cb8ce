//! `ebpf trace`: the rows of a probe that was attached without `--stream`.

use super::{Command, words};
use nu_protocol::{PipelineData, Signature, SyntaxShape, Type, Value};

pub fn trace() -> Command {
    let follow = "go on with the rows to come, until the reader stops; the probe stays attached";
    Command {
        signature: Signature::build("ebpf trace")
            .description("The rows that a probe has emitted since they were last read.")
            .extra_description(
                "They wait in the kernel's ring buffer (`ebpf attach --ring-buffer`); when it is full, new rows are \
                 dropped and counted.",
            )
            .search_terms(words("bpf events rows read follow"))
            .input_output_type(Type::Nothing, Type::list(Type::Any))
            .required("id", SyntaxShape::Int, "the probe's id")
            .switch("follow", follow, Some('f')),
        examples: vec![(
            "The programs started since the probe was attached",
            "let id = ebpf attach 'tracepoint:sched/sched_process_exec' {|ctx| $ctx.filename | emit }; ^true; \
             ebpf trace $id",
        )],
        run: Box::new(|call, _| {
            let (probe, at) = call.probe()?;
            match call.has("follow")? {
                true => call.stream(&probe, at, call.telling(&probe)),
                false => {
                    let rows = probe.kept(at)?;
                    probe.tell_losses();
                    Ok(PipelineData::value(Value::list(rows, call.head()), None))
                }
            }
        }),
    }
}
