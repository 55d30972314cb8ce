//! How much memory all probes together use for data that other users' processes made. Whoever runs out of it does
//! without: addresses stay without a name.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that may be used for one purpose.
#[derive(Debug)]
pub(crate) struct Budget {
    most: usize,
    used: AtomicUsize,
}

/// What processes have mapped, and the paths of the files.
pub(crate) static MAPPINGS: Budget = Budget::of(8 << 20);

/// What processes say of the code that they make.
pub(crate) static JIT: Budget = Budget::of(12 << 20);

impl Budget {
    pub const fn of(most: usize) -> Budget {
        Budget { most, used: AtomicUsize::new(0) }
    }

    /// Bytes of which one process may have so many at most.
    pub const fn share(&self) -> usize {
        self.most / 2
    }

    /// Takes bytes out of it; false: there are no more so many.
    fn take(&self, bytes: usize) -> bool {
        let more = |used: usize| used.checked_add(bytes).filter(|used| *used <= self.most);
        self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }
}

/// Bytes taken out of a budget, which go back when this is dropped.
#[derive(Debug)]
pub(crate) struct Charge {
    budget: &'static Budget,
    bytes: usize,
}

impl Charge {
    pub fn none(budget: &'static Budget) -> Charge {
        Charge { budget, bytes: 0 }
    }

    /// Has as many bytes as are needed now; false: there are not so many, and nothing changes.
    pub fn set(&mut self, bytes: usize) -> bool {
        match bytes.checked_sub(self.bytes) {
            Some(more) if !self.budget.take(more) => return false,
            Some(_) => {}
            None => drop(self.budget.used.fetch_sub(self.bytes - bytes, Ordering::Relaxed)),
        }
        self.bytes = bytes;
        true
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_taken_than_there_is() {
        static SMALL: Budget = Budget::of(100);
        let (mut one, mut other) = (Charge::none(&SMALL), Charge::none(&SMALL));
        assert!(one.set(60) && !other.set(41) && other.set(40) && !one.set(61));
        assert!(one.set(10) && other.set(90) && !other.set(91));
        drop(one);
        assert!(other.set(100));
        drop(other);
        assert_eq!(SMALL.used.load(Ordering::Relaxed), 0);
    }
}
