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
    let found = find(TEXT, "vfs_read").expect("symbols");
    let found: Vec<(i64, &str, &str)> =
        found.iter().map(|symbol| (symbol.address, symbol.kind, symbol.module.as_str())).collect();
    assert_eq!(found, [(-0x7eff_ff00, "function", "kernel"), (-0x3fff_f000, "function", "nf_tables")]);
    let error = find(TEXT, "vfs_raed").expect_err("none");
    assert_eq!(error.code, Code::UnknownSymbol);
    assert!(error.help.is_some_and(|help| help.contains("`vfs_read`")));
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
    assert_eq!(find("0000000000000000 T vfs_read\n", "vfs_read").expect_err("hidden").code, Code::HiddenSymbols);
}
