//! The plugin's state: the probes that are attached, by their ids.

use crate::bug;
use crate::check::Facts;
use crate::commands;
use crate::error::{Error, Result};
use crate::ir::{self, ERRORS as ERRORS_MAP, Object, Program, RING};
use crate::load::{Loaded, Stats};
use crate::read::{self, Batch, Ends, Entries, Failed, Order, PATIENCE, Ring, Rows, Shell, Stacks};
use crate::spec::code::Code;
use crate::spec::stat::{ERRORS, EVENTS, FAULTS, STATS};
use chrono::{DateTime, FixedOffset, Local};
use nu_ebpf_pin::{self as pin, Pinned, Pins};
use nu_plugin::{EngineInterface, Plugin, PluginCommand};
use nu_protocol::{Config, Span, Value};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Action at the end of a stream.
pub type Finish = Box<dyn FnOnce() + Send>;

/// The plugin.
#[derive(Default)]
pub struct EbpfPlugin {
    pub probes: Arc<Probes>,
}

impl Plugin for EbpfPlugin {
    fn version(&self) -> String {
        env!("CARGO_PKG_VERSION").into()
    }

    fn commands(&self) -> Vec<Box<dyn PluginCommand<Plugin = Self>>> {
        commands::all()
    }
}

/// The attached probes. An id is never given twice.
#[derive(Debug, Default)]
pub struct Probes {
    last: AtomicU64,
    attached: Mutex<BTreeMap<u64, Arc<Probe>>>,
    /// Whether the shell has gone.
    alone: AtomicBool,
    /// Maps that are shared under a name.
    pub pins: Pins,
}

/// The attach points that were asked for.
#[derive(Debug)]
pub struct Named {
    /// In the user's words.
    pub words: String,
    /// Missing attach points that `--optional` allowed, with the reasons.
    pub skipped: Vec<String>,
    /// The name under which its maps are shared.
    pub pin: Option<String>,
    /// The kinds that are attached.
    pub underneath: String,
}

/// An attached probe.
#[derive(Debug)]
pub struct Probe {
    pub id: u64,
    pub named: Named,
    pub since: DateTime<FixedOffset>,
    pub loaded: Loaded,
    pub object: Object,
    pub facts: Facts,
    /// Its stacks and symbols.
    stacks: Arc<Stacks>,
    /// Nushell configuration of the user who attached it.
    config: Arc<Config>,
    /// Ends the stream that reads the probe's rows.
    pub stop: Arc<AtomicBool>,
    /// Whether `ebpf detach` ends it, which returns the tables.
    pub detached: AtomicBool,
    /// The order of the rows of events that were postponed.
    order: Arc<Mutex<Order>>,
    /// Whether somebody reads the ring buffer.
    reading: AtomicBool,
    /// Rows that were taken from the ring buffer, but not by a reader.
    unread: Mutex<Vec<Batch>>,
    /// Contents of the maps when they were last cleared, by their numbers.
    cleared: Mutex<BTreeMap<usize, Entries>>,
    /// The last reported losses: one number per row of `spec::stat::STATS`, the runs that
    /// were missed, and the addresses without a name.
    told: Mutex<Vec<u64>>,
}

impl Probes {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Probe>>> {
        self.attached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an attached object under a new id. While one is kept, Nushell must not stop the plugin.
    pub fn add(
        &self, engine: &EngineInterface, loaded: (Loaded, Arc<Stacks>), object: Object, facts: Facts, named: Named,
    ) -> Arc<Probe> {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let probe = Arc::new(Probe {
            id,
            named,
            since: Local::now().fixed_offset(),
            loaded: loaded.0,
            stacks: loaded.1,
            object,
            facts,
            // Of a shell that does not say, the defaults.
            config: engine.get_config().unwrap_or_default(),
            stop: Arc::new(AtomicBool::new(false)),
            detached: AtomicBool::new(false),
            order: Arc::default(),
            reading: AtomicBool::new(false),
            unread: Mutex::default(),
            cleared: Mutex::default(),
            told: Mutex::new(vec![0; STATS.len() + 2]),
        });
        let mut attached = self.lock();
        attached.insert(id, probe.clone());
        // A shell that does not hear this is gone, and the plugin with it.
        let _ = engine.set_gc_disabled(true);
        probe
    }

    /// Detaches a probe and ends its stream. Its maps live on with whoever still reads them.
    pub fn remove(&self, engine: &EngineInterface, id: u64) {
        let mut attached = self.lock();
        let Some(probe) = attached.remove(&id) else { return };
        self.rest(engine, &attached);
        drop(attached);
        probe.end();
    }

    /// Gives a name of pinned maps free. The plugin may be stopped when it keeps nothing else.
    ///
    /// # Errors
    /// There is no such name.
    pub fn unpin(&self, engine: &EngineInterface, bpffs: &Path, name: &str) -> Result<()> {
        let signals = engine.signals();
        self.pins.remove(bpffs, name, &|| signals.interrupted() || self.alone())?;
        self.rest(engine, &self.lock());
        Ok(())
    }

    /// Lets the shell stop the plugin when it keeps nothing.
    fn rest(&self, engine: &EngineInterface, attached: &BTreeMap<u64, Arc<Probe>>) {
        if attached.is_empty() && !self.pins.holds() {
            let _ = engine.set_gc_disabled(false);
        }
    }

    /// The ids of the probes that use a map, by the kernel's number of it.
    pub fn users(&self, pinned: &Pinned) -> Vec<u64> {
        let symbol = pinned.kept.map.symbol();
        let uses = |probe: &Arc<Probe>| {
            probe.named.pin.is_some() && probe.loaded.map(&symbol).is_some_and(|map| pin::id(&map) == pinned.id())
        };
        self.all().iter().filter(|probe| uses(probe)).map(|probe| probe.id).collect()
    }

    /// Detaches everything: the shell has gone.
    pub fn clear(&self) {
        self.alone.store(true, Ordering::Release);
        let attached = std::mem::take(&mut *self.lock());
        attached.values().for_each(|probe| probe.end());
    }

    /// Returns whether nobody waits for what a command does any longer: the shell has gone.
    pub fn alone(&self) -> bool {
        self.alone.load(Ordering::Acquire)
    }

    pub fn all(&self) -> Vec<Arc<Probe>> {
        self.lock().values().cloned().collect()
    }

    /// The probe of an id.
    ///
    /// # Errors
    /// [`Code::UnknownId`], with the ids that there are.
    pub fn get(&self, id: i64, span: Span) -> Result<Arc<Probe>> {
        let attached = self.lock();
        let probe = u64::try_from(id).ok().and_then(|id| attached.get(&id).cloned());
        let ids: Vec<String> = attached.keys().map(u64::to_string).collect();
        let help = match ids.is_empty() {
            true => "no probe is attached; `ebpf attach` returns the id of a new one".to_string(),
            false => format!("these are attached: {} (`ebpf list` shows them)", ids.join(", ")),
        };
        let unknown = Error::new(Code::UnknownId, format!("no probe has the id {id}")).label(span, "unknown id");
        probe.ok_or_else(|| unknown.help(help))
    }
}

impl Probe {
    fn end(&self) {
        // First off the attach points, so that what is in the ring is all there will be.
        self.loaded.detach();
        self.stop.store(true, Ordering::Release);
    }

    /// The probe's rows as they come, until it or the `reader` goes. What that has not read is kept for the next.
    ///
    /// # Errors
    /// The probe emits nothing, or is being read already.
    pub fn rows(self: &Arc<Self>, span: Span, reader: Arc<AtomicBool>, finish: Finish) -> Result<Rows> {
        let ring = self.ring(span)?;
        let probe = self.clone();
        let finish = Box::new(move |unread| {
            *probe.unread() = unread;
            probe.reading.store(false, Ordering::Release);
            finish();
        });
        let before = std::mem::take(&mut *self.unread());
        let ends = Ends { reader, probe: self.stop.clone() };
        read::stream(ring, before, self.facts.events.clone(), self.shell(span), ends, finish)
            .inspect_err(|_| self.reading.store(false, Ordering::Release))
    }

    /// The rows that wait to be read: those that a reader left, and those in the ring buffer now.
    pub fn kept(&self, span: Span) -> Result<Vec<Value>> {
        let ring = self.ring(span)?;
        let mut batches = std::mem::take(&mut *self.unread());
        let mut size = 0;
        // Every row taken now is handed out by then.
        let patience = Instant::now() + PATIENCE + PATIENCE / 10;
        // Usually the ring is empty after the first batch; where rows come faster than they are read, enough is enough.
        while size < MOST_KEPT {
            let batch = ring.take();
            if batch.is_empty() {
                if !ring.holds_rows() || Instant::now() >= patience {
                    break;
                }
                // They wait for the rows of a call that has not returned.
                ring.wait(PATIENCE / 100);
                continue;
            }
            size += batch.size();
            batches.push(batch);
        }
        self.reading.store(false, Ordering::Release);
        let shell = self.shell(span);
        Ok(batches.iter().flat_map(|batch| batch.values(&self.facts.events, &shell)).collect())
    }

    /// Tells the user something of this probe, on a line.
    pub fn tell(&self, what: &str) {
        bug::tell(&format!("ebpf: probe {} ({}): {what}", self.id, self.named.words));
    }

    /// Tells of the rows that go with a probe that was detached, where nobody reads them.
    pub fn tell_unread(&self) {
        let Some(ring) = self.loaded.map(RING).filter(|_| !self.reading.swap(true, Ordering::AcqRel)) else { return };
        let mut rows = self.unread().iter().map(Batch::len).sum::<usize>();
        if let Ok(ring) = Ring::open(&ring, self.order()) {
            rows += std::iter::repeat_with(|| ring.take().len()).take_while(|rows| *rows > 0).sum::<usize>();
            rows += ring.finish().len();
        }
        if rows > 0 {
            self.tell(&format!("{rows} rows were not read: run `ebpf trace {}` before the probe is detached", self.id));
        }
    }

    pub fn shell(&self, span: Span) -> Shell {
        Shell { span, config: self.config.clone(), stacks: Some(self.stacks.clone()) }
    }

    pub fn cleared(&self) -> MutexGuard<'_, BTreeMap<usize, Entries>> {
        self.cleared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the sorter of the rows, if they need one.
    fn order(&self) -> Option<Arc<Mutex<Order>>> {
        self.object.postpones().then(|| self.order.clone())
    }

    /// Returns the counters of the kernel and the object; a row that was never completed counts as a fault.
    pub fn stats(&self) -> Stats {
        let mut stats = self.loaded.stats();
        let incomplete = self.order.lock().unwrap_or_else(PoisonError::into_inner).incomplete();
        for slot in [EVENTS, FAULTS] {
            stats.own.get_mut(slot).into_iter().for_each(|number| *number += incomplete);
        }
        stats
    }

    fn unread(&self) -> MutexGuard<'_, Vec<Batch>> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self, span: Span) -> Result<Ring> {
        let Some(map) = self.loaded.map(RING) else {
            return Err(Error::new(Code::NothingToRead, format!("probe {} emits nothing", self.id))
                .label(span, "this probe has no `emit`")
                .help("emit in the closure: {|ctx| $ctx.pid | emit }; counts are read by `ebpf counters`"));
        };
        let begin = Instant::now();
        while self.reading.swap(true, Ordering::AcqRel) {
            // One that is just leaving (`| first 3`) is waited for.
            if begin.elapsed() > LEAVING {
                return Err(Error::new(Code::Busy, format!("the rows of probe {} are already being read", self.id))
                    .label(span, "a row can be read once")
                    .help("end the other stream, or attach a second probe"));
            }
            std::thread::sleep(LEAVING / 100);
        }
        Ring::open(&map, self.order()).inspect_err(|_| self.reading.store(false, Ordering::Release))
    }

    /// The program that a run-time error is from, and the error's place in that program's text.
    pub fn locate(&self, failed: &Failed) -> (&Program, ir::Span) {
        self.object.locate(failed.span)
    }

    /// Returns the number of its named attach points, without those that record entries for returns.
    pub fn places(&self) -> usize {
        let named = self.object.programs.iter().filter(|program| !program.is_added());
        named.map(|program| program.targets.len()).sum::<usize>() + self.loaded.further()
    }

    /// The last run-time errors, newest first.
    pub fn failures(&self) -> Vec<Failed> {
        self.loaded.map(ERRORS_MAP).map(|map| read::failures(&map)).unwrap_or_default()
    }

    /// Returns the number of addresses without a name because of a limit on other users' data.
    pub fn unresolved(&self) -> u64 {
        self.stacks.beyond()
    }

    /// Reports losses on the standard error, one line per cause, that are new or have become worse; false if there are
    /// none. Everything that returns data of a probe calls it.
    pub fn tell_losses(&self) -> bool {
        // Held until all is told: of two that tell at a time, one does.
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let stats = self.stats();
        let own = STATS.iter().map(|stat| stat.loss).zip(stats.own);
        let mut any = false;
        for (slot, (loss, number)) in own.chain([(MISSED, stats.missed), (UNRESOLVED, self.unresolved())]).enumerate() {
            if loss.is_empty() || number <= told[slot] {
                continue;
            }
            told[slot] = number;
            let last = self.failures().into_iter().next().filter(|_| slot == ERRORS);
            let last = last.map_or_else(String::new, |last| {
                // On one line, however the closure is written.
                let (program, span) = self.locate(&last);
                let words: Vec<&str> = span.of(&program.text).split_whitespace().collect();
                format!("; the last: {} at `{}`", last.failure.message, words.join(" "))
            });
            any = true;
            self.tell(&format!("{number} {loss}{last}"));
        }
        any
    }
}

/// The loss reported for [`Probe::unresolved`].
const UNRESOLVED: &str = "addresses in stacks have no names: data that other users' processes made exceeds a limit on \
                          memory or time (docs/privileges.md)";

/// Report of [`nu_ebpf_load::Stats::missed`].
const MISSED: &str = "runs were left out by the kernel: a program was at work on that processor already, or more threads \
                      were inside of a function than it keeps apart; raw_tracepoint, fentry and fexit miss fewer, or none";

/// Time for a reader to leave: the shell tells the plugin after it has returned.
const LEAVING: Duration = Duration::from_millis(500);

/// Bytes after which one reading of the ring buffer returns: what rows come to as values is several times of that. The
/// rest is the next one's.
const MOST_KEPT: usize = 64 << 20;
