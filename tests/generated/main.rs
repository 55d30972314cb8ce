//! Closures made up at random, in the kernel and in Nushell. Each must be refused with a labelled error, or emit what
//! Nushell emits and end in an error where Nushell does, on every record; clang and the verifier must take whatever the
//! plugin does. What fails is shrunk and shown.
//!
//! ```text
//! NU_EBPF_LANE=host cargo test --test generated -- --nocapture
//! NU_EBPF_SEED=7 NU_EBPF_CLOSURES=20000 …      others, and more of them
//! NU_EBPF_OBJECTS=FOLDER …                     leaves the accepted ones' objects there, for `tests/loads.rs`
//! ```

mod batch;
mod dump;
mod grammar;
mod random;
mod shrink;
#[path = "../support/mod.rs"]
mod support;
mod tree;

use batch::Answer;
use grammar::RULES;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::time::Instant;
use support::compare::Verdict;
use support::report;
use tree::Node;

/// Closures where no number is asked for, and their seed.
const CLOSURES: u64 = 1600;
const SEED: u64 = 1;

/// Of a hundred closures, those that must be accepted.
const ACCEPTED: usize = 60;

/// The same of one line of the grammar: less are told of.
const SELDOM: usize = 20;

/// Sorts of refusals that are told, with the shortest closure where that has fewer bytes.
const REFUSALS: usize = 20;
const SHORT: usize = 200;

/// Failures of one sort that are shrunk.
const SHRUNK: usize = 3;

#[test]
fn closures_made_up_at_random_mean_the_same_in_the_kernel() {
    let lane = env::var("NU_EBPF_LANE").unwrap_or_default();
    assert_eq!(lane, "host", "expected NU_EBPF_LANE=host: these run on this machine's own kernel, as root");
    let (seed, count) = (number("NU_EBPF_SEED", SEED), number("NU_EBPF_CLOSURES", CLOSURES));
    let begin = Instant::now();
    let closures: Vec<Node> = (0..count).map(|number| tree::closure(seed, number)).collect();
    let texts: Vec<String> = closures.iter().map(Node::closure).collect();
    let answers = batch::run(&texts);
    println!("{count} closures of seed {seed} in {:.0} s", begin.elapsed().as_secs_f64());
    let accepted = summary(&answers);
    if let Some(folder) = dump::folder() {
        dump::write(&folder, &texts, &answers);
    }
    coverage(&closures, &answers);
    let mut failed = failures(seed, &closures, &answers);
    if accepted * 100 < answers.len() * ACCEPTED {
        failed.push(format!("expected {ACCEPTED} of 100 to be accepted, came {accepted} of {}", answers.len()));
    }
    report(&failed);
}

fn number(variable: &str, default: u64) -> u64 {
    let Ok(text) = env::var(variable) else { return default };
    text.parse().unwrap_or_else(|_| panic!("expected {variable} to be a number, came {text:?}"))
}

/// What failed; of each sort a few shrunk, and the numbers of the others.
fn failures(seed: u64, closures: &[Node], answers: &[Answer]) -> Vec<String> {
    let mut sorts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, answer) in answers.iter().enumerate() {
        if let Some(sort) = sort(answer) {
            sorts.entry(sort).or_default().push(number);
        }
    }
    // The shortest are shrunk soonest.
    sorts.values_mut().for_each(|numbers| numbers.sort_by_key(|number| closures[*number].text().len()));
    let mut failed = Vec::new();
    for (sort, numbers) in sorts {
        for number in numbers.iter().take(SHRUNK) {
            let shown = shrunk(&closures[*number], &sort, &answers[*number]);
            failed.push(format!("seed {seed}, number {number}: {sort}\n{shown}"));
        }
        let others: Vec<&usize> = numbers.iter().skip(SHRUNK).collect();
        if !others.is_empty() {
            failed.push(format!("seed {seed}, numbers {others:?}: {sort} (not shrunk)"));
        }
    }
    failed
}

/// The sort of failure that an answer is, if it is one: by this a smaller closure is told to fail in the same way.
fn sort(answer: &Answer) -> Option<String> {
    match answer {
        // Code that the plugin cannot read is a fault of its own.
        Answer::Verdict(Verdict::Refused { code, message }) if code == "ebpf::closure::read" => {
            Some(format!("{code}: {message}"))
        }
        Answer::Verdict(Verdict::Agrees | Verdict::Refused { .. }) | Answer::NotNushell(_) => None,
        Answer::Verdict(Verdict::Differs { .. }) => Some("differs".into()),
        Answer::Verdict(Verdict::Rejected { code, message }) => {
            // The numbers of lines and registers in it are of no account.
            let told = message.rsplit(": ").next().unwrap_or("");
            let told: String = told.chars().filter(|c| !c.is_ascii_digit()).collect();
            Some(format!("{code}: {told}"))
        }
        Answer::Verdict(Verdict::Broken(_)) => Some("broken".into()),
    }
}

/// Prints what became of them all; returns how many were accepted.
fn summary(answers: &[Answer]) -> usize {
    let count = |wanted: &dyn Fn(&Answer) -> bool| answers.iter().filter(|answer| wanted(answer)).count();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for answer in answers {
        if let Answer::Verdict(Verdict::Refused { code, .. }) = answer {
            *codes.entry(code).or_default() += 1;
        }
    }
    let agree = count(&|answer| matches!(answer, Answer::Verdict(Verdict::Agrees)));
    let differ = count(&|answer| matches!(answer, Answer::Verdict(Verdict::Differs { .. })));
    let rejected = count(&|answer| matches!(answer, Answer::Verdict(Verdict::Rejected { .. })));
    let broken = count(&|answer| matches!(answer, Answer::Verdict(Verdict::Broken(_))));
    let unparsed = count(&|answer| matches!(answer, Answer::NotNushell(_)));
    let refused: usize = codes.values().sum();
    println!("    {agree} agree, {differ} differ, {refused} refused {codes:?},");
    println!("    {rejected} rejected by clang or the verifier, {broken} broken, {unparsed} not parsed by Nushell:");
    for answer in answers {
        if let Answer::NotNushell(errors) = answer {
            println!("        {errors}");
        }
    }
    agree + differ + rejected
}

/// Prints the most frequent refusals, and the lines of the grammar that were seldom accepted.
fn coverage(closures: &[Node], answers: &[Answer]) {
    let mut refusals: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut lines = vec![(0, 0); RULES.len()];
    for (closure, answer) in closures.iter().zip(answers) {
        let refused = match answer {
            Answer::Verdict(Verdict::Refused { code, message }) => {
                let told = message.split(": ").next().unwrap_or("").replace(|c: char| c.is_ascii_digit(), "");
                let (count, shortest) = refusals.entry(format!("{code}: {told}")).or_default();
                let text = closure.closure();
                *count += 1;
                if *count == 1 || text.len() < shortest.len() {
                    *shortest = text;
                }
                true
            }
            _ => false,
        };
        for rule in BTreeSet::from_iter(closure.rules()) {
            lines[rule] = (lines[rule].0 + 1, lines[rule].1 + usize::from(!refused));
        }
    }
    let mut refusals: Vec<(String, (usize, String))> = refusals.into_iter().collect();
    refusals.sort_by_key(|(_, (count, _))| Reverse(*count));
    for (told, (count, shortest)) in refusals.iter().take(REFUSALS) {
        println!("    {count:4} {told}");
        if shortest.len() < SHORT {
            println!("         {shortest}");
        }
    }
    let seldom = RULES.iter().zip(lines).filter(|(_, (all, accepted))| accepted * 100 < all * SELDOM);
    for (rule, (all, accepted)) in seldom {
        println!("    {accepted:4} of {all:4} accepted: {}: {}", rule.gives, rule.template);
    }
}

/// A failure as it is shown: shrunk, with both results.
fn shrunk(closure: &Node, sort: &str, answer: &Answer) -> String {
    let same = |answer: &Answer| self::sort(answer).is_some_and(|found| found == sort);
    let small = shrink::shrink(closure.clone(), |texts| batch::run(texts).iter().map(same).collect()).closure();
    let again = batch::run(std::slice::from_ref(&small)).into_iter().next();
    let told = told(again.as_ref().unwrap_or(answer));
    format!("{small}\n{told}\n(shrunk from {})", closure.closure())
}

fn told(answer: &Answer) -> String {
    match answer {
        Answer::Verdict(Verdict::Differs { records, told }) => format!("on {records} records\n{}", told.join("\n")),
        Answer::Verdict(Verdict::Rejected { message, .. }) => message.clone(),
        Answer::Verdict(Verdict::Broken(message)) => message.clone(),
        other => format!("{other:?}"),
    }
}
