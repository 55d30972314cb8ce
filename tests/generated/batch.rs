//! Texts of closures in, a verdict on each out: fifty a Nushell, two of those at a time.

use crate::dump::shell;
use crate::grammar::{BEFORE, DEFS};
use crate::support::Nu;
use crate::support::compare::{Verdict, script, verdicts};
use std::io::Write;
use std::sync::Mutex;
use std::thread;

/// Closures a script.
const BATCH: usize = 50;

/// Shells at a time.
const SHELLS: usize = 2;

/// What becomes of a closure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Verdict(Verdict),
    /// Nushell itself does not parse it: the grammar is at fault.
    NotNushell(String),
}

/// The answers to all closures, in their order.
pub fn run(texts: &[String]) -> Vec<Answer> {
    let batches = Mutex::new(texts.chunks(BATCH).enumerate());
    let answers = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..SHELLS {
            scope.spawn(|| {
                let nu = shell();
                loop {
                    let next = batches.lock().expect("no other thread has failed").next();
                    let Some((number, texts)) = next else { break };
                    let batch = batch(&nu, texts);
                    answers.lock().expect("no other thread has failed").push((number, batch));
                }
            });
        }
    });
    let mut answers = answers.into_inner().expect("no thread has failed");
    answers.sort_by_key(|(number, _)| *number);
    answers.into_iter().flat_map(|(_, batch)| batch).collect()
}

/// The answers to one batch. Where one closure keeps the script from going on, the others are run without it.
fn batch(nu: &Nu, texts: &[String]) -> Vec<Answer> {
    let mut answers: Vec<Option<Answer>> = vec![None; texts.len()];
    while answers.iter().any(Option::is_none) {
        let left: Vec<usize> = (0..texts.len()).filter(|number| answers[*number].is_none()).collect();
        let lines: Vec<&str> = left.iter().map(|number| texts[*number].as_str()).collect();
        let (said, errors) = one(nu, &lines);
        for (number, verdict) in said {
            if let Some(number) = left.get(number) {
                answers[*number] = Some(Answer::Verdict(verdict));
            }
        }
        let stuck = left.into_iter().find(|number| answers[*number].is_none());
        if let Some(stuck) = stuck {
            let (number, answer) = match unparsed(&errors, texts) {
                Some(number) if answers[number].is_none() => (number, Answer::NotNushell(complaint(&errors))),
                _ => (stuck, Answer::Verdict(Verdict::Broken(errors))),
            };
            answers[number] = Some(answer);
        }
    }
    answers.into_iter().flatten().collect()
}

/// Runs one script of closures, a line each. Gives the verdicts by the closures' numbers, and the errors.
fn one(nu: &Nu, lines: &[&str]) -> (Vec<(usize, Verdict)>, String) {
    let suite = format!("{DEFS}\n[\n{}\n]", lines.join("\n"));
    let then = format!(
        "for number in 0..<{} {{ compare $number ($kernel | get $number) ($plain | get $number) $records }}",
        lines.len()
    );
    let mut file = tempfile::Builder::new().suffix(".nu").tempfile().expect("a file for the script");
    file.write_all(script(BEFORE, &suite, &then).as_bytes()).expect("the script is written");
    let run = nu.file(file.path());
    let said = verdicts(&run).into_iter().filter_map(|(name, verdict)| Some((name.parse().ok()?, verdict)));
    (said.collect(), run.both())
}

/// What a parser's error says, and the words that it is about.
fn complaint(errors: &str) -> String {
    let title = errors.lines().find(|line| line.starts_with("  x ")).unwrap_or("").trim();
    let place = errors.lines().find_map(|line| line.split_once(".nu:")?.1.strip_suffix(']')?.split_once(':'));
    let (line, column) = place.unwrap_or_default();
    let text = errors.lines().find_map(|text| text.trim_start().strip_prefix(line)?.strip_prefix(" | "));
    let start = column.parse::<usize>().unwrap_or(1).saturating_sub(30);
    format!("{title}: … {}", text.unwrap_or("").chars().skip(start).take(60).collect::<String>())
}

/// The closure whose text stands in a parser's error: the error shows the whole line.
fn unparsed(errors: &str, texts: &[String]) -> Option<usize> {
    let shown = |text: &String| errors.lines().any(|line| line.split_once(" | ").is_some_and(|(_, rest)| rest == text));
    let labelled = errors.contains("Error: nu::parser") || errors.contains("Error: nu::compile");
    let at = errors.lines().position(|line| line.trim_start().starts_with(':'));
    let line = at.and_then(|at| errors.lines().nth(at.checked_sub(1)?)).and_then(|line| line.split_once(" | "));
    let exact = line.and_then(|(_, rest)| texts.iter().position(|text| text == rest));
    exact.or_else(|| texts.iter().position(shown)).filter(|_| labelled)
}
