//! Tests of `crates/symbol/src/kernel.rs`, which includes this as a module of its own.

use super::*;

const TEXT: &str = "\
0000000000000000 A fixed_percpu_data
ffffffff81000000 T _text
ffffffff81000100 t local_alias
ffffffff81000100 T __vfs_read
ffffffff81000100 T vfs_read
ffffffff81000180 D some_data
ffffffffc0001000 t nf_hook\t[nf_tables]
ffffffffc0101000 t bpf_prog_6deef7357e7b4530\t[bpf]";

fn found(wanted: fn(&Known) -> bool) -> impl Fn(u64) -> Option<Symbol> {
    let table = Table::of(TEXT.into());
    move |address| table.known(address, wanted)
}

#[test]
fn the_symbol_before_an_address_is_its_function() {
    let symbol = found(|known| known.code);
    let found = |address| symbol(address).map(|symbol| (symbol.function, symbol.offset, symbol.module));
    assert_eq!(found(0xffffffff81000190), Some(("vfs_read".into(), Some(0x90), Some("kernel".into()))));
    assert_eq!(found(0xffffffffc0001000), Some(("nf_hook".into(), Some(0), Some("nf_tables".into()))));
    assert_eq!(found(0xffffffffc0101001).and_then(|found| found.2), Some("bpf".into()));
}

#[test]
fn a_variable_is_found_where_one_may_be_meant() {
    let symbol = found(|_| true);
    let any = |address| symbol(address).map(|symbol| (symbol.function, symbol.offset));
    assert_eq!(any(0xffffffff81000190), Some(("some_data".into(), Some(0x10))));
    assert_eq!(any(0xffffffff81000100), Some(("vfs_read".into(), Some(0))));
    assert_eq!(any(1), None);
}

#[test]
fn what_is_far_behind_a_symbol_is_unknown() {
    let symbol = found(|known| known.code);
    assert_eq!((symbol(0xffffffffb0000000), symbol(0x1000)), (None, None));
}

#[test]
fn hidden_addresses_are_no_symbols() {
    assert!(Table::of("0000000000000000 T vfs_read\n".into()).symbols.is_empty());
}

#[test]
fn who_asks_at_the_same_time_shares_a_table() {
    let (first, second) = (Kernel::default(), Kernel::default());
    assert!(Arc::ptr_eq(&first.shared, &second.shared));
}

#[test]
fn what_came_after_the_table_was_read_is_found() -> Result<(), Box<dyn std::error::Error>> {
    let file = tempfile::NamedTempFile::new()?;
    let shared = Arc::new(Shared::of(file.path().into()));
    let asks = |since| Kernel { shared: shared.clone(), since };
    let name = |kernel: &Kernel| kernel.symbol(0xffffffffc0001004).map(|symbol| symbol.function);
    fs::write(&file, "ffffffffc0001000 t went\t[one]")?;
    let before = asks(Instant::now());
    assert_eq!(name(&before).as_deref(), Some("went"));
    fs::write(&file, "ffffffffc0001000 t came\t[two]")?;
    assert_eq!(name(&before).as_deref(), Some("went"));
    assert_eq!(name(&asks(Instant::now())).as_deref(), Some("came"));
    fs::remove_file(&file)?;
    assert_eq!(name(&before).as_deref(), Some("came"));
    assert_eq!(name(&asks(Instant::now())), None);
    Ok(())
}
