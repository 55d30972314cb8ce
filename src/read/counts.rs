//! Tables of counts: a per-CPU map's values summed, largest first.

use super::decode::{Shell, value};
use crate::error::{Error, Result};
use crate::ir::Layout;
use crate::spec::code::Code;
use libbpf_rs::{MapCore, MapFlags, MapHandle};
use nu_protocol::{Span, Value, record};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The column of a key that is not a record.
const KEY: &str = "key";

/// The column of the count.
const COUNT: &str = "count";

/// A map of counts by key as a table: a record's fields are columns, any other key the column `key`; then `count`.
pub fn counts(map: &MapHandle, layout: &Layout, shell: &Shell) -> Result<Value> {
    let mut keys = Vec::new();
    for key in map.keys() {
        // A key may go between listing and looking.
        let Some(cpus) = map.lookup_percpu(&key, MapFlags::ANY).map_err(unreadable)? else { continue };
        if let Some(value) = value(layout, &key, shell) {
            keys.push((value, sum(&cpus)));
        }
    }
    Ok(table(keys, shell.span))
}

/// The table of the keys and their counts, which are added up where what is computed makes one value of several keys.
fn table(keys: Vec<(Value, i64)>, span: Span) -> Value {
    let mut rows: Vec<(i64, Value)> = Vec::with_capacity(keys.len());
    let mut places: HashMap<String, usize> = HashMap::with_capacity(keys.len());
    for (key, count) in keys {
        // `==` takes 1 and 1.0 for one. Printed whole (`-`: sizes are not rounded), only what is of one type is alike.
        match places.entry(format!("{key:-?}")) {
            Entry::Occupied(place) => {
                let (all, _) = &mut rows[*place.get()];
                *all = all.saturating_add(count);
            }
            Entry::Vacant(place) => {
                place.insert(rows.len());
                rows.push((count, key));
            }
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    let row = |(count, key): (i64, Value)| {
        let mut row = match key {
            Value::Record { val, .. } => val.into_owned(),
            other => record! { KEY => other },
        };
        row.push(COUNT, Value::int(count, span));
        Value::record(row, span)
    };
    Value::list(rows.into_iter().map(row).collect(), span)
}

/// A map of one count, as a table of one row.
pub fn hits(map: &MapHandle, span: Span) -> Result<Value> {
    let cpus = map.lookup_percpu(&0u32.to_ne_bytes(), MapFlags::ANY).map_err(unreadable)?.unwrap_or_default();
    Ok(Value::list(vec![Value::record(record! { COUNT => Value::int(sum(&cpus), span) }, span)], span))
}

fn sum(cpus: &[Vec<u8>]) -> i64 {
    let each = cpus.iter().filter_map(|cpu| cpu.first_chunk()).map(|cpu| u64::from_ne_bytes(*cpu));
    i64::try_from(each.sum::<u64>()).unwrap_or(i64::MAX)
}

fn unreadable(error: libbpf_rs::Error) -> Error {
    Error::new(Code::Io, format!("the map could not be read: {error}"))
}

#[cfg(test)]
#[path = "../../tests/unit/read_counts.rs"]
mod tests;
