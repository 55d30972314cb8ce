//! An object in the kernel: opened and loaded, with its links while it is attached.

use super::log;
use crate::error::{Error, Result};
use crate::ir::{
    AttachPoint, EPOCH, Object as Source, PID_NAMESPACE, Place, Program, STATS as STATS_MAP, Span, THREAD_FREED,
};
use crate::spec::probe::{ARGUMENTS, Attach, Kind};
use crate::spec::{code::Code, hint::refusal, stat::STATS};
use libbpf_rs::query::{LinkTypeInfo, PerfEventLinkInfo, PerfEventType};
use libbpf_rs::{Link, MapCore, MapFlags, MapHandle, MapType, Object, ObjectBuilder, OpenMap, OpenObject};
use libbpf_rs::{ProgramAttachType, ProgramInput};
use libbpf_sys::{bpf_prog_get_info_by_fd, bpf_prog_info};
use nu_ebpf_machine::clock::epoch;
use nu_ebpf_machine::memory::{self, Entries};
use nu_ebpf_machine::{kernel, place, symbol};
use nu_ebpf_pin::Pinned;
use nu_ebpf_privilege::{Deed, raise};
use std::collections::HashSet;
use std::os::fd::{AsFd, AsRawFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A loaded object. Dropping it detaches its programs and frees its maps.
#[derive(Debug)]
pub struct Loaded {
    pub(super) object: Object,
    links: Mutex<Vec<Link>>,
    /// The programs that run at an event's end: their runs are not events.
    resuming: Vec<String>,
    /// Missed runs of links that are gone.
    missed: AtomicU64,
    /// Number of functions probed beyond one per attach point: several may have its name.
    further: AtomicU64,
    /// The verifier log, if it was requested.
    pub log: String,
}

/// Counters of the kernel and the object, summed over the programs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// One number a row of `spec::stat::STATS`.
    pub own: Vec<u64>,
    /// Runs and nanoseconds, where the kernel keeps them (`kernel.bpf_stats_enabled`).
    pub runs: u64,
    pub nanoseconds: u64,
    /// Runs that the kernel left out: a program was running on that processor already, or (Linux 6.7) more threads were
    /// inside of a function than a kretprobe keeps apart.
    pub missed: u64,
}

impl Loaded {
    /// Opens and loads an object, with maps of others as its own. With `verbose` the verifier's log is kept also where it
    /// accepts.
    ///
    /// # Errors
    /// The verifier's complaint, labelled within the closures' texts, or the kernel's refusal.
    pub fn load(bytes: &[u8], source: &Source, verbose: bool, shared: &[Arc<Pinned>]) -> Result<Loaded> {
        let unloadable = || source.targets().find_map(place::unloadable);
        // The kernel attaches to a hook that it never comes by.
        if source.targets().any(|target| target.kind.attach == Attach::Lsm) {
            unloadable().map_or(Ok(()), Err)?;
        }
        let multi = multi(source);
        let _raised = raise(Deed::Load);
        let mut too_much = None;
        let (loaded, said) = log::capture(|| {
            let mut open = ObjectBuilder::default().open_memory(bytes)?;
            too_much = memory(&open, shared);
            if too_much.is_some() {
                return Err(std::io::Error::from(std::io::ErrorKind::OutOfMemory).into());
            }
            if verbose {
                // 1: instructions, 4: statistics (`BPF_LOG_LEVEL1`, `BPF_LOG_STATS` of include/linux/bpf_verifier.h).
                open.progs_mut().for_each(|mut program| program.set_log_level(1 | 4));
            }
            for mut map in open.maps_mut() {
                if map.name() == EPOCH {
                    map.set_initial_value(&epoch().to_ne_bytes())?;
                } else if map.name() == PID_NAMESPACE {
                    map.set_initial_value(&kernel::pid_namespace().to_ne_bytes())?;
                }
                shared.iter().try_for_each(|pinned| pinned.reuse(&mut map))?;
            }
            for mut program in open.progs_mut() {
                let own = multi.iter().find(|one| program.name() == one.0.as_str());
                own.into_iter().for_each(|one| program.set_attach_type(one.1.clone()));
            }
            open.load()
        });
        let kind = source.programs[0].target().kind;
        let log = log::verifier(&said);
        let object = loaded.map_err(|error| {
            let complaint = || log.as_deref().filter(|log| log::complains(log)).map(log::rejection);
            let known = too_much.or_else(|| no_privileges(&error, kind)).or_else(complaint).or_else(kernel::no_btf);
            let known = unlisted(source).or(known).or_else(unloadable);
            known.unwrap_or_else(|| refused("load", &error, &said))
        })?;
        let resumes = |program: &&Program| program.is_added() && !program.for_return;
        let resuming = source.programs.iter().filter(resumes).map(Program::symbol).collect();
        Ok(Loaded {
            object,
            links: Mutex::default(),
            resuming,
            missed: AtomicU64::default(),
            further: AtomicU64::default(),
            log: log.unwrap_or_default(),
        })
    }

    /// A map of the object, with a handle of its own.
    pub fn map(&self, name: &str) -> Option<MapHandle> {
        self.opened(name).ok()
    }

    /// A map by its C name.
    ///
    /// # Errors
    /// In words: there is none, or the process is out of descriptors or memory.
    pub fn opened(&self, name: &str) -> std::result::Result<MapHandle, String> {
        let _raised = raise(Deed::Read);
        let map = self.object.maps().find(|map| map.name() == name).ok_or("there is no such map")?;
        MapHandle::try_from(&map).map_err(|error| error.to_string())
    }

    /// Bytes of a map's keys and values.
    pub fn sizes(&self, name: &str) -> Option<(u32, u32)> {
        self.map(name).map(|map| (map.key_size(), map.value_size()))
    }

    /// Returns the current counters.
    pub fn stats(&self) -> Stats {
        let own = (0..STATS.len()).map(|slot| self.counter(slot)).collect();
        let mut stats = Stats { own, ..Stats::default() };
        let _raised = raise(Deed::Read);
        for (program, info) in self.object.progs().zip(self.infos()) {
            let is_event = !self.resuming.iter().any(|name| program.name() == name.as_str());
            stats.runs += if is_event { info.run_cnt } else { 0 };
            stats.nanoseconds += info.run_time_ns;
            stats.missed += info.recursion_misses;
        }
        let links = self.links();
        stats.missed += links.iter().map(missed).sum::<u64>() + self.missed.load(Ordering::Relaxed);
        stats
    }

    /// One of the object's own counters, by its place in `spec::stat::STATS`, so far.
    pub fn counter(&self, slot: usize) -> u64 {
        let _raised = raise(Deed::Read);
        let map = self.object.maps().find(|map| map.name() == STATS_MAP);
        let cpus = map.and_then(|map| map.lookup_percpu(&(slot as u32).to_ne_bytes(), MapFlags::ANY).ok().flatten());
        let cpus = cpus.unwrap_or_default();
        cpus.iter().filter_map(|cpu| cpu.first_chunk()).map(|cpu| u64::from_ne_bytes(*cpu)).sum()
    }

    /// Returns the kernel's information on each program. It uses no ids, which would need CAP_SYS_ADMIN.
    pub(super) fn infos(&self) -> Vec<bpf_prog_info> {
        let info = |program: libbpf_rs::Program<'_>| {
            let (mut info, mut size) = (bpf_prog_info::default(), size_of::<bpf_prog_info>() as u32);
            // SAFETY: the kernel writes at most `size` bytes into `info`, which asks for no arrays.
            unsafe { bpf_prog_get_info_by_fd(program.as_fd().as_raw_fd(), &mut info, &mut size) };
            info
        };
        self.object.progs().filter(|program| program.name() != THREAD_FREED).map(info).collect()
    }

    /// Runs the object's program once, in this process (BPF_PROG_TEST_RUN): what it reads of user memory is ours.
    ///
    /// # Errors
    /// The kernel's refusal, as of a kernel before 5.10.
    pub fn run(&self, arguments: &[u64; ARGUMENTS]) -> Result<()> {
        let _raised = raise(Deed::Load);
        let mut context = arguments.map(u64::to_ne_bytes);
        for program in self.object.progs_mut().filter(|program| program.name() != THREAD_FREED) {
            let input = ProgramInput { context_in: Some(context.as_flattened_mut()), ..ProgramInput::default() };
            program.test_run(input).map_err(|error| refused("run", &error, ""))?;
        }
        Ok(())
    }

    /// Takes the programs off their attach points; maps and counters stay readable.
    pub fn detach(&self) {
        // Returns go before their entries, which else would miss them.
        let mut links = self.links();
        let _raised = raise(Deed::Read);
        self.missed.fetch_add(links.iter().map(missed).sum(), Ordering::Relaxed);
        while links.pop().is_some() {}
    }

    /// Returns the number of functions probed beyond one per attach point.
    pub fn further(&self) -> usize {
        self.further.load(Ordering::Relaxed) as usize
    }

    pub(super) fn probes_further(&self, functions: usize) {
        self.further.fetch_add(functions as u64, Ordering::Relaxed);
    }

    pub(super) fn links(&self) -> MutexGuard<'_, Vec<Link>> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error for maps that the machine has no memory for. Those that are shared are there already.
fn memory(open: &OpenObject, shared: &[Arc<Pinned>]) -> Option<Error> {
    let is_new = |map: &OpenMap<'_>| shared.iter().all(|pinned| map.name() != pinned.kept.symbols().0.as_str());
    let processors = libbpf_rs::num_possible_cpus().unwrap_or(1) as u64;
    let mut rings = 0;
    let mut maps = Vec::new();
    for map in open.maps().filter(is_new) {
        let (count, key, value) = (map.max_entries(), map.key_size(), map.value_size());
        match map.map_type() {
            MapType::RingBuf => rings += u64::from(count),
            kind => maps.push(Entries { count, key, value, copies: if kind.is_percpu() { processors } else { 1 } }),
        }
    }
    memory::too_much(&maps, rings)
}

/// Returns the missed runs of a link, besides those of its program.
fn missed(link: &Link) -> u64 {
    match link.info().map(|info| info.info) {
        Ok(LinkTypeInfo::KprobeMulti(link)) => link.missed,
        Ok(LinkTypeInfo::PerfEvent(PerfEventLinkInfo { event_type: PerfEventType::Kprobe { missed, .. }, .. })) => {
            missed
        }
        _ => 0,
    }
}

/// The programs that one link attaches to all their functions (of uprobes, those of a file), and as what.
fn multi(source: &Source) -> Vec<(String, ProgramAttachType)> {
    let wanted = |attach: fn(Attach) -> bool| {
        let several = |program: &Program| program.targets.len() > 1 || kernel::wants_multi(program.target().kind);
        let wants = move |program: &&Program| attach(program.target().kind.attach) && several(program);
        source.programs.iter().filter(wants).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    let mut take = |programs: Vec<&Program>, ty: ProgramAttachType, is_known: &dyn Fn(&AttachPoint) -> bool| {
        let known = programs.into_iter().filter(|program| program.targets.iter().all(is_known));
        all.extend(known.map(|program| (program.symbol(), ty.clone())));
    };
    let mut kprobes = wanted(|attach| matches!(attach, Attach::Kprobe { .. }));
    kprobes.retain(|program| kernel::wants_multi(program.target().kind) || !separate_returns(program));
    if !kprobes.is_empty() && kernel::has_kprobe_multi() {
        let traceable: HashSet<String> = kernel::traceable().into_iter().map(|function| function.name).collect();
        let is_known =
            |target: &AttachPoint| matches!(&target.place, Place::Function(name) if traceable.contains(name));
        take(kprobes, ProgramAttachType::KprobeMulti, &is_known);
    }
    let uprobes = wanted(|attach| matches!(attach, Attach::Uprobe { .. }));
    if !uprobes.is_empty() && kernel::has_uprobe_multi() {
        take(uprobes, ProgramAttachType::TraceUprobeMulti, &|_| true);
    }
    all
}

/// Returns whether the returns of a program's functions get a link each, so that those of one do not cost another's.
pub(super) fn separate_returns(program: &Program) -> bool {
    let few = (2..=kernel::SEPARATE_RETURNS).contains(&program.targets.len());
    few && program.target().kind.attach == Attach::Kprobe { ret: true } && kernel::pools_returns()
}

/// The error for a variable that the kernel does not list.
fn unlisted(source: &Source) -> Option<Error> {
    source.programs.iter().find_map(|program| {
        program.variables.iter().find_map(|variable| {
            let Span { start, end } = variable.span;
            let span = Span::new(start.saturating_add(program.shift), end.saturating_add(program.shift));
            let error = symbol::listed(&variable.name).err()?;
            Some(error.label_within(Some(span), "its address is not known"))
        })
    })
}

/// The error for a want of capabilities, if that is what the kernel's error (EPERM, EACCES) comes from.
pub(super) fn no_privileges(error: &libbpf_rs::Error, kind: &Kind) -> Option<Error> {
    (error.kind() == libbpf_rs::ErrorKind::PermissionDenied).then(|| kernel::no_privileges(kind)).flatten()
}

/// The kernel refused; where no table knows why, what libbpf said of it goes into the help.
pub(super) fn refused(what: &str, error: &libbpf_rs::Error, said: &str) -> Error {
    // With its context, as the system's own error may be within.
    let full = format!("{error:#}");
    if let Some(hint) = refusal(&full) {
        let what = format!("the kernel refused to {what} the program, as {}: {full}", hint.meaning);
        return Error::new(hint.code, what).help(hint.instead);
    }
    let reason = said.lines().rfind(|line| line.contains("failed") || line.contains("rror"));
    Error::new(Code::KernelRefused, format!("the kernel refused to {what} the program: {full}"))
        .help(reason.unwrap_or("the kernel log (dmesg) may have details").trim().to_string())
}
