//! The invariants that a program can check: who imports what, how long things are, what must not be written.

mod support;

use nu_plugin_ebpf::spec::builtin::BUILTINS;
use nu_plugin_ebpf::spec::code::CODES;
use nu_plugin_ebpf::spec::failure::FAILURES;
use nu_plugin_ebpf::spec::operator::OPERATORS;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{ROOT, files, folder, read, report};

/// Error codes without a case, and why.
const UNTESTED: &[(&str, &str)] = &[
    ("ebpf::closure::read", "takes a Nushell of another version"),
    ("ebpf::machine::btf", "every lane's kernel has type information"),
    ("ebpf::verifier", "what the verifier would reject is to be refused before: a case of it would be a bug"),
    ("ebpf::bug", "tests/live_robust.rs lets the plugin panic"),
];

/// A word, the folders of `src` that may use it, and in whose stead it would stand elsewhere.
const IMPORTS: &[(&str, &[&str])] = &[
    ("nu_protocol::ir", &["front/", "commands/shell.rs"]),
    ("nu_protocol::{ir", &["front/"]),
    ("IrBlock", &["front/", "commands/shell.rs"]),
    ("libbpf_rs", &["crates/load/", "crates/read/", "crates/pin/"]),
    ("askama", &["crates/back/"]),
];

const MODULES: &[&str] = &["utils", "util", "common", "misc", "manager", "helpers"];

/// A file of the project: path from its root, and text.
struct File {
    path: String,
    text: String,
}

/// Every file that git tracks, and whose text is text.
fn tracked() -> Vec<File> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(ROOT).output();
    let output = output.unwrap_or_else(|error| panic!("git did not start ({error}): it must be installed"));
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let paths = names.split('\0').filter(|path| !path.is_empty());
    let file = |path: &str| Some(File { path: path.into(), text: std::fs::read_to_string(whole(path)).ok()? });
    let files: Vec<File> = paths.filter_map(file).collect();
    assert!(!files.is_empty(), "expected tracked files in {ROOT}, came none");
    files
}

fn whole(path: &str) -> PathBuf {
    Path::new(ROOT).join(path)
}

/// The tracked Rust files below a folder.
fn rust(folder: &str) -> Vec<File> {
    tracked().into_iter().filter(|file| file.path.starts_with(folder) && file.path.ends_with(".rs")).collect()
}

/// The text before a file's unit tests.
fn code(file: &File) -> &str {
    file.text.split("#[cfg(test)]").next().unwrap_or("")
}

/// Lines with their numbers, without comments.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    numbered.map(|(number, line)| (number, line.split("//").next().unwrap_or("")))
}

#[test]
fn a_stage_knows_only_its_own_outside_world() {
    let mut found = Vec::new();
    for file in rust("src/").into_iter().chain(rust("crates/")) {
        let place = file.path.trim_start_matches("src/").to_string();
        for (word, folders) in IMPORTS {
            if folders.iter().any(|folder| place.starts_with(folder)) {
                continue;
            }
            for (number, _) in lines(&file.text).filter(|(_, line)| line.contains(word)) {
                found.push(format!("{}:{number}: expected `{word}` only in {}", file.path, folders.join(", ")));
            }
        }
    }
    report(&found);
}

#[test]
fn a_crate_is_whole_without_the_project_around_it() {
    let is_built = |path: &str| path.ends_with(".rs") || path.ends_with("askama.toml");
    let mut found = Vec::new();
    for file in tracked().iter().filter(|file| file.path.starts_with("crates/") && is_built(&file.path)) {
        let up = "../".repeat(file.path.matches('/').count() - 1);
        // Tests are not packaged; links are, as what they lead to.
        let leaves = |line: &&str| line.contains(&format!("\"{up}")) && !line.contains("/tests/unit/");
        found.extend(file.text.lines().filter(leaves).map(|line| {
            format!("{}: expected a path in the crate (a link, if need be), came {}", file.path, line.trim())
        }));
    }
    report(&found);
}

#[test]
fn files_are_short() {
    let mut found = Vec::new();
    for file in tracked() {
        let length = file.text.lines().count();
        let limit = match file.path.as_str() {
            path if path.starts_with("crates/ir/src/spec/") => 600,
            "templates/object.bpf.c" => 120,
            path if path.starts_with("templates/") => 60,
            path if path.ends_with(".rs") => 400,
            _ => continue,
        };
        if length > limit {
            found.push(format!("{}: expected at most {limit} lines, came {length}", file.path));
        }
    }
    report(&found);
}

#[test]
fn functions_are_short() {
    let mut found = Vec::new();
    for file in rust("").iter() {
        for (start, length) in functions(&file.text).into_iter().filter(|function| function.1 > 60) {
            found.push(format!("{}:{start}: expected a function of at most 60 lines, came {length}", file.path));
        }
    }
    report(&found);
}

/// Where each function starts and how many lines it has. rustfmt closes one at the indentation at which it begins.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let all: Vec<&str> = text.lines().collect();
    let mut functions = Vec::new();
    for (start, line) in all.iter().enumerate() {
        let body = line.trim_start();
        let words = body.split(' ').take_while(|word| !word.starts_with('"'));
        if !words.take(4).any(|word| word == "fn") || body.starts_with("//") {
            continue;
        }
        let indent = &line[..line.len() - body.len()];
        let close = format!("{indent}}}");
        let end = all[start..].iter().position(|line| *line == close || line.ends_with(" }") || line.ends_with(';'));
        // One of several lines ends at the brace, whatever stands inside.
        let end = match body.ends_with('{') || body.ends_with('(') {
            true => all[start..].iter().position(|line| *line == close),
            false => end,
        };
        functions.push((start + 1, end.map_or(1, |end| end + 1)));
    }
    functions
}

#[test]
fn every_module_says_what_it_is() {
    let bare = rust("").into_iter().filter(|file| !file.text.starts_with("//! "));
    report(
        &bare.map(|file| format!("{}: expected its first line to begin with `//! `", file.path)).collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_panics_in_a_user_s_shell() {
    let mut found = Vec::new();
    // A build script runs in no shell.
    let files = rust("src/").into_iter().chain(rust("crates/")).filter(|file| !file.path.ends_with("/build.rs"));
    for file in files {
        for (number, line) in lines(code(&file)) {
            for word in [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("] {
                if line.contains(word) {
                    found.push(format!("{}:{number}: expected no `{word}`, came {}", file.path, line.trim()));
                }
            }
        }
    }
    report(&found);
}

/// Files that read the environment of the plugin's own process: the module that answers for the calling shell, and where
/// the plugin's own libraries are.
const OWN_ENVIRONMENT: [&str; 2] = ["crates/ir/src/environment.rs", "crates/worker/src/lib.rs"];

#[test]
fn reads_variables_from_the_calling_shell() {
    let mut found = Vec::new();
    for file in rust("src/").into_iter().chain(rust("crates/")) {
        let is_own = OWN_ENVIRONMENT.contains(&file.path.as_str()) || file.path.ends_with("build.rs");
        let reads = |line: &str| {
            ["env::var", "which::which(", "env::temp_dir", "env::current_dir"].iter().any(|name| line.contains(name))
        };
        let read = lines(code(&file)).filter(|(_, line)| !is_own && reads(line));
        found.extend(read.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())));
    }
    assert!(found.is_empty(), "use nu_ebpf_ir::environment instead: {found:#?}");
}

#[test]
fn every_unsafe_is_justified() {
    let mut found = Vec::new();
    for file in rust("src/").into_iter().chain(rust("crates/")) {
        let all: Vec<&str> = file.text.lines().collect();
        for (number, line) in lines(&file.text) {
            let uses = line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "unsafe");
            let above = all[..number - 1].iter().rev().take_while(|line| line.trim_start().starts_with("//"));
            if uses && !above.into_iter().any(|line| line.contains("// SAFETY:")) {
                found.push(format!("{}:{number}: expected a comment `// SAFETY:` above it", file.path));
            }
        }
    }
    report(&found);
}

#[test]
fn modules_are_named_for_what_they_hold() {
    let mut found = Vec::new();
    for file in rust("") {
        let parts = file.path.trim_end_matches(".rs").split('/');
        for part in parts.filter(|part| MODULES.contains(part)) {
            found.push(format!("{}: expected a name that says what it holds, came {part}", file.path));
        }
    }
    report(&found);
}

#[test]
fn every_error_code_has_a_case() {
    let cases = [files("rejected", "txt"), files("live", "nu"), vec![folder("live_faults.rs")]].concat();
    let texts: Vec<String> = cases.iter().map(|path| read(path)).collect();
    let mut found = Vec::new();
    for (_, code, _) in CODES {
        // The whole word: `ebpf::compile` is no case of a code that goes on after it.
        let whole =
            |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').any(|word| word == *code);
        let tested = texts.iter().any(|text| whole(text));
        match (tested, UNTESTED.iter().find(|row| row.0 == *code)) {
            (false, None) => found.push(format!("{code}: expected a case in tests/rejected or tests/live, came none")),
            (true, Some(_)) => found.push(format!("{code}: it has a case; expected no entry in UNTESTED")),
            (true, None) | (false, Some(_)) => {}
        }
    }
    let known = |code: &str| CODES.iter().any(|row| row.1 == code);
    found
        .extend(UNTESTED.iter().filter(|row| !known(row.0)).map(|row| format!("{}: UNTESTED has no such code", row.0)));
    report(&found);
}

#[test]
fn every_operator_and_command_is_compared_with_nushell() {
    let cases = files("oracle", "nu");
    // What is commented out is no case.
    let texts: Vec<String> = cases.iter().map(|path| read(path)).collect();
    let lines: Vec<&str> =
        texts.iter().flat_map(|text| text.lines()).filter(|line| !line.trim_start().starts_with('#')).collect();
    let operators = OPERATORS.iter().map(|row| row.name).filter(|name| {
        let between = format!(" {name} ");
        !lines.iter().any(|line| line.contains(&between))
    });
    let commands = BUILTINS.iter().map(|row| row.name).filter(|name| !lines.iter().any(|line| calls(line, name)));
    let missing = operators.chain(commands);
    report(&missing.map(|name| format!("{name}: expected a case in tests/oracle, came none")).collect::<Vec<_>>());
}

/// Whether a line of Nushell has a command's name where one is called.
fn calls(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (line[..at].trim_end_matches(' '), &line[at + name.len()..]);
        before.ends_with(['|', '{', '(', '=', ';']) && after.starts_with([' ', ')', '}'])
    })
}

#[test]
fn every_example_has_a_case() {
    let examples = tracked().into_iter().filter_map(|file| {
        let name = file.path.strip_prefix("examples/")?.strip_suffix(".nu")?;
        (!name.contains('/')).then(|| name.to_string())
    });
    let absent = |name: &String| !whole(&format!("tests/live/example_{name}.nu")).exists();
    let complaint = |name| format!("examples/{name}.nu: expected a case tests/live/example_{name}.nu");
    report(&examples.filter(absent).map(complaint).collect::<Vec<_>>());
}

#[test]
fn every_run_time_error_has_a_case() {
    let texts: Vec<String> = files("live", "nu").iter().map(|path| read(path)).collect();
    let expected: Vec<&str> =
        texts.iter().flat_map(|text| text.lines()).filter(|l| l.starts_with("# expect:")).collect();
    let mut found = Vec::new();
    for name in FAILURES.iter().map(|failure| failure.name) {
        if !expected.iter().any(|line| line.contains(name)) {
            found.push(format!("{name}: expected it in an `# expect:` of tests/live, came none"));
        }
    }
    report(&found);
}

#[test]
fn nothing_speaks_of_the_place_it_was_written_at() {
    // Put together here, so that this file is not its own finding.
    let words = [concat!("/wo", "rk/"), concat!("issue", " #")];
    let mut found = Vec::new();
    for file in tracked() {
        for (number, line) in file.text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{}: expected no `{word}`, came {}", file.path, number + 1, line.trim()));
            }
        }
    }
    report(&found);
}
