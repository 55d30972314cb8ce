//! A pattern as Nushell understands it, written as the `regex` family of crates does: parsed by Nushell's own parser,
//! so that no difference between the two dialects goes unseen.

use super::Unsuited;
use fancy_regex::{Assertion, Expr};

/// The pattern in the syntax of `regex-syntax`, where it matches the same texts.
///
/// # Errors
/// What is no pattern, and what no finite automaton can do.
pub fn plain(pattern: &str) -> Result<String, Unsuited> {
    let tree = Expr::parse_tree(pattern).map_err(|error| Unsuited::Invalid(error.to_string()))?;
    // The parser leaves some checks to the compiler.
    fancy_regex::Regex::new(pattern).map_err(|error| Unsuited::Invalid(error.to_string()))?;
    print(&tree.expr)
}

fn print(expr: &Expr) -> Result<String, Unsuited> {
    Ok(match expr {
        Expr::Empty => "(?:)".to_string(),
        Expr::Any { newline: true, .. } => "(?s:.)".to_string(),
        Expr::Any { newline: false, crlf: true } => "(?R-s:.)".to_string(),
        Expr::Any { newline: false, crlf: false } => "(?-s:.)".to_string(),
        Expr::Literal { val, casei } => atom(&regex_syntax::escape(val), *casei),
        Expr::Delegate { inner, casei } => atom(inner, *casei),
        Expr::Assertion(assertion) => look(assertion)?.to_string(),
        Expr::Concat(parts) => parts.iter().map(print).collect::<Result<_, _>>()?,
        Expr::Alt(parts) => format!("(?:{})", parts.iter().map(print).collect::<Result<Vec<_>, _>>()?.join("|")),
        Expr::Group(part) => format!("(?:{})", print(part)?),
        // Greedy or not: it matches the same texts.
        Expr::Repeat { child, lo, hi: usize::MAX, .. } => format!("(?:{}){{{lo},}}", print(child)?),
        Expr::Repeat { child, lo, hi, .. } => format!("(?:{}){{{lo},{hi}}}", print(child)?),
        other => return Err(Unsuited::Feature(feature(other))),
    })
}

fn atom(inner: &str, fold: bool) -> String {
    format!("(?{}:{inner})", if fold { "i" } else { "" })
}

fn look(assertion: &Assertion) -> Result<&'static str, Unsuited> {
    Ok(match assertion {
        Assertion::StartText => r"\A",
        Assertion::EndText => r"\z",
        Assertion::StartLine { crlf: false } => "(?m:^)",
        Assertion::EndLine { crlf: false } => "(?m:$)",
        Assertion::StartLine { crlf: true } => "(?Rm:^)",
        Assertion::EndLine { crlf: true } => "(?Rm:$)",
        Assertion::WordBoundary => r"\b",
        Assertion::NotWordBoundary => r"\B",
        Assertion::LeftWordBoundary => r"\b{start}",
        Assertion::RightWordBoundary => r"\b{end}",
        Assertion::LeftWordHalfBoundary => r"\b{start-half}",
        Assertion::RightWordHalfBoundary => r"\b{end-half}",
        _ => return Err(Unsuited::Feature(r"\Z")),
    })
}

fn feature(expr: &Expr) -> &'static str {
    match expr {
        Expr::LookAround(..) => "a look-ahead or look-behind",
        Expr::Backref { .. } | Expr::BackrefWithRelativeRecursionLevel { .. } => "a back-reference",
        Expr::AtomicGroup(_) => "an atomic group or a possessive repetition",
        Expr::Conditional { .. } | Expr::BackrefExistsCondition { .. } => "a condition",
        Expr::SubroutineCall(_) => "a subroutine call",
        Expr::KeepOut => r"\K",
        Expr::ContinueFromPreviousMatchEnd => r"\G",
        Expr::GeneralNewline { .. } => r"\R",
        _ => "a feature of backtracking engines",
    }
}
