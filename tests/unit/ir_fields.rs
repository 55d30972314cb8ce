//! Tests of `crates/ir/src/ir/fields.rs`, which includes this as a module of its own.

use super::*;
use crate::ir::{AttachPoint, Place, Text, Width};
use crate::spec::probe::{Frame, kind};

fn member(name: &str, declared: &str, ty: Type, form: Form) -> Member {
    Member { name: name.into(), declared: declared.into(), offset: 0, size: 8, ty, form }
}

fn record(members: Vec<Member>) -> Context {
    Context { members, ..Context::new(Frame::Record) }
}

fn written(context: &Context) -> Vec<String> {
    let one = |row: Named| format!("{}: {} = {}", row.field, row.ty.unwrap_or("null".into()), row.doc);
    context.fields().into_iter().map(one).collect()
}

#[test]
fn an_attach_point_s_own_fields_come_first_by_their_declarations() {
    let user = Type::Pointer(Some(Space::User));
    let fields = written(&record(vec![
        member("ret", "long", Type::Int(Width::I64), Form::Value),
        member("comm", "char[16]", Type::Text(Text::Chars(16)), Form::Value),
        member("filename", "const char *", user, Form::Value),
        member("args", "unsigned long[6]", Type::Int(Width::U64), Form::Array(6)),
        member("name", "__data_loc char[]", Type::Pointer(Some(Space::Kernel)), Form::DataLoc),
        member("all", "struct list", Type::Nothing, Form::Opaque),
    ]));
    let own = [
        "ret: int = long ret",
        "args.comm: string = char[16] comm",
        "filename: address = const char * filename, in the process's memory",
        "args: list<int> = unsigned long[6] args",
        "name: string = __data_loc char[] name",
        "all: null = struct list all, which cannot be read",
        "pid: int = Thread id (the kernel's pid).",
    ];
    assert_eq!(fields[..own.len()], own);
    assert!(!fields.iter().any(|field| field.starts_with("entry") || field.starts_with("elapsed")));
}

#[test]
fn a_return_has_what_can_be_remembered_of_its_entry() {
    let entry = record(vec![
        member("fd", "int", Type::Int(Width::U32), Form::Value),
        member("uid", "uid_t", Type::Int(Width::U32), Form::Value),
        member("name", "__data_loc char[]", Type::Pointer(Some(Space::Kernel)), Form::DataLoc),
    ]);
    let point = AttachPoint {
        kind: kind("tracepoint").expect("a kind"),
        place: Place::Nowhere,
        text: String::new(),
        span: nu_protocol::Span::test_data(),
    };
    let context = Context { entry: Some(Box::new((point, entry))), ..record(Vec::new()) };
    let fields = written(&context);
    let of_entry: Vec<&str> = fields.iter().map(String::as_str).filter(|row| row.starts_with('e')).take(4).collect();
    assert_eq!(
        of_entry,
        [
            "elapsed: duration = Time since the entry.",
            "entry.fd: int = int fd",
            "entry.args.uid: int = uid_t uid",
            "entry.pid: int = Thread id (the kernel's pid)."
        ]
    );
    assert!(!fields.iter().any(|row| row.starts_with("entry.name") || row.starts_with("entry.probe")));
}
