//! `ebpf type`: what the kernel says of a type of its own.

use super::{Answer, Call, Command, on_value, words};
use crate::error::{Error, offer};
use crate::spec::code::Code;
use nu_ebpf_btf::Btf;
use nu_protocol::{IntoValue, Signature, Spanned, SyntaxShape, Type, Value};

/// Structs inside of others that are shown at most: each may have hundreds of members.
const DEEPEST: i64 = 5;

pub fn types() -> Command {
    Command {
        signature: Signature::build("ebpf type")
            .description("The members of a struct of the kernel's, or the names of an enum's numbers.")
            .extra_description(
                "What is said is the running kernel's own type information (BTF). Members of unnamed structs and unions \
                 are listed as the outer one's, as they are named in a path. Offsets and sizes are bytes.",
            )
            .search_terms(words("bpf btf struct union enum member offset pahole vmlinux"))
            .input_output_type(Type::Nothing, Type::table())
            .required("type", SyntaxShape::String, "as C names it: 'struct sock', 'enum sock_shutdown_cmd'")
            .named("depth", SyntaxShape::Int, "how many structs deep members of members are shown (default 1, most 5)", None),
        examples: vec![
            ("What a socket has in common with others", "ebpf type 'struct sock_common' | first 5"),
            ("Where a process keeps its files", "ebpf type 'struct task_struct' | where type =~ files_struct"),
        ],
        run: on_value(on_type),
    }
}

fn on_type(call: &Call, _: &Value) -> Answer<Value> {
    let text: Spanned<String> = call.args.req(0)?;
    let depth = call.flag("depth", |depth| (1..=DEEPEST).contains(depth), "from 1 to 5")?.unwrap_or(1);
    let btf = Btf::kernel().map_err(|error| error.label_if_bare(text.span, "a type of the kernel's"))?;
    let name = text.item.trim().trim_end_matches('*').trim_end();
    let Some(id) = btf.type_named(name) else {
        let plain = name.rsplit(' ').next().unwrap_or(name);
        return Err(Error::new(Code::Input, format!("this kernel has no type `{name}`"))
            .label(text.span, "no such type")
            .help(offer(plain, btf.structs(), "write it as C does: 'struct sock', 'enum hrtimer_restart'; one of a module is known where that is loaded (modprobe)"))
            .into());
    };
    if let Some(values) = btf.values(id) {
        return Ok(values.into_value(call.head()));
    }
    Ok(btf.rows(id, depth as usize).into_value(call.head()))
}
