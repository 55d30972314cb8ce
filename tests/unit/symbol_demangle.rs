//! Tests of `crates/symbol/src/demangle.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn leaves_plain_names_alone() {
    for name in ["w", "f", "d", "i", "v", "x", "St", "Pc", "main", "", "_start", "_Zzz!", "Z3foov", "foo17h"] {
        assert_eq!((demangled(name), plain(name)), (None, None), "{name}");
    }
}

#[test]
fn demangles_names_of_cpp() {
    for (name, full, without) in [
        ("_ZN2ns4overEi", "ns::over(int)", "ns::over"),
        ("_ZN2ns4overEPKc", "ns::over(char const*)", "ns::over"),
        ("_ZN2ns5twiceIiEET_S1_", "int ns::twice<int>(int)", "ns::twice<int>"),
        ("_ZN2ns12_GLOBAL__N_14anonEi", "ns::(anonymous namespace)::anon(int)", "ns::(anonymous namespace)::anon"),
        ("_ZN1PclEi", "P::operator()(int)", "P::operator()"),
        ("__ZN1P3getEi", "P::get(int)", "P::get"),
    ] {
        assert_eq!(demangled(name).as_deref(), Some(full), "{name}");
        assert_eq!(plain(name).as_deref(), Some(without), "{name}");
    }
}

#[test]
fn demangles_names_of_rust() {
    for (name, full) in [
        ("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core::fmt::Write::write_fmt"),
        ("_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE.llvm.123", "core::fmt::Write::write_fmt"),
        ("_ZN4main17h0123456789abcdefE", "main"),
        (
            "_ZN52_$LT$std..io..Stdout$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE",
            "<std::io::Stdout as core::fmt::Debug>::fmt",
        ),
        ("_RNvCs15kBYyAo9fc_7mycrate7example", "mycrate::example"),
    ] {
        assert_eq!(demangled(name).as_deref(), Some(full), "{name}");
        assert_eq!(plain(name).as_deref(), Some(full), "{name}");
    }
}

#[test]
fn a_name_that_repeats_itself_takes_no_memory() {
    // Each pair has the one before it twice: 2^60 words of it.
    let mut name = String::from("_Z1fI1aS_E");
    for number in 0..60 {
        let last = if number == 0 { "S_".to_string() } else { format!("S{number}_") };
        name = format!("{name}1pI{last}{last}E");
    }
    assert!(demangled(&name).is_none_or(|text| text.len() <= MOST));
}
