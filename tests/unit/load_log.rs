//! Tests of `crates/load/src/log.rs`, which includes this as a module of its own.

use super::*;

/// As 6.18 writes it.
const LOG: &str = "libbpf: prog 'nu_x': BPF program load failed: Permission denied\n\
    libbpf: prog 'nu_x': -- BEGIN PROG LOAD LOG --\n\
    0: R1=ctx() R10=fp0\n\
    ; event->file.len = nu_read(1); /* nu:12..40 */ @ probe.bpf.c:40\n\
    5: (79) r3 = *(u64 *)(r1 +24)\n\
    R1 invalid mem access 'scalar'\n\
    processed 6 insns (limit 1000000) max_states_per_insn 0\n\
    -- END PROG LOAD LOG --\n";

#[test]
fn the_log_leads_back_to_the_closure() {
    let log = verifier(LOG).expect("a log");
    let error = rejection(&log);
    assert_eq!(error.code, Code::Verifier);
    assert!(error.message.ends_with("R1 invalid mem access 'scalar'"), "{}", error.message);
    assert_eq!(error.within.map(|within| within.0), Some(crate::ir::Span::new(12, 40)));
    assert_eq!(verifier("libbpf: no log here"), None);
}

#[test]
fn a_known_complaint_has_its_advice() {
    let error = rejection("; x; /* nu:1..2 */\n2: (85) call\ncombined stack size of 2 calls is 544. Too large\n");
    assert!(error.help.is_some_and(|help| help.contains("--len")));
}

#[test]
fn a_complaint_is_told_from_states_and_notes() {
    for line in ["R6 pointer |= pointer prohibited", "invalid access to map value", "R1 type=ctx expected=fp"] {
        assert!(is_complaint(line), "expected a complaint: {line}");
    }
    for line in
        ["R6=scalar()", "R6_w=inv(id=0) R7=ctx", "12: (95) exit", "arg#0 reference type('UNKNOWN ') size", "; x = 1"]
    {
        assert!(!is_complaint(line), "expected none: {line}");
    }
}

/// As 5.10, 6.12 and 5.10 write it.
#[test]
fn names_the_kernel_that_has_a_missing_helper() {
    for (line, release) in [
        ("invalid func unknown#174", "5.15"),
        ("unknown func bpf_snprintf#165", "5.13"),
        ("number of funcs in func_info doesn't match number of subprogs", "5.17"),
    ] {
        let error = rejection(&format!("; x; /* nu:1..2 */\n2: (85) call\n{line}\n"));
        assert_eq!(error.code, Code::KernelOld, "{line}");
        assert!(error.message.ends_with(release), "{line}: {}", error.message);
        assert_eq!(error.within.map(|within| within.0), Some(crate::ir::Span::new(1, 2)));
    }
}
