//! Tests of `crates/btf`, which includes this as a module of its own: a small kernel's types, and the running one's.

use super::{Btf, Type};

fn small() -> Btf {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/btf/kernel.btf");
    Btf::read(path.as_ref()).expect("the fixture is BTF")
}

#[test]
fn functions_have_named_arguments() {
    let btf = small();
    let function = btf.function("vfs_read").expect("a function");
    let words: Vec<String> =
        function.params.iter().map(|param| format!("{}: {}", param.name, btf.declared(param.ty))).collect();
    assert_eq!(words, ["file: struct file *", "buf: char *", "count: unsigned long", "pos: long long *"]);
    assert_eq!(function.gives.map(|gives| btf.declared(gives)).as_deref(), Some("long"));
    assert_eq!(btf.function("vfs_raed"), None);
    let raw = btf.tracepoint("sched_switch").expect("a tracepoint");
    let words: Vec<String> = raw.params.iter().map(|param| btf.declared(param.ty)).collect();
    assert_eq!(words, ["bool", "struct task_struct *", "struct task_struct *", "unsigned int"]);
}

#[test]
fn members_of_unnamed_unions_are_the_outer_ones() {
    let btf = small();
    let common = btf.type_named("struct sock_common").expect("a struct");
    let port = btf.member(common, "skc_dport").expect("a member");
    assert!(port.in_union && btf.goes_by(port.ty, "__be16"));
    assert_eq!(btf.member(common, "skc_reuse").expect("a bit-field").bits, 4);
    assert!(!btf.member(common, "skc_family").expect("a member").in_union);
    assert_eq!(btf.member(common, "skc_nothing"), None);
    let names: Vec<&str> = btf.members(common).iter().map(|member| member.0).collect();
    assert_eq!(names[..5], ["skc_addrpair", "skc_daddr", "skc_rcv_saddr", "skc_portpair", "skc_dport"]);
}

#[test]
fn enums_have_their_values() {
    let btf = small();
    let state = btf.type_named("enum sock_shutdown_cmd").expect("an enum");
    let Type::Enum { values, bytes, .. } = btf.get(state) else { panic!("expected an enum") };
    assert_eq!((bytes, values[2]), (4, ("SHUT_RDWR", 2)));
}

#[test]
fn what_is_no_btf_is_refused() {
    assert!(Btf::parse(Vec::new()).is_none());
    assert!(Btf::parse(vec![0x9f, 0xeb, 1, 0, 24, 0, 0, 0]).is_none());
    let mut cut = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/btf/kernel.btf"))
        .expect("the fixture");
    cut.truncate(cut.len() / 2);
    assert!(Btf::parse(cut).is_none());
}
