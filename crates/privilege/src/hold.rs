//! A process that holds its capabilities back: at the start none is effective and those that nothing needs are gone;
//! for a deed they are raised, on the thread that does it, and lowered again when it is done. The sets are each
//! thread's own, and a new thread has those of the one that began it.

use crate::table::{Deed, ROWS};
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

fn is_known(capability: &Capability) -> bool {
    ROWS.iter().any(|row| row.capability == *capability)
}

/// Whether this process has a capability, raised or not. CAP_SYS_ADMIN stands for those of BPF and of perfmon.
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
    /// How many deeds are under way on this thread, and what was effective before the first.
    static UNDER_WAY: RefCell<(usize, CapsHashSet)> = RefCell::default();
}

/// Raises what a deed takes until what comes back is dropped: of a plugin that lends capabilities just those, of one whose
/// user has them anyway all that are held. A deed within another adds to what that has raised.
pub fn raise(deed: Deed) -> Raised {
    let before = caps::read(None, CapSet::Effective).unwrap_or_default();
    let all = !lends();
    let wanted = ROWS.iter().filter(|row| all || row.deeds.contains(&deed)).map(|row| row.capability);
    let held = permitted();
    let raised: CapsHashSet = wanted.filter(|it| held.contains(it)).chain(before.iter().copied()).collect();
    if raised != before {
        // Where it fails, what follows fails, and says why.
        let _ = caps::set(None, CapSet::Effective, &raised);
    }
    UNDER_WAY.with_borrow_mut(|(deeds, first)| {
        if *deeds == 0 {
            *first = before;
        }
        *deeds += 1;
    });
    Raised { of_thread: PhantomData }
}

fn permitted() -> CapsHashSet {
    caps::read(None, CapSet::Permitted).unwrap_or_default()
}

/// A deed under way. When the last one of its thread ends, in whatever order, all is as it was before the first.
#[must_use = "the capabilities are lowered when this is dropped"]
#[derive(Debug)]
pub struct Raised {
    /// The thread that raised them alone can lower them.
    of_thread: PhantomData<*const ()>,
}

impl Drop for Raised {
    fn drop(&mut self) {
        UNDER_WAY.with_borrow_mut(|(deeds, first)| {
            *deeds -= 1;
            if *deeds == 0 {
                let _ = caps::set(None, CapSet::Effective, first);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effective() -> CapsHashSet {
        caps::read(None, CapSet::Effective).expect("read")
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
