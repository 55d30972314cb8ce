//! Features of the running kernel, each asked for once: libbpf loads a program that calls the helper. Where no program may
//! be loaded, the kernel's release decides.

use crate::spec::feature::{FEATURES, Feature, Probe, Version};
use libbpf_sys::{bpf_insn, bpf_prog_load, libbpf_probe_bpf_helper};
use nu_ebpf_privilege::{Deed, raise};
use std::fs;
use std::os::fd::{FromRawFd, OwnedFd};
use std::ptr;
use std::sync::OnceLock;

/// Returns whether the running kernel has a feature.
pub fn has(feature: &'static Feature) -> bool {
    static KNOWN: [OnceLock<bool>; FEATURES.len()] = [const { OnceLock::new() }; FEATURES.len()];
    let index = FEATURES.iter().position(|row| ptr::eq(*row, feature));
    index.is_none_or(|index| *KNOWN[index].get_or_init(|| probe(feature)))
}

fn probe(feature: &Feature) -> bool {
    let _raised = raise(Deed::Load);
    // SAFETY: libbpf takes two numbers, and null for no options; it closes what it has loaded.
    let helper = || unsafe { libbpf_probe_bpf_helper(feature.probe as u32, feature.helper, ptr::null()) };
    let (found, _) = super::log::capture(|| match feature.probe {
        Probe::Fetch => fetches(),
        Probe::Release => -1,
        Probe::Kprobe | Probe::Tracepoint | Probe::Tracing => helper(),
    });
    match found {
        0 => false,
        1.. => true,
        _ => release().is_none_or(|release| release >= feature.since),
    }
}

/// Returns whether the kernel takes an atomic instruction that returns the old value, as libbpf answers of a helper.
fn fetches() -> i32 {
    let instruction = |code, registers: u8, offset, imm| bpf_insn {
        code,
        _bitfield_1: bpf_insn::new_bitfield_1(registers & 0xf, registers >> 4),
        off: offset,
        imm,
        ..bpf_insn::default()
    };
    // r0 = 0; *(u64 *)(r10 - 8) = r0; r0 = atomic_fetch_add((u64 *)(r10 - 8), r0); exit
    let program = [
        instruction(0xb7, 0x00, 0, 0),
        instruction(0x7b, 0x0a, -8, 0),
        instruction(0xdb, 0x0a, -8, 0x01),
        instruction(0x95, 0x00, 0, 0),
    ];
    let (kind, name, license) = (Probe::Tracepoint as u32, c"nu_fetch".as_ptr(), c"GPL".as_ptr());
    // SAFETY: libbpf reads as many instructions as there are, two C strings, and null for no options.
    let loaded = unsafe { bpf_prog_load(kind, name, license, program.as_ptr(), program.len() as u64, ptr::null_mut()) };
    if loaded >= 0 {
        // SAFETY: the descriptor is new, and nobody else's.
        drop(unsafe { OwnedFd::from_raw_fd(loaded) });
        return 1;
    }
    // Reserved fields are EINVAL; anything else is no answer.
    if loaded == -EINVAL { 0 } else { loaded }
}

/// EINVAL (include/uapi/asm-generic/errno-base.h).
const EINVAL: i32 = 22;

/// The running kernel's release.
pub fn release() -> Option<Version> {
    fs::read_to_string("/proc/sys/kernel/osrelease").ok()?.parse().ok()
}
