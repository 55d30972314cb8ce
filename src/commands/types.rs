//! `ebpf type`: what the kernel says of a type of its own, or a binary of one of its.

use super::{Answer, Call, Command, on_value, words};
use crate::error::{Error, Result, offer};
use crate::load;
use crate::spec::code::Code;
use nu_ebpf_btf::{Btf, Choice, Definition, TypeId};
use nu_ebpf_dwarf::Missing;
use nu_protocol::{IntoValue, Signature, Span, Spanned, SyntaxShape, Type, Value};
use std::path::Path;

/// Structs inside of others that are shown at most: each may have hundreds of members.
const DEEPEST: i64 = 5;

pub fn types() -> Command {
    Command {
        signature: Signature::build("ebpf type")
            .description("The members of a struct of the kernel's or of a program's, or the names of an enum's numbers.")
            .extra_description(
                "What is said is the running kernel's own type information (BTF), or a binary's (DWARF). Members of unnamed structs and unions \
                 are listed as the outer one's, as they are named in a path. Offsets and sizes are bytes.",
            )
            .search_terms(words("bpf btf struct union enum member offset pahole vmlinux"))
            .input_output_type(Type::Nothing, Type::table())
            .required("type", SyntaxShape::String, "as C names it: 'struct sock', 'enum sock_shutdown_cmd'")
            .named("depth", SyntaxShape::Int, "how many structs deep members of members are shown (default 1, most 5)", None)
            .named("binary", SyntaxShape::String, "a program or library with debug information, by its path or name", None),
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
    let name = text.item.trim().trim_end_matches('*').trim_end();
    let (btf, id) = match call.name("binary")? {
        Some(binary) => of_binary(call, &binary, (name, text.span))?,
        None => of_kernel(name, text.span)?,
    };
    if let Some(values) = btf.values(id) {
        return Ok(values.into_value(call.head()));
    }
    Ok(btf.rows(id, depth as usize).into_value(call.head()))
}

fn of_kernel(name: &str, span: Span) -> Result<(&'static Btf, TypeId)> {
    let btf = Btf::kernel().map_err(|error| error.label_if_bare(span, "a type of the kernel"))?;
    match btf.choose(name, None, &[]) {
        Choice::One(id) => Ok((btf, id)),
        Choice::Several(all) => Err(several(name, span, &all)),
        Choice::None => Err(unknown("this kernel has", name, span, btf.structs())),
    }
}

fn of_binary(call: &Call, binary: &Spanned<String>, (name, span): (&str, Span)) -> Answer<(&'static Btf, TypeId)> {
    let cwd = call.engine.get_current_dir()?;
    let path = load::named_file(&binary.item, binary.span, Path::new(&cwd))?;
    let found = nu_ebpf_dwarf::type_named(&path, name, None).map_err(|missing| match missing {
        Missing::Ambiguous(all) => several(name, span, &all),
        Missing::Undescribed => {
            let all = nu_ebpf_dwarf::structs(&path);
            unknown("this binary has", name, span, all.iter().map(String::as_str))
        }
        missing => Error::new(Code::Input, missing.to_string())
            .label(binary.span, "types of this binary")
            .help(missing.help(&path)),
    })?;
    Ok(found)
}

fn several(name: &str, span: Span, all: &[Definition]) -> Error {
    let (what, label) = Definition::ambiguity(name, all);
    Error::new(Code::Input, what).label(span, label).help(Definition::offer(all))
}

fn unknown<'n>(who: &str, name: &str, span: Span, all: impl Iterator<Item = &'n str>) -> Error {
    let plain = name.rsplit(' ').next().unwrap_or(name);
    Error::new(Code::Input, format!("{who} no type `{name}`")).label(span, "no such type").help(offer(
        plain,
        all,
        "write it as C does: 'struct sock', 'enum hrtimer_restart'",
    ))
}
