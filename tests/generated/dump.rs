//! The objects of the accepted closures as files, so that kernels that are too slow to make them can load them (see
//! `tests/loads.rs`): of closures with the same C only the first has one.

use crate::batch::Answer;
use crate::grammar::{BEFORE, DEFS};
use crate::support::Nu;
use crate::support::compare::{self, Verdict};
use nu_plugin_ebpf::compile::{self, Cache, Clang, PATIENCE, Patience};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

/// Closures a script.
const BATCH: usize = 100;

/// Threads that compile.
const THREADS: usize = 2;

/// The folder that is asked for.
pub fn folder() -> Option<PathBuf> {
    env::var_os("NU_EBPF_OBJECTS").map(PathBuf::from)
}

/// A Nushell for comparing, whose objects stay for us where there is a folder.
pub fn shell() -> Nu {
    match folder() {
        Some(folder) => compare::shell().variable("XDG_CACHE_HOME", folder.join("cache")),
        None => compare::shell(),
    }
}

/// Writes `NUMBER.nu` and `NUMBER.o` into the folder for each of the accepted closures.
pub fn write(folder: &Path, texts: &[String], answers: &[Answer]) {
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let is_accepted = |number: &usize| {
        use Verdict::{Agrees, Differs, Rejected};
        matches!(answers[*number], Answer::Verdict(Agrees | Differs { .. } | Rejected { .. }))
    };
    let accepted: Vec<usize> = (0..texts.len()).filter(is_accepted).collect();
    let (work, seen) = (Mutex::new(accepted.chunks(BATCH)), Mutex::new(BTreeSet::new()));
    let clang = Clang::find(None).expect("there is a clang");
    let cache = Cache::at(&folder.join("cache/nu_plugin_ebpf"));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let nu = shell();
                loop {
                    let next = work.lock().expect("no other thread has failed").next();
                    let Some(numbers) = next else { break };
                    for (number, text) in c(&nu, numbers, texts) {
                        // The closure stands in the text's comment.
                        let code = text.split_once("*/").map_or("", |parts| parts.1).to_string();
                        let first = seen.lock().expect("no other thread has failed").insert(unmarked(&code));
                        let patience = Patience { time: PATIENCE, given_up: &|| false };
                        let object = compile::compile(&clang, cache.as_ref(), &text, &patience);
                        // What clang does not take is told by the comparison.
                        if let (true, Ok(object)) = (first, object) {
                            put(folder, number, "nu", texts[number].as_bytes());
                            put(folder, number, "o", &object);
                        }
                    }
                }
            });
        }
    });
    println!(
        "    {} of {} accepted closures have a C of their own",
        seen.into_inner().map_or(0, |s| s.len()),
        accepted.len()
    );
}

/// Numbers of closures, and their C.
fn c(nu: &Nu, numbers: &[usize], texts: &[String]) -> Vec<(usize, String)> {
    let folder = tempfile::tempdir().expect("a folder for the texts");
    let lines: Vec<&str> = numbers.iter().map(|number| texts[*number].as_str()).collect();
    let mut file = tempfile::Builder::new().suffix(".nu").tempfile().expect("a file for the script");
    write!(
        file,
        "{BEFORE}\n{DEFS}\nlet closures = [\n{}\n]\nfor row in ($closures | enumerate) {{\n    \
         try {{ ebpf run --emit-c $row.item | save ('{}' | path join $'($row.index).c') }}\n}}\n",
        lines.join("\n"),
        folder.path().display()
    )
    .expect("the script is written");
    let run = nu.file(file.path());
    let text = |(at, number): (usize, &usize)| {
        let path = folder.path().join(format!("{at}.c"));
        let text =
            fs::read_to_string(path).unwrap_or_else(|error| panic!("the C of {number}: {error}\n{}", run.both()));
        (*number, text)
    };
    numbers.iter().enumerate().map(text).collect()
}

/// C without the comments that say where in the closure a statement comes from.
fn unmarked(code: &str) -> String {
    code.lines().map(|line| line.split(" /* nu:").next().unwrap_or("").to_string() + "\n").collect()
}

fn put(folder: &Path, number: usize, extension: &str, bytes: &[u8]) {
    let path = folder.join(format!("{number:05}.{extension}"));
    fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
