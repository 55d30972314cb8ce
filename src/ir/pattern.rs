//! A pattern as Nushell understands it, written as the `regex` family of crates does: parsed by Nushell's own parser,
//! so that no difference between the two dialects goes unseen.

use super::automaton::Unsuited;
use fancy_regex::{Assertion, Expr};
use std::fmt::Write;

/// The pattern in the syntax of `regex-syntax`, where it matches the same texts.
///
/// # Errors
/// What is no pattern, and what no finite automaton can do.
pub fn plain(pattern: &str) -> Result<String, Unsuited> {
    let tree = Expr::parse_tree(pattern).map_err(|error| Unsuited::Invalid(error.to_string()))?;
    // The parser leaves some checks to the compiler.
    fancy_regex::Regex::new(pattern).map_err(|error| Unsuited::Invalid(error.to_string()))?;
    let mut text = String::new();
    print(&tree.expr, &mut text)?;
    Ok(text)
}

fn print(expr: &Expr, text: &mut String) -> Result<(), Unsuited> {
    match expr {
        Expr::Empty => text.push_str("(?:)"),
        Expr::Any { newline: true, .. } => text.push_str("(?s:.)"),
        Expr::Any { newline: false, crlf: true } => text.push_str("(?R-s:.)"),
        Expr::Any { newline: false, crlf: false } => text.push_str("(?-s:.)"),
        Expr::Literal { val, casei } => atom(&regex_syntax::escape(val), *casei, text),
        Expr::Delegate { inner, casei } => atom(inner, *casei, text),
        Expr::Assertion(assertion) => text.push_str(look(assertion)?),
        Expr::Concat(parts) => parts.iter().try_for_each(|part| print(part, text))?,
        Expr::Alt(parts) => {
            for (index, part) in parts.iter().enumerate() {
                text.push_str(if index == 0 { "(?:" } else { "|" });
                print(part, text)?;
            }
            text.push(')');
        }
        Expr::Group(part) => enclosed(part, text)?,
        Expr::Repeat { child, lo, hi, .. } => {
            enclosed(child, text)?;
            // Greedy or not: it matches the same texts. Writing to a String cannot fail.
            let _ = match *hi {
                usize::MAX => write!(text, "{{{lo},}}"),
                hi => write!(text, "{{{lo},{hi}}}"),
            };
        }
        other => return Err(Unsuited::Feature(feature(other))),
    }
    Ok(())
}

fn atom(inner: &str, fold: bool, text: &mut String) {
    text.push_str(if fold { "(?i:" } else { "(?:" });
    text.push_str(inner);
    text.push(')');
}

fn enclosed(part: &Expr, text: &mut String) -> Result<(), Unsuited> {
    text.push_str("(?:");
    print(part, text)?;
    text.push(')');
    Ok(())
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
