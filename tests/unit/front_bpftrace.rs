//! bpftrace's one-liners and what is suggested for them.

use super::{call, command, field, is_program, linear, rate};

#[test]
fn tells_programs_from_patterns() {
    for program in ["kprobe:f { @[comm] = count(); }", "kprobe:f{@=count()}", "kprobe:f /pid == 5/ { exit() }"] {
        assert!(is_program(program), "{program}");
    }
    for pattern in ["kprobe:vfs_{read,write}", "tracepoint:syscalls/sys_{enter,exit}_read", "kprobe:vfs_read"] {
        assert!(!is_program(pattern), "{pattern}");
    }
}

#[test]
fn translates_aggregations_and_output() {
    for (program, expected) in [
        ("kprobe:f { @[comm] = count(); }", "ebpf attach 'kprobe:f' {|ctx| $ctx.comm | count }"),
        ("kprobe:f { @ = count(); }", "ebpf attach 'kprobe:f' {|ctx| count }"),
        (
            "kprobe:f { @n[pid, comm] = count() }",
            "ebpf attach 'kprobe:f' {|ctx| {tgid: $ctx.tgid, comm: $ctx.comm} | count --as n }",
        ),
        (
            "kretprobe:f { @[comm] = sum(retval); }",
            "ebpf attach 'kretprobe:f' {|ctx| $ctx.retval | sum --by $ctx.comm }",
        ),
        ("kretprobe:f { @ = hist(retval); }", "ebpf attach 'kretprobe:f' {|ctx| $ctx.retval | histogram }"),
        (
            "kretprobe:f { @ = lhist(retval, 0, 100, 10); }",
            "ebpf attach 'kretprobe:f' {|ctx| $ctx.retval | hist --linear 0..10..100 }",
        ),
        (
            "kprobe:f /pid == 5 && comm != \"a\"/ { @ = count(); }",
            "ebpf attach 'kprobe:f' {|ctx| if $ctx.tgid == 5 and $ctx.comm != \"a\" { count } }",
        ),
        (
            "t:a:b { printf(\"%d %s\\n\", pid, str(args->filename)); }",
            "ebpf attach -s 't:a:b' {|ctx| {tgid: $ctx.tgid, filename: ($ctx.args.filename | read-str)} | emit }",
        ),
    ] {
        assert_eq!(command(program), format!("write {expected}"), "{program}");
    }
}

#[test]
fn explains_programs_beyond_translation() {
    let help = command("kprobe:f { @start[tid] = nsecs; }");
    assert!(help.starts_with("write ebpf attach 'kprobe:f' {|ctx| … }, where"), "{help}");
    assert!(command("BEGIN { printf(\"hi\\n\"); }").starts_with("BEGIN is not a probe here"));
}

#[test]
fn translates_calls_fields_and_rates() {
    assert_eq!(call("str(args.filename)").as_deref(), Some("write $ctx.args.filename | read-str"));
    assert_eq!(call("kstack(5)").as_deref(), Some("write $ctx.kstack"));
    assert_eq!(call("some(thing)"), None);
    assert_eq!(field("nsecs").as_deref(), Some("$ctx.ktime"));
    assert_eq!(field("args->path->dentry").as_deref(), Some("$ctx.args.path.dentry"));
    assert_eq!(field("@x"), None);
    assert_eq!(rate("hz:99").as_deref(), Some("99hz"));
    assert_eq!(rate("s:1").as_deref(), Some("1sec"));
    assert_eq!(rate("1s").as_deref(), Some("1sec"));
    assert_eq!(rate("99").as_deref(), Some("99hz"));
    assert_eq!((rate("often"), rate("1h")), (None, None));
    assert_eq!(linear(&["0", "100", "10"]).as_deref(), Some("0..10..100"));
}
