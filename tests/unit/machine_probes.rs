//! Tests of `crates/machine/src/probes.rs`, which includes this as a module of its own.

use super::*;

fn search(glob: &str, kind: &str) -> Search {
    let span = Span::test_data();
    let given = |text: &str| (!text.is_empty()).then(|| Spanned { item: text.to_string(), span });
    Search { glob: given(glob), kind: given(kind), span, cwd: "/".into() }
}

/// Kinds and patterns, as one writes them.
fn read(glob: &str, kind: &str) -> String {
    match Wanted::read(&search(glob, kind)) {
        Ok(wanted) => {
            let one = |(kind, place): &(&Kind, String)| format!("{}:{place}", kind.name);
            wanted.patterns.iter().map(one).collect::<Vec<_>>().join(" ")
        }
        Err(error) => error.code.text().to_string(),
    }
}

#[test]
fn a_search_is_read_as_an_attach_point_is() {
    for (glob, kind, patterns) in [
        ("kprobe:vfs_*", "", "kprobe:vfs_*"),
        ("k:vfs_{read,write}", "", "kprobe:vfs_read kprobe:vfs_write"),
        ("kprobe:{vfs,sys}_read", "", "kprobe:vfs_read ksyscall:read"),
        ("kr*:sys_read", "", "kretprobe:sys_read kretsyscall:sys_read"),
        ("kretprobe:sys_read", "", "kretsyscall:read"),
        ("*:a", "uprobe", "uprobe:a"),
        ("read", "kprobe", "kprobe:*read*"),
        ("r?ad", "k", "kprobe:r?ad"),
        ("{read,w*}", "kprobe", "kprobe:*read* kprobe:w*"),
        ("", "hardware", "hardware:*"),
        ("uprobe:./p:ns::{a,b}(int)", "", "uprobe:./p:ns::a(int) uprobe:./p:ns::b(int)"),
        ("u*probe:/a:b/c:{d,e}", "", "uprobe:/a:b/c:d uprobe:/a:b/c:e uretprobe:/a:b/c:d uretprobe:/a:b/c:e"),
        ("tracepoint:sched:sched_*", "", "tracepoint:sched:sched_*"),
        ("nothing:a", "", "ebpf::target::kind"),
        ("no*:a", "", "ebpf::target::kind"),
        ("a", "nothing", "ebpf::target::kind"),
        ("kprobe:a", "uprobe", "ebpf::option"),
    ] {
        assert_eq!(read(glob, kind), patterns, "{glob} --kind {kind}");
    }
}

#[test]
fn places_fit_by_the_grammar_of_their_kind() {
    let probe = |text: &str| {
        let (kind, place) = text.split_once(':').expect("a kind");
        let (module, name) = place.rsplit_once(['/', ':']).unwrap_or(("kernel", place));
        let kind = kind_named(kind, Span::test_data()).expect("a kind");
        Probe { kind, name: name.into(), module: module.into(), text: text.into(), args: None, symbol: None }
    };
    for (glob, text, fit) in [
        ("tracepoint:sched/sched_*", "tracepoint:sched/sched_switch", true),
        ("tracepoint:sched:sched_*", "tracepoint:sched/sched_switch", true),
        ("tracepoint:s*/*", "tracepoint:block/sched_switch", false),
        ("*:sched*", "tracepoint:sched/sched_switch", true),
        ("sched/", "tracepoint:sched/sched_switch", true),
        ("switch", "tracepoint:sched/sched_switch", true),
        ("kprobe:sched*", "tracepoint:sched/sched_switch", false),
        ("software:page-faults:100", "software:page-faults", true),
        ("uprobe:libc:mall*", "uprobe:libc:malloc", true),
        ("uprobe:libc:mall", "uprobe:libc:malloc", false),
        ("", "kprobe:vfs_read", true),
    ] {
        let wanted = Wanted::read(&search(glob, "")).expect("it can be read");
        assert_eq!(wanted.fits(&probe(text)), fit, "{glob} {text}");
    }
}

#[test]
fn a_binary_s_functions_are_listed_once_and_in_order() {
    let found = find(search("uprobe:libc:*", "")).unwrap_or_else(|error| panic!("{error}"));
    let all: Vec<Probe> = found.all.collect();
    let names: Vec<&str> = all.iter().map(|probe| probe.name.as_str()).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted);
    assert!(all.iter().any(|probe| probe.text == "uprobe:libc:malloc"));
}

#[test]
fn a_word_that_nothing_fits_is_no_error() {
    let found = find(search("cpu-clok", "software")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(found.all.count(), 0);
    assert_eq!(found.help.as_deref(), Some("nothing matches `cpu-clok`: did you mean `cpu-clock`?"));
}
