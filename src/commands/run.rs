//! `ebpf run`: a closure in the kernel, on values of one's own.

use super::attach::KERNEL;
use super::{Answer, Call, Command, on_value, words};
use crate::bug;
use crate::error;
use crate::ir::{AttachPoint, Place};
use crate::read::{Shell, Stacks};
use crate::run;
use crate::spec::probe::RUN;
use nu_protocol::{IntoValue, Signature, SyntaxShape, Type, Value};

const NAME: &str = "ebpf run";

pub fn run() -> Command {
    let closure = SyntaxShape::Closure(Some(vec![SyntaxShape::Any]));
    Command {
        signature: Signature::build(NAME)
            .description("Run a closure in the kernel once for each record, without a probe.")
            .extra_description(
                "A record's `arg0` to `arg11` are the closure's `$ctx.arg0` to `$ctx.arg11`: ints, and what else fits \
                 a register. A string is the address of its text, as a traced function would get it. Each record gives \
                 the rows that were emitted and, where Nushell would have raised an error, that `error` and its \
                 `code`, the closure's words.",
            )
            .search_terms(words("bpf test try prog_test_run"))
            .input_output_types(vec![
                (Type::table(), Type::table()),
                (Type::list(Type::Any), Type::table()),
                (Type::record(), Type::table()),
                (Type::Nothing, Type::Any),
            ])
            .allow_variants_without_examples(true)
            .required("closure", closure, "what to run: {|ctx| … | emit }")
            .switch("emit-c", "return the C text instead of running it (needs neither privileges nor clang)", None)
            .named("ring-buffer", SyntaxShape::Filesize, "size of the ring buffer for one run's rows", None)
            .named("kernel", SyntaxShape::String, KERNEL, None),
        examples: vec![
            (
                "Add in the kernel",
                "[[arg0 arg1]; [1 2] [3 4]] | ebpf run {|ctx| $ctx.arg0 + $ctx.arg1 | emit } | get rows",
            ),
            (
                "Read a string as a probe would",
                "[{arg0: 'some text'}] | ebpf run {|ctx| {text: ($ctx.arg0 | read-str)} | emit }",
            ),
        ],
        run: on_value(on_records),
    }
}

fn on_records(call: &Call, input: &Value) -> Answer<Value> {
    let records = match input {
        Value::List { vals, .. } => vals.as_slice(),
        Value::Nothing { .. } => &[],
        other => std::slice::from_ref(other),
    };
    let all = records.iter().map(run::arguments).collect::<error::Result<Vec<_>>>()?;
    let target = AttachPoint { kind: &RUN, place: Place::Nowhere, text: NAME.into(), span: call.head() };
    let prepared = call.prepare(vec![(vec![target], call.args.req(0)?)], None, false)?;
    if call.has("emit-c")? {
        return Ok(Value::string(prepared.text, call.head()));
    }
    let loaded = call.load(&prepared, false, &[])?;
    let shell = Shell { span: call.head(), config: call.engine.get_config()?, stacks: Some(Stacks::open(|_| None)?) };
    let outcomes = run::run(&prepared, &loaded, &all, &shell, call.engine.signals())?;
    run::losses(&loaded, NAME).iter().for_each(|line| bug::tell(line));
    Ok(outcomes.into_value(call.head()))
}
