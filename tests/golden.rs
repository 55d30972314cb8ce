//! The C of closures: `tests/golden/NAME.nu` prints exactly `tests/golden/NAME.c`, and every such text compiles without
//! a warning. `BLESS=1` writes the texts anew. The objects stay in `target/objects`, for `tests/loads.rs`.

mod support;

use nu_plugin_ebpf::compile::{FLAGS, HEADERS};
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Nu, OBJECTS, OLDER, ROOT, differs, files, name, orphans, read, report};
use tempfile::TempDir;

/// The oldest and the newest clang that are supported.
const CLANGS: &[&str] = &["clang-14", "clang-19"];

#[test]
fn closures_become_the_expected_c() {
    let nu = Nu::with_fixtures();
    let mut found = orphans("golden", "c");
    for case in files("golden", "nu") {
        let run = nu.file(&case);
        match run.status.success() {
            true => found.extend(differs(&case.with_extension("c"), &run.stdout)),
            false => found.push(format!("{}: expected C, came {}", name(&case), run.both())),
        }
    }
    report(&found);
}

#[test]
fn the_expected_c_compiles_by_itself() {
    let headers = headers();
    let mut found = Vec::new();
    for clang in CLANGS {
        let objects = Path::new(ROOT).join(OBJECTS).join(clang);
        // Those of cases that are gone are not to be loaded.
        let _ = fs::remove_dir_all(&objects);
        fs::create_dir_all(&objects).unwrap_or_else(|error| panic!("{}: {error}", objects.display()));
        found.extend(files("golden", "c").iter().filter_map(|file| refusal(clang, headers.path(), file, &objects)));
    }
    report(&found);
}

/// The C of the closures for the oldest kernel of the lanes. Some closures are refused there.
#[test]
fn the_c_for_an_older_kernel_compiles() {
    let (nu, headers) = (Nu::with_fixtures(), headers());
    let (_, kernel, folder) = OLDER;
    let folder = Path::new(ROOT).join(folder);
    let _ = fs::remove_dir_all(&folder);
    let made =
        |path: &Path, done: std::io::Result<()>| done.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut found, mut refused) = (Vec::new(), 0);
    for case in files("golden", "nu") {
        let run = nu.text(&read(&case).replace("--emit-c", &format!("--emit-c --kernel {kernel}")));
        if !run.status.success() {
            refused += 1;
            let old = run.stderr.contains("ebpf::kernel::old");
            found.extend((!old).then(|| format!("{}: expected ebpf::kernel::old, came {}", name(&case), run.both())));
            continue;
        }
        for clang in CLANGS {
            let objects = folder.join(clang);
            let file = objects.join(name(&case)).with_extension("c");
            made(&file, fs::create_dir_all(&objects).and_then(|()| fs::write(&file, &run.stdout)));
            found.extend(refusal(clang, headers.path(), &file, &objects));
        }
    }
    println!("{refused} need a kernel newer than {kernel}");
    report(&found);
}

/// A closure may need any of them beside any other.
#[test]
fn no_two_headers_have_the_same_name_in_them() {
    let headers = headers();
    let mut all = String::from("#define __TARGET_ARCH_x86\n#include <nu/types.h>\n#include <bpf/bpf_helpers.h>\n");
    let ours = HEADERS.iter().filter(|header| header.0.starts_with("nu/"));
    ours.for_each(|(header, _)| all.push_str(&format!("#include <{header}>\n")));
    let file = headers.path().join("all.c");
    fs::write(&file, all).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let refusals = CLANGS.iter().filter_map(|clang| refusal(clang, headers.path(), &file, headers.path()));
    report(&refusals.collect::<Vec<_>>());
}

/// A folder of the headers.
fn headers() -> TempDir {
    let headers = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder for the headers: {error}"));
    for (header, text) in HEADERS {
        let path = headers.path().join(header);
        let written = fs::create_dir_all(path.parent().unwrap_or(headers.path())).and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    headers
}

/// What a clang has to say against a file.
fn refusal(clang: &str, headers: &Path, file: &Path, objects: &Path) -> Option<String> {
    let object = objects.join(name(file)).with_extension("o");
    let mut command = Command::new(clang);
    command.args(FLAGS).arg("-I").arg(headers).arg("-o").arg(&object).arg(file);
    let output =
        command.output().unwrap_or_else(|error| panic!("{clang} did not start ({error}): it must be installed"));
    let said = String::from_utf8_lossy(&output.stderr);
    (!output.status.success() || !said.is_empty()).then(|| {
        let status = output.status;
        format!("{} with {clang}: expected no word from it, came {status}:\n{said}", name(file))
    })
}
