//! Tests of `crates/machine/src/binary.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn names_of_cpp_are_known_however_they_are_written() {
    let over = Named::new("_ZN2ns4overEPKc");
    for written in ["ns::over(char const*)", "ns::over(const char *)", "ns::over", "::ns::over( char const * )"] {
        assert!(over.is(written), "{written}");
    }
    for written in ["over", "ns::over(char*)", "ns::over()", "ns::ove", "_ZN2ns4overEPKc"] {
        assert!(!over.is(written), "{written}");
    }
    let twice = Named::new("_ZN2ns5twiceIiEET_S1_");
    for written in ["ns::twice", "ns::twice<int>", "ns::twice<int>(int)", "int ns::twice<int>(int)"] {
        assert!(twice.is(written), "{written}");
    }
    assert!(over.fits("ns::over*") && over.fits("_ZN2ns*") && over.fits("*(char*") && !over.fits("ns::o"));
    let plain = Named::new("over");
    assert!(!plain.is("over") && plain.fits("ove?") && plain.shown() == "over");
}

#[test]
fn signatures_differ_in_blanks_and_const_only() {
    for (one, other) in [
        ("f(const int&, unsigned   long)", "f(int const&,unsigned long)"),
        ("g<const char*>(int)", "g<char const*>( int )"),
        ("operator new(unsigned long)", "operator new (unsigned long)"),
    ] {
        assert_eq!(signature(one), signature(other));
    }
    assert_ne!(signature("f(unsigned int)"), signature("f(unsignedint)"));
    assert_ne!(signature("f() const"), signature("f()"));
}

#[test]
fn the_version_that_programs_are_linked_with_is_meant() {
    let one = |address, version: Option<&str>, old| Function {
        name: "realpath".into(),
        address,
        size: 8,
        version: version.map(String::from),
        old,
        chooses: false,
    };
    let addresses = |all: &[Function], version| {
        let all: Vec<&Function> = all.iter().collect();
        selected(&all, version).into_iter().map(|one| one.address).collect::<Vec<_>>()
    };
    let versions = [one(1, Some("V1"), true), one(2, Some("V2"), false)];
    assert_eq!(addresses(&versions, None), [2]);
    assert_eq!(addresses(&versions, Some("V1")), [1]);
    assert_eq!(addresses(&versions, Some("V3")), [0u64; 0]);
    // A linker that writes no versions into the table that debuggers read.
    let both = [one(1, None, false), one(1, Some("V1"), true), one(2, None, false), one(2, Some("V2"), false)];
    assert_eq!(addresses(&both, None), [2, 2]);
    assert_eq!(addresses(&[one(1, Some("V1"), true)], None), [0u64; 0]);
    assert_eq!(addresses(&[one(1, None, false), one(2, None, false)], None), [1, 2]);
}

#[test]
fn paths_with_patterns_are_looked_up_folder_by_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a/one/x.so", "a/two/x.so", "a/two/y.so", "a/.three/x.so"] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, "it").expect("written");
    }
    let found = |pattern: &str| {
        let all = fitting(pattern, folder.path()).into_iter();
        all.map(|path| path.strip_prefix(folder.path()).expect("inside").display().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found("a/*/x.so"), ["a/one/x.so", "a/two/x.so"]);
    assert_eq!(found("a/t*/?.so"), ["a/two/x.so", "a/two/y.so"]);
    assert_eq!(found("a/.t*/x.so"), ["a/.three/x.so"]);
    assert!(found("b/*").is_empty());
}
