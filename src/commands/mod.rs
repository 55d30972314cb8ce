//! The `ebpf …` commands, one a file: signature, examples, one call. They compute nothing.

mod attach;
mod closure;
mod counters;
mod detach;
mod ebpf;
mod list;
mod options;
mod setup;
mod trace;

use crate::plugin::EbpfPlugin;
use crate::spec::command::COMMANDS;
use nu_plugin::PluginCommand;
use nu_protocol::Category;

/// All commands: those of the plugin, and one a row of the table of closure commands.
pub fn all() -> Vec<Box<dyn PluginCommand<Plugin = EbpfPlugin>>> {
    let mut commands: Vec<Box<dyn PluginCommand<Plugin = EbpfPlugin>>> = vec![
        Box::new(ebpf::Ebpf),
        Box::new(attach::Attach),
        Box::new(detach::Detach),
        Box::new(list::List),
        Box::new(counters::Counters),
        Box::new(trace::Trace),
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
