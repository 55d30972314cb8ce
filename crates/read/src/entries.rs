//! The entries of an aggregation's map: keys as bytes, and each key's words, which the processors' are put together to.
//! A map is read in batches, as a call of the kernel for each key would take a microsecond.

use crate::error::{Error, Result};
use crate::ir::Aggregate;
use crate::spec::aggregation::{Slot, Word};
use crate::spec::code::Code;
use libbpf_rs::libbpf_sys::{bpf_map_batch_opts, bpf_map_lookup_batch};
use libbpf_rs::{MapCore, MapFlags, MapHandle, num_possible_cpus};
use nu_ebpf_privilege::{Deed, raise};
use rustix::thread::MembarrierCommand;
use std::collections::HashMap;
use std::io::{Error as IoError, ErrorKind};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::time::Duration;

/// Bytes of values that one call of the kernel returns.
const BATCH: usize = 1 << 20;

/// Keys that a batch takes at least: all that lie in one bucket of the kernel's hash must fit.
const LEAST: usize = 16;

/// How long a program's run may take, where nobody tells when all are over.
const SETTLED: Duration = Duration::from_millis(100);

/// The processors at work, as `0-3,6`.
const ONLINE: &str = "/sys/devices/system/cpu/online";

/// What each key has; a map of a single slot has one entry with no key.
pub type Entries = HashMap<Vec<u8>, Vec<u64>>;

/// What a map of an aggregation holds now. A slot that nothing was added to is left out of it, but for a single one.
/// Of one that is kept by periods, `period` is the number of that which is read.
pub fn entries(map: &MapHandle, keeps: &Aggregate, period: u64) -> Result<Entries> {
    let _raised = raise(Deed::Read);
    let cpus = num_possible_cpus().map_err(|error| unreadable(&error))?;
    // The kernel writes as much as the map's values have, wherever the map comes from: a pin, a cache.
    if map.value_size() as usize != keeps.size() {
        return Err(unreadable(&"it is of another form than its description"));
    }
    if !keeps.keyed {
        let values = map.lookup_percpu(&0u32.to_ne_bytes(), MapFlags::ANY).map_err(|error| unreadable(&error))?;
        let mut words = vec![0; keeps.words()];
        values.iter().flatten().for_each(|value| add(&mut words, value, keeps, period));
        return Ok(Entries::from([(Vec::new(), words)]));
    }
    let (key, value) = (map.key_size() as usize, keeps.size() * cpus);
    let mut batches = Batches { map: map.as_fd(), key, value, most: (BATCH / value).max(LEAST), after: None };
    let mut entries = Entries::new();
    while let Some((keys, values)) = batches.next()? {
        for (key, value) in keys.chunks_exact(key).zip(values.chunks_exact(value)) {
            let mut words = vec![0; keeps.words()];
            value.chunks_exact(keeps.size()).for_each(|cpu| add(&mut words, cpu, keeps, period));
            // Another processor may have made the slot just now, and not have added to it.
            if words.iter().any(|word| *word != 0) {
                entries.insert(key.to_vec(), words);
            }
        }
    }
    Ok(entries)
}

/// What has come since an earlier reading. Only for what subtracts.
pub fn since(mut now: Entries, before: &Entries, keeps: &Aggregate) -> Entries {
    now.retain(|key, words| {
        if let Some(before) = before.get(key) {
            combine(words, before.iter().copied(), keeps, -1);
        }
        !keeps.keyed || words.iter().any(|word| *word != 0)
    });
    now
}

/// Adds one processor's slot to what the others have.
fn add(into: &mut [u64], slot: &[u8], keeps: &Aggregate, period: u64) {
    let mut words = slot.chunks_exact(8).filter_map(|word| word.first_chunk()).map(|word| u64::from_ne_bytes(*word));
    if keeps.row.subtracts() {
        return combine(into, words, keeps, 1);
    }
    // The numbers of both halves' periods, then the halves.
    let half = (period % 2) as usize;
    let periods = [words.next(), words.next()];
    if periods[half] == Some(period) {
        combine(into, words.skip(half * keeps.words()).take(keeps.words()), keeps, 1);
    }
}

/// The period that runs, which a map of [`crate::ir::Map::period`]'s name has the number of.
pub fn period(map: &MapHandle) -> Result<u64> {
    let _raised = raise(Deed::Read);
    let value = map.lookup(&0u32.to_ne_bytes(), MapFlags::ANY).map_err(|error| unreadable(&error))?;
    Ok(value.and_then(|bytes| bytes.first_chunk().map(|word| u64::from_ne_bytes(*word))).unwrap_or(0))
}

/// Begins the next period. When this returns, no program adds to the one before any more.
pub fn begin(map: &MapHandle, period: u64) -> Result<()> {
    let raised = raise(Deed::Read);
    let written = map.update(&0u32.to_ne_bytes(), &period.to_ne_bytes(), MapFlags::ANY);
    drop(raised);
    written.map_err(|error| unreadable(&error))?;
    // It waits for all that is under way in the kernel (`synchronize_rcu`), which a kernel of nohz_full does not lend; with
    // a single processor it waits for nothing (kernel/sched/membarrier.c).
    let alone = std::fs::read_to_string(ONLINE).is_ok_and(|online| online.trim().parse::<u32>().is_ok());
    if rustix::thread::membarrier(MembarrierCommand::Global).is_err() || alone {
        std::thread::sleep(SETTLED);
    }
    Ok(())
}

/// Puts two slots' words together (a `sign` of 1), or takes the other's off (-1): but what is the greatest stays so.
pub fn combine(into: &mut [u64], other: impl Iterator<Item = u64>, keeps: &Aggregate, sign: i128) {
    let mut carry = 0;
    for (place, (mine, word)) in into.iter_mut().zip(other).enumerate() {
        *mine = match kind(keeps, place) {
            Word::Count => (i128::from(*mine) + sign * i128::from(word)) as u64,
            Word::Sum => {
                let sum = i128::from(*mine as i64) + sign * i128::from(word as i64);
                // The low word is one with a sign: what it does not say of the sum goes to the high one.
                carry = (sum - i128::from(sum as i64)) >> 64;
                sum as u64
            }
            Word::Wraps => (i128::from(*mine) + sign * i128::from(word) + carry) as u64,
            Word::Least | Word::Most if sign < 0 => *mine,
            Word::Least | Word::Most => word.max(*mine),
        };
    }
}

fn kind(keeps: &Aggregate, place: usize) -> Word {
    match keeps.row.slot {
        Slot::Words { words, .. } | Slot::Periods { words, .. } => words.get(place).copied().unwrap_or(Word::Count),
        Slot::Buckets => Word::Count,
    }
}

/// The walk through a hash map. libbpf-rs has none for maps with a value for each processor.
struct Batches<'a> {
    map: BorrowedFd<'a>,
    /// Bytes of a key, and of all processors' values of it.
    key: usize,
    value: usize,
    most: usize,
    /// Where the kernel goes on; 4 bytes, but never less than a key has room for.
    after: Option<Vec<u8>>,
}

impl Batches<'_> {
    /// The next keys and values; none at the end.
    fn next(&mut self) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        loop {
            if self.most == 0 {
                return Ok(None);
            }
            let (mut keys, mut values) = (vec![0u8; self.most * self.key], vec![0u8; self.most * self.value]);
            let mut next = vec![0u8; self.key.max(4)];
            let mut count = self.most as u32;
            let options = bpf_map_batch_opts { sz: size_of::<bpf_map_batch_opts>() as _, ..Default::default() };
            let after = self.after.as_mut().map_or(std::ptr::null_mut(), Vec::as_mut_ptr);
            // SAFETY: the kernel writes at most `count` keys and values, for which there is room, and 4 bytes of `next`.
            let result = unsafe {
                bpf_map_lookup_batch(
                    self.map.as_raw_fd(),
                    after.cast(),
                    next.as_mut_ptr().cast(),
                    keys.as_mut_ptr().cast(),
                    values.as_mut_ptr().cast(),
                    &mut count,
                    &options,
                )
            };
            match (result, IoError::from_raw_os_error(-result)) {
                (0, _) => self.after = Some(next),
                // The last batch.
                (_, error) if error.kind() == ErrorKind::NotFound => self.most = 0,
                (_, error) if error.kind() == ErrorKind::Interrupted => continue,
                // The kernel's next bucket has more keys than that.
                (_, error) if error.kind() == ErrorKind::StorageFull => {
                    self.most *= 2;
                    continue;
                }
                (_, error) => return Err(unreadable(&error)),
            }
            keys.truncate(count as usize * self.key);
            values.truncate(count as usize * self.value);
            return Ok(Some((keys, values)));
        }
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> Error {
    Error::new(Code::Io, format!("cannot read the map: {error}"))
}

#[cfg(test)]
#[path = "../../../tests/unit/read_entries.rs"]
mod tests;
