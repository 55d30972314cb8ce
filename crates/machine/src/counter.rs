//! What this machine counts: an event of the kernel's or the processor's is opened on a processor. It samples nothing.

use crate::ir::{Rate, Watched};
use crate::perf;
use crate::spec::event::{CPU_CLOCK, Counter, Event, events};
use crate::spec::probe::{Grammar, Kind};
use perf_event_open_sys::bindings;
use std::io;
use std::os::fd::OwnedFd;

/// Help for an event that this machine does not count.
pub const INSTEAD: &str = "virtual machines often have no hardware counters: profile:99hz, software:context-switches";

/// Opens the event on a processor, for all that runs there.
///
/// # Errors
/// The kernel's: nobody counts it, or not for this process.
pub fn open(event: &Event, rate: Rate, processor: usize) -> io::Result<OwnedFd> {
    let mut attributes = bindings::perf_event_attr {
        size: size_of::<bindings::perf_event_attr>() as u32,
        type_: match event.counter {
            Counter::Hardware => bindings::PERF_TYPE_HARDWARE,
            Counter::Software => bindings::PERF_TYPE_SOFTWARE,
        },
        config: event.number,
        ..Default::default()
    };
    match rate {
        Rate::Hertz(rate) => {
            attributes.set_freq(1);
            attributes.__bindgen_anon_1.sample_freq = rate;
        }
        Rate::Period(period) => attributes.__bindgen_anon_1.sample_period = period,
    }
    perf::open(&mut attributes, -1, Some(processor))
}

/// Opens what watches so many bytes at an address, on a processor, for all that runs there.
///
/// # Errors
/// The kernel's: the processor has no register left for it, or cannot watch that.
pub fn watch(address: u64, bytes: u8, access: Watched, processor: usize) -> io::Result<OwnedFd> {
    let mut attributes = bindings::perf_event_attr {
        type_: bindings::PERF_TYPE_BREAKPOINT,
        bp_type: match access {
            Watched::Write => bindings::HW_BREAKPOINT_W,
            Watched::ReadWrite => bindings::HW_BREAKPOINT_RW,
            Watched::Execute => bindings::HW_BREAKPOINT_X,
        },
        ..Default::default()
    };
    attributes.__bindgen_anon_1.sample_period = 1;
    attributes.__bindgen_anon_3.bp_addr = address;
    attributes.__bindgen_anon_4.bp_len = bytes.into();
    perf::open(&mut attributes, -1, Some(processor))
}

/// Opens, to see whether it can be done, what a kind of samples or watchpoints hangs on.
///
/// # Errors
/// The kernel's.
pub fn tried(kind: &Kind) -> io::Result<OwnedFd> {
    static WATCHED: u64 = 0;
    match kind.grammar {
        Grammar::Event(counter) => {
            let event = events(counter).next().unwrap_or(&CPU_CLOCK);
            open(event, Rate::Period(event.period), 0)
        }
        Grammar::Watch => watch(&raw const WATCHED as u64, size_of::<u64>() as u8, Watched::Write, 0),
        _ => open(&CPU_CLOCK, Rate::Period(CPU_CLOCK.period), 0),
    }
}

/// Returns whether somebody counts the event here, maybe only for others than this process.
pub fn counts(event: &Event) -> bool {
    let tried = open(event, Rate::Period(event.period), 0);
    tried.map_or_else(|error| error.kind() == io::ErrorKind::PermissionDenied, |_| true)
}
