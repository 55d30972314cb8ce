//! What an object's maps take of this machine's memory, found out before they are made. The kernel takes it at once,
//! entry by entry: asked for more than there is, it ends other people's processes before it refuses.

use crate::error::Error;
use crate::spec::code::Code;
use std::fs;

/// Bytes of an entry for the kernel's own records: links, its slot in a table twice as large, rounding.
const RECORD: u64 = 96;

/// The part of what is free that one probe may take.
const SHARE: u64 = 2;

/// Memory of a map, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Entries {
    pub count: u32,
    pub key: u32,
    pub value: u32,
    /// Number of values of an entry: one, or one per CPU.
    pub copies: u64,
}

impl Entries {
    fn bytes(&self) -> u64 {
        let one = u64::from(self.key) + RECORD + u64::from(self.value).next_multiple_of(8).saturating_mul(self.copies);
        u64::from(self.count).saturating_mul(one)
    }
}

/// Refuses maps, and rings of so many bytes, that take more than half of the memory that is free.
pub fn too_much(maps: &[Entries], rings: u64) -> Option<Error> {
    let wanted = maps.iter().map(Entries::bytes).fold(rings, u64::saturating_add);
    let free = available(&fs::read_to_string("/proc/meminfo").ok()?)?;
    (wanted > free / SHARE).then(|| {
        let what = format!("its maps take {} MiB of memory, of which {} MiB are free", wanted >> 20, free >> 20);
        Error::new(Code::KernelMemory, what)
            .help("give less, at most half of what is free: fewer keys (--max-entries), a smaller ring buffer (--ring-buffer)")
    })
}

/// Bytes that can be had without taking them from processes (`MemAvailable` of proc_meminfo(5)).
fn available(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_memory.rs"]
mod tests;
