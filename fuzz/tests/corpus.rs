//! Every target takes its kept inputs, and what is made of them, without a panic. `target/fuzz/NAME` has the input that a
//! target was given last, also of one that ended the process: keep it in `corpus/NAME` with the mend. With the variable
//! NU_EBPF_FUZZ, a number, other inputs are made by that seed, and twenty times as many.

use nu_ebpf_fuzz::mutate::Random;
use nu_ebpf_fuzz::{TARGETS, Target};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What the whole corpus may come to.
const MOST_FILES: usize = 200;
const MOST_BYTES: usize = 500_000;

/// The inputs that a target keeps, by their names.
fn kept(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))).collect()
}

/// Whether a target takes an input; written down before, as a stack that overflows leaves nobody to tell.
fn takes(target: &Target, input: &[u8], last: &Path) -> bool {
    fs::write(last, input).unwrap_or_else(|error| panic!("{}: {error}", last.display()));
    catch_unwind(AssertUnwindSafe(|| target.run(input))).is_ok()
}

/// The one test that runs targets: they read the environment, which the first of them sets.
#[test]
fn nothing_panics_whatever_it_is_given() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fuzz");
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let seed = std::env::var("NU_EBPF_FUZZ").ok().and_then(|seed| seed.parse().ok());
    let mut failed = Vec::new();
    for target in TARGETS {
        let (kept, last) = (kept(target), folder.join(target.name));
        let mut random = Random::new(seed.unwrap_or(0x6e75));
        let rounds = if seed.is_some() { 20 * target.rounds } else { target.rounds };
        let made = (0..rounds).map(|_| random.input(&kept));
        let bad = kept.iter().cloned().chain(made).find(|input| !takes(target, input, &last));
        failed.extend(bad.map(|input| format!("{}: {} bytes in {}", target.name, input.len(), last.display())));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_target_is_a_program_of_libfuzzer_s() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(own.join("Cargo.toml")).unwrap_or_default();
    for Target { name, .. } in TARGETS {
        assert!(own.join("fuzz_targets").join(name).with_extension("rs").is_file(), "{name} has no program");
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is no [[bin]]");
    }
    assert_eq!(fs::read_dir(own.join("fuzz_targets")).into_iter().flatten().count(), TARGETS.len());
}

#[test]
fn the_corpus_is_small() {
    let all: Vec<Vec<u8>> = TARGETS.iter().flat_map(kept).collect();
    let bytes: usize = all.iter().map(Vec::len).sum();
    assert!(TARGETS.iter().all(|target| !kept(target).is_empty()), "expected an input for every target");
    assert!(all.len() <= MOST_FILES && bytes <= MOST_BYTES, "{} files of {bytes} bytes: minimize it", all.len());
}
