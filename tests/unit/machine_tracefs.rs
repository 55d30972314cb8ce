//! Tests of `crates/machine/src/tracefs.rs`, which includes this as a module of its own.

use super::*;

fn one(line: &str, syscall: bool) -> Member {
    parse(line, syscall).into_iter().next().unwrap_or_else(|| panic!("{line}"))
}

#[test]
fn fields_have_their_real_types() {
    let int = |signed, bytes| Type::Int(Width { signed, bytes });
    let cases: &[(&str, bool, &str, Type, Form)] = &[
        ("field:int dfd;	offset:16;	size:8;	signed:0;", true, "dfd", int(true, 4), Form::Value),
        ("field:umode_t mode;	offset:40;	size:8;	signed:0;", true, "mode", int(false, 2), Form::Value),
        (
            "field:const char * filename;	offset:24;	size:8;	signed:0;",
            true,
            "filename",
            Type::Pointer(Some(Space::User)),
            Form::Value,
        ),
        (
            "field:const void * skbaddr;	offset:8;	size:8;	signed:0;",
            false,
            "skbaddr",
            Type::Pointer(Some(Space::Kernel)),
            Form::Value,
        ),
        (
            "field:char prev_comm[16];	offset:8;	size:16;	signed:0;",
            false,
            "prev_comm",
            Type::Text(Text::Chars(16)),
            Form::Value,
        ),
        (
            "field:char comm[TASK_COMM_LEN];	offset:8;	size:16;	signed:0;",
            false,
            "comm",
            Type::Text(Text::Chars(16)),
            Form::Value,
        ),
        ("field:pid_t prev_pid;	offset:24;	size:4;	signed:1;", false, "prev_pid", int(true, 4), Form::Value),
        ("field:long prev_state;	offset:32;	size:8;	signed:1;", false, "prev_state", int(true, 8), Form::Value),
        ("field:unsigned long args[6];	offset:16;	size:48;	signed:0;", false, "args", int(false, 8), Form::Array(6)),
        ("field:__u8 saddr[4];	offset:32;	size:4;	signed:0;", false, "saddr", Type::Binary(4), Form::Value),
        (
            "field:__data_loc char[] filename;	offset:8;	size:4;	signed:0;",
            false,
            "filename",
            Type::Pointer(Some(Space::Kernel)),
            Form::DataLoc,
        ),
        ("field:bool success;	offset:8;	size:1;	signed:0;", false, "success", Type::Bool, Form::Value),
        ("field:struct foo x;	offset:8;	size:4;	signed:0;", false, "x", Type::Nothing, Form::Opaque),
    ];
    for (line, syscall, name, ty, form) in cases {
        let member = one(line, *syscall);
        assert_eq!((member.name.as_str(), member.ty, member.form), (*name, *ty, *form), "{line}");
    }
}

#[test]
fn common_fields_and_noise_are_left_out() {
    assert_eq!(
        parse(
            "	field:unsigned short common_type;	offset:0;	size:2;	signed:0;\nprint fmt: \"x\"\nfield:;\nfield:int",
            false
        ),
        []
    );
}
