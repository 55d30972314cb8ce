//! `ebpf list`: the attached probes and what they have counted.

use super::{Answer, Call, Command, on_value, words};
use crate::load;
use crate::plugin::Probe;
use crate::read::Failed;
use crate::spec::stat::STATS;
use chrono::{DateTime, Local};
use nu_protocol::{ErrorLabel, IntoValue, Signature, Span, Type, Value, record};
use std::cmp::Reverse;
use std::sync::Arc;

pub fn list() -> Command {
    let errors_only = "the last run-time errors instead, newest first, with the closure's words";
    Command {
        signature: Signature::build("ebpf list")
            .description("The attached probes: rows sent, rows lost, and what they cost.")
            .extra_description(
                "The kernel keeps `runs` and `mean` only while `sysctl kernel.bpf_stats_enabled` is 1; else they are \
                 null. Of run-time errors each processor remembers the last 16; the column `details` is what \
                 `error make` takes. Pinned maps are in a folder of bpffs, or in the plugin, with which they go; `keys` and \
                 `entries` (at most) are null where there are none.",
            )
            .search_terms(words("bpf probes status dropped overhead"))
            .input_output_type(Type::Nothing, Type::table())
            .switch("errors", errors_only, Some('e'))
            .switch("pins", "the maps that are pinned instead: names, kinds, keys, where they are, the probes that use them", None),
        examples: vec![
            ("What is pinned, and who uses it", "ebpf list --pins"),
            ("Probes that have lost rows", "ebpf list | where dropped > 0"),
            (
                "Which words of the closures fail most, of the last errors",
                "ebpf list --errors | group-by code --to-table | update items { length }",
            ),
            (
                "The last error, shown as Nushell shows one",
                "for failed in (ebpf list --errors | first 1) { error make $failed.details }",
            ),
        ],
        run: on_value(|call, _| {
            if call.has("pins")? {
                return pins(call);
            }
            let probes = call.plugin.probes.all();
            let rows = match call.has("errors")? {
                true => errors(&probes, call.head()),
                false => probes.iter().map(|probe| row(probe, call.head())).collect(),
            };
            Ok(Value::list(rows, call.head()))
        }),
    }
}

/// The maps that attaches share, by their names.
fn pins(call: &Call) -> Answer<Value> {
    let (probes, span) = (&call.plugin.probes, call.head());
    let mut rows = Vec::new();
    for known in probes.pins.all(&call.bpffs())? {
        let place = known.folder.map_or("plugin".to_string(), |folder| folder.display().to_string());
        let row = |map: Value, kind: String, keys: Value, entries: Value, ids: Vec<u64>| {
            let ids = ids.into_iter().map(|id| Value::int(id as i64, span)).collect();
            record! {
                "name" => Value::string(&known.name, span),
                "map" => map,
                "kind" => Value::string(kind, span),
                "keys" => keys,
                "entries" => entries,
                "where" => Value::string(&place, span),
                "probes" => Value::list(ids, span),
            }
        };
        let null = || Value::nothing(span);
        match known.maps {
            Ok(maps) => rows.extend(maps.iter().map(|pinned| {
                let (map, keys) = (&pinned.kept.map, pinned.kept.keys());
                let entries = keys.as_ref().map_or(null(), |_| Value::int(map.max_entries.into(), span));
                let keys = keys.map_or(null(), |keys| Value::string(keys, span));
                row(Value::string(&map.name, span), pinned.kind(), keys, entries, probes.users(pinned))
            })),
            Err(error) => rows.push(row(null(), format!("unreadable: {error}"), null(), null(), Vec::new())),
        }
    }
    Ok(Value::list(rows.into_iter().map(|row| Value::record(row, span)).collect(), span))
}

fn row(probe: &Probe, span: Span) -> Value {
    let stats = probe.stats();
    let int = |number: u64| Value::int(i64::try_from(number).unwrap_or(i64::MAX), span);
    let mut row = record! {
        "id" => int(probe.id),
        "probe" => Value::string(&probe.named.words, span),
        "underneath" => Value::string(&probe.named.underneath, span),
        "since" => Value::date(probe.since, span),
    };
    for (stat, number) in STATS.iter().zip(&stats.own) {
        row.push(stat.name, int(*number));
    }
    row.push("missed", int(stats.missed));
    row.push("unresolved", int(probe.unresolved()));
    let kept = stats.runs > 0;
    row.push("runs", if kept { int(stats.runs) } else { Value::nothing(span) });
    let mean = stats.nanoseconds.checked_div(stats.runs).and_then(|mean| i64::try_from(mean).ok());
    row.push("mean", mean.map_or(Value::nothing(span), |mean| Value::duration(mean, span)));
    row.push("places", Value::int(probe.places() as i64, span));
    row.push("skipped", probe.named.skipped.clone().into_value(span));
    Value::record(row, span)
}

/// Returns the stored run-time errors of the probes, newest first.
fn errors(probes: &[Arc<Probe>], span: Span) -> Vec<Value> {
    let of = |probe| Probe::failures(probe).into_iter().map(move |failed| (probe, failed));
    let mut all: Vec<(&Probe, Failed)> = probes.iter().map(Arc::as_ref).flat_map(of).collect();
    all.sort_by_key(|(_, failed)| Reverse(failed.ktime));
    let epoch = load::epoch();
    all.iter().map(|(probe, failed)| error(probe, failed, epoch, span)).collect()
}

fn error(probe: &Probe, failed: &Failed, epoch: i64, span: Span) -> Value {
    let (program, place) = probe.locate(failed);
    let before = program.text.get(..place.start).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let time = DateTime::from_timestamp_nanos(epoch + failed.ktime).with_timezone(&Local).fixed_offset();
    // The error as `error make` takes it, on the closure's own words.
    let label = ErrorLabel { text: "in a probe, here".into(), span: program.at(place) };
    let details = record! {
        "msg" => failed.failure.message.into_value(span),
        "code" => format!("ebpf::run_time::{}", failed.failure.name).into_value(span),
        "labels" => vec![label].into_value(span),
        "help" => failed.failure.help.into_value(span),
    };
    let row = record! {
        "id" => Value::int(probe.id as i64, span),
        "error" => failed.failure.name.into_value(span),
        "code" => place.of(&program.text).into_value(span),
        "line" => Value::int(line as i64, span),
        "time" => time.into_value(span),
        "message" => failed.failure.message.into_value(span),
        "probe" => program.titles().into_value(span),
        "details" => Value::record(details, span),
    };
    Value::record(row, span)
}
