//! The headers that generated programs include, embedded: ours, and libbpf's as the `libbpf-sys` crate has them.

/// A header: its name as it is included, and its text.
pub type Header = (&'static str, &'static str);

macro_rules! headers {
    (ours: $($ours:literal)* libbpf: $($libbpf:literal)*) => {
        &[
            ("linux/errno.h", include_str!("../bpf_headers/linux/errno.h")),
            $((concat!("nu/", $ours), include_str!(concat!("../bpf_headers/nu/", $ours))),)*
            $((concat!("bpf/", $libbpf), include_str!(concat!(env!("OUT_DIR"), "/bpf/", $libbpf))),)*
        ]
    };
}

pub static HEADERS: &[Header] = headers! {
    ours: "types.h" "context.h" "regs.h" "stats.h" "errors.h" "ring.h" "math.h" "time.h" "strings.h" "postpone.h" "format.h"
        "forget.h" "loop.h" "text.h" "convert.h" "match.h" "aggregate.h"
        "histogram.h" "state.h" "thread.h" "stack.h" "image.h" "process.h" "kernel.h" "path.h" "parent.h" "socket.h"
        "namespace.h" "usdt.h" "iter.h"
    libbpf: "bpf_helpers.h" "bpf_helper_defs.h" "bpf_core_read.h" "bpf_tracing.h" "bpf_endian.h" "usdt.bpf.h"
};

#[cfg(test)]
#[path = "../../../tests/unit/compile_headers.rs"]
mod tests;
