//! `ebpf counters` and `ebpf histogram`: the tables that a probe keeps in the kernel.

use super::shell::EngineShell;
use super::{Answer, Call, Command, words};
use crate::error::Error;
use crate::spec::aggregation::Table;
use crate::spec::code::Code;
use crate::tables::{Keeper, Pace, Source, Wanted};
use nu_protocol::{PipelineData, Signature, SyntaxShape, Type};
use std::time::Duration;

/// The shortest time between two tables of a stream.
const SHORTEST: i64 = 10_000_000;

pub fn counters() -> Command {
    let signature = Signature::build("ebpf counters")
        .description("The counts, sums and other numbers of a probe, largest first.")
        .extra_description(
            "The fields of a record that is the key are columns; any other key is the column `key`. Then come the \
             numbers, of the type that was added.",
        )
        .search_terms(words("bpf count aggregate map table sum avg min max stats quantiles"));
    Command {
        signature: reading(signature),
        examples: vec![
            (
                "The most frequent system calls by process",
                "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' \
                 {|ctx| {comm: $ctx.comm, call: $ctx.id} | count }; sleep 1sec; ebpf counters $id | first 3",
            ),
            (
                "System calls in each of three seconds",
                "let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| count }; \
                 ebpf counters $id --every 1sec --delta --detach | first 3",
            ),
        ],
        run: Box::new(|call, _| read(call, Table::Counters)),
    }
}

pub fn histogram() -> Command {
    let signature = Signature::build("ebpf histogram")
        .description("The buckets of a probe's histograms: of each key, from the first that has something to the last.")
        .extra_description(
            "A bucket has the values from `low` up to, but not including, `high`; null is no end. Of the finer buckets of \
             `hist --steps`, empty ones are left out.",
        )
        .search_terms(words("bpf hist distribution buckets log2 linear table"));
    Command {
        signature: reading(signature),
        examples: vec![(
            "How many bytes reads give",
            "let id = ebpf attach 'tracepoint:syscalls/sys_exit_read' {|ctx| $ctx.ret | histogram }; sleep 1sec; \
             ebpf histogram $id",
        )],
        run: Box::new(|call, _| read(call, Table::Histogram)),
    }
}

fn reading(signature: Signature) -> Signature {
    signature
        .input_output_type(Type::Nothing, Type::Any)
        .optional("id", SyntaxShape::Int, "the probe's id")
        .named("pin", SyntaxShape::String, "instead of an id: the name that maps are pinned under", None)
        .named("as", SyntaxShape::String, "the table of that name, where the closure keeps several", None)
        .switch("clear", "begin anew: the next table of this probe has what comes after this one", None)
        .named("every", SyntaxShape::Duration, "a table each time that this has passed, until the probe goes", None)
        .switch("detach", "take the probe off at the end: after the table, or with --every when the stream ends", None)
        .switch("delta", "with --every: only what has come since the table before", None)
}

fn read(call: &Call, table: Table) -> Answer<PipelineData> {
    let (source, at) = call.source()?;
    let finish = match (&source, call.has("detach")?) {
        (Source::Pins(..), false) => Vec::new(),
        (Source::Probe(probe), false) => vec![call.telling(probe)],
        (Source::Probe(probe), true) => vec![call.detaching(probe), call.telling(probe)],
        (Source::Pins(..), true) => {
            return Err(wrong(call, "--detach does not go with --pin", "name the probe: `ebpf list` has the ids"));
        }
    };
    let mut keeper = Keeper::find(source, Wanted::Table(table), call.name("as")?, at)?;
    if table == Table::Histogram {
        keeper.width = EngineShell::new(call.engine).columns();
    }
    let (clear, delta) = (call.has("clear")?, call.has("delta")?);
    if delta {
        keeper.subtracts()?;
    }
    let every = call.flag::<i64>("every", |every| *every >= SHORTEST, "from 10ms")?;
    match every {
        Some(every) if !(clear && delta) => {
            call.tables(keeper, Pace { every: Duration::from_nanos(every as u64), delta, clear, finish })
        }
        Some(_) => Err(wrong(call, "--delta and --clear do not go together", "leave --clear out")),
        None if delta => Err(wrong(call, "--delta needs --every", "add an interval: --every 1sec")),
        None => {
            let table = keeper.table(clear)?;
            finish.into_iter().for_each(|finish| finish());
            Ok(PipelineData::value(table, None))
        }
    }
}

fn wrong(call: &Call, what: &str, help: &str) -> nu_protocol::LabeledError {
    Error::new(Code::Option, what).label(call.head(), "in this call").help(help).into()
}
