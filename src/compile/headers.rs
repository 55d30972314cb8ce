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
    ours!("ring.h"),
    ours!("math.h"),
    ours!("strings.h"),
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
mod tests {
    use super::*;
    use crate::spec::stat::STATS;

    #[test]
    fn the_counters_are_those_of_the_table() {
        let text = HEADERS.iter().find(|header| header.0 == "nu/stats.h").map_or("", |header| header.1);
        let body = text.split("enum nu_stat {").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or("");
        let words: Vec<&str> =
            body.lines().filter_map(|line| line.trim().split(',').next()).filter(|w| !w.is_empty()).collect();
        let table: Vec<&str> = STATS.iter().map(|stat| stat.c).chain(["NU_STATS"]).collect();
        assert_eq!(words, table);
    }
}
