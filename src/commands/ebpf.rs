//! `ebpf`: what there is, and what closures may call.

use super::{Command, on_value, words};
use crate::spec::builtin::BUILTINS;
use crate::spec::command::COMMANDS;
use nu_protocol::{Signature, Type, Value};

pub fn ebpf() -> Command {
    Command {
        signature: Signature::build("ebpf")
            .description("Trace the kernel and its programs with Nushell closures.")
            .extra_description(callable())
            .search_terms(words("bpf trace probe bpftrace profile"))
            .input_output_type(Type::Nothing, Type::String),
        examples: Vec::new(),
        run: on_value(|call, _| Ok(Value::string(call.engine.get_help()?, call.head()))),
    }
}

/// Lists the commands that a closure may call, each with its limits there.
fn callable() -> String {
    let mut text = String::from("These commands work in a closure:\n");
    for row in COMMANDS {
        let doc = row.doc.strip_prefix("Inside a probe's closure: ").unwrap_or(row.doc);
        text += &format!("  {} - {}\n", row.name, doc.trim_end_matches('.'));
    }
    for row in BUILTINS {
        let flags = row.flags.iter().map(|flag| format!(" --{flag}")).collect::<String>();
        let limits = if row.limits.is_empty() { String::new() } else { format!(" - {}", row.limits) };
        text += &format!("  {}{flags}{limits}\n", row.name);
    }
    text + "So does a `def` of yours made of these. Any other command that only computes works where all that it is \
            given is known when the probe is attached: Nushell runs it then. The rest of the language is in docs/language.md."
}
