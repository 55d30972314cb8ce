//! The `ebpf …` commands, one a file: signature, examples, one call. They compute nothing.

mod attach;
mod call;
mod closure;
mod compile;
mod counters;
mod detach;
mod ebpf;
mod environment;
mod fields;
mod interrupt;
mod iter;
mod list;
mod probes;
mod run;
mod setup;
mod shell;
mod stacks;
mod symbol;
mod target;
mod trace;
mod types;
mod unpin;

use crate::bug;
use crate::plugin::EbpfPlugin;
use crate::spec::command::{COMMANDS, Outside};
use call::{Answer, Call};
use environment::{InEnvironment, of_call};
use nu_ebpf_ir::environment::enter;
use nu_plugin::{EngineInterface, EvaluatedCall, PluginCommand};
use nu_protocol::{Category, Example, PipelineData, Signature, Value};

/// All commands: those of the plugin, and one a row of the table of closure commands.
pub fn all() -> Vec<Box<dyn PluginCommand<Plugin = EbpfPlugin>>> {
    let own = [
        ebpf::ebpf(),
        attach::attach(),
        compile::compile(),
        detach::detach(),
        unpin::unpin(),
        list::list(),
        counters::counters(),
        counters::histogram(),
        stacks::stacks(),
        stacks::flame_graph(),
        trace::trace(),
        run::run(),
        iter::iter(),
        probes::probes(),
        types::types(),
        fields::fields(),
        symbol::symbol(),
        setup::setup(),
    ];
    let ours = COMMANDS.iter().filter(|row| row.outside != Outside::Nushell);
    let commands = own.into_iter().chain(ours.map(closure::closure));
    commands.map(|command| Box::new(command) as Box<dyn PluginCommand<Plugin = EbpfPlugin>>).collect()
}

/// A command: what Nushell knows and shows of it, and what it does.
struct Command {
    signature: Signature,
    /// Descriptions and code.
    examples: Vec<(&'static str, &'static str)>,
    run: Run,
}

type Run = Box<dyn Fn(&Call, PipelineData) -> Answer<PipelineData> + Sync>;

/// Runs a command that takes one value and returns one.
fn on_value(run: fn(&Call, &Value) -> Answer<Value>) -> Run {
    Box::new(move |call, input| {
        let span = input.span().unwrap_or(call.head());
        let value = run(call, &input.into_value(span)?)?;
        Ok(PipelineData::value(value, None))
    })
}

/// Search terms, written with blanks between them.
fn words(terms: &str) -> Vec<String> {
    terms.split(' ').map(String::from).collect()
}

impl PluginCommand for Command {
    type Plugin = EbpfPlugin;

    fn name(&self) -> &str {
        &self.signature.name
    }

    fn signature(&self) -> Signature {
        self.signature.clone().category(Category::Custom("ebpf".into()))
    }

    fn description(&self) -> &str {
        &self.signature.description
    }

    fn extra_description(&self) -> &str {
        &self.signature.extra_description
    }

    fn search_terms(&self) -> Vec<&str> {
        self.signature.search_terms.iter().map(String::as_str).collect()
    }

    fn examples(&self) -> Vec<Example<'_>> {
        let example = |&(description, example)| Example { example, description, result: None };
        self.examples.iter().map(example).collect()
    }

    fn run(
        &self, plugin: &EbpfPlugin, engine: &EngineInterface, args: &EvaluatedCall, input: PipelineData,
    ) -> Answer<PipelineData> {
        let lookup = of_call(engine);
        let _entered = enter(lookup.clone());
        let data = bug::caught(args.head, || {
            bug::point(self.name());
            (self.run)(&Call { plugin, engine, args }, input)
        })?;
        Ok(match data {
            // Its rows are made when this has returned.
            PipelineData::ListStream(stream, meta) => PipelineData::ListStream(
                stream.modify(|rows| bug::rows(InEnvironment { rows, lookup }, args.head)),
                meta,
            ),
            other => other,
        })
    }
}
