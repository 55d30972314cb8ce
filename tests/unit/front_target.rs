//! Tests of `src/front/target.rs`, which includes this as a module of its own.

use super::*;

fn ok(text: &str) -> (&'static str, Place) {
    let point = parse(text, Span::test_data()).unwrap_or_else(|e| panic!("{text}: {e}"));
    (point.kind.name, point.place)
}

fn tp(category: &str, name: &str) -> Place {
    Place::Tracepoint { category: category.into(), name: name.into() }
}

fn bin(binary: &str, function: Option<&str>, offset: u64) -> Place {
    Place::Binary { binary: binary.into(), function: function.map(String::from), offset }
}

fn symbol(module: Option<&str>, function: &str, offset: u64) -> Place {
    Place::Symbol { module: module.map(String::from), function: function.into(), offset }
}

#[test]
fn every_form_parses() {
    assert_eq!(ok("tracepoint:sched/sched_switch"), ("tracepoint", tp("sched", "sched_switch")));
    assert_eq!(ok("tracepoint:sched:sched_switch"), ("tracepoint", tp("sched", "sched_switch")));
    assert_eq!(ok("t:sched:sched_switch"), ("tracepoint", tp("sched", "sched_switch")));
    assert_eq!(ok("kprobe:vfs_read"), ("kprobe", Place::Function("vfs_read".into())));
    assert_eq!(ok("kprobe:sys_read"), ("ksyscall", Place::Function("read".into())));
    assert_eq!(ok("kretprobe:sys_read"), ("kretsyscall", Place::Function("read".into())));
    assert_eq!(ok("kprobe:__x64_sys_read"), ("kprobe", Place::Function("__x64_sys_read".into())));
    assert_eq!(ok("kprobe:vfs_read+0x10"), ("kprobe", symbol(None, "vfs_read", 16)));
    assert_eq!(ok("kretprobe:9p:v9fs_*"), ("kretprobe", symbol(Some("9p"), "v9fs_*", 0)));
    assert_eq!(ok("k:9p:v9fs_open+4").1.written(), "9p:v9fs_open+0x4");
    let probe = Place::Usdt { binary: "/bin/a:b".into(), provider: "p".into(), name: "n".into() };
    assert_eq!(ok("usdt:/bin/a:b:p:n"), ("usdt", probe));
    assert_eq!(ok("uprobe:libc:malloc"), ("uprobe", bin("libc", Some("malloc"), 0)));
    assert_eq!(ok("uprobe:/bin/a:b:main"), ("uprobe", bin("/bin/a:b", Some("main"), 0)));
    assert_eq!(ok("uprobe:/bin/bash:+0x1f"), ("uprobe", bin("/bin/bash", None, 31)));
    assert_eq!(ok("uprobe:/bin/bash:main+4"), ("uprobe", bin("/bin/bash", Some("main"), 4)));
    assert_eq!(ok("uprobe:./p:0x401106"), ("uprobe", bin("./p", Some("0x401106"), 0)));
    for name in
        ["ns::over(int)", "P::operator+(P const&)", "operator new(unsigned long)", "::over", "main::{{closure}}"]
    {
        assert_eq!(ok(&format!("uprobe:./a:b::c:{name}")), ("uprobe", bin("./a:b::c", Some(name), 0)));
    }
    assert_eq!(ok("uprobe:./p:ns::over(int)+0x4"), ("uprobe", bin("./p", Some("ns::over(int)"), 4)));
    assert_eq!(ok("tracepoint:sched_*"), ("tracepoint", tp("*", "sched_*")));
}

#[test]
fn braces_are_read_in_the_last_part() {
    let all = |text: &str| {
        let all = parse_all(text, Span::test_data()).unwrap_or_else(|error| panic!("{text}: {error}"));
        all.into_iter().map(|one| one.text).collect::<Vec<_>>()
    };
    assert_eq!(all("uprobe:./p:{ns::a,ns::b}"), ["uprobe:./p:ns::a", "uprobe:./p:ns::b"]);
    assert_eq!(all("uprobe:./p:ns::{a,b}(int)"), ["uprobe:./p:ns::a(int)", "uprobe:./p:ns::b(int)"]);
    assert_eq!(all("usdt:./p:a:{b,c}"), ["usdt:./p:a:b", "usdt:./p:a:c"]);
}

#[test]
fn every_kind_s_example_parses() {
    for kind in KINDS {
        assert_eq!(ok(kind.example).0, kind.name);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let kernel =
        ["kprobe", "kprobe:", "kprobe:a b", "kprobe:a+b", "kprobe::a", "kprobe:a:", "kprobe:a:b:c", "kretprobe:a+1"];
    let others =
        ["", "ksyscall:a:b", "tracepoint:sched", "tracepoint:/x", "uprobe:libc", "uprobe::f", "usdt:a:b", "usdt:a::b"];
    let functions = ["uprobe:./p::f", "uprobe:p:f g", "uprobe:p: ", "uretprobe:p:f+4", "uprobe:p:12", "uprobe:p:f+x"];
    for text in kernel.into_iter().chain(others).chain(functions) {
        let error = parse(text, Span::test_data()).expect_err(text);
        assert_eq!(error.code, Code::TargetGrammar, "{text}");
        assert!(error.help.is_some(), "{text}");
    }
    let error = parse("kprove:x", Span::test_data()).expect_err("kind");
    assert_eq!(error.code, Code::TargetKind);
    assert!(error.help.is_some_and(|help| help.starts_with("did you mean `kprobe`")));
}
