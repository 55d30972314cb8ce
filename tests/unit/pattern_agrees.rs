//! The table answers what Nushell's own engine answers.

use super::*;
use fancy_regex::Regex;

#[rustfmt::skip]
const PATTERNS: &[&str] = &[
    "", "a", "abc", "^abc", "abc$", "^abc$", "^$", "^", "$", "a*", "a+b", "foo|bar", "^(foo|bar)$", "[0-9]+ms",
    r"\d+ms", r"^/etc/.*\.conf$", "(?i)error", "(?i)straße", "ü.*x", "[^a-z]", r"\w+@\w+\.com", "a{3}", "a{2,4}$",
    "(ab){2,}", ".", "^.$", "^..$", "(?s)a.b", "a.b", r"(?m)^b$", r"\s", r"\S+\s\S+", r"\bfoo\b", r"\Boo", "x?",
    r"\x41", r"\p{Lu}", "é|日", "[à-ü]", r"\h+z", r"(?x) a b # c", "(?<n>a)b", "a|", "(a|b)*c", "^(?:/proc|/sys)/",
    "#!", "a(?i)B(?-i)c", r"\[x\]", r"\.so(\.[0-9]+)*$", "😀", "^[😀-😂]$", r"\A-?\d{1,3}\z", "()", r"[^\x00-\x7f]",
    r"\<foo", r"foo\>", "[[:alpha:]]1", r"\e", r"\t",
];

#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", "a", "aa", "aaa", "aaaa", "b", "ab", "abc", "xabcx", "abc\n", "\nabc", "a\nb", "a\nb\n", "b\n", "foo",
    "bar", "foobar", "xfoo", "foo bar", "a foo b", "fooü", "üfoo", "ü foo", "12ms", "ms", "1ms", "٣ms",
    "/etc/x.conf", "/etc/x.conf.d", "x/etc/x.conf", "/etc/\n.conf", "ERROR: x", "an eRRor", "STRASSE", "straße",
    "STRAẞE", "ü x", "üx", "ux", "u\u{308}x", "a@b.com", "ä@ö.com", "aab", "abab", "a\rb", " ", "\u{a0}", "x y",
    "A", "É", "é", "日本語", "😀", "😁", "😃", "az", "fz", "c", "abababc", "/proc/1", "/sys/x", "/x/proc/", "#!/bin/sh",
    "aBc", "abC", "[x]", "lib.so", "lib.so.1.2", "lib.so.1.x", "-12", "1234", "K", "ſ", "\u{130}", "\u{fffd}",
    "\t", "\u{1b}", "α1", "z1", "foo.", "oo", "boo",
];

impl Automaton {
    /// Whether there are texts that the table cannot tell.
    fn can_give_up(&self) -> bool {
        self.next.iter().skip(SINKS * self.width).any(|state| *state == GIVE_UP)
    }

    /// What the kernel will answer; None where it gives up.
    fn is_match(&self, text: &[u8]) -> Option<bool> {
        let mut state = usize::from(self.start);
        for byte in text {
            if state < SINKS {
                break;
            }
            let class = self.classes.get(usize::from(*byte)).copied().unwrap_or_default();
            state = self.next.get(state * self.width + usize::from(class)).copied().unwrap_or_default().into();
        }
        match self.ends.get(state)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

#[test]
fn it_answers_what_nushell_answers() {
    for pattern in PATTERNS {
        let automaton = Automaton::compile(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        let regex = Regex::new(pattern).unwrap();
        for text in TEXTS {
            match automaton.is_match(text.as_bytes()) {
                Some(answer) => assert_eq!(answer, regex.is_match(*text).unwrap(), "{pattern:?} on {text:?}"),
                None => assert!(!text.is_ascii() && automaton.can_give_up(), "{pattern:?} gave up on {text:?}"),
            }
        }
    }
}

#[test]
fn a_literal_needs_a_state_a_byte() {
    let automaton = Automaton::compile("abc").unwrap();
    assert_eq!((automaton.states(), automaton.width, automaton.can_give_up()), (SINKS + 3, 4, false));
    // The answer is there as soon as the last byte is, and not a byte later.
    assert_eq!(Automaton::compile("").unwrap().start, ACCEPT);
}

#[test]
fn a_prefix_is_refused_at_its_first_wrong_byte() {
    let automaton = Automaton::compile("^/etc/").unwrap();
    let class = usize::from(automaton.classes[usize::from(b'x')]);
    assert_eq!(automaton.next[usize::from(automaton.start) * automaton.width + class], DEAD);
}

#[test]
fn what_no_automaton_can_do_is_named() {
    let why = |pattern: &str| Automaton::compile(pattern).unwrap_err().to_string();
    for (pattern, word) in [
        (r"(a)\1", "back-reference"),
        ("a(?=b)c", "look-ahead"),
        ("(?<!a)b", "look-behind"),
        ("(?>a+)b", "atomic"),
        ("a++b", "possessive"),
        ("a(", "not valid"),
        ("[z-a]", "not valid"),
        (r"\w{40}", "too large"),
        (r"(a|b)*a(a|b){14}", "too large"),
    ] {
        assert!(why(pattern).contains(word), "{pattern}: {}", why(pattern));
    }
}

#[test]
fn patterns_that_match_nothing_are_told() {
    for pattern in PATTERNS {
        assert!(Automaton::compile(pattern).is_ok_and(|table| table.matches_any()), "{pattern}");
    }
    for pattern in ["a^", "a^b", "$a", r"[^\s\S]", r"a\Ab", "(a^|$b)"] {
        assert!(Automaton::compile(pattern).is_ok_and(|table| !table.matches_any()), "{pattern}");
    }
}
