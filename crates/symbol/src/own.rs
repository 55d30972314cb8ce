//! Frames of tracing itself: a program that is called by the kernel's own code, and not by an interrupted instruction,
//! finds itself and its callers at the top of the stack. They are no part of what is traced.

use crate::frame::Frame;

/// The module that `/proc/kallsyms` gives to code that the kernel makes for BPF.
const MADE: &str = "bpf";

/// Code that the kernel makes: programs, and trampolines from functions to them.
const PROGRAMS: [&str; 2] = ["bpf_prog_", "bpf_trampoline_"];

/// The helpers that take a stack.
const HELPERS: [&str; 2] = ["bpf_get_stack", "__bpf_get_stack"];

/// The kernel's other functions between what is traced and a program: helpers that call back, and callers of programs
/// at raw tracepoints, trampolines and LSM hooks.
const CALLERS: [&str; 10] = [
    "bpf_loop",
    "bpf_for_each_",
    "bpf_trace_run",
    "__bpf_trace_",
    "__bpf_prog_",
    "__bpf_trampoline_",
    "__bpf_tramp_",
    "__traceiter_",
    "bpf_lsm_",
    "bpf_dispatcher_",
];

/// What the stack of a tracepoint, which is taken where its handlers are called, begins with if there are several.
const EVENT: [&str; 1] = ["__traceiter_"];

/// The frames of a kernel stack, innermost first, without those of tracing itself. Only where the innermost is a program,
/// the helper that it took the stack by or an event's caller: a kprobe in the kernel's BPF code is there to see it.
pub(crate) fn without(mut frames: Vec<Frame>) -> Vec<Frame> {
    let is_first = |frame: &Frame| {
        frame.function.is_none() || is_program(frame) || begins_with(frame, &HELPERS) || begins_with(frame, &EVENT)
    };
    let begins = frames.first().is_some_and(is_first);
    if !begins {
        return frames;
    }
    // The symbols of a program go with it: of its frames, an address is left.
    let run = frames.iter().take_while(|frame| is_own(frame) || frame.function.is_none()).count();
    let known = frames[..run].iter().any(is_own);
    if known || (run <= UNNAMED && run < frames.len()) {
        frames.drain(..run);
    }
    frames
}

/// Frames without a symbol that are taken for a program that is gone, its function and its trampoline.
const UNNAMED: usize = 3;

fn begins_with(frame: &Frame, names: &[&str]) -> bool {
    frame.function.as_deref().is_some_and(|function| names.iter().any(|name| function.starts_with(name)))
}

fn is_program(frame: &Frame) -> bool {
    frame.module.as_deref() == Some(MADE) && begins_with(frame, &PROGRAMS)
}

fn is_own(frame: &Frame) -> bool {
    is_program(frame) || begins_with(frame, &HELPERS) || begins_with(frame, &CALLERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(names: &[&str]) -> Vec<Frame> {
        let frame = |name: &&str| Frame {
            function: (!name.is_empty()).then(|| (*name).into()),
            offset: Some(5),
            module: Some(if PROGRAMS.iter().any(|of| name.starts_with(of)) { MADE } else { "kernel" }.into()),
            source: None,
            address: 7,
        };
        names.iter().map(frame).collect()
    }

    fn left(names: &[&str]) -> Vec<String> {
        without(stack(names)).iter().map(|frame| frame.function.as_deref().unwrap_or_default().to_string()).collect()
    }

    #[test]
    fn removes_frames_of_programs_and_their_callers() {
        let raw = ["bpf_prog_1_nu", "bpf_trace_run2", "__bpf_trace_x", "__traceiter_x", "do_exit"];
        assert_eq!(left(&raw), ["do_exit"]);
        let entry = ["bpf_get_stackid_raw_tp", "bpf_prog_1_nu", "bpf_trampoline_7", "vfs_read", "ksys_read"];
        assert_eq!(left(&entry), ["vfs_read", "ksys_read"]);
        assert_eq!(left(&["__traceiter_sys_enter", "do_syscall_64"]), ["do_syscall_64"]);
        assert_eq!(left(&["bpf_prog_2_turn", "bpf_loop", "bpf_prog_1_nu", "bpf_trampoline_7", "f"]), ["f"]);
        assert_eq!(
            left(&["bpf_prog_1_nu", "bpf_trampoline_7", "bpf_lsm_file_open", "security_file_open"]),
            ["security_file_open"]
        );
    }

    #[test]
    fn keeps_frames_of_what_is_traced() {
        // A kprobe in the kernel's BPF code, and another program further out.
        for stack in [&["bpf_trace_run2", "do_exit"][..], &["vfs_read", "bpf_prog_1_other", "f"]] {
            assert_eq!(left(stack), stack);
        }
        // No symbols at all.
        assert_eq!(left(&["", "", ""]).len(), 3);
    }

    #[test]
    fn removes_programs_that_are_gone() {
        assert_eq!(left(&["", "", "vfs_read"]), ["vfs_read"]);
        assert_eq!(left(&["", "bpf_trace_run2", "__bpf_trace_x", "do_exit"]), ["do_exit"]);
    }
}
