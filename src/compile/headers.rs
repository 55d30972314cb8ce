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
    use crate::spec::failure::FAILURES;
    use crate::spec::stat::STATS;

    /// The enumerators of one of our headers.
    fn enumerators(header: &str, name: &str) -> Vec<&'static str> {
        let text = HEADERS.iter().find(|known| known.0 == header).map_or("", |known| known.1);
        let body = text.split(&format!("enum {name} {{")).nth(1).and_then(|rest| rest.split('}').next()).unwrap_or("");
        body.lines().filter_map(|line| line.trim().split(',').next()).filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn the_counters_are_those_of_the_table() {
        let table: Vec<&str> = STATS.iter().map(|stat| stat.c).chain(["NU_STATS"]).collect();
        assert_eq!(enumerators("nu/stats.h", "nu_stat"), table);
    }

    #[test]
    fn the_run_time_errors_are_those_of_the_table() {
        let table: Vec<&str> = FAILURES.iter().map(|failure| failure.c).chain(["NU_FAILURES"]).collect();
        assert_eq!(enumerators("nu/errors.h", "nu_failure"), table);
    }
}
