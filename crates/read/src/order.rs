//! The order of rows, of which some come late: the program puts an event off whose strings are not in memory yet, and
//! another one sends its rows at the end of the system call (`bpf_headers/nu/postpone.h`). They go where the event was.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// How long rows wait for an earlier one: longer than calls that do not block. One that comes later is out of order.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// Bytes of rows that wait at most.
const MOST: usize = 16 << 20;

/// A row's header, and its bits: see `bpf_headers/nu/postpone.h`.
const HEADER: usize = 8;
const WAITS: u32 = 1 << 31;
const RESUMED: u32 = 1 << 30;
const NO_ROW: u32 = RESUMED - 1;

/// Puts rows in order.
#[derive(Debug, Default)]
pub struct Order {
    /// The rows behind the first that is still to come, and that one.
    places: VecDeque<Place>,
    /// The number of the first place since the beginning.
    first: u64,
    /// The numbers of the places that calls have.
    waiting: HashMap<u32, u64>,
    /// Calls that nothing waits for any longer, with the row that there is otherwise.
    overdue: HashMap<u32, Option<Vec<u8>>>,
    size: usize,
    /// Rows that were handed out as they were at the entry, with null where a string was not there.
    incomplete: u64,
}

/// Rows, or where some will be.
#[derive(Debug)]
enum Place {
    Rows(Vec<Vec<u8>>),
    Waits { call: u32, since: Instant, rows: Vec<Vec<u8>>, otherwise: Option<Vec<u8>> },
}

impl Order {
    /// Takes a row, and hands out those whose turn it is.
    pub fn take(&mut self, row: &[u8], out: &mut impl FnMut(&[u8])) {
        let Some((event, call)) = header(row) else { return };
        if call == 0 && self.places.is_empty() {
            return out(row);
        }
        match (event & WAITS != 0, event & RESUMED != 0) {
            (true, _) => self.wait(call, otherwise(row, event), out),
            (_, true) => self.resumed(call),
            _ if call == 0 => self.push(Place::Rows(vec![row.to_vec()]), row.len()),
            _ if self.resume(call, row) => {}
            // It is late: what it would have been in order with has gone.
            _ if self.places.is_empty() => out(row),
            _ => self.push(Place::Rows(vec![row.to_vec()]), row.len()),
        }
        self.advance(Instant::now(), out);
    }

    /// Hands out what has waited long enough.
    pub fn advance(&mut self, now: Instant, out: &mut impl FnMut(&[u8])) {
        loop {
            match self.places.front() {
                None => return,
                Some(Place::Waits { since, .. })
                    if now.saturating_duration_since(*since) < PATIENCE && self.size < MOST =>
                {
                    return;
                }
                Some(_) => {}
            }
            self.first += 1;
            match self.places.pop_front() {
                Some(Place::Rows(rows)) => self.hand_out(&rows, out),
                Some(Place::Waits { call, rows, otherwise, .. }) => {
                    self.waiting.remove(&call);
                    // One of whose rows some have come has no need of another.
                    self.overdue.insert(call, otherwise.filter(|_| rows.is_empty()));
                    self.hand_out(&rows, out);
                }
                None => {}
            }
        }
    }

    /// Hands out everything: no more rows will come. What has not been completed is as it was at the entry.
    pub fn finish(&mut self, out: &mut impl FnMut(&[u8])) {
        for place in std::mem::take(&mut self.places) {
            match place {
                Place::Waits { rows, otherwise: Some(row), .. } if rows.is_empty() => {
                    self.incomplete += 1;
                    out(&row);
                }
                Place::Rows(rows) | Place::Waits { rows, .. } => rows.iter().for_each(|row| out(row)),
            }
        }
        for row in std::mem::take(&mut self.overdue).into_values().flatten() {
            self.incomplete += 1;
            out(&row);
        }
        (self.size, self.first) = (0, 0);
        self.waiting.clear();
    }

    /// Returns whether no row waits.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Rows that were handed out incomplete.
    pub fn incomplete(&self) -> u64 {
        self.incomplete
    }

    fn hand_out(&mut self, rows: &[Vec<u8>], out: &mut impl FnMut(&[u8])) {
        for row in rows {
            self.size = self.size.saturating_sub(row.len());
            out(row);
        }
    }

    fn push(&mut self, place: Place, size: usize) {
        self.places.push_back(place);
        self.size += size;
    }

    fn place(&mut self, call: u32) -> Option<&mut Place> {
        let number = self.waiting.get(&call)?.checked_sub(self.first)?;
        self.places.get_mut(usize::try_from(number).ok()?)
    }

    /// Puts a row where its call's place is; false where there is none.
    fn resume(&mut self, call: u32, row: &[u8]) -> bool {
        let Some(Place::Waits { rows, .. }) = self.place(call) else {
            // What there was otherwise is no longer needed.
            self.overdue.entry(call).and_modify(|otherwise| *otherwise = None);
            return false;
        };
        rows.push(row.to_vec());
        self.size += row.len();
        true
    }

    /// Keeps a place for the rows of a call. Of an earlier one of the same thread nothing more comes.
    fn wait(&mut self, call: u32, otherwise: Option<Vec<u8>>, out: &mut impl FnMut(&[u8])) {
        self.give_up(call);
        if let Some(Some(row)) = self.overdue.remove(&call) {
            self.incomplete += 1;
            out(&row);
        }
        self.waiting.insert(call, self.first + self.places.len() as u64);
        self.push(Place::Waits { call, since: Instant::now(), rows: Vec::new(), otherwise }, 0);
    }

    /// All rows of a call have come.
    fn resumed(&mut self, call: u32) {
        self.overdue.remove(&call);
        if let Some(place) = self.place(call)
            && let Place::Waits { rows, .. } = place
        {
            *place = Place::Rows(std::mem::take(rows));
        }
        self.waiting.remove(&call);
    }

    /// What is there of a call is all that will be.
    fn give_up(&mut self, call: u32) {
        let mut incomplete = 0;
        if let Some(place) = self.place(call)
            && let Place::Waits { rows, otherwise, .. } = place
        {
            let mut rows = std::mem::take(rows);
            if let Some(row) = otherwise.take().filter(|_| rows.is_empty()) {
                incomplete = 1;
                rows.push(row);
            }
            *place = Place::Rows(rows);
        }
        self.incomplete += incomplete;
        self.waiting.remove(&call);
    }
}

fn header(row: &[u8]) -> Option<(u32, u32)> {
    let event = u32::from_ne_bytes(*row.first_chunk()?);
    Some((event, u32::from_ne_bytes(*row.get(4..HEADER)?.first_chunk()?)))
}

/// The row that there is without those that are waited for, as one that waits for nothing.
fn otherwise(row: &[u8], event: u32) -> Option<Vec<u8>> {
    let number = event & NO_ROW;
    let rest = row.get(4..).filter(|_| number != NO_ROW)?;
    Some([&number.to_ne_bytes(), rest].concat())
}

#[cfg(test)]
#[path = "../../../tests/unit/read_order.rs"]
mod tests;
