//! The run-time errors that an object remembers (`bpf_headers/nu/errors.h`), newest first.

use crate::ir::Span;
use crate::spec::failure::{FAILURES, Failure};
use libbpf_rs::{MapCore, MapFlags, MapHandle};
use nu_ebpf_privilege::{Deed, raise};

/// Bits of an offset in the closure's text.
const OFFSET_BITS: u32 = 28;

/// A run-time error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    pub failure: &'static Failure,
    /// Where in the closure's text.
    pub span: Span,
    /// When, by the clock that programs read.
    pub ktime: i64,
}

/// What a map of errors holds. It is for telling, so a slot that cannot be read is left out.
pub fn failures(map: &MapHandle) -> Vec<Failed> {
    let _raised = raise(Deed::Read);
    let slots =
        (0..map.max_entries()).filter_map(|slot| map.lookup_percpu(&slot.to_ne_bytes(), MapFlags::ANY).ok().flatten());
    let mut all: Vec<Failed> = slots.flatten().filter_map(|bytes| failed(&bytes)).collect();
    all.sort_by_key(|failed| std::cmp::Reverse(failed.ktime));
    all
}

/// One slot; none where it has not been used.
pub fn failed(bytes: &[u8]) -> Option<Failed> {
    let (what, ktime) = (bytes.first_chunk()?, bytes.get(8..)?.first_chunk()?);
    let (what, ktime) = (u64::from_ne_bytes(*what), i64::from_ne_bytes(*ktime));
    let offset = |word: u64| (word & ((1 << OFFSET_BITS) - 1)) as usize;
    let failure = FAILURES.get((what >> (2 * OFFSET_BITS)) as usize)?;
    let span = Span::new(offset(what >> OFFSET_BITS), offset(what));
    (ktime != 0).then_some(Failed { failure, span, ktime })
}

#[cfg(test)]
#[path = "../../../tests/unit/read_failures.rs"]
mod tests;
