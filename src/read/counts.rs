//! Tables of counts: a per-CPU map's values summed, largest first.

use super::decode::value;
use crate::error::{Error, Result};
use crate::ir::Layout;
use crate::spec::code::Code;
use libbpf_rs::{MapCore, MapFlags, MapHandle};
use nu_protocol::{Record, Span, Value, record};

/// The column of a key that is not a record.
const KEY: &str = "key";

/// The column of the count.
const COUNT: &str = "count";

/// A map of counts by key as a table: a record's fields are columns, any other key the column `key`; then `count`.
pub fn counts(map: &MapHandle, layout: &Layout, span: Span) -> Result<Value> {
    let mut rows: Vec<(i64, Record)> = Vec::new();
    for key in map.keys() {
        // A key may go between listing and looking.
        let Some(cpus) = map.lookup_percpu(&key, MapFlags::ANY).map_err(unreadable)? else { continue };
        let count = sum(&cpus);
        let mut row = match value(layout, &key, span) {
            Some(Value::Record { val, .. }) => val.into_owned(),
            Some(other) => record! { KEY => other },
            None => continue,
        };
        row.push(COUNT, Value::int(count, span));
        rows.push((count, row));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    Ok(Value::list(rows.into_iter().map(|(_, row)| Value::record(row, span)).collect(), span))
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
