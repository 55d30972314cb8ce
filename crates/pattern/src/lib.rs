//! A constant pattern as a table: what `=~` is in the kernel, where no regex engine runs.
//!
//! The table is the least automaton that, byte by byte, answers whether a text has a match. `regex-automata` builds one
//! that reports a match a byte late and tells matches apart; here both are gone. Three states are left by no byte, and
//! so end the search: [`DEAD`], [`ACCEPT`] and [`GIVE_UP`]. It knows Nushell's patterns, and neither closures nor C.

mod dialect;

use dialect::plain;
use regex_automata::Anchored;
use regex_automata::dfa::{Automaton as _, StartError, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// No match can follow.
pub const DEAD: u16 = 0;
/// There was a match.
pub const ACCEPT: u16 = 1;
/// The table cannot tell: a word boundary beside a character that is not ASCII.
pub const GIVE_UP: u16 = 2;
/// The states up to here are left by no byte.
const SINKS: usize = 3;

/// The most entries of the table, of two bytes each. The verifier does not care for its size; but it stands in the C
/// text, and in the memory of every object that uses the pattern: 128 KiB are enough for `\w+@\w+\.com`.
pub const MOST: usize = 65_536;
/// The most bytes of what the table is made from: it keeps a wild pattern from taking seconds.
const MOST_RAW: usize = 4 << 20;

/// The automaton of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Automaton {
    /// As the closure has it.
    pub pattern: String,
    /// The class of every byte: bytes of one class do the same in every state.
    pub classes: Vec<u8>,
    /// How many classes there are.
    pub width: usize,
    /// The next state, at `state * width + class`.
    pub next: Vec<u16>,
    /// For every state, what the text's end there means: 0 no match, 1 a match, 2 that the table cannot tell.
    pub ends: Vec<u8>,
    pub start: u16,
}

/// Why a pattern has no such table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsuited {
    /// Nushell's own parser refuses it.
    #[error("it is not valid: {0}")]
    Invalid(String),
    /// It needs an engine that goes back and forth.
    #[error("it has {0}")]
    Feature(&'static str),
    #[error("it would become too large a table, of {states} states")]
    Large { states: usize },
    #[error("it would become too large a table")]
    Wild,
}

impl Automaton {
    /// Compiles a pattern, with the meaning that Nushell's `=~` gives it.
    ///
    /// # Errors
    /// See [`Unsuited`].
    pub fn compile(pattern: &str) -> Result<Automaton, Unsuited> {
        let dfa = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .accelerate(false)
                    .unicode_word_boundary(true)
                    .dfa_size_limit(Some(MOST_RAW))
                    .determinize_size_limit(Some(MOST_RAW)),
            )
            .thompson(thompson::Config::new().which_captures(thompson::WhichCaptures::None))
            .build(&plain(pattern)?)
            .map_err(|error| match error.is_size_limit_exceeded() {
                true => Unsuited::Wild,
                false => Unsuited::Invalid(error.to_string()),
            })?;
        let raw = Raw::walk(&dfa).map_err(|error| Unsuited::Invalid(error.to_string()))?;
        raw.least().numbered(pattern)
    }

    /// Whether a text of at most so many bytes may match.
    pub fn matches_within(&self, bytes: u32) -> bool {
        let matches = |state: u16| self.ends.get(usize::from(state)).is_some_and(|end| *end != 0);
        let mut reached = vec![self.start];
        let mut known: HashSet<u16> = reached.iter().copied().collect();
        for _ in 0..bytes {
            if reached.iter().copied().any(matches) {
                return true;
            }
            let rows = reached.iter().map(|state| usize::from(*state) * self.width);
            let next = rows.filter_map(|row| self.next.get(row..row + self.width)).flatten().copied();
            reached = next.filter(|state| known.insert(*state)).collect();
        }
        reached.into_iter().any(matches)
    }

    /// Returns whether any text matches, of any length.
    pub fn matches_any(&self) -> bool {
        self.matches_within(u32::try_from(self.states()).unwrap_or(u32::MAX))
    }

    /// How many states there are.
    pub fn states(&self) -> usize {
        self.ends.len()
    }
}

/// An automaton over all bytes, its first states the sinks.
struct Raw {
    next: Vec<[usize; 256]>,
    ends: Vec<u8>,
    start: usize,
}

impl Raw {
    /// Everything that can be reached from the start of a text.
    fn walk(dfa: &dense::DFA<Vec<u32>>) -> Result<Raw, StartError> {
        let first = dfa.start_state(&start::Config::new().anchored(Anchored::No))?;
        let mut raw = Raw { next: (0..SINKS).map(|sink| [sink; 256]).collect(), ends: vec![0, 1, 2], start: 0 };
        let (mut numbers, mut states) = (HashMap::new(), Vec::new());
        let mut number = |id: StateID, states: &mut Vec<StateID>| match sink(dfa, id) {
            Some(sink) => usize::from(sink),
            None => *numbers.entry(id).or_insert_with(|| {
                states.push(id);
                SINKS + states.len() - 1
            }),
        };
        raw.start = number(first, &mut states);
        let mut done = 0;
        while let Some(&id) = states.get(done) {
            let mut row = [0; 256];
            for (byte, to) in (0..=u8::MAX).zip(&mut row) {
                *to = number(dfa.next_state(id, byte), &mut states);
            }
            raw.next.push(row);
            raw.ends.push(sink(dfa, dfa.next_eoi_state(id)).map_or(0, |sink| raw.ends[usize::from(sink)]));
            done += 1;
        }
        Ok(raw)
    }

    /// The same with as few states as there can be (Moore): states are taken apart as long as a byte tells them apart.
    fn least(self) -> Raw {
        // The sinks come first, each of its own end, and so keep their numbers.
        let (mut groups, mut count) = numbers(self.ends.iter());
        loop {
            let keys = groups.iter().zip(&self.next).map(|(group, row)| (*group, row.map(|to| groups[to])));
            let (finer, found) = numbers(keys);
            let stable = found == count;
            (groups, count) = (finer, found);
            if stable {
                break;
            }
        }
        let mut least = Raw { next: vec![[0; 256]; count], ends: vec![0; count], start: groups[self.start] };
        for (state, group) in groups.iter().enumerate() {
            least.next[*group] = self.next[state].map(|to| groups[to]);
            least.ends[*group] = self.ends[state];
        }
        least
    }

    /// The table, its bytes put into classes.
    fn numbered(self, pattern: &str) -> Result<Automaton, Unsuited> {
        let (classes, width) = numbers((0..256).map(|byte| self.next.iter().map(|row| row[byte]).collect::<Vec<_>>()));
        let states = self.ends.len();
        if states * width > MOST {
            return Err(Unsuited::Large { states });
        }
        let mut next = vec![0; states * width];
        for (state, row) in self.next.iter().enumerate() {
            for (byte, to) in row.iter().enumerate() {
                // No more states than entries: it fits.
                next[state * width + classes[byte]] = u16::try_from(*to).unwrap_or(DEAD);
            }
        }
        let classes = classes.into_iter().map(|class| u8::try_from(class).unwrap_or_default()).collect();
        let start = u16::try_from(self.start).unwrap_or(DEAD);
        Ok(Automaton { pattern: pattern.to_string(), classes, width, next, ends: self.ends, start })
    }
}

/// Numbers things in the order in which they first come, equal ones alike; and how many numbers there are.
fn numbers<T: Eq + Hash>(things: impl Iterator<Item = T>) -> (Vec<usize>, usize) {
    let mut known = HashMap::new();
    let numbers = things.map(|thing| {
        let next = known.len();
        *known.entry(thing).or_insert(next)
    });
    (numbers.collect(), known.len())
}

/// The sink that a state is.
fn sink(dfa: &dense::DFA<Vec<u32>>, id: StateID) -> Option<u16> {
    if dfa.is_match_state(id) {
        Some(ACCEPT)
    } else if dfa.is_dead_state(id) {
        Some(DEAD)
    } else if dfa.is_quit_state(id) {
        Some(GIVE_UP)
    } else {
        None
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/pattern_agrees.rs"]
mod agrees;
