//! Postponed events: a string that is not in memory when a program runs is read at the end of the system call.

use super::{Block, ExprId, VarId};
use std::collections::BTreeSet;

/// The part that a program has in postponing events.
#[derive(Debug, Clone)]
pub enum Postponed {
    /// It runs first. Where a read of `reads` fails, it runs `saves` and ends; nothing it did before can be seen.
    Saves {
        /// The number of the program among those of the object, which rows name.
        number: u32,
        /// Reads that no statement with an effect precedes.
        reads: BTreeSet<ExprId>,
        /// Reads that such a statement precedes: they are tried before the body.
        tried: Vec<ExprId>,
        saves: Block,
    },
    /// It runs the body of such a program for an event that was postponed, at the end of the call.
    Resumes {
        number: u32,
        /// The thread's id when the event happened, where rows name it.
        thread: Option<VarId>,
    },
}

impl Postponed {
    /// What is run for an event that is postponed.
    pub fn saves(&self) -> Option<&Block> {
        match self {
            Postponed::Saves { saves, .. } => Some(saves),
            Postponed::Resumes { .. } => None,
        }
    }
}
