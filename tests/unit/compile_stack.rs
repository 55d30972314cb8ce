//! Tests of `crates/compile/src/stack.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn functions_that_call_one_another_are_counted_together() {
    let usage = "probe.bpf.c:9:turn\t24\tstatic\nprobe.bpf.c:14:turn_2\t100\tstatic\nprobe.bpf.c:20:nu_probe\t200\tstatic\n\
        ./nu/errors.h:49:nu_fail\t8\tstatic\n";
    let text = "/* turn_2 in a comment */\nstatic long turn(__u32 nu_turn, struct frame *nu_frame)\n{\n\treturn nu_fail(1);\n}\n\n\
        static long turn_2(__u32 nu_turn)\n{\n\tbpf_loop(3, turn, nu_frame, 0);\n}\n\n\
        SEC(\"uprobe\")\nint nu_probe(struct pt_regs *ctx)\n{\n\tbpf_loop(3, turn_2, &nu_frame, 0);\n\treturn nu_fail(2);\n}\n";
    // 224 + 128 + 32 + 32, each rounded up to 32.
    assert_eq!(deepest(usage, text), 416);
    assert_eq!(deepest("", text), 0);
}
