//! `ebpf symbol`: where a symbol of the kernel's is, and what is at an address.

use super::{Answer, Call, Command, on_value, words};
use crate::error::Error;
use crate::spec::code::Code;
use nu_ebpf_machine::symbol;
use nu_protocol::{IntoValue, Signature, Span, SyntaxShape, Type, Value};

pub fn symbol() -> Command {
    let what = "a name, or an address: an int, or a string as rows show it (0xffff…)";
    Command {
        signature: Signature::build("ebpf symbol")
            .description("The addresses of a symbol of the kernel's, or the symbol at an address.")
            .extra_description(
                "An address is an int, the kernel's a negative one: so it can be compared with in a closure. Of an \
                 address, `offset` is how many bytes behind the symbol's start it is; a symbol of several names is a \
                 row for each. `type` is function, data, constant, absolute or other.",
            )
            .search_terms(words("bpf kallsyms kaddr ksym address function bpftrace"))
            .input_output_type(Type::Nothing, Type::table())
            .required("symbol", SyntaxShape::OneOf(vec![SyntaxShape::Int, SyntaxShape::String]), what),
        examples: vec![
            ("Where a function is", "ebpf symbol vfs_read"),
            ("What is at an address", "ebpf symbol ((ebpf symbol vfs_read | get 0.address) + 4)"),
        ],
        run: on_value(on_symbol),
    }
}

fn on_symbol(call: &Call, _: &Value) -> Answer<Value> {
    let (what, head): (Value, Span) = (call.args.req(0)?, call.head());
    let span = what.span();
    let address = match &what {
        Value::Int { val, .. } => Some(val.cast_unsigned()),
        other => match other.as_str()?.strip_prefix("0x") {
            Some(digits) => Some(u64::from_str_radix(digits, 16).map_err(|_| no_address(span))?),
            None => None,
        },
    };
    Ok(match address {
        Some(address) => symbol::at(address, span)?.into_value(head),
        None => symbol::named(what.as_str()?, span)?.into_value(head),
    })
}

fn no_address(span: Span) -> Error {
    Error::new(Code::Option, "this is not an address")
        .label(span, "expected at most 16 hexadecimal digits after 0x")
        .help("write it as rows show it (0xffffffff81000000), or as an int")
}
