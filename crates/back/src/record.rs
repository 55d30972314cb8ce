//! Structs: the part of a tracepoint's record that a program reads, and the members of rows and keys.

use super::name;
use super::view::StructView;
use nu_ebpf_ir::ir::{ExprKind, Field, Form, Layout, Member, Program, Slot, Space, Text, Type, Width};
use nu_ebpf_ir::spec::probe::Frame;
use std::collections::BTreeSet;

/// The struct of a tracepoint's record with the members that are read, each at its offset.
pub fn view(program: &Program) -> Option<StructView> {
    if program.context.frame != Frame::Record {
        return None;
    }
    let read = program.exprs.iter().filter_map(|expr| match expr.kind {
        ExprKind::Field(Field::Member { member, .. }) => Some(member),
        _ => None,
    });
    let used: BTreeSet<usize> = read.collect();
    let mut members: Vec<&Member> = used.into_iter().map(|member| &program.context.members[member]).collect();
    members.sort_by_key(|member| member.offset);
    let mut lines = Vec::new();
    let mut offset = 0;
    for member in members {
        if member.offset > offset {
            lines.push(format!("__u8 nu_skip_{offset}[{}]", member.offset - offset));
        }
        lines.push(in_record(member));
        offset = member.offset + member.size;
    }
    let doc = "What the tracepoint's record holds, of what is read here (see its format file).".to_string();
    (!lines.is_empty()).then(|| StructView {
        doc: Some(doc),
        name: name::record(program),
        members: lines,
        ..StructView::default()
    })
}

/// A member as it lies in the record; its type in the closure may be narrower.
fn in_record(member: &Member) -> String {
    let name = name::ident(&member.name);
    match (member.form, member.ty) {
        (Form::DataLoc, _) => format!("__u32 {name}"),
        (Form::Array(length), ty) => format!("{} {name}[{length}]", c_type(ty)),
        (_, Type::Text(_)) => format!("char {name}[{}]", member.size),
        (_, Type::Binary(_)) => format!("__u8 {name}[{}]", member.size),
        (_, Type::Int(width)) => {
            // A system call's record keeps every argument in eight bytes.
            let signed = width.signed && u32::from(width.bytes) == member.size;
            format!("{} {name}", c_type(Type::Int(Width { signed, bytes: member.size as u8 })))
        }
        (_, ty) => format!("{} {name}", c_type(ty)),
    }
}

/// The names of a row's or a key's members, slot by slot: the paths in the closure's value, made unique.
pub fn names(layout: &Layout) -> Vec<String> {
    let mut namer = name::Namer::default();
    layout.slots.iter().map(|slot| namer.fresh(if slot.path.is_empty() { "value" } else { &slot.path })).collect()
}

/// The members of a row or a key.
pub fn members(layout: &Layout) -> Vec<String> {
    let member = |(slot, name): (&Slot, String)| match slot.ty {
        Type::Text(Text::Chars(size)) => format!("char {name}[{size}]"),
        Type::Binary(size) => format!("__u8 {name}[{size}]"),
        ty => format!("{} {name}", c_type(ty)),
    };
    layout.slots.iter().zip(names(layout)).map(member).collect()
}

/// What declares something.
pub fn declaration(ty: Type, name: &str) -> String {
    match ty {
        Type::Text(Text::Chars(size)) | Type::Binary(size) => format!("char {name}[{size}]"),
        ty => format!("{} {name}", c_type(ty)),
    }
}

/// The C type of a scalar or a counted string.
pub fn c_type(ty: Type) -> String {
    match ty {
        Type::Int(Width { signed, bytes }) => format!("__{}{}", if signed { 's' } else { 'u' }, u32::from(bytes) * 8),
        Type::Text(Text::Counted(max) | Text::Literal(max) | Text::Raw(max)) => format!("struct {}", name::string(max)),
        Type::Bool => "bool".to_string(),
        Type::Pointer(_) => "__u64".to_string(),
        Type::Stack(Space::Kernel) => "__s32".to_string(),
        Type::Stack(Space::User) => "struct nu_user_stack".to_string(),
        Type::Text(Text::Chars(_)) | Type::Binary(_) => "char".to_string(),
        _ => "__s64".to_string(),
    }
}
