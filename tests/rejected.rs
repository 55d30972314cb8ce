//! What is refused, and in which words: `tests/rejected/NAME.nu` fails with exactly the rendered error
//! `tests/rejected/NAME.txt`. None needs root. `BLESS=1` writes the texts anew: read them as a user would.
//!
//! A line `# corrected: COMMAND` at a case's end is what its help says to write: it must contain the suggestion, and
//! work. Where the help is "did you mean `NAME`?", the first name is put in by the test itself, unless there is such a line.

mod support;

use std::path::Path;
use support::{Nu, differs, files, folder, name, orphans, read, report};

/// How the line begins that has the corrected command.
const CORRECTED: &str = "# corrected: ";

/// How a help text begins that offers names.
const OFFER: &str = "did you mean `";

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

#[test]
fn suggestions_work() {
    let nu = Nu::with_fixtures();
    let mut found = Vec::new();
    for case in files("rejected", "nu") {
        let (text, said) = (read(&case), unwrapped(&read(&case.with_extension("txt"))));
        let corrected = match text.lines().find_map(|line| line.strip_prefix(CORRECTED)) {
            Some(corrected) => Some(with_lines_before(&text, corrected)),
            None => replaced(&text, &said),
        };
        let Some(corrected) = corrected else {
            if said.contains(OFFER) {
                found.push(format!("{}: expected a line `{CORRECTED}…` that follows the help", name(&case)));
            }
            continue;
        };
        if !follows(&corrected, &said) {
            found.push(format!("{}: expected the suggestion in\n{corrected}\nthe help is\n{said}", name(&case)));
        }
        let run = nu.text(&corrected);
        // What this machine lacks says nothing against the suggestion.
        if !run.status.success() && !run.stderr.contains("ebpf::machine::") {
            found.push(format!("{}: expected that this works:\n{corrected}\ncame {}", name(&case), run.both()));
        }
    }
    report(&found);
}

/// The corrected command behind the lines that do not belong to the one that is refused: definitions and captures.
fn with_lines_before(text: &str, corrected: &str) -> String {
    let own = |line: &&str| !line.trim_start().starts_with("ebpf ");
    let before: Vec<&str> = text.lines().take_while(own).filter(|line| !line.starts_with('#')).collect();
    format!("{}\n{corrected}", before.join("\n"))
}

/// The help of an error on one line, without the breaks that the width of the terminal made.
fn unwrapped(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The case with the name that its error is about, the last in backticks before the help, replaced by the first that
/// the help offers.
fn replaced(text: &str, said: &str) -> Option<String> {
    let (error, offer) = said.split_once(OFFER)?;
    let right = offer.split('`').next()?;
    // Of `struct NAME`, the name.
    let mut names =
        error.rsplit('`').filter(|part| !part.ends_with(' ')).filter_map(|part| part.split_whitespace().last());
    let wrong = names.find(|part| is_name(part) && has_word(text, part))?;
    Some(with_word(text, wrong, right))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| is_inside(c) || ":*?/.".contains(c))
}

fn is_inside(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-".contains(c)
}

/// The places at which a word stands in a text, and not a part of a longer one.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let bounded = move |at: &usize| {
        let (before, behind) = (&text[..*at], &text[*at + word.len()..]);
        !before.ends_with(is_inside) && !behind.starts_with(is_inside)
    };
    text.match_indices(word).map(|(at, _)| at).filter(bounded)
}

fn has_word(text: &str, word: &str) -> bool {
    places(text, word).next().is_some()
}

fn with_word(text: &str, wrong: &str, right: &str) -> String {
    let mut corrected = text.to_string();
    for at in places(text, wrong).collect::<Vec<_>>().into_iter().rev() {
        corrected.replace_range(at..at + wrong.len(), right);
    }
    corrected
}

/// Whether a command has in it what a help text says to write, as far as that is to be copied.
fn follows(corrected: &str, said: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let help = said.split_once(" help: ").map_or("", |(_, help)| help);
    let corrected = plain(corrected);
    if let Some((_, offered)) = help.split_once(OFFER) {
        return offered.split('`').step_by(2).any(|name| corrected.contains(&plain(name)));
    }
    // What is to be written stands behind a colon or `write`, up to a semicolon, a comma or the end; a part of it will do
    // where the flags of the test stand in between.
    let parts = help
        .split([';', ','])
        .flat_map(|part| part.split(": "))
        .flat_map(|part| part.split("write "))
        .flat_map(|part| part.split("as in "));
    let parts = parts.flat_map(|part| part.split(" for ")).flat_map(|part| part.split("' ")).map(plain);
    parts.filter(|part| part.len() > 3).any(|part| corrected.contains(part.trim_end_matches('\'')))
}

#[test]
fn suggestion_is_found_in_what_follows_it() {
    let said = "x no field `flie` in this context help: did you mean `file`, `files`?";
    assert!(follows("$ctx.file | emit", said));
    assert!(!follows("$ctx.pid | emit", said));
    assert!(follows("ebpf attach 'profile:99hz' {|ctx| count }", "x help: write profile:99hz"));
    assert!(!follows("ebpf attach 'interval:1sec' {|ctx| count }", "x help: write profile:99hz"));
    assert_eq!(replaced("$ctx.flie | emit", said).as_deref(), Some("$ctx.file | emit"));
}

#[test]
fn corrected_lines_belong_to_cases() {
    let stray = |path: &Path| read(path).lines().filter(|line| line.starts_with(CORRECTED)).count() > 1;
    let found: Vec<String> = files("rejected", "nu").iter().filter(|path| stray(path)).map(|path| name(path)).collect();
    assert!(found.is_empty(), "expected one corrected command in each of {found:?}");
}
