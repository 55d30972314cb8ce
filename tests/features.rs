//! The table of kernel features names every helper that generated programs call, by the number that libbpf has for it.

mod support;

use nu_plugin_ebpf::compile::HEADERS;
use nu_plugin_ebpf::spec::feature::{FEATURES, Kernel, LOOP, OLDEST, Version};
use std::collections::BTreeSet;
use std::path::Path;
use support::{ROOT, read};

/// Functions and macros of libbpf's own headers.
const OF_LIBBPF: &[&str] = &["bpf_core_", "bpf_usdt_"];

#[test]
fn every_helper_in_the_c_has_a_row() {
    let mut called = BTreeSet::new();
    for (name, text) in HEADERS.iter().filter(|header| header.0.starts_with("nu/")) {
        assert!(!text.is_empty(), "{name}");
        called.extend(calls(text));
    }
    for file in [
        "templates/command/emit.c",
        "crates/back/src/state.rs",
        "crates/back/src/expr.rs",
        "crates/back/src/stmt.rs",
        "crates/back/src/kernel.rs",
        "crates/back/src/turn.rs",
        "crates/ir/src/spec/field.rs",
    ] {
        called.extend(calls(&read(&Path::new(ROOT).join(file))));
    }
    let known: BTreeSet<&str> = FEATURES.iter().map(|row| row.name).collect();
    let unknown: Vec<&String> = called.iter().filter(|name| !known.contains(name.as_str())).collect();
    assert!(called.len() > 20, "{called:?}");
    assert!(unknown.is_empty(), "expected a row for {unknown:?} in crates/ir/src/spec/feature.rs");
}

/// The words `bpf_NAME(` of a text.
fn calls(text: &str) -> Vec<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let called = text.match_indices("bpf_").filter_map(|(at, _)| {
        let begins = !text[..at].ends_with(word);
        let name: String = text[at..].chars().take_while(|c| word(*c)).collect();
        (begins && text[at + name.len()..].starts_with('(')).then_some(name)
    });
    called.filter(|name| !OF_LIBBPF.iter().any(|start| name.starts_with(start))).collect()
}

#[test]
fn the_numbers_of_helpers_are_those_of_libbpf() {
    let list = HEADERS.iter().find(|header| header.0 == "bpf/bpf_helper_defs.h").map_or("", |header| header.1);
    for row in FEATURES.iter().filter(|row| row.helper > 0) {
        let line = list.lines().find(|line| line.contains(&format!("const {})", row.name)));
        let line = line.unwrap_or_else(|| panic!("libbpf has no {}", row.name));
        assert!(line.ends_with(&format!("= (void *) {};", row.helper)), "{}: {line}", row.name);
    }
}

#[test]
fn a_release_is_read_by_its_first_two_numbers() {
    assert_eq!("5.10.0-32-amd64".parse(), Ok(Version(5, 10)));
    assert_eq!("7.2-rc1".parse(), Ok(Version(7, 2)));
    assert_eq!("6".parse::<Version>(), Err(()));
    assert!(Kernel::Release(Version(6, 1)).has(&LOOP) && !Kernel::Release(OLDEST).has(&LOOP));
}
