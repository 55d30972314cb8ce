//! The running kernel's symbols: `/proc/kallsyms`, which, unlike an image of the kernel, has the modules' and those of
//! code that the kernel makes. It tells no sizes: what is far behind a symbol is none of it.

use crate::frame::Symbol;
use nu_ebpf_privilege::{Deed, raise};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The module of what is in none.
const KERNEL: &str = "kernel";

/// Bytes that no function of the kernel has.
const FAR: u64 = 1 << 18;

/// How old the symbols must be to be read again for an address that has none: a module may have come.
const AGE: Duration = Duration::from_secs(2);

/// The symbols, by their addresses.
#[derive(Debug)]
pub struct Kernel {
    path: PathBuf,
    table: Table,
    read: Option<Instant>,
}

/// The text, and what stands where in it: hundreds of thousands of names in two pieces of memory, which go back to the
/// system as a whole. One for each name would leave holes.
#[derive(Debug, Default)]
struct Table {
    text: String,
    symbols: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    start: u64,
    name: Range<u32>,
    /// None for the kernel itself.
    module: Option<Range<u32>>,
    /// Not a variable.
    code: bool,
}

impl Default for Kernel {
    fn default() -> Self {
        Kernel { path: "/proc/kallsyms".into(), table: Table::default(), read: None }
    }
}

impl Kernel {
    /// The function at an address.
    pub fn symbol(&mut self, address: u64) -> Option<Symbol> {
        self.found(address, |known| known.code)
    }

    /// The function or variable at an address.
    pub fn any(&mut self, address: u64) -> Option<Symbol> {
        self.found(address, |_| true)
    }

    fn found(&mut self, address: u64, wanted: fn(&Known) -> bool) -> Option<Symbol> {
        if let Some(known) = self.known(address, wanted) {
            return Some(known);
        }
        if self.read.is_none_or(|read| read.elapsed() > AGE) {
            let _raised = raise(Deed::Symbols);
            self.table = Table::read(fs::read_to_string(&self.path).ok()?);
            self.read = Some(Instant::now());
        }
        self.known(address, wanted)
    }

    fn known(&self, address: u64, wanted: fn(&Known) -> bool) -> Option<Symbol> {
        let Table { text, symbols } = &self.table;
        let behind = symbols.partition_point(|known| known.start <= address);
        let near = symbols.get(..behind)?.iter().rev().take_while(|known| address - known.start < FAR);
        near.into_iter().find(|known| wanted(known)).map(|known| Symbol {
            function: part(text, &known.name).into(),
            offset: Some(address - known.start),
            module: Some(known.module.as_ref().map_or(KERNEL, |module| part(text, module)).into()),
            source: None,
        })
    }
}

/// The letters of functions, and of variables, in `/proc/kallsyms` (nm(1)). Others are no addresses.
const CODE: [&str; 4] = ["t", "T", "w", "W"];
const DATA: [&str; 8] = ["d", "D", "b", "B", "r", "R", "v", "V"];

impl Table {
    /// The functions and variables of a text in lines of `ADDRESS TYPE NAME [MODULE]`, one an address. Where addresses are
    /// hidden (`kernel.kptr_restrict`) all are 0, and none is taken.
    fn read(text: String) -> Table {
        let mut all: Vec<(Known, bool)> = Vec::new();
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let (Some(start), Some(kind), Some(name)) = (words.next(), words.next(), words.next()) else { continue };
            let start = u64::from_str_radix(start, 16).unwrap_or(0);
            if start == 0 || !(CODE.contains(&kind) || DATA.contains(&kind)) {
                continue;
            }
            let Some(name) = place(&text, name) else { continue };
            let module = words.next().and_then(|module| place(&text, module.trim_matches(['[', ']'])));
            let code = CODE.contains(&kind);
            all.push((Known { start, name, module, code }, ["T", "D", "B", "R"].contains(&kind)));
        }
        // Of several names the one that others call it by: global, without underscores before it.
        let underscores = |known: &Known| {
            let name = part(&text, &known.name);
            name.len() - name.trim_start_matches('_').len()
        };
        all.sort_by_key(|(known, global)| (known.start, !known.code, !global, underscores(known)));
        all.dedup_by_key(|(known, _)| known.start);
        let symbols = all.into_iter().map(|(known, _)| known).collect();
        Table { text, symbols }
    }
}

/// Where a part of a text stands in it; none behind 4 GiB.
fn place(text: &str, part: &str) -> Option<Range<u32>> {
    let start = u32::try_from(part.as_ptr().addr() - text.as_ptr().addr()).ok()?;
    Some(start..start.checked_add(u32::try_from(part.len()).ok()?)?)
}

/// What stands there.
fn part<'text>(text: &'text str, place: &Range<u32>) -> &'text str {
    text.get(place.start as usize..place.end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
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

    fn kernel() -> Kernel {
        Kernel { table: Table::read(TEXT.into()), read: Some(Instant::now()), ..Kernel::default() }
    }

    #[test]
    fn the_symbol_before_an_address_is_its_function() {
        let found = |address| kernel().symbol(address).map(|symbol| (symbol.function, symbol.offset, symbol.module));
        assert_eq!(found(0xffffffff81000190), Some(("vfs_read".into(), Some(0x90), Some("kernel".into()))));
        assert_eq!(found(0xffffffffc0001000), Some(("nf_hook".into(), Some(0), Some("nf_tables".into()))));
        assert_eq!(found(0xffffffffc0101001).and_then(|found| found.2), Some("bpf".into()));
    }

    #[test]
    fn a_variable_is_found_where_one_may_be_meant() {
        let any = |address| kernel().any(address).map(|symbol| (symbol.function, symbol.offset));
        assert_eq!(any(0xffffffff81000190), Some(("some_data".into(), Some(0x10))));
        assert_eq!(any(0xffffffff81000100), Some(("vfs_read".into(), Some(0))));
        assert_eq!(any(1), None);
    }

    #[test]
    fn what_is_far_behind_a_symbol_is_unknown() {
        assert_eq!(kernel().symbol(0xffffffffb0000000), None);
        assert_eq!(kernel().symbol(0x1000), None);
    }

    #[test]
    fn hidden_addresses_are_no_symbols() {
        assert!(Table::read("0000000000000000 T vfs_read\n".into()).symbols.is_empty());
    }
}
