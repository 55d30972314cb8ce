//! The running kernel's symbols: `/proc/kallsyms`, which, unlike an image of the kernel, has the modules' and those of
//! code that the kernel makes. It tells no sizes: what is far behind a symbol is none of it.

use crate::frame::Symbol;
use nu_ebpf_privilege::{Deed, raise};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, Weak};
use std::time::{Duration, Instant};

/// The module of what is in none.
const KERNEL: &str = "kernel";

/// Bytes that no function of the kernel has.
const FAR: u64 = 1 << 18;

/// How old the symbols must be to be read again for an address that has none: a module may have come.
const AGE: Duration = Duration::from_secs(2);

/// The symbols, by their addresses: one table for all who ask at the same time (some 15 MB), and it goes with the last.
#[derive(Debug)]
pub struct Kernel {
    shared: Arc<Shared>,
    /// Older symbols are not asked: what has come since may lie where something else was.
    since: Instant,
}

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    table: RwLock<Table>,
    /// Held while they are read, so that two do not.
    reading: Mutex<()>,
}

/// The text, and what stands where in it: hundreds of thousands of names in two pieces of memory, which go back to the
/// system as a whole. One for each name would leave holes.
#[derive(Debug, Default)]
struct Table {
    text: String,
    symbols: Vec<Known>,
    read: Option<Instant>,
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
        static SHARED: Mutex<Weak<Shared>> = Mutex::new(Weak::new());
        let mut last = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = last.upgrade().unwrap_or_else(|| Arc::new(Shared::of("/proc/kallsyms".into())));
        *last = Arc::downgrade(&shared);
        Kernel { shared, since: Instant::now() }
    }
}

impl Kernel {
    /// The function at an address.
    pub fn symbol(&self, address: u64) -> Option<Symbol> {
        self.found(address, |known| known.code)
    }

    /// The function or variable at an address.
    pub fn any(&self, address: u64) -> Option<Symbol> {
        self.found(address, |_| true)
    }

    fn found(&self, address: u64, wanted: fn(&Known) -> bool) -> Option<Symbol> {
        let table = self.shared.since(self.since)?;
        if let Some(known) = table.known(address, wanted) {
            return Some(known);
        }
        drop(table);
        self.shared.since(Instant::now().checked_sub(AGE)?)?.known(address, wanted)
    }
}

impl Shared {
    fn of(path: PathBuf) -> Self {
        Shared { path, table: RwLock::default(), reading: Mutex::default() }
    }

    /// The table, no older than that: read now if it is. None if it cannot be read.
    fn since(&self, oldest: Instant) -> Option<RwLockReadGuard<'_, Table>> {
        let current = || {
            let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
            table.read.is_some_and(|read| read >= oldest).then_some(table)
        };
        if let Some(table) = current() {
            return Some(table);
        }
        let _reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = current() {
            return Some(table);
        }
        let now = Instant::now();
        let text = {
            let _raised = raise(Deed::Symbols);
            fs::read_to_string(&self.path).ok()?
        };
        let table = Table { read: Some(now), ..Table::of(text) };
        *self.table.write().unwrap_or_else(PoisonError::into_inner) = table;
        current()
    }
}

/// The letters of functions, and of variables, in `/proc/kallsyms` (nm(1)). Others are no addresses.
const CODE: [&str; 4] = ["t", "T", "w", "W"];
const DATA: [&str; 8] = ["d", "D", "b", "B", "r", "R", "v", "V"];

impl Table {
    /// The functions and variables of a text in lines of `ADDRESS TYPE NAME [MODULE]`, one an address. Where addresses are
    /// hidden (`kernel.kptr_restrict`) all are 0, and none is taken.
    fn of(text: String) -> Table {
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
        Table { text, symbols, read: None }
    }

    fn known(&self, address: u64, wanted: fn(&Known) -> bool) -> Option<Symbol> {
        let behind = self.symbols.partition_point(|known| known.start <= address);
        let near = self.symbols.get(..behind)?.iter().rev().take_while(|known| address - known.start < FAR);
        near.into_iter().find(|known| wanted(known)).map(|known| Symbol {
            function: part(&self.text, &known.name).into(),
            offset: Some(address - known.start),
            module: Some(known.module.as_ref().map_or(KERNEL, |module| part(&self.text, module)).into()),
            source: None,
        })
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
#[path = "../../../tests/unit/symbol_kernel.rs"]
mod tests;
