//! `ebpf setup`: what this machine has of what tracing needs.

use super::{Command, on_value, words};
use crate::pipeline;
use nu_protocol::{IntoValue, Signature, Type};

pub fn setup() -> Command {
    Command {
        signature: Signature::build("ebpf setup")
            .description("What this machine has of what tracing needs, and what to do about the rest.")
            .extra_description(
                "What can be tried is tried: a small fixed program is loaded, attached and run with the privileges of \
                 the moment.",
            )
            .search_terms(words("bpf check capabilities privileges doctor install"))
            .input_output_type(Type::Nothing, Type::table())
            .switch("check", "look and try, change nothing (this is also what it does without the flag)", None),
        examples: vec![("What is lacking, with what mends it", "ebpf setup --check | where not ok")],
        run: on_value(|call, _| Ok(pipeline::requirements(call.clang()?.as_deref()).into_value(call.head()))),
    }
}
