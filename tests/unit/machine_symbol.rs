//! Tests of `crates/machine/src/symbol.rs`, which includes this as a module of its own.

use super::*;

const TEXT: &str = "\
0000000000000000 A fixed_percpu_data
ffffffff81000100 t __vfs_read
ffffffff81000100 T vfs_read
ffffffff81000180 D some_data
ffffffffc0001000 t vfs_read\t[nf_tables]";

#[test]
fn a_name_may_have_several_addresses() {
    let found = find(TEXT, "vfs_read", |_| true).expect("symbols");
    let found: Vec<(i64, &str, &str)> =
        found.iter().map(|symbol| (symbol.address, symbol.kind, symbol.module.as_str())).collect();
    assert_eq!(found, [(-0x7eff_ff00, "function", "kernel"), (-0x3fff_f000, "function", "nf_tables")]);
    let error = find(TEXT, "vfs_raed", |_| true).expect_err("none");
    assert_eq!(error.code, Code::UnknownSymbol);
    assert!(error.help.is_some_and(|help| help.contains("`vfs_read`")));
}

#[test]
fn a_kernel_that_lists_functions_only_is_told_as_such() {
    let help =
        |text: &str, of: fn(&Line) -> bool| find(text, "avenrun", of).expect_err("none").help.unwrap_or_default();
    let functions = "ffffffff81000100 T get_avenrun\nffffffff81000200 D __init_end";
    assert!(help(functions, |_| true).starts_with("did you mean `get_avenrun`? this kernel lists functions only"));
    assert!(help(functions, |line| line.kind() != FUNCTION).starts_with("this kernel lists functions only"));
    let all = format!("{functions}\nffffffff81000300 d some_data");
    assert_eq!(help(&all, |_| true), "did you mean `get_avenrun`?");
}

#[test]
fn an_address_has_the_symbol_before_it_under_all_names() {
    let found = look_up(TEXT, 0xffffffff81000111).expect("symbols");
    let names: Vec<(&str, i64)> = found.iter().map(|place| (place.name.as_str(), place.offset)).collect();
    assert_eq!(names, [("vfs_read", 0x11), ("__vfs_read", 0x11)]);
    assert_eq!(look_up(TEXT, 0xffffffff810fffff).expect("data")[0].name, "some_data");
    for nowhere in [0, 7, 0xffffffff80000000, 0xffffffffc0f00000] {
        assert_eq!(look_up(TEXT, nowhere).expect_err("none").code, Code::UnknownSymbol);
    }
}

#[test]
fn hidden_addresses_are_an_error() {
    let found = find("0000000000000000 T vfs_read\n", "vfs_read", |_| true);
    assert_eq!(found.expect_err("hidden").code, Code::HiddenSymbols);
}
