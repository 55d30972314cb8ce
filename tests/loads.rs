//! Objects that clang has made go through the running kernel's verifier: those of `tests/golden/*.c`, or those in the
//! folder that NU_EBPF_OBJECTS names (see `tests/generated/dump.rs`). Nothing is attached or run, so that a kernel need
//! not have the functions that the closures trace.
//!
//! The lane comes from NU_EBPF_LANE. In a VM nothing is compiled: the test
//! `golden::the_expected_c_compiles_by_itself` must have gone first; for the lane of the oldest kernel,
//! `golden::the_c_for_an_older_kernel_compiles`.

mod support;

use libbpf_rs::{ObjectBuilder, PrintLevel, set_print};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;
use std::{env, fs};
use support::lanes::Lane;
use support::{OBJECTS, OLDER, ROOT, files_in, name, report};

/// Objects that a lane's kernel cannot load whatever is in them: the beginning of the name, and why.
const CANNOT: &[(&str, &str, &str)] = &[
    ("host", "typed_f", "it has no BPF trampolines: fentry and fexit"),
    ("host", "typed_variable", "it lists no variables"),
    ("host", "lsm_", "it has no BPF trampolines: lsm"),
    ("host", "module_", "it has no modules"),
    ("host", "upgrade_f", "the same, underneath of kprobe and kretprobe"),
];

/// Lines of the verifier's log that are shown.
const SHOWN: usize = 12;

/// What libbpf has said since it was last taken.
static SAID: Mutex<String> = Mutex::new(String::new());

#[test]
fn the_verifier_takes_every_object() {
    let lane = Lane::asked();
    if let Some(reason) = lane.untried("goldens").filter(|_| env::var_os("NU_EBPF_OBJECTS").is_none()) {
        println!("{}: no objects loaded, as {reason}", lane.name);
        return;
    }
    let lane = lane.name;
    set_print(Some((PrintLevel::Warn, |_, text| SAID.lock().expect("no other thread has failed").push_str(&text))));
    let objects = objects(lane);
    assert!(!objects.is_empty(), "expected objects, came none: has the golden test compiled them?");
    let begin = Instant::now();
    let mut rejected = Vec::new();
    let mut count = 0;
    for object in &objects {
        let name = name(object);
        if CANNOT.iter().any(|(of, start, _)| *of == lane && name.starts_with(start)) {
            continue;
        }
        count += 1;
        rejected.extend(refusal(object).map(|said| format!("{}: {said}", object.display())));
    }
    println!("{lane}: {count} objects, {} rejected, {:.1} s", rejected.len(), begin.elapsed().as_secs_f64());
    report(&rejected);
}

/// The objects, by name.
fn objects(lane: &str) -> Vec<PathBuf> {
    match env::var_os("NU_EBPF_OBJECTS") {
        Some(folder) => files_in(Path::new(&folder), "o"),
        None => {
            let folder = if lane == OLDER.0 { OLDER.2 } else { OBJECTS };
            let folder = Path::new(ROOT).join(folder);
            let of_clangs = fs::read_dir(folder).into_iter().flatten().flatten();
            of_clangs.flat_map(|clang| files_in(&clang.path(), "o")).collect()
        }
    }
}

/// Why the kernel does not load an object, if so; with the closure, where it lies beside.
fn refusal(object: &Path) -> Option<String> {
    let bytes = fs::read(object).unwrap_or_else(|error| panic!("{}: {error}", object.display()));
    let loaded = ObjectBuilder::default().open_memory(&bytes).and_then(|open| open.load());
    let said = std::mem::take(&mut *SAID.lock().expect("no other thread has failed"));
    let error = loaded.err()?;
    let log = said.rsplit_once("-- END PROG LOAD LOG --").map_or(said.as_str(), |parts| parts.0);
    let lines: Vec<&str> = log.lines().collect();
    let closure = fs::read_to_string(object.with_extension("nu")).unwrap_or_default();
    Some(format!("{error}\n{closure}\n{}", lines[lines.len().saturating_sub(SHOWN)..].join("\n")))
}
