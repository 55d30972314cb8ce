//! What the kernel goes through for who asks: its kinds of iterators, by its type information, and what each shows. Names
//! in, attach points, members and errors out.

use crate::error::{Error, Result, offer_of};
use crate::ir::{AttachPoint, Form, Member, Place, Space, Type};
use crate::spec::code::Code;
use crate::spec::probe::{ITER, ITERATORS, OF_A_MAP};
use nu_ebpf_btf::Btf;
use nu_protocol::Span;
use std::collections::BTreeSet;

/// The kinds that this kernel has and that need no map, in order: those with a function that programs hang on, and a
/// struct that is their context.
pub fn kinds(btf: &Btf) -> Vec<&str> {
    let functions: BTreeSet<&str> = btf.functions().filter_map(|name| name.strip_prefix(ITERATORS.0)).collect();
    let contexts: BTreeSet<&str> = btf.structs().filter_map(|name| name.strip_prefix(ITERATORS.1)).collect();
    functions.intersection(&contexts).copied().filter(|name| !OF_A_MAP.contains(name)).collect()
}

/// The iterator of a name; None stands for a name that was not given.
///
/// # Errors
/// The kernel has no type information, or none of this name; the help lists those that it has.
pub fn find(name: Option<&str>, span: Span) -> Result<AttachPoint> {
    let btf = Btf::kernel().map_err(|error| error.label_if_bare(span, "the kernel's types list its iterators"))?;
    let kinds = kinds(btf);
    let all = format!("this kernel has {}", kinds.join(", "));
    match name {
        Some(name) if kinds.contains(&name) => {
            let place = Place::Raw(name.to_string());
            Ok(AttachPoint { kind: &ITER, place, text: format!("{}:{name}", ITER.name), span })
        }
        Some(name) if OF_A_MAP.contains(&name) => {
            Err(Error::new(Code::TargetKind, format!("`{name}` iterates over a single map, which cannot be named"))
                .label(span, "this kind is not supported")
                .help(all))
        }
        Some(name) => Err(Error::new(Code::TargetKind, format!("no iterator `{name}`"))
            .label(span, "this kernel has no iterator of this name")
            .help(offer_of(name, kinds.iter().copied(), &all))),
        None => Err(Error::new(Code::TargetKind, "the kind of iterator is missing")
            .label(span, "expected a kind, such as task")
            .help(format!("{all}: ebpf iter task {{|ctx| {{pid: $ctx.task.pid}} }}"))),
    }
}

/// Context members of an iterator, eight bytes each.
///
/// # Errors
/// The kernel has no type information.
pub fn members(target: &AttachPoint) -> Result<Vec<Member>> {
    let btf = Btf::kernel()
        .map_err(|error| error.label_if_bare(target.span, "the kernel's types describe an iterator's context"))?;
    let prototype = btf.function(None, &format!("{}{}", ITERATORS.0, target.place.written()));
    let params = prototype.map_or_else(Vec::new, |prototype| prototype.params);
    let member = |(number, param): (u32, nu_ebpf_btf::Parameter)| Member {
        name: param.name,
        declared: btf.declared(param.ty),
        offset: 8 * number,
        size: 8,
        ty: Type::Pointer(Some(Space::Kernel)),
        form: Form::Opaque,
    };
    Ok((0..).zip(params).map(member).collect())
}
