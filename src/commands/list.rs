//! `ebpf list`: the attached probes and what they have counted.

use super::{category, options};
use crate::load;
use crate::plugin::{EbpfPlugin, Probe};
use crate::read::Failed;
use crate::spec::stat::STATS;
use chrono::{DateTime, Local};
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{Example, LabeledError, Signature, Span, Type, Value, record};
use std::cmp::Reverse;
use std::sync::Arc;

pub struct List;

impl SimplePluginCommand for List {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf list"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name())
            .input_output_type(Type::Nothing, Type::table())
            .switch("errors", "the last run-time errors instead, newest first, with the closure's words", Some('e'))
            .category(category())
    }

    fn description(&self) -> &str {
        "The attached probes: rows sent, rows lost, and what they cost."
    }

    fn extra_description(&self) -> &str {
        "The kernel keeps `runs` and `mean` only while `sysctl kernel.bpf_stats_enabled` is 1; else they are null. Of run-time errors each processor remembers the last 16; the column `details` is what `error make` takes."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "probes", "status", "dropped", "overhead"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![
            Example {
                example: "ebpf list | where dropped > 0",
                description: "Probes that have lost rows",
                result: None,
            },
            Example {
                example: "ebpf list --errors | group-by code --to-table | update items { length }",
                description: "Which words of the closures fail most, of the last errors",
                result: None,
            },
            Example {
                example: "for failed in (ebpf list --errors | first 1) { error make $failed.details }",
                description: "The last error, shown as Nushell shows one",
                result: None,
            },
        ]
    }

    fn run(
        &self,
        plugin: &EbpfPlugin,
        _: &EngineInterface,
        call: &EvaluatedCall,
        _: &Value,
    ) -> Result<Value, LabeledError> {
        let probes = plugin.probes.all();
        let rows = match options::has(call, "errors")? {
            true => errors(&probes, call.head),
            false => probes.iter().map(|probe| row(probe, call.head)).collect(),
        };
        Ok(Value::list(rows, call.head))
    }
}

fn row(probe: &Probe, span: Span) -> Value {
    let stats = probe.stats();
    let int = |number: u64| Value::int(i64::try_from(number).unwrap_or(i64::MAX), span);
    let mut row = record! {
        "id" => int(probe.id),
        "probe" => Value::string(&probe.target, span),
        "since" => Value::date(probe.since, span),
    };
    for (stat, number) in STATS.iter().zip(&stats.own) {
        row.push(stat.name, int(*number));
    }
    row.push("missed", int(stats.missed));
    let kept = stats.runs > 0;
    row.push("runs", if kept { int(stats.runs) } else { Value::nothing(span) });
    let mean = stats.nanoseconds.checked_div(stats.runs).and_then(|mean| i64::try_from(mean).ok());
    row.push("mean", mean.map_or(Value::nothing(span), |mean| Value::duration(mean, span)));
    Value::record(row, span)
}

/// What the probes remember of run-time errors, newest first.
fn errors(probes: &[Arc<Probe>], span: Span) -> Vec<Value> {
    let of =
        |probe: &Arc<Probe>| probe.failures().into_iter().map(|failed| (probe.clone(), failed)).collect::<Vec<_>>();
    let mut all: Vec<(Arc<Probe>, Failed)> = probes.iter().flat_map(of).collect();
    all.sort_by_key(|(_, failed)| Reverse(failed.ktime));
    let epoch = load::epoch();
    all.iter().map(|(probe, failed)| error(probe, failed, epoch, span)).collect()
}

fn error(probe: &Probe, failed: &Failed, epoch: i64, span: Span) -> Value {
    let program = probe.program();
    let text = |text: &str| Value::string(text, span);
    let int = |number: usize| Value::int(number as i64, span);
    let before = program.text.get(..failed.span.start).unwrap_or("");
    let time = DateTime::from_timestamp_nanos(epoch + failed.ktime).with_timezone(&Local).fixed_offset();
    let row = record! {
        "id" => int(probe.id as usize),
        "error" => text(failed.failure.name),
        "code" => text(failed.span.of(&program.text)),
        "line" => int(before.matches('\n').count() + 1),
        "time" => Value::date(time, span),
        "message" => text(failed.failure.message),
        "probe" => text(&probe.target),
        "details" => details(failed, program.at(failed.span), span),
    };
    Value::record(row, span)
}

/// The error as `error make` takes it, on the closure's own words.
fn details(failed: &Failed, at: Span, span: Span) -> Value {
    let text = |text: &str| Value::string(text, span);
    let place = record! { "start" => Value::int(at.start as i64, span), "end" => Value::int(at.end as i64, span) };
    let label = record! { "text" => text("in a probe, at this place"), "span" => Value::record(place, span) };
    let details = record! {
        "msg" => text(failed.failure.message),
        "code" => text(&format!("ebpf::run_time::{}", failed.failure.name)),
        "labels" => Value::list(vec![Value::record(label, span)], span),
        "help" => text(failed.failure.help),
    };
    Value::record(details, span)
}
