//! `ebpf detach`: takes probes off.

use super::call::{Answer, Call};
use super::{Command, on_value, words};
use crate::error::Error;
use crate::plugin::Probe;
use crate::spec::code::Code;
use crate::tables;
use nu_protocol::{Signature, Spanned, SyntaxShape, Type, Value, record};
use std::sync::Arc;

pub fn detach() -> Command {
    Command {
        signature: Signature::build("ebpf detach")
            .description("Take probes off their attach points and end their streams.")
            .extra_description(
                "Returns the tables that the probe kept, each under its name; nothing where it kept none. Of several \
                 probes, or with --all, a row a probe. Where one of the ids is unknown, none is taken off.",
            )
            .search_terms(words("bpf remove stop unload"))
            .input_output_type(Type::Nothing, Type::Any)
            .switch("all", "take all probes off", Some('a'))
            .rest("id", SyntaxShape::Int, "the probe's id, as `ebpf attach` returned it"),
        examples: vec![
            (
                "How many processes are started in a second",
                "let id = ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| count }; sleep 1sec; \
                 ebpf detach $id | get count",
            ),
            ("Detach all probes", "ebpf detach --all"),
        ],
        run: on_value(|call, _| detach_those(call)),
    }
}

fn detach_those(call: &Call) -> Answer<Value> {
    let head = call.head();
    let ids: Vec<Spanned<i64>> = call.args.rest(0)?;
    let all = call.has("all")?;
    let probes: Vec<Arc<Probe>> = match (all, ids.as_slice()) {
        (true, []) => call.plugin.probes.all(),
        (true, [id, ..]) => {
            return Err(Error::new(Code::Option, "--all does not go with an id")
                .label(id.span, "remove this id, or --all")
                .help("write ebpf detach --all, or only the ids")
                .into());
        }
        (false, []) => {
            return Err(Error::new(Code::Option, "no probe is named")
                .label(head, "expected an id or --all")
                .help("give the ids that `ebpf attach` returned (`ebpf list` shows them), or --all")
                .into());
        }
        (false, ids) => {
            let probe = |id: &Spanned<i64>| call.plugin.probes.get(id.item, id.span);
            ids.iter().map(probe).collect::<Result<_, _>>()?
        }
    };
    // First all off, so that their tables are of about the same time.
    probes.iter().for_each(|probe| call.detaching(probe)());
    probes.iter().for_each(|probe| {
        probe.tell_losses();
        probe.tell_unread();
    });
    if let ([probe], false) = (probes.as_slice(), all) {
        return Ok(tables::all(probe, head)?);
    }
    let row = |probe: &Arc<Probe>| {
        let id = Value::int(probe.id as i64, head);
        Ok(Value::record(record! { "id" => id, "tables" => tables::all(probe, head)? }, head))
    };
    Ok(Value::list(probes.iter().map(row).collect::<Answer<_>>()?, head))
}
