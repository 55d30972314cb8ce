//! Tables of aggregations: entries as rows. A record's fields are columns, any other key the column `key`; then come the
//! columns that the table of aggregations names, or a histogram's buckets.

use super::decode::{Shell, plain, value};
use super::entries::{Entries, combine};
use super::numbers::{Numbers, int, total, typed};
use crate::ir::{Aggregate, Layout, Scale, Type};
use nu_protocol::{Record, Span, Value, record};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The column of a key that is not a record.
pub const KEY: &str = "key";

/// Characters of the longest bar where it is not known how many fit.
const BAR: usize = 20;

/// The bounds of what fits, and what the other columns take: two bounds and a count, and each column of a key.
const BARS: [usize; 2] = [10, 80];
const OTHERS: usize = 60;
const KEYS: usize = 16;

/// The columns of a histogram's buckets.
const BUCKET: [&str; 4] = ["low", "high", "count", "bar"];

/// An aggregation's entries as a table, with what it counts most of first.
///
/// `width`: characters in a line of the terminal, which a histogram's bars are to fit.
pub fn table(
    entries: Entries, keeps: &Aggregate, key: Option<&Layout>, ty: Type, shell: &Shell, width: Option<usize>,
) -> Value {
    let mut rows = keys(entries, keeps, key, shell);
    let span = shell.span;
    let all: Vec<Value> = match (keeps.row.columns, keeps.scale) {
        ([], Some(scale)) => {
            rows.sort_by_cached_key(|(text, _, words)| (Reverse(total(words)), text.clone()));
            rows.into_iter().flat_map(|(_, key, words)| histogram(key, &words, (scale, width), ty, span)).collect()
        }
        (columns, _) => {
            let weight = |numbers: &Numbers| columns.first().map_or(0, |column| numbers.weight(*column));
            let rows = rows.into_iter().map(|(text, key, words)| (text, key, Numbers::of(words, keeps)));
            let mut rows: Vec<_> = rows.collect();
            rows.sort_by_cached_key(|(text, _, numbers)| (Reverse(weight(numbers)), text.clone()));
            let row = |(_, mut row, numbers): (String, Record, Numbers)| {
                columns.iter().for_each(|column| row.push(column.name(), numbers.cell(*column, ty, span)));
                Value::record(row, span)
            };
            rows.into_iter().map(row).collect()
        }
    };
    Value::list(all, span)
}

/// The keys as they print, the columns that they are, and their words, which are put together where what is computed
/// makes one value of several keys.
fn keys(
    entries: Entries, keeps: &Aggregate, layout: Option<&Layout>, shell: &Shell,
) -> Vec<(String, Record, Vec<u64>)> {
    let Some(layout) = layout else {
        return entries.into_values().map(|words| (String::new(), Record::new(), words)).collect();
    };
    let mut rows: Vec<(String, Record, Vec<u64>)> = Vec::with_capacity(entries.len());
    let mut places: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    for (bytes, words) in entries {
        // `==` takes 1 and 1.0 for one. Printed whole (`-`: sizes are not rounded), only what is of one type is alike.
        let Some(text) = plain(layout, &bytes, shell).map(|key| format!("{key:-?}")) else { continue };
        match places.entry(text) {
            Entry::Occupied(place) => combine(&mut rows[*place.get()].2, words.into_iter(), keeps, 1),
            Entry::Vacant(place) => {
                let columns = match value(layout, &bytes, shell) {
                    Some(Value::Record { val, .. }) => val.into_owned(),
                    Some(other) => record! { KEY => other },
                    None => continue,
                };
                let text = place.key().clone();
                place.insert(rows.len());
                rows.push((text, columns, words));
            }
        }
    }
    rows
}

/// The buckets of one key, from the first that has something to the last.
fn histogram(key: Record, buckets: &[u64], (scale, width): (Scale, Option<usize>), ty: Type, span: Span) -> Vec<Value> {
    let fits = |width: usize| width.saturating_sub(OTHERS + KEYS * key.len()).clamp(BARS[0], BARS[1]);
    let bar = width.map_or(BAR, fits) as u128;
    let most = buckets.iter().max().copied().unwrap_or(0);
    let first = buckets.iter().position(|count| *count > 0).unwrap_or(buckets.len());
    let last = buckets.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1);
    // The many narrow buckets of finer steps are mostly empty.
    let fine = matches!(scale, Scale::Log { steps: 1.. });
    let row = |bucket: usize| {
        let mut row = key.clone();
        let end = |end: Option<i64>| end.map_or(Value::nothing(span), |end| typed(ty, end, span));
        let (low, high) = scale.bounds(bucket);
        let count = buckets[bucket];
        let length = (u128::from(count) * bar).div_ceil(u128::from(most.max(1)));
        let cells = [end(low), end(high), int(count.into(), span), Value::string("-".repeat(length as usize), span)];
        BUCKET.iter().zip(cells).for_each(|(name, cell)| row.push(*name, cell));
        Value::record(row, span)
    };
    (first..last).filter(|bucket| !fine || buckets[*bucket] > 0).map(row).collect()
}

#[cfg(test)]
#[path = "../../../tests/unit/read_table.rs"]
mod tests;
