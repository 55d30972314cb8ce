//! Tests of `crates/btf`, which includes this as a module of its own: a small kernel's types, and the running one's.

use super::parse::Part;
use super::{Btf, Type};

fn small() -> Btf {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/btf/kernel.btf");
    Btf::read(path.as_ref()).expect("the fixture is BTF")
}

#[test]
fn functions_have_named_arguments() {
    let btf = small();
    let function = btf.function(None, "vfs_read").expect("a function");
    let words: Vec<String> =
        function.params.iter().map(|param| format!("{}: {}", param.name, btf.declared(param.ty))).collect();
    assert_eq!(words, ["file: struct file *", "buf: char *", "count: unsigned long", "pos: long long *"]);
    assert_eq!(function.gives.map(|gives| btf.declared(gives)).as_deref(), Some("long"));
    assert_eq!(btf.function(None, "vfs_raed"), None);
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
    assert!(Part::parse(Vec::new(), None).is_none());
    assert!(Part::parse(vec![0x9f, 0xeb, 1, 0, 24, 0, 0, 0], None).is_none());
    let mut cut = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/btf/kernel.btf"))
        .expect("the fixture");
    cut.truncate(cut.len() / 2);
    assert!(Part::parse(cut, None).is_none());
}

#[test]
fn a_module_goes_on_where_the_kernel_ends() {
    let btf = small();
    let words = |module, name| {
        let function = btf.function(module, name)?;
        Some(function.params.iter().map(|param| format!("{}: {}", param.name, btf.declared(param.ty))).collect())
    };
    let own: Option<Vec<String>> = words(None, "p9_client_open");
    assert_eq!(own, Some(vec!["fid: struct p9_fid *".to_string(), "mode: int".to_string()]));
    assert_eq!(words(Some("9pnet"), "p9_client_open"), own);
    assert_eq!((words(Some("9p"), "p9_client_open"), words(Some("9pnet"), "vfs_read")), (None, None));
    assert_eq!((btf.describes("9pnet"), btf.describes("9p"), btf.describes("kernel.btf")), (true, false, false));

    let fid = btf.type_named("struct p9_fid").expect("a module's struct");
    let names: Vec<&str> = btf.members(fid).iter().map(|member| member.0).collect();
    assert_eq!(names, ["clnt", "fid", "mode", "qid", "file"]);
    let qid = btf.member(fid, "qid").expect("a member");
    let version = btf.member(qid.ty, "version").expect("a member of a member");
    assert_eq!((btf.declared(version.ty), btf.bytes(version.ty)), ("u32".to_string(), 4));
    // From the module's types to the kernel's, which have the kernel's numbers.
    let Type::Pointer(file) = btf.get(btf.member(fid, "file").expect("a member").ty) else { panic!("an address") };
    assert_eq!(Some(file), btf.type_named("struct file"));
    let raw = btf.tracepoint("9p_client_req").expect("a module's tracepoint");
    let words: Vec<String> = raw.params.iter().map(|param| btf.declared(param.ty)).collect();
    assert_eq!(words, ["struct p9_client *", "signed char", "int"]);
    assert_eq!(btf.tracepoints(), [(None, "sched_switch"), (Some("9pnet"), "9p_client_req")]);
}

#[test]
fn what_is_only_declared_is_looked_for_in_modules() {
    let btf = small();
    let path = btf.type_named("struct path").expect("a struct");
    let Type::Pointer(mount) = btf.get(btf.member(path, "mnt").expect("a member").ty) else { panic!("an address") };
    assert!(matches!(btf.get(mount), Type::Forward { name: "vfsmount", union: false }));
    assert!(btf.member(btf.whole(mount), "mnt_flags").is_some());
    let dentry = btf.type_named("struct dentry").expect("a struct");
    assert_eq!(btf.whole(dentry), dentry);
}

#[test]
fn hooks_are_what_security_modules_have() {
    let btf = small();
    assert_eq!(btf.hooks(), ["file_open", "task_alloc"]);
    let hook = btf.hook("task_alloc").expect("a hook");
    assert_eq!(hook.params[1].name, "clone_flags");
}
