//! Aggregations: a call becomes a statement that adds to a slot of a map. What the slot
//! holds is the table's business; here the value, its key and the map are found.

use super::argument::{Args, flag};
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::ir::{Aggregate, ExprId, Kind, Map, MapKind, Scale, Shape, StmtKind};
use crate::spec::aggregation::{Aggregation, QUANTILE_STEPS, QUANTILES, Slot};
use crate::spec::command::{BY, Command, LINEAR, STEPS};

/// Entries of a keyed map where none are asked for.
pub const MAX_ENTRIES: usize = 10_240;

/// Bytes that a keyed map takes on each processor where no entries are asked for.
const MAX_BYTES: usize = 4 << 20;

/// The most buckets of a linear histogram: the kernel gives a processor 32 KiB for a value (`PCPU_MIN_UNIT_SIZE`,
/// include/linux/percpu.h).
const BUCKETS: u64 = 4000;

impl Lowering<'_> {
    /// Aggregations of one name share a map: a second `count` of the closure adds to the same table.
    pub fn aggregate(
        &mut self, command: &'static Command, row: &'static Aggregation, args: &Args, input: Reg, span: Span,
    ) -> Result<Reg> {
        let scale = self.scale(row, args)?;
        let (value, key) = match row.takes_value() {
            true => (Some(self.shape_of(input, span)?), flag(args, &BY).map(|(value, at)| (value.clone(), at))),
            false => (None, (input != Reg::Empty).then_some((Some(input), span))),
        };
        // A key must lie in the kernel: text is put together there.
        let key = match key {
            Some((key, at)) => {
                let key = self.shape_of(key.unwrap_or_default(), at)?;
                Some(self.in_kernel(key, at)?)
            }
            None => None,
        };
        let known = self.maps.len();
        let map = self.map(row, Aggregate { row, scale, keyed: key.is_some() }, args, span)?;
        let Some(value) = value else {
            let at = key.as_ref().map_or_else(|| self.local(span), |key| self.whole(key, span));
            self.push(StmtKind::Aggregate { map, key, value: None }, at);
            return Ok(Reg::Empty);
        };
        let at = self.whole(&value, span);
        let mut adds = false;
        self.cases(value, &mut |this, value| {
            let value = this.leaf(value, span)?;
            match this.kind(value) {
                // Nothing comes, nothing is added.
                Kind::Nothing => {}
                Kind::Int | Kind::Duration | Kind::Filesize => {
                    this.push(StmtKind::Aggregate { map, key: key.clone(), value: Some(value) }, at);
                    adds = true;
                }
                _ => return Err(this.no_number(command, value, span)),
            }
            Ok(Reg::Empty)
        })?;
        // A map that nothing is ever added to is none.
        if !adds && map >= known {
            self.maps.truncate(known);
        }
        Ok(Reg::Empty)
    }

    /// The error for a value that an aggregation cannot add up.
    fn no_number(&self, command: &Command, value: ExprId, span: Span) -> Error {
        let words = self.expr(value).span.of(&self.closure.text);
        let own = self.frame.code.at.is_none() && words.starts_with('$') && !words.contains('\n');
        let help = match self.kind(value) {
            Kind::Text if own => format!("to count how often each value occurs: {words} | count"),
            Kind::Text => "to count how often each value occurs, write … | count".to_string(),
            Kind::Bool if own => format!("to count how often it is true: if {words} {{ count }}"),
            _ => format!("pipe a number into it: $ctx.pid | {}; `count` takes any value", command.name),
        };
        let what = format!("`{}` takes an int, a duration or a filesize", command.name);
        Error::new(Code::ClosureType, what)
            .label(self.place(span), format!("this is {}", self.ty(value).phrase()))
            .help(help)
    }

    /// The buckets that the flags ask for.
    fn scale(&self, row: &Aggregation, args: &Args) -> Result<Option<Scale>> {
        if row.slot != Slot::Buckets {
            return Ok(None);
        }
        let steps = if row == &QUANTILES { QUANTILE_STEPS } else { self.int_flag(args, &STEPS)? as u32 };
        let Some((range, at)) = flag(args, &LINEAR) else { return Ok(Some(Scale::Log { steps })) };
        let wrong = |what: String, label: &str| {
            Error::new(Code::ClosureFlag, what).label(self.place(at), label).help("for example: --linear 0..200..1000")
        };
        if flag(args, &STEPS).is_some() {
            return Err(wrong(
                "buckets are of one width or finer by steps, not both".into(),
                "--steps is there as well",
            ));
        }
        let known = match range {
            Some(Reg::Range(range)) => self.steps(range),
            _ => None,
        };
        match known {
            None => Err(wrong("--linear must be known at attach time".into(), "a range of ints is wanted")),
            Some((start, step, edges)) if step > 0 && (2..=BUCKETS).contains(&edges) => {
                Ok(Some(Scale::Linear { start, step: step as u64, count: edges as u32 - 1 }))
            }
            Some((_, step, _)) if step < 0 => Err(wrong("--linear goes up".into(), "this range goes down")),
            Some((.., edges)) => Err(wrong(
                format!("--linear with {edges} numbers is out of bounds"),
                "from 2 numbers, between which one bucket lies, to 4000",
            )),
        }
    }

    /// The map of an aggregation, by its name.
    fn map(&mut self, row: &Aggregation, keeps: Aggregate, args: &Args, span: Span) -> Result<usize> {
        let (name, at) = self.name_flag(args)?.unwrap_or((row.name.to_string(), span));
        let mut known = self.maps.iter().enumerate().filter_map(|(map, known)| Some((map, known, known.aggregate()?)));
        let Some((map, _, first)) = known.find(|(_, known, _)| known.name == name) else {
            let fit = MAX_ENTRIES.min(MAX_BYTES / keeps.size().max(1));
            let max_entries = if keeps.keyed { self.options.max_entries.unwrap_or(fit as u32) } else { 1 };
            let mut map = Map { name, kind: MapKind::Aggregate(keeps), max_entries, at: self.place(at) };
            if let (Some(pinned), None) = (self.pinned(&map), self.options.max_entries) {
                map.max_entries = pinned.max_entries;
            }
            self.maps.push(map);
            return Ok(self.maps.len() - 1);
        };
        if *first == keeps {
            return Ok(map);
        }
        let (what, label) = match (first.row == row, first.keyed == keeps.keyed) {
            (false, _) => {
                (format!("two aggregations have the name `{name}`"), format!("the first is a `{}`", first.row.name))
            }
            (true, false) if !row.takes_value() => (
                "this closure counts both hits and values".to_string(),
                format!("the first `{}` was of the other sort", row.name),
            ),
            (true, false) => (
                format!("this closure has `{name}` with a key and without"),
                format!("the first `{}` was of the other sort", row.name),
            ),
            (true, true) => (format!("the two `{name}` differ in their buckets"), "these are others".to_string()),
        };
        Err(Error::new(Code::ClosureType, what)
            .label(self.place(at), label)
            .help(format!("give this one a table of its own: {} --as NAME", row.name)))
    }

    /// A value with nothing in it that only the reader can compute.
    pub fn in_kernel(&mut self, shape: Shape, span: Span) -> Result<Shape> {
        Ok(match shape {
            Shape::Later { op, args } if op.is_key() => Shape::Later { op, args },
            later @ Shape::Later { .. } => Shape::Leaf(self.leaf(later, span)?),
            Shape::Leaf(leaf) => self.title_in_key(leaf, span),
            Shape::Record(fields) => {
                let inside = fields.into_iter().map(|(name, field)| Ok((name, self.in_kernel(field, span)?)));
                Shape::Record(inside.collect::<Result<_>>()?)
            }
            Shape::List(items) => {
                Shape::List(items.into_iter().map(|item| self.in_kernel(item, span)).collect::<Result<_>>()?)
            }
            other => other,
        })
    }
}
