//! `ebpf run`: a closure in the kernel, on values of one's own.

use super::shell::EngineShell;
use super::{category, options};
use crate::ir::{AttachPoint, Place};
use crate::pipeline;
use crate::plugin::EbpfPlugin;
use crate::read::Shell;
use crate::run::{self, Outcome};
use crate::spec::probe::RUN;
use nu_plugin::{EngineInterface, EvaluatedCall, SimplePluginCommand};
use nu_protocol::{Example, LabeledError, Signature, Span, SyntaxShape, Type, Value, record};

pub struct Run;

impl SimplePluginCommand for Run {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        "ebpf run"
    }

    fn signature(&self) -> Signature {
        Signature::build(self.name())
            .input_output_types(vec![
                (Type::table(), Type::table()),
                (Type::List(Box::new(Type::Any)), Type::table()),
                (Type::record(), Type::table()),
                (Type::Nothing, Type::Any),
            ])
            .allow_variants_without_examples(true)
            .required("closure", SyntaxShape::Closure(Some(vec![SyntaxShape::Any])), "what to run: {|ctx| … | emit }")
            .switch("emit-c", "return the C text instead of running it (needs neither privileges nor clang)", None)
            .named("ring-buffer", SyntaxShape::Filesize, "size of the ring buffer for one run's rows", None)
            .category(category())
    }

    fn description(&self) -> &str {
        "Run a closure in the kernel once for each record, without a probe."
    }

    fn extra_description(&self) -> &str {
        "A record's `arg0` to `arg11` are the closure's `$ctx.arg0` to `$ctx.arg11`: ints, and what else fits a register. \
         A string is the address of its text, as a traced function would get it. Each record gives the rows that were \
         emitted and, where Nushell would have raised an error, that `error` and its `code`, the closure's words."
    }

    fn search_terms(&self) -> Vec<&str> {
        vec!["bpf", "test", "try", "prog_test_run"]
    }

    fn examples(&self) -> Vec<Example<'_>> {
        vec![
            Example {
                example: "[[arg0 arg1]; [1 2] [3 4]] | ebpf run {|ctx| $ctx.arg0 + $ctx.arg1 | emit } | get rows",
                description: "Add in the kernel",
                result: None,
            },
            Example {
                example: "[{arg0: 'some text'}] | ebpf run {|ctx| {text: ($ctx.arg0 | read-str)} | emit }",
                description: "Read a string as a probe would",
                result: None,
            },
        ]
    }

    fn run(
        &self,
        _: &EbpfPlugin,
        engine: &EngineInterface,
        call: &EvaluatedCall,
        input: &Value,
    ) -> Result<Value, LabeledError> {
        let records = match input {
            Value::List { vals, .. } => vals.as_slice(),
            Value::Nothing { .. } => &[],
            other => std::slice::from_ref(other),
        };
        let all = records.iter().map(run::arguments).collect::<crate::error::Result<Vec<_>>>()?;
        let target = AttachPoint { kind: &RUN, place: Place::Nowhere, text: self.name().into(), span: call.head };
        let closure = options::closure(engine, &call.req::<Value>(0)?)?;
        let prepared = pipeline::prepare(
            target,
            &closure,
            &EngineShell::new(engine),
            options::unfiltered(),
            options::ring(call)?,
        )?;
        if options::has(call, "emit-c")? {
            return Ok(Value::string(prepared.text, call.head));
        }
        let loaded = pipeline::load(&prepared, options::clang(engine)?.as_deref(), false)?;
        let shell = Shell { span: call.head, config: engine.get_config()? };
        let outcomes = run::run(&prepared, &loaded, &all, &shell, engine.signals())?;
        run::losses(&loaded).iter().for_each(|line| eprintln!("{line}"));
        Ok(Value::list(outcomes.into_iter().map(|outcome| row(outcome, call.head)).collect(), call.head))
    }
}

fn row(outcome: Outcome, span: Span) -> Value {
    let text = |text: &str| Value::string(text, span);
    let null = || Value::nothing(span);
    let (error, code) = match outcome.error {
        Some(ended) => (text(ended.name), text(&ended.code)),
        None => (null(), null()),
    };
    Value::record(record! { "rows" => Value::list(outcome.rows, span), "error" => error, "code" => code }, span)
}
