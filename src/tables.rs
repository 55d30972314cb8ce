//! A probe's tables, or those that are pinned under a name: which of the maps a reader means, what has come since the last
//! clearing, and tables as they come.

use crate::error::{Error, Result};
use crate::ir::{Aggregate, Layout, Map, Space, Type};
use crate::load::MapHandle;
use crate::plugin::{Finish, Probe};
use crate::read::{self, Ends, Entries, Shell};
use crate::spec::aggregation::{Column, Table};
use crate::spec::code::Code;
use nu_ebpf_pin::Pinned;
use nu_protocol::{HandlerGuard, Record, Span, Spanned, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Interval at which a stream of tables checks for its end.
const TICK: Duration = Duration::from_millis(20);

/// The kind of table that a command reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The aggregations of that command.
    Table(Table),
    /// Numbers of which stacks are keys.
    Stacks,
}

/// Owner of tables.
#[derive(Clone)]
pub enum Source {
    Probe(Arc<Probe>),
    /// A name, and the maps that are pinned under it.
    Pins(String, Vec<Arc<Pinned>>, Shell),
}

impl Source {
    /// The maps that are tables, with their numbers.
    fn aggregations(&self) -> Vec<(usize, &Map, Aggregate)> {
        let maps: Vec<&Map> = match self {
            Source::Probe(probe) => probe.object.maps.iter().collect(),
            Source::Pins(_, pins, _) => pins.iter().map(|pinned| &pinned.kept.map).collect(),
        };
        let maps = maps.into_iter().enumerate();
        maps.filter_map(|(number, map)| Some((number, map, *map.aggregate()?))).collect()
    }

    /// A map in the kernel.
    fn map(&self, number: usize) -> std::result::Result<MapHandle, String> {
        match self {
            Source::Probe(probe) => probe.loaded.opened(&probe.object.maps[number].symbol()),
            Source::Pins(_, pins, _) => MapHandle::try_from(&pins[number].map).map_err(|error| error.to_string()),
        }
    }

    /// The map with the number of the period that runs, of a table that is kept by periods.
    fn period(&self, number: usize) -> Option<MapHandle> {
        match self {
            Source::Probe(probe) => probe.loaded.map(&probe.object.maps[number].period()?),
            Source::Pins(_, pins, _) => MapHandle::try_from(pins[number].period.as_ref()?).ok(),
        }
    }

    /// The layout of a map's keys, and the type of its values.
    fn layout(&self, number: usize) -> (Option<&Layout>, Type) {
        match self {
            Source::Probe(probe) => (probe.facts.keys[number].as_ref(), probe.facts.values[number]),
            Source::Pins(_, pins, _) => (pins[number].kept.key.as_ref(), pins[number].kept.value),
        }
    }

    /// The columns of a table that are stacks.
    fn stacks(&self, number: usize) -> Vec<(String, Space)> {
        self.layout(number).0.map(read::columns).unwrap_or_default()
    }

    fn shell(&self, span: Span) -> Shell {
        match self {
            Source::Probe(probe) => probe.shell(span),
            Source::Pins(.., shell) => shell.clone(),
        }
    }

    /// In words.
    fn name(&self) -> String {
        match self {
            Source::Probe(probe) => format!("probe {}", probe.id),
            Source::Pins(name, ..) => format!("`{name}`"),
        }
    }
}

/// One aggregation, to be read.
#[derive(Clone)]
pub struct Keeper {
    source: Source,
    number: usize,
    keeps: Aggregate,
    span: Span,
    /// Characters in a line of the terminal.
    pub width: Option<usize>,
}

impl Keeper {
    /// The aggregation of that name; without one, the only one that the command reads.
    ///
    /// # Errors
    /// There is none, or there are several.
    pub fn find(source: Source, wanted: Wanted, name: Option<Spanned<String>>, span: Span) -> Result<Keeper> {
        let maps = source.aggregations();
        let fits = |(number, _, keeps): &(usize, &Map, Aggregate)| match wanted {
            Wanted::Table(table) => keeps.row.table == table,
            Wanted::Stacks => keeps.row.table == Table::Counters && !source.stacks(*number).is_empty(),
        };
        let all: Vec<&(usize, &Map, Aggregate)> = match &name {
            Some(name) => maps.iter().filter(|(_, map, _)| map.name == name.item).collect(),
            None => maps.iter().filter(|map| fits(map)).collect(),
        };
        let names: Vec<&str> = maps.iter().map(|(_, map, _)| map.name.as_str()).collect();
        match all.as_slice() {
            [map @ (number, _, keeps)] if fits(map) => {
                Ok(Keeper { source: source.clone(), number: *number, keeps: *keeps, span, width: None })
            }
            [] | [_] => Err(absent(&source.name(), wanted, name, &names, span)),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, map, _)| map.name.as_str()).collect();
                Err(Error::new(Code::Option, format!("{} has several such tables", source.name()))
                    .label(span, "which one?")
                    .help(format!("name it: --as {}", names.join(", --as "))))
            }
        }
    }

    /// Returns the title of the table: the attach points in the user's words.
    pub fn title(&self) -> String {
        match &self.source {
            Source::Probe(probe) => probe.named.words.clone(),
            Source::Pins(name, ..) => name.clone(),
        }
    }

    /// Reports the losses of a probe's table; false where there are no new ones.
    pub fn tell_losses(&self) -> bool {
        match &self.source {
            Source::Probe(probe) => probe.tell_losses(),
            Source::Pins(..) => false,
        }
    }

    /// Checks that differences of this aggregation are meaningful.
    ///
    /// # Errors
    /// [`Code::Option`], for a table with a least or a greatest value.
    pub fn subtracts(&self) -> Result<()> {
        let row = self.keeps.row;
        if row.subtracts() {
            return Ok(());
        }
        Err(Error::new(Code::Option, format!("--delta does not go with `{}`", row.name))
            .label(self.span, "differences of a minimum or maximum are meaningless")
            .help("use --clear: each table starts empty, for all readers of this probe"))
    }

    /// The table since the last clearing. `clear` has the next begin here: for readers of this probe.
    pub fn table(&self, clear: bool) -> Result<Value> {
        let probe = match &self.source {
            Source::Probe(probe) => Some(probe),
            Source::Pins(..) if clear => {
                return Err(Error::new(Code::Option, "--clear does not go with --pin")
                    .label(self.span, "pinned maps belong to several probes")
                    .help("give the id of a probe; or start over: ebpf unpin NAME, and attach again"));
            }
            Source::Pins(..) => None,
        };
        // The lock goes first: of two that clear at a time, each entry is in one table.
        let mut cleared = probe.map(|probe| probe.cleared());
        if let Some(period) = self.source.period(self.number) {
            let runs = read::period(&period)?;
            if clear {
                read::begin(&period, runs.wrapping_add(1))?;
            }
            return Ok(self.rows(self.entries(runs)?));
        }
        let now = self.entries(0)?;
        let before = cleared.as_mut().and_then(|cleared| match clear {
            true => cleared.insert(self.number, now.clone()),
            false => cleared.get(&self.number).cloned(),
        });
        drop(cleared);
        Ok(self.rows(match before {
            Some(before) => read::since(now, &before, &self.keeps),
            None => now,
        }))
    }

    /// The table as folded lines, and what their numbers are: a flame graph's input.
    ///
    /// # Errors
    /// The values cannot be added up, or the table cannot be read.
    pub fn folded(&self, clear: bool) -> Result<(Vec<String>, &'static str)> {
        let row = self.keeps.row;
        let Some(weight @ (Column::Count | Column::Sum)) = row.columns.first() else {
            return Err(Error::new(Code::Option, format!("`{}` cannot be folded", row.name))
                .label(self.span, "folded stacks need values that add up")
                .help("use `count`, or `sum`; the table itself is `ebpf stacks` without --folded"));
        };
        let unit = match (weight, self.source.layout(self.number).1) {
            (Column::Count, _) => "events",
            (_, Type::Duration) => "ns",
            (_, Type::Filesize) => "bytes",
            _ => "in all",
        };
        let table = self.table(clear)?;
        Ok((read::folded(&table, &self.source.stacks(self.number), weight.name()), unit))
    }

    fn rows(&self, entries: Entries) -> Value {
        let (key, ty) = self.source.layout(self.number);
        read::table(entries, &self.keeps, key, ty, &self.source.shell(self.span), self.width)
    }

    /// Returns the current contents of the map, ignoring clears; for a map with periods, those of `period`.
    fn entries(&self, period: u64) -> Result<Entries> {
        let failed =
            |error| Error::new(Code::Io, format!("the table cannot be read: {error}")).label(self.span, "this probe");
        read::entries(&self.source.map(self.number).map_err(failed)?, &self.keeps, period)
    }

    /// A table each time that `every` has passed, the last when the probe goes.
    pub fn stream(self, pace: Pace, reader: Arc<AtomicBool>, interrupt: HandlerGuard) -> Result<Tables> {
        let before = if pace.delta { Some(self.entries(0)?) } else { None };
        let probe = match &self.source {
            Source::Probe(probe) => probe.stop.clone(),
            // What is pinned has no end of its own.
            Source::Pins(..) => Arc::default(),
        };
        let ends = Ends { reader, probe };
        let next = Instant::now() + pace.every;
        Ok(Tables { keeper: self, pace, before, ends, next, ended: false, _interrupt: interrupt })
    }
}

/// All tables of a probe, each under its name; nothing where it keeps none.
pub fn all(probe: &Arc<Probe>, span: Span) -> Result<Value> {
    let mut tables = Record::new();
    let source = Source::Probe(probe.clone());
    for (number, map, keeps) in source.aggregations() {
        let keeper = Keeper { source: source.clone(), number, keeps, span, width: None };
        tables.push(map.name.clone(), keeper.table(false)?);
    }
    Ok(if tables.is_empty() { Value::nothing(span) } else { Value::record(tables, span) })
}

fn absent(of: &str, wanted: Wanted, name: Option<Spanned<String>>, names: &[&str], span: Span) -> Error {
    let (what, label, example) = match wanted {
        Wanted::Stacks => ("counts by no stack", "in no table of this probe a stack is the key", "$ctx.ustack | count"),
        Wanted::Table(Table::Counters) => {
            ("counts nothing", "this probe has no `count` or other numbers", "$ctx.comm | count")
        }
        Wanted::Table(Table::Histogram) => {
            ("keeps no histogram", "this probe has no `histogram` or `hist`", "$ctx.retval | histogram")
        }
    };
    let (what, at, label) = match name {
        Some(name) => {
            (format!("keeps no such table as `{}`", name.item), name.span, "no such table, or another command reads it")
        }
        None => (what.to_string(), span, label),
    };
    let error = Error::new(Code::NothingToRead, format!("{of} {what}")).label(at, label);
    error.help(match names {
        [] => format!("write one in the closure: {{|ctx| {example} }}; rows are read by `ebpf trace`"),
        names if wanted == Wanted::Stacks => {
            format!("it keeps {}; write one with a stack in its key: {{|ctx| {example} }}", names.join(", "))
        }
        names => format!("it keeps {}; `ebpf counters` reads numbers, `ebpf histogram` buckets", names.join(", ")),
    })
}

/// Timing of a stream of tables.
pub struct Pace {
    pub every: Duration,
    /// Whether each has only what is new.
    pub delta: bool,
    /// Whether each begins anew, for all readers.
    pub clear: bool,
    /// Actions at the end of the stream, in this order.
    pub finish: Vec<Finish>,
}

impl Drop for Pace {
    fn drop(&mut self) {
        self.finish.drain(..).for_each(|finish| finish());
    }
}

/// Tables as they come.
pub struct Tables {
    keeper: Keeper,
    pace: Pace,
    /// Contents at the previous table, for differences.
    before: Option<Entries>,
    ends: Ends,
    next: Instant,
    ended: bool,
    /// Ctrl-C is heard as long as this is kept.
    _interrupt: HandlerGuard,
}

impl Iterator for Tables {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        loop {
            if self.ended || self.ends.reader.load(Ordering::Acquire) {
                return None;
            }
            self.ended = self.ends.probe.load(Ordering::Acquire);
            let left = self.next.saturating_duration_since(Instant::now());
            if self.ended || left.is_zero() {
                break;
            }
            std::thread::sleep(left.min(TICK));
        }
        // A reader that is late is not given all that it has missed at once.
        self.next = (self.next + self.pace.every).max(Instant::now());
        let table = self.table();
        // What cannot be read is told once, and ends the stream.
        self.ended |= table.is_err();
        Some(
            table.unwrap_or_else(|error| Value::error(nu_protocol::LabeledError::from(error).into(), self.keeper.span)),
        )
    }
}

impl Tables {
    fn table(&mut self) -> Result<Value> {
        let Some(before) = self.before.take() else { return self.keeper.table(self.pace.clear) };
        let now = self.keeper.entries(0)?;
        let table = self.keeper.rows(read::since(now.clone(), &before, &self.keeper.keeps));
        self.before = Some(now);
        Ok(table)
    }
}
