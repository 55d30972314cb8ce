//! Any bytes in; nothing out, and no panic: what the plugin reads of others (users' text, files of programs and kernels,
//! bytes from maps, Nushell's instructions) must end in a value or an error, whatever it is.
//!
//! A target is a row of [`TARGETS`], and a program of `fuzz_targets`. `tests/corpus.rs` runs all of them over the inputs in
//! `corpus/NAME` and what a generator of known seed makes of those; `scripts/fuzz` has libFuzzer look for new ones, as
//! `cargo +nightly fuzz run --features libfuzzer NAME` does.

mod closure;
mod edit;
mod files;
pub mod mutate;
mod portable;
mod rows;
mod shell;
mod texts;

use std::path::PathBuf;
use std::sync::Once;

/// What is given bytes.
pub struct Target {
    pub name: &'static str,
    run: fn(&[u8]),
    /// Inputs that the generator makes of the kept ones in the tests: fewer of what is slow.
    pub rounds: usize,
}

pub static TARGETS: &[Target] = &[
    Target { name: "attach_point", run: texts::attach_point, rounds: 4_000 },
    Target { name: "tracepoint_format", run: texts::tracepoint_format, rounds: 2_000 },
    Target { name: "verifier_log", run: texts::verifier_log, rounds: 2_000 },
    Target { name: "pattern", run: texts::pattern, rounds: 50 },
    Target { name: "event_row", run: rows::event_row, rounds: 4_000 },
    Target { name: "pinned_maps", run: rows::pinned_maps, rounds: 2_000 },
    Target { name: "portable", run: portable::portable, rounds: 1_000 },
    Target { name: "closure", run: closure::closure, rounds: 4_000 },
    Target { name: "kernel_types", run: files::kernel_types, rounds: 200 },
    Target { name: "binary", run: files::binary, rounds: 200 },
    Target { name: "usdt_notes", run: files::usdt_notes, rounds: 2_000 },
    Target { name: "process_maps", run: files::process_maps, rounds: 1_000 },
];

impl Target {
    /// Hands bytes over. What panics here is a bug.
    pub fn run(&self, bytes: &[u8]) {
        static FIXTURES: Once = Once::new();
        FIXTURES.call_once(|| {
            // SAFETY: nobody else of this process reads or writes the environment as yet: it has started no thread of ours.
            unsafe {
                std::env::set_var("NU_EBPF_TRACEFS", fixture("tracefs"));
                std::env::set_var("NU_EBPF_BTF", fixture("btf/kernel.btf"));
            }
        });
        (self.run)(bytes);
    }
}

/// Runs a target by its name.
///
/// # Panics
/// There is none of that name, or it has found a bug.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    target.unwrap_or_else(|| panic!("no target is called {name}")).run(bytes);
}

/// A file of the project's `tests/fixtures`.
fn fixture(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures")).join(path)
}
