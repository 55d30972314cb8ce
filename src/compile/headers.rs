//! The headers that generated programs include, embedded: ours, and libbpf's as the `libbpf-sys` crate has them.

/// A header: its name as it is included, and its text.
pub type Header = (&'static str, &'static str);

macro_rules! ours {
    ($name:literal) => {
        (concat!("nu/", $name), include_str!(concat!("../../bpf_headers/nu/", $name)))
    };
}

macro_rules! libbpf {
    ($name:literal) => {
        (concat!("bpf/", $name), include_str!(concat!(env!("OUT_DIR"), "/bpf/", $name)))
    };
}

pub static HEADERS: &[Header] = &[
    ours!("types.h"),
    ours!("context.h"),
    ours!("regs.h"),
    ours!("stats.h"),
    ours!("errors.h"),
    ours!("ring.h"),
    ours!("math.h"),
    ours!("time.h"),
    ours!("strings.h"),
    ours!("format.h"),
    ours!("forget.h"),
    ours!("text.h"),
    ours!("convert.h"),
    ours!("match.h"),
    ours!("counts.h"),
    libbpf!("bpf_helpers.h"),
    libbpf!("bpf_helper_defs.h"),
    libbpf!("bpf_core_read.h"),
    libbpf!("bpf_tracing.h"),
    libbpf!("bpf_endian.h"),
];

#[cfg(test)]
#[path = "../../tests/unit/compile_headers.rs"]
mod tests;
