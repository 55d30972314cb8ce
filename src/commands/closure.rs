//! The closure commands as Nushell commands, which it must know to parse a closure. `front` and `back` do what they do.

use super::Command;
use crate::error::Error;
use crate::spec::code::Code;
use crate::spec::command::{self, Outside, Takes};
use nu_protocol::{PipelineData, Signature, SyntaxShape, Type, Value};

/// The command of a row of the table.
pub fn closure(row: &'static command::Command) -> Command {
    let signature = Signature::build(row.name)
        .description(row.doc)
        .extra_description(row.more)
        .search_terms(row.search_terms.iter().map(|term| term.to_string()).collect())
        .input_output_type(Type::Any, Type::Any);
    let signature = row.positional.iter().fold(signature, |all, one| match shape(one.takes) {
        Some(shape) => all.required(one.name, shape, one.doc),
        None => all,
    });
    Command {
        signature: row.flags.iter().fold(signature, |all, flag| match shape(flag.takes) {
            Some(shape) => all.named(flag.name, shape, flag.doc, None),
            None => all.switch(flag.name, flag.doc, None),
        }),
        examples: vec![(row.example_doc, row.example)],
        run: Box::new(|call, input| match (row.outside, &input) {
            (Outside::Through, _)
            | (Outside::Text, PipelineData::Value(Value::String { .. } | Value::Nothing { .. }, _)) => Ok(input),
            (Outside::Text | Outside::Error | Outside::Nushell, _) => {
                Err(Error::new(Code::OutsideProbe, format!("`{}` works only inside a probe's closure", row.name))
                    .label(call.head(), "called outside a probe")
                    .help(format!("for example: {}", row.example))
                    .into())
            }
        }),
    }
}

/// The syntax shape of an argument; none for a switch.
fn shape(takes: Takes) -> Option<SyntaxShape> {
    match takes {
        Takes::Value => Some(SyntaxShape::Any),
        Takes::Name => Some(SyntaxShape::String),
        Takes::Range => Some(SyntaxShape::Range),
        Takes::Int { .. } => Some(SyntaxShape::Int),
        Takes::Switch => None,
    }
}
