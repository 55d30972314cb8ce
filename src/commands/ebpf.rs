//! `ebpf`: what there is.

use super::{Command, on_value, words};
use nu_protocol::{Signature, Type, Value};

pub fn ebpf() -> Command {
    Command {
        signature: Signature::build("ebpf")
            .description("Trace the kernel and its programs with Nushell closures.")
            .search_terms(words("bpf trace probe bpftrace profile"))
            .input_output_type(Type::Nothing, Type::String),
        examples: Vec::new(),
        run: on_value(|call, _| Ok(Value::string(call.engine.get_help()?, call.head()))),
    }
}
