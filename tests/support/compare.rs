//! The kernel's answer beside Nushell's: scripts made of closures in, a verdict on each closure out. What the two of
//! them do is in `compare.nu`; here is only how its lines are read.

use super::{Nu, Run};
use std::time::Duration;

/// The script that compares.
const COMPARE: &str = include_str!("compare.nu");

/// What `emit` and `read-str` are where Nushell runs a closure.
const SHADOW: &str = include_str!("shadow.nu");

/// How long one script may take: other tests may share the processors.
const LIMIT: Duration = Duration::from_secs(100);

/// What became of a closure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Both gave the same for every record.
    Agrees,
    /// The plugin refused it as it should: by a code `ebpf::closure::…`, and with a label.
    Refused { code: String, message: String },
    /// clang or the verifier did not take what the plugin had accepted.
    Rejected { code: String, message: String },
    /// On so many records the two gave different things; those of the first, a line each.
    Differs { records: usize, told: Vec<String> },
    /// Neither: no answer, or an error of another sort.
    Broken(String),
}

/// A Nushell for comparing.
pub fn shell() -> Nu {
    Nu::new(LIMIT)
}

/// A script that has the value of `suite` twice: `$kernel` for the kernel, `$plain` for Nushell.
pub fn script(before: &str, suite: &str, then: &str) -> String {
    format!("{COMPARE}\n{before}\nlet kernel = do {{\n{suite}\n}}\nlet plain = do {{\n{SHADOW}\n{suite}\n}}\n{then}\n")
}

/// Names and verdicts in a run's output, in its order.
pub fn verdicts(run: &Run) -> Vec<(String, Verdict)> {
    run.stdout.lines().filter_map(|line| verdict(&line.split('\t').collect::<Vec<_>>())).collect()
}

fn verdict(parts: &[&str]) -> Option<(String, Verdict)> {
    let (name, rest) = parts.split_first()?;
    let verdict = match rest {
        ["agrees"] => Verdict::Agrees,
        ["differs", records, told @ ..] => {
            let told = told.iter().map(|line| line.to_string()).collect();
            Verdict::Differs { records: records.parse().ok()?, told }
        }
        ["error", code, labels, message] => error(code, *labels != "0", message),
        _ => return None,
    };
    Some((name.to_string(), verdict))
}

fn error(code: &str, labelled: bool, message: &str) -> Verdict {
    let (code, message) = (code.to_string(), message.to_string());
    match code.as_str() {
        "ebpf::compile" | "ebpf::verifier" => Verdict::Rejected { code, message },
        text if text.starts_with("ebpf::closure::") && labelled => Verdict::Refused { code, message },
        _ => Verdict::Broken(format!("{code}{}: {message}", if labelled { "" } else { " (without a label)" })),
    }
}
