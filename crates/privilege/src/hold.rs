//! A process that holds its capabilities back: at the start none is effective and those that nothing needs are gone;
//! for a deed they are raised, on the thread that does it, and lowered again when it is done. The sets are each
//! thread's own, and a new thread has those of the one that began it.

use crate::table::{Deed, ROWS, Row};
use caps::{CapSet, Capability, CapsHashSet};
use std::cell::RefCell;
use std::marker::PhantomData;

/// Gives up what no row of the table names, and lowers the rest. To be called before there is a second thread.
///
/// A process that the kernel does not let do so goes on as it was: it could do no more before than after.
pub fn begin() {
    let _ = caps::clear(None, CapSet::Effective);
    let needed: CapsHashSet = permitted().into_iter().filter(is_known).collect();
    let _ = caps::set(None, CapSet::Permitted, &needed);
}

/// Gives up all capabilities except those, and lowers them. To be called before there is a second thread.
pub fn keep_only(capabilities: &[Capability]) {
    let _ = caps::clear(None, CapSet::Effective);
    let mut kept = permitted();
    kept.retain(|capability| capabilities.contains(capability));
    let _ = caps::set(None, CapSet::Permitted, &kept);
}

/// Raises all that are held, on this thread and from now on.
pub fn raise_all() {
    let _ = caps::set(None, CapSet::Effective, &permitted());
}

fn is_known(capability: &Capability) -> bool {
    ROWS.iter().any(|row| row.capability == *capability)
}

/// Returns whether this process has a capability, raised or not. CAP_SYS_ADMIN stands for those of BPF and of perfmon.
pub fn holds(capability: Capability) -> bool {
    let held = permitted();
    let newer = [Capability::CAP_BPF, Capability::CAP_PERFMON].contains(&capability);
    held.contains(&capability) || newer && held.contains(&Capability::CAP_SYS_ADMIN)
}

/// Whether this process has capabilities that its user has not: by its file, rather than as root or handed down by who
/// started it (the ambient set).
pub fn lends() -> bool {
    !rustix::process::getuid().is_root() && {
        let own = caps::read(None, CapSet::Ambient).unwrap_or_default();
        permitted().iter().any(|capability| !own.contains(capability))
    }
}

thread_local! {
    /// The deeds that are under way on this thread, and what was effective before the first.
    static UNDER_WAY: RefCell<(Vec<Deed>, CapsHashSet)> = RefCell::default();
}

/// Raises what a deed takes until what comes back is dropped: of a plugin that lends capabilities just those, of one whose
/// user has them anyway all that are held. A deed within another adds to what that has raised.
pub fn raise(deed: Deed) -> Raised {
    UNDER_WAY.with_borrow_mut(|(deeds, first)| {
        if deeds.is_empty() {
            *first = effective();
        }
        deeds.push(deed);
        have(deeds, first);
    });
    Raised { deed, of_thread: PhantomData }
}

/// Makes effective on this thread what deeds take, besides what was before them.
fn have(deeds: &[Deed], first: &CapsHashSet) {
    let (mut wanted, held) = (taken(deeds, !lends()), permitted());
    wanted.retain(|capability| held.contains(capability));
    wanted.extend(first);
    if wanted != effective() {
        // Where it fails, what follows fails, and says why.
        let _ = caps::set(None, CapSet::Effective, &wanted);
    }
}

/// What deeds take; `all`: what any does.
fn taken(deeds: &[Deed], all: bool) -> CapsHashSet {
    let takes = |row: &&Row| all || deeds.iter().any(|deed| row.deeds.contains(deed));
    ROWS.iter().filter(takes).map(|row| row.capability).collect()
}

fn effective() -> CapsHashSet {
    caps::read(None, CapSet::Effective).unwrap_or_default()
}

fn permitted() -> CapsHashSet {
    caps::read(None, CapSet::Permitted).unwrap_or_default()
}

/// A deed under way. When it ends, in whatever order, what those take that go on is left.
#[must_use = "the capabilities are lowered when this is dropped"]
#[derive(Debug)]
pub struct Raised {
    deed: Deed,
    /// The thread that raised them alone can lower them.
    of_thread: PhantomData<*const ()>,
}

impl Drop for Raised {
    fn drop(&mut self) {
        UNDER_WAY.with_borrow_mut(|(deeds, first)| {
            if let Some(place) = deeds.iter().rposition(|deed| *deed == self.deed) {
                deeds.remove(place);
            }
            match deeds.as_slice() {
                [] => drop(caps::set(None, CapSet::Effective, first)),
                left => have(left, first),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_deed_takes_goes_with_it() {
        let reads = |deeds: &[Deed]| taken(deeds, false).contains(&Capability::CAP_DAC_READ_SEARCH);
        assert!(reads(&[Deed::Load, Deed::Tracefs]) && !reads(&[Deed::Load]) && !reads(&[Deed::Files]));
        assert!(taken(&[], false).is_empty() && taken(&[], true).len() == ROWS.len());
    }

    #[test]
    fn in_whatever_order_deeds_end_nothing_stays_raised() {
        // On a thread of its own, whose sets no other test sees.
        let thread = std::thread::spawn(|| {
            let before = effective();
            begin();
            assert!(effective().is_empty());
            let held = permitted();
            assert!(held.iter().all(is_known) && held.is_subset(&before), "{held:?}");
            let (outer, inner) = (raise(Deed::Load), raise(Deed::Tracefs));
            assert_eq!(effective(), held);
            drop(outer);
            assert_eq!(effective(), held);
            drop(inner);
            assert!(effective().is_empty());
        });
        thread.join().expect("as expected");
    }
}
