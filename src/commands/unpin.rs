//! `ebpf unpin`: gives a name of shared maps free.

use super::{Command, on_value, words};
use nu_protocol::{Signature, Spanned, SyntaxShape, Type, Value};

pub fn unpin() -> Command {
    Command {
        signature: Signature::build("ebpf unpin")
            .description("Give the maps free that `ebpf attach --pin` has pinned under a name.")
            .extra_description("Probes that use them go on with them; the next attach with that name begins anew.")
            .search_terms(words("bpf maps shared bpffs remove"))
            .input_output_type(Type::Nothing, Type::Nothing)
            .required("name", SyntaxShape::String, "the name, as `ebpf list --pins` shows it"),
        examples: vec![(
            "Count in one probe, read afterwards",
            "let id = ebpf attach --pin forks 'tracepoint:sched/sched_process_fork' {|ctx| $ctx.comm | count }; \
             sleep 1sec; ebpf detach $id; ebpf counters --pin forks; ebpf unpin forks",
        )],
        run: on_value(|call, _| {
            let name: Spanned<String> = call.args.req(0)?;
            let done = call.plugin.probes.unpin(call.engine, &call.bpffs(), &name.item);
            done.map_err(|error| error.label_if_bare(name.span, "this name"))?;
            Ok(Value::nothing(call.head()))
        }),
    }
}
