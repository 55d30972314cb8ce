//! What is refused, and in which words: `tests/rejected/NAME.nu` fails with exactly the rendered error
//! `tests/rejected/NAME.txt`. None needs root. `BLESS=1` writes the texts anew: read them as a user would.

mod support;

use support::{Nu, differs, files, folder, name, orphans, report};

#[test]
fn refusals_say_what_is_wrong_and_what_to_write() {
    let nu = Nu::with_fixtures();
    let place = format!("{}/", folder("rejected").display());
    let mut found = orphans("rejected", "txt");
    for case in files("rejected", "nu") {
        let run = nu.file(&case);
        if run.status.success() {
            found.push(format!("{}: expected an error, came {}", name(&case), run.both()));
            continue;
        }
        if !run.stdout.is_empty() {
            found.push(format!("{}: expected nothing but an error, came {}", name(&case), run.both()));
        }
        let said = run.stderr.replace(&place, "");
        if !said.contains(&format!("[{}:", name(&case))) {
            found.push(format!("{}: expected a label in the case's own text, came\n{said}", name(&case)));
        }
        found.extend(differs(&case.with_extension("txt"), &said));
    }
    report(&found);
}
