//! Maps: what an object keeps in the kernel besides its rows.

use super::{Role, Scale, State};
use crate::spec::aggregation::{self, Aggregation};
use serde::{Deserialize, Serialize};

/// A map that a closure command asked for; its key's layout is one of `check`'s facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Map {
    pub name: String,
    pub kind: MapKind,
    pub max_entries: u32,
    /// Where it is named first.
    pub at: nu_protocol::Span,
}

/// What a map is for, which decides its kernel type and how it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MapKind {
    /// A slot for each key, or one slot: see the table of aggregations.
    Aggregate(Aggregate),
    /// What a program leaves for a later one.
    State(State),
}

/// What an aggregation was told.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    #[serde(with = "super::by_name::aggregation")]
    pub row: &'static Aggregation,
    /// The buckets of one that has some.
    pub scale: Option<Scale>,
    pub keyed: bool,
}

impl Aggregate {
    /// Bytes of a slot.
    pub fn size(&self) -> usize {
        match self.row.slot {
            aggregation::Slot::Periods { .. } => 2 * (8 + 8 * self.words()),
            aggregation::Slot::Words { .. } | aggregation::Slot::Buckets => 8 * self.words(),
        }
    }

    /// The words that a reader makes of a slot.
    pub fn words(&self) -> usize {
        match self.row.slot {
            aggregation::Slot::Words { words, .. } | aggregation::Slot::Periods { words, .. } => words.len(),
            aggregation::Slot::Buckets => self.scale.map_or(0, Scale::buckets),
        }
    }
}

impl Map {
    /// Its name in the object, under which it is found again after loading.
    pub fn symbol(&self) -> String {
        format!("{}_map", self.stem())
    }

    /// The name of the map that has the number of the period that runs, of one that is kept by periods.
    pub fn period(&self) -> Option<String> {
        let keeps = self.aggregate()?;
        (!keeps.row.subtracts()).then(|| format!("{}_period", self.stem()))
    }

    /// What the names of its parts in C begin with.
    pub fn stem(&self) -> String {
        // A name that the user has given is not one of ours, whatever it is.
        let prefix = match &self.kind {
            MapKind::Aggregate(Aggregate { row, .. }) if self.name == row.name => "nu_",
            MapKind::Aggregate(_) => "nu_as_",
            MapKind::State(State { role: Role::Named, .. }) => "nu_state_",
            MapKind::State(State { role: Role::Timer, .. }) => "nu_timer_",
            MapKind::State(State { role: Role::Entry | Role::Postponed, .. }) => "nu_entry_",
        };
        format!("{prefix}{}", self.name)
    }

    /// What its aggregation was told, if it is one.
    pub fn aggregate(&self) -> Option<&Aggregate> {
        match &self.kind {
            MapKind::Aggregate(keeps) => Some(keeps),
            MapKind::State(_) => None,
        }
    }

    pub fn state(&self) -> Option<&State> {
        match &self.kind {
            MapKind::Aggregate(_) => None,
            MapKind::State(state) => Some(state),
        }
    }
}
