//! A probe's tables: which of its maps a reader means, what has come since the last clearing, and tables as they come.

use crate::error::{Error, Result};
use crate::ir::{Aggregate, Map, Space, Type};
use crate::load::MapHandle;
use crate::plugin::{Finish, Probe};
use crate::read::{self, Ends, Entries};
use crate::spec::aggregation::{Column, Table};
use crate::spec::code::Code;
use nu_protocol::{HandlerGuard, Record, Span, Spanned, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a stream of tables looks whether it is to end.
const TICK: Duration = Duration::from_millis(20);

/// What a command reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The aggregations of that command.
    Table(Table),
    /// Numbers of which stacks are keys.
    Stacks,
}

/// One of a probe's aggregations, to be read.
pub struct Keeper {
    probe: Arc<Probe>,
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
    pub fn find(probe: &Arc<Probe>, wanted: Wanted, name: Option<Spanned<String>>, span: Span) -> Result<Keeper> {
        let maps = aggregations(probe);
        let fits = |(number, _, keeps): &(usize, &Map, Aggregate)| match wanted {
            Wanted::Table(table) => keeps.row.table == table,
            Wanted::Stacks => keeps.row.table == Table::Counters && !stacks(probe, *number).is_empty(),
        };
        let all: Vec<&(usize, &Map, Aggregate)> = match &name {
            Some(name) => maps.iter().filter(|(_, map, _)| map.name == name.item).collect(),
            None => maps.iter().filter(|map| fits(map)).collect(),
        };
        let names: Vec<&str> = maps.iter().map(|(_, map, _)| map.name.as_str()).collect();
        match all.as_slice() {
            [map @ (number, _, keeps)] if fits(map) => {
                Ok(Keeper { probe: probe.clone(), number: *number, keeps: *keeps, span, width: None })
            }
            [] | [_] => Err(absent(probe.id, wanted, name, &names, span)),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, map, _)| map.name.as_str()).collect();
                Err(Error::new(Code::Option, format!("probe {} keeps several such tables", probe.id))
                    .label(span, "which one?")
                    .help(format!("name it: --as {}", names.join(", --as "))))
            }
        }
    }

    /// What the table is of: the attach points in the user's words.
    pub fn title(&self) -> &str {
        &self.probe.named.words
    }

    /// What can be told by differences is what can be taken off again.
    ///
    /// # Errors
    /// [`Code::Option`], for a table with a least or a greatest value.
    pub fn subtracts(&self) -> Result<()> {
        let row = self.keeps.row;
        if row.subtracts() {
            return Ok(());
        }
        Err(Error::new(Code::Option, format!("--delta does not go with `{}`", row.name))
            .label(self.span, "a least or greatest value cannot be taken off again")
            .help("--clear begins anew each time, for all who read this table"))
    }

    /// The table since the last clearing. `clear` has the next begin here.
    pub fn table(&self, clear: bool) -> Result<Value> {
        // The lock goes first: of two that clear at a time, each entry is in one table.
        let mut cleared = self.probe.cleared();
        if let Some(name) = self.probe.object.maps[self.number].period() {
            let period = self.map(&name)?;
            let runs = read::period(&period)?;
            if clear {
                read::begin(&period, runs.wrapping_add(1))?;
            }
            return Ok(self.rows(self.entries(runs)?));
        }
        let now = self.entries(0)?;
        let before = if clear { cleared.insert(self.number, now.clone()) } else { cleared.get(&self.number).cloned() };
        drop(cleared);
        Ok(self.rows(match before {
            Some(before) => read::since(now, &before, &self.keeps),
            None => now,
        }))
    }

    /// The table as folded lines, and what their numbers are: a flame graph's input.
    ///
    /// # Errors
    /// What the table has of each stack cannot be added up, or it cannot be read.
    pub fn folded(&self, clear: bool) -> Result<(Vec<String>, &'static str)> {
        let row = self.keeps.row;
        let Some(weight @ (Column::Count | Column::Sum)) = row.columns.first() else {
            return Err(Error::new(Code::Option, format!("`{}` cannot be folded", row.name))
                .label(self.span, "numbers of stacks must add up to that of their caller")
                .help("use `count`, or `sum`; the table itself is `ebpf stacks` without --folded"));
        };
        let unit = match (weight, self.probe.facts.values[self.number]) {
            (Column::Count, _) => "events",
            (_, Type::Duration) => "ns",
            (_, Type::Filesize) => "bytes",
            _ => "in all",
        };
        let table = self.table(clear)?;
        Ok((read::folded(&table, &stacks(&self.probe, self.number), weight.name()), unit))
    }

    fn rows(&self, entries: Entries) -> Value {
        let facts = &self.probe.facts;
        let (key, ty) = (facts.keys[self.number].as_ref(), facts.values[self.number]);
        read::table(entries, &self.keeps, key, ty, &self.probe.shell(self.span), self.width)
    }

    /// What the map holds now, whatever was cleared; of one that is kept by periods, of that one.
    fn entries(&self, period: u64) -> Result<Entries> {
        read::entries(&self.map(&self.probe.object.maps[self.number].symbol())?, &self.keeps, period)
    }

    fn map(&self, name: &str) -> Result<MapHandle> {
        let gone = || Error::new(Code::Io, "the probe's map is gone").label(self.span, "this probe");
        self.probe.loaded.map(name).ok_or_else(gone)
    }

    /// A table each time that `every` has passed, the last when the probe goes.
    pub fn stream(self, pace: Pace, reader: Arc<AtomicBool>, interrupt: HandlerGuard) -> Result<Tables> {
        let before = if pace.delta { Some(self.entries(0)?) } else { None };
        let ends = Ends { reader, probe: self.probe.stop.clone() };
        let next = Instant::now() + pace.every;
        Ok(Tables { keeper: self, pace, before, ends, next, ended: false, _interrupt: interrupt })
    }
}

/// All tables of a probe, each under its name; nothing where it keeps none.
pub fn all(probe: &Arc<Probe>, span: Span) -> Result<Value> {
    let mut tables = Record::new();
    for (number, map, keeps) in aggregations(probe) {
        let keeper = Keeper { probe: probe.clone(), number, keeps, span, width: None };
        tables.push(map.name.clone(), keeper.table(false)?);
    }
    Ok(if tables.is_empty() { Value::nothing(span) } else { Value::record(tables, span) })
}

/// The columns of a table that are stacks.
fn stacks(probe: &Probe, number: usize) -> Vec<(String, Space)> {
    probe.facts.keys[number].as_ref().map(read::columns).unwrap_or_default()
}

/// The maps of a probe that are tables, with their numbers.
fn aggregations(probe: &Probe) -> Vec<(usize, &Map, Aggregate)> {
    let maps = probe.object.maps.iter().enumerate();
    maps.filter_map(|(number, map)| Some((number, map, *map.aggregate()?))).collect()
}

fn absent(id: u64, wanted: Wanted, name: Option<Spanned<String>>, names: &[&str], span: Span) -> Error {
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
            (format!("keeps no such table as `{}`", name.item), name.span, "unknown name, or of the other command")
        }
        None => (what.to_string(), span, label),
    };
    let error = Error::new(Code::NothingToRead, format!("probe {id} {what}")).label(at, label);
    error.help(match names {
        [] => format!("write one in the closure: {{|ctx| {example} }}; rows are read by `ebpf trace`"),
        names if wanted == Wanted::Stacks => {
            format!("it keeps {}; write one with a stack in its key: {{|ctx| {example} }}", names.join(", "))
        }
        names => format!("it keeps {}; `ebpf counters` reads numbers, `ebpf histogram` buckets", names.join(", ")),
    })
}

/// How tables come.
pub struct Pace {
    pub every: Duration,
    /// Whether each has only what is new.
    pub delta: bool,
    /// Whether each begins anew, for all readers.
    pub clear: bool,
    /// What is to be done when the stream has ended, however it ended.
    pub finish: Option<Finish>,
}

impl Drop for Pace {
    fn drop(&mut self) {
        self.finish.take().into_iter().for_each(|finish| finish());
    }
}

/// Tables as they come.
pub struct Tables {
    keeper: Keeper,
    pace: Pace,
    /// What was there at the last one, where the differences are asked for.
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
