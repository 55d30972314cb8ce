//! Types whose names several definitions share.

use super::{Asked, Candidate, Choice, Definition};

fn candidate(id: usize, signature: &str, source: &str) -> Candidate<usize> {
    let (signature, source) = (signature.to_string(), source.to_string());
    Candidate { id, signature, own: false, source, bytes: 8, members: vec![format!("m{id}")] }
}

fn written(choice: Choice<usize>) -> Vec<String> {
    match choice {
        Choice::Several(all) => all.into_iter().map(|one| one.written).collect(),
        other => panic!("expected several, came {other:?}"),
    }
}

#[test]
fn parses_what_selects_a_definition() {
    let asked = |words, source, number| Asked { words, source, number };
    assert_eq!(Asked::parse("struct foo"), asked("struct foo", None, None));
    assert_eq!(Asked::parse("struct foo in a/o2.c"), asked("struct foo", Some("a/o2.c"), None));
    assert_eq!(Asked::parse("struct foo #2"), asked("struct foo", None, Some(2)));
    assert_eq!(Asked::parse("struct foo#2"), asked("struct foo", None, Some(2)));
    assert_eq!(Asked::parse("foo_t in o2.c #3"), asked("foo_t", Some("o2.c"), Some(3)));
    assert_eq!(Asked::parse("struct foo #x"), asked("struct foo #x", None, None));
}

#[test]
fn merges_definitions_that_are_the_same() {
    let same = || vec![candidate(1, "a", "o1.c"), candidate(2, "a", "o2.c")];
    assert_eq!(Asked::parse("struct foo").choose(same()), Choice::One(1));
    assert_eq!(Asked::parse("struct foo in o2.c").choose(same()), Choice::One(2));
    assert_eq!(written(Asked::parse("struct foo in o3.c").choose(same())), ["struct foo in o1.c"]);
    assert_eq!(written(Asked::parse("struct foo #2").choose(same())), ["struct foo in o1.c"]);
    assert_eq!(Asked::parse("struct foo").choose(Vec::<Candidate<usize>>::new()), Choice::None);
}

#[test]
fn lists_words_that_select_each_definition() {
    let all = || {
        let files = [("a", "src/o1.c"), ("b", "lib/o2.c"), ("c", "lib/o2.c"), ("a", "o4.c"), ("d", "lib/o1.c")];
        (0..).zip(files).map(|(id, (signature, source))| candidate(id, signature, source)).collect::<Vec<_>>()
    };
    let listed = written(Asked::parse("struct foo").choose(all()));
    assert_eq!(
        listed,
        ["struct foo in src/o1.c", "struct foo in lib/o2.c #1", "struct foo in lib/o2.c #2", "struct foo in lib/o1.c"]
    );
    let chosen: Vec<Choice<usize>> = listed.iter().map(|words| Asked::parse(words).choose(all())).collect();
    assert_eq!(chosen, [0, 1, 2, 4].map(Choice::One));
    // The end of a path selects what it selects alone.
    assert_eq!(written(Asked::parse("struct foo in o1.c").choose(all())).len(), 2);
    let kernel = || vec![candidate(1, "a", "vmlinux"), candidate(2, "b", "vmlinux")];
    assert_eq!(written(Asked::parse("struct foo").choose(kernel())), ["struct foo #1", "struct foo #2"]);
    assert_eq!(Asked::parse("struct foo #2").choose(kernel()), Choice::One(2));
    assert_eq!(written(Asked::parse("struct foo #3").choose(kernel())).len(), 2);
    assert_eq!(written(Asked::parse("struct foo #0").choose(kernel())).len(), 2);
}

#[test]
fn prefers_what_the_probed_code_knows() {
    let all = || {
        let own = Candidate { own: true, ..candidate(3, "b", "o3.c") };
        vec![candidate(1, "a", "o1.c"), candidate(2, "b", "o2.c"), own]
    };
    assert_eq!(Asked::parse("struct foo").choose(all()), Choice::One(3));
    assert_eq!(Asked::parse("struct foo in o1.c").choose(all()), Choice::One(1));
    assert_eq!(Asked::parse("struct foo #1").choose(all()), Choice::One(1));
}

#[test]
fn lists_at_most_so_many_definitions() {
    let one = |number: usize| Definition {
        source: "o.c".into(),
        bytes: 4,
        members: (0..number).map(|member| format!("m{member}")).collect(),
        written: format!("struct foo #{number}"),
    };
    let offered = Definition::offer(&(1..=9).map(one).collect::<Vec<_>>());
    assert!(offered.starts_with("write one of 'struct foo #1' (4 bytes: m0); 'struct foo #2' (4 bytes: m0, m1); "));
    assert!(offered.ends_with("'struct foo #8' (4 bytes: m0, m1, m2, m3, m4, …); and 1 more"), "{offered}");
}
