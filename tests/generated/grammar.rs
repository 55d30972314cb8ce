//! The grammar of the closures: the table `grammar.txt`, a line a form. A new form is a new line there.

use std::sync::LazyLock;

/// What every closure may capture, and what it is run on.
pub const BEFORE: &str = include_str!("before.nu");

/// What every closure may call.
pub const DEFS: &str = include_str!("defs.nu");

/// One form: what it gives, how often it is taken beside the others that give the same, and its template.
#[derive(Debug)]
pub struct Rule {
    pub gives: &'static str,
    pub weight: u32,
    pub template: &'static str,
}

pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = include_str!("grammar.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| rule(line).unwrap_or_else(|| panic!("expected TYPE WEIGHT TEMPLATE, came {line:?}"))).collect()
});

fn rule(line: &'static str) -> Option<Rule> {
    let (gives, rest) = line.split_once(' ')?;
    let (weight, template) = rest.split_once(' ')?;
    Some(Rule { gives, weight: weight.parse().ok()?, template })
}
