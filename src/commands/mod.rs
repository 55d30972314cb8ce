//! The `ebpf …` commands, one a file: signature, examples, one call. They compute nothing.

mod attach;
mod closure;
mod counters;
mod detach;
mod ebpf;
mod list;
mod options;
mod run;
mod setup;
mod shell;
mod trace;

use crate::plugin::{EbpfPlugin, Finish, Probe};
use crate::serve;
use crate::spec::command::COMMANDS;
use nu_plugin::{EngineInterface, PluginCommand};
use nu_protocol::{Category, LabeledError, ListStream, PipelineData, Signals, Span};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// All commands: those of the plugin, and one a row of the table of closure commands.
pub fn all() -> Vec<Box<dyn PluginCommand<Plugin = EbpfPlugin>>> {
    let mut commands: Vec<Box<dyn PluginCommand<Plugin = EbpfPlugin>>> = vec![
        Box::new(ebpf::Ebpf),
        Box::new(attach::Attach),
        Box::new(detach::Detach),
        Box::new(list::List),
        Box::new(counters::Counters),
        Box::new(trace::Trace),
        Box::new(run::Run),
        Box::new(setup::Setup),
    ];
    for row in COMMANDS {
        commands.push(Box::new(closure::ClosureCommand(row)));
    }
    commands
}

/// Where `help commands` files them.
fn category() -> Category {
    Category::Custom("ebpf".into())
}

/// A probe's rows as a stream of Nushell's, which ends with the probe, by Ctrl-C, or when its reader goes.
fn stream(
    engine: &EngineInterface,
    probe: &Arc<Probe>,
    span: Span,
    finish: Finish,
) -> Result<PipelineData, LabeledError> {
    let reader = Arc::new(AtomicBool::new(false));
    let gone = reader.clone();
    let interrupt = engine.register_signal_handler(Box::new(move |_| gone.store(true, Ordering::Release)))?;
    let finish = Box::new(move || {
        drop(interrupt);
        finish();
    });
    let rows = probe.rows(span, reader.clone(), finish)?;
    serve::announce(reader);
    Ok(PipelineData::list_stream(ListStream::new(rows, span, Signals::empty()), None))
}
