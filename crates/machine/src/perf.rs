//! Perf events, which programs hang on: attributes in, an open event out. What is counted, `counter` knows.

use nu_ebpf_privilege::{Deed, raise};
use perf_event_open_sys::{bindings, perf_event_open};
use std::ffi::CString;
use std::fs;
use std::io;
use std::os::fd::{FromRawFd, OwnedFd};

/// The number of the kernel's kprobes among the sources of perf events.
const KPROBE_TYPE: &str = "/sys/bus/event_source/devices/kprobe/type";

/// Opens an event of a process, or of all (-1), on a processor or on all.
///
/// # Errors
/// The kernel's.
pub fn open(attributes: &mut bindings::perf_event_attr, process: i32, processor: Option<usize>) -> io::Result<OwnedFd> {
    attributes.size = size_of::<bindings::perf_event_attr>() as u32;
    let flags = bindings::PERF_FLAG_FD_CLOEXEC.into();
    let processor = processor.map_or(-1, |number| number as i32);
    let _raised = raise(Deed::Load);
    // SAFETY: the attributes are whole, say their size, and live until the call returns.
    let fd = unsafe { perf_event_open(attributes, process, processor, -1, flags) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the kernel has just opened it for us, and nobody else knows it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// A kprobe so many bytes into a kernel function, `MODULE:FUNCTION` or `FUNCTION`, or where that returns, on all
/// processors.
///
/// # Errors
/// The kernel's: no such function, no instruction there.
pub fn kprobe(function: &str, offset: u64, ret: bool) -> io::Result<OwnedFd> {
    let source = fs::read_to_string(KPROBE_TYPE)?;
    let source = source.trim().parse().map_err(io::Error::other)?;
    let name = CString::new(function)?;
    // Its lowest bit is "retprobe" (/sys/bus/event_source/devices/kprobe/format).
    let mut attributes = bindings::perf_event_attr { type_: source, config: ret.into(), ..Default::default() };
    attributes.__bindgen_anon_3.kprobe_func = name.as_ptr() as u64;
    attributes.__bindgen_anon_4.probe_offset = offset;
    // On one processor of all: the program runs wherever the instruction is passed.
    open(&mut attributes, -1, Some(0))
}
