//! `ebpf list`: the attached probes and what they have counted.

use super::category;
use crate::plugin::{EbpfPlugin, Probe};
use crate::spec::stat::STATS;
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{Example, LabeledError, Signature, Span, Type, Value, record};

pub struct List;

impl SimplePluginCommand for List {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf list"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name()).input_output_type(Type::Nothing, Type::table()).category(category())
    }

    fn description(&self) -> &str {
        "The attached probes: rows sent, rows lost, and what they cost."
    }

    fn extra_description(&self) -> &str {
        "The kernel keeps `runs` and `mean` only while `sysctl kernel.bpf_stats_enabled` is 1; else they are null."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "probes", "status", "dropped", "overhead"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![Example {
            example: "ebpf list | where dropped > 0",
            description: "Probes that have lost rows",
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
        let rows = plugin.probes.all();
        Ok(Value::list(rows.iter().map(|probe| row(probe, call.head)).collect(), call.head))
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
