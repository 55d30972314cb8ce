//! An object in the kernel: opened and loaded, with its links while it is attached.

use super::clock::epoch;
use super::log;
use super::machine;
use crate::error::{Error, Result};
use crate::ir::{EPOCH, Object as Source, STATS as STATS_MAP};
use crate::spec::code::Code;
use crate::spec::stat::STATS;
use libbpf_rs::query::ProgInfoIter;
use libbpf_rs::{Link, MapCore, MapFlags, MapHandle, Object, ObjectBuilder};
use std::sync::Mutex;

/// A loaded object. Dropping it detaches its programs and frees its maps.
#[derive(Debug)]
pub struct Loaded {
    pub(super) object: Object,
    pub(super) links: Mutex<Vec<Link>>,
    /// What the verifier said, where it was asked to speak.
    pub log: String,
}

/// What the kernel and the object count about the programs, summed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// One number a row of `spec::stat::STATS`.
    pub own: Vec<u64>,
    /// Runs and nanoseconds, where the kernel keeps them (`kernel.bpf_stats_enabled`).
    pub runs: u64,
    pub nanoseconds: u64,
    /// Runs that the kernel left out because a program was running on that processor already.
    pub missed: u64,
}

impl Loaded {
    /// Opens and loads an object. With `verbose` the verifier's log is kept also where it accepts.
    ///
    /// # Errors
    /// The verifier's complaint, or the kernel's refusal; labels are relative to the closure's text.
    pub fn load(bytes: &[u8], source: &Source, verbose: bool) -> Result<Loaded> {
        let (loaded, said) = log::capture(|| {
            let mut open = ObjectBuilder::default().open_memory(bytes)?;
            if verbose {
                // 1: instructions, 4: statistics (`BPF_LOG_LEVEL1`, `BPF_LOG_STATS` of include/linux/bpf_verifier.h).
                open.progs_mut().for_each(|mut program| program.set_log_level(1 | 4));
            }
            for mut map in open.maps_mut().filter(|map| map.name() == EPOCH) {
                map.set_initial_value(&epoch().to_ne_bytes())?;
            }
            open.load()
        });
        let kind = source.programs[0].target.kind;
        match loaded {
            Ok(object) => {
                let log = log::verifier(&said).unwrap_or("").to_string();
                Ok(Loaded { object, links: Mutex::new(Vec::new()), log })
            }
            Err(error) => Err(match log::verifier(&said) {
                Some(log) if !machine::is_permission(&error) || machine::no_privileges(kind).is_none() => {
                    log::rejection(log)
                }
                _ if machine::is_permission(&error) => {
                    machine::no_privileges(kind).unwrap_or_else(|| refused("load", &error, &said))
                }
                _ => machine::no_btf().unwrap_or_else(|| refused("load", &error, &said)),
            }),
        }
    }

    /// A map of the object, with a handle of its own.
    pub fn map(&self, name: &str) -> Option<MapHandle> {
        self.object.maps().find(|map| map.name() == name).and_then(|map| MapHandle::try_from(&map).ok())
    }

    /// What has been counted so far.
    pub fn stats(&self) -> Stats {
        let mut stats = Stats { own: vec![0; STATS.len()], ..Stats::default() };
        for (slot, number) in stats.own.iter_mut().enumerate() {
            *number = self.counter(slot);
        }
        let ids = self.program_ids();
        for info in ProgInfoIter::default().filter(|info| ids.contains(&info.id)) {
            stats.runs += info.run_cnt;
            stats.nanoseconds += info.run_time_ns;
            stats.missed += info.recursion_misses;
        }
        stats
    }

    /// One of the object's own counters, by its place in `spec::stat::STATS`, so far.
    pub fn counter(&self, slot: usize) -> u64 {
        let map = self.object.maps().find(|map| map.name() == STATS_MAP);
        let cpus = map.and_then(|map| map.lookup_percpu(&(slot as u32).to_ne_bytes(), MapFlags::ANY).ok().flatten());
        let cpus = cpus.unwrap_or_default();
        cpus.iter().filter_map(|cpu| cpu.first_chunk()).map(|cpu| u64::from_ne_bytes(*cpu)).sum()
    }

    pub(super) fn program_ids(&self) -> Vec<u32> {
        use std::os::fd::AsFd;
        self.object.progs().filter_map(|program| libbpf_rs::Program::id_from_fd(program.as_fd()).ok()).collect()
    }

    /// Takes the programs off their attach points; maps and counters stay readable.
    pub fn detach(&self) {
        if let Ok(mut links) = self.links.lock() {
            links.clear();
        }
    }
}

/// The kernel refused; what libbpf said of it goes into the help.
pub(super) fn refused(what: &str, error: &libbpf_rs::Error, said: &str) -> Error {
    let reason = said.lines().rfind(|line| line.contains("failed") || line.contains("rror"));
    Error::new(Code::KernelRefused, format!("the kernel refused to {what} the program: {error}"))
        .help(reason.unwrap_or("the kernel log (dmesg) may say more").trim().to_string())
}
