//! Text of others on a terminal or in a file: names of processes, functions and files may have any characters, and some
//! move the cursor, colour what follows, or are not allowed in XML.

use std::borrow::Cow;

/// A text with its control characters, and those that change the direction of writing, written as `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| if hidden(c) { c.escape_unicode().collect() } else { c.to_string() };
    Cow::Owned(text.chars().map(shown).collect())
}

/// Whether a character is no part of a text to read. A tab is.
fn hidden(c: char) -> bool {
    c.is_control() && c != '\t'
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_written_out() {
        assert_eq!(visible("a\u{1b}[31mb\n\u{9b}\u{202e}\u{7f}\0"), "a\\u{1b}[31mb\\u{a}\\u{9b}\\u{202e}\\u{7f}\\u{0}");
        assert!(matches!(visible("f<a, b>::ä\t…"), Cow::Borrowed(_)));
    }
}
