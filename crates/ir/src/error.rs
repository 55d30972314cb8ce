//! One error for all stages: a code from the table, labels on the user's own text, and what to write instead.

use crate::ir;
use crate::spec::code::Code;
use crate::spec::failure::Failure;
use crate::spec::hint::{errno, refusal};
use crate::visible::visible;
use nu_protocol::{ErrorLabel, LabeledError, ShellError, Span};

/// An error that a user sees. Stages make it with [`Error::new`] and add labels and help.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub code: Code,
    pub message: String,
    /// Labels on the user's text, the most telling first.
    pub labels: Vec<(Span, String)>,
    /// A label on the texts of an object's closures, where it is not known where those stand: [`Error::moved`] tells.
    pub within: Option<Box<(ir::Span, String)>>,
    pub help: Option<String>,
    /// What it is at run time, where it is the closure's only of some values.
    pub fails: Option<&'static Failure>,
    /// Whether Nushell computes it and only the kernel cannot: no run-time error stands for it.
    pub unsupported: bool,
    /// Further errors of the same closure.
    pub related: Vec<Error>,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn new(code: Code, message: impl Into<String>) -> Error {
        let (labels, related) = Default::default();
        Error {
            code,
            message: shown(&message.into()),
            labels,
            within: None,
            help: None,
            fails: None,
            unsupported: false,
            related,
        }
    }

    pub fn label(mut self, span: Span, text: impl Into<String>) -> Error {
        self.labels.push((span, shown(&text.into())));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Error {
        self.help = Some(shown(&help.into()));
        self
    }

    /// What it is at run time.
    pub fn fails(mut self, failure: &'static Failure) -> Error {
        self.fails = Some(failure);
        self
    }

    /// Marks what Nushell computes and only the kernel cannot.
    pub fn unsupported(mut self) -> Error {
        self.unsupported = true;
        self
    }

    /// Labels a place in the closure's text, where it is known; [`Error::moved`] makes of it where the text stands.
    pub fn label_within(mut self, place: Option<ir::Span>, text: impl Into<String>) -> Error {
        self.within = place.map(|place| Box::new((place, text.into())));
        self
    }

    /// Labels it unless it has a label already: for errors made where the user's text is not known.
    pub fn label_if_bare(self, span: Span, text: impl Into<String>) -> Error {
        if self.labels.is_empty() { self.label(span, text) } else { self }
    }

    /// Labels what is labelled within the texts of an object's closures where those stand. Where they stand nowhere, the
    /// words are told.
    pub fn moved(mut self, object: &ir::Object) -> Error {
        if let Some((span, mut text)) = self.within.take().map(|within| *within) {
            let (program, place) = object.locate(span);
            if program.carried.is_some() {
                let words: Vec<&str> = place.of(&program.text).split_whitespace().collect();
                text = format!("{text}: `{}`", words.join(" "));
            }
            self.labels.push((program.at(place), text));
        }
        self
    }

    /// An operating system's error on a file.
    pub fn io(path: &std::path::Path, error: &std::io::Error) -> Error {
        let what = format!("{}: {error}", path.display());
        Error::no_descriptor(&what).unwrap_or_else(|| Error::new(Code::Io, what))
    }

    /// The error for an operating system's (`what` ends in its words) that is a want of descriptors, whatever they were for.
    pub fn no_descriptor(what: &str) -> Option<Error> {
        let hint = refusal(what).filter(|hint| hint.code == Code::KernelFiles)?;
        Some(Error::new(hint.code, what).help(hint.instead))
    }

    /// The first of several errors, with the others behind it.
    pub fn all(errors: Vec<Error>) -> Option<Error> {
        let mut errors = errors.into_iter();
        let mut first = errors.next()?;
        first.related.extend(errors);
        Some(first)
    }
}

impl From<Error> for LabeledError {
    fn from(error: Error) -> LabeledError {
        LabeledError {
            msg: error.message,
            labels: Box::new(error.labels.into_iter().map(|(span, text)| ErrorLabel { text, span }).collect()),
            code: Some(error.code.text().into()),
            url: None,
            help: error.help,
            inner: Box::new(error.related.into_iter().map(ShellError::from).collect()),
        }
    }
}

impl From<Error> for ShellError {
    fn from(error: Error) -> ShellError {
        LabeledError::from(error).into()
    }
}

/// A text as a terminal can show it: names in it may be of others' making. Errors that the system has no words for get some.
fn shown(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| visible(line).into_owned()).collect();
    errno(&lines.join("\n"))
}

/// The candidates nearest to a mistyped name, best first, at most five; the distance allowed grows with the name.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let allowed = 1 + name.len() / 3;
    let distance = |candidate: &str| match candidate.len().abs_diff(name.len()) {
        more if candidate.contains(name) => Some(more),
        other if other > allowed => None,
        _ => Some(strsim::damerau_levenshtein(name, candidate)).filter(|distance| *distance <= allowed),
    };
    let candidates = candidates.into_iter();
    let mut near: Vec<_> = candidates.filter_map(|candidate| Some((distance(candidate)?, candidate))).collect();
    near.sort();
    near.dedup();
    near.into_iter().take(5).map(|(_, candidate)| candidate).collect()
}

/// A help text that offers the nearest names, or the fallback where none is near.
pub fn offer<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>, fallback: impl Into<String>) -> String {
    match nearest(name, candidates).as_slice() {
        [] => fallback.into(),
        near => format!("did you mean {}?", near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// The nearest names, where there are some, and then what there is.
pub fn offer_of<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>, all: &str) -> String {
    format!("{} {all}", offer(name, candidates, "")).trim_start().to_string()
}

#[cfg(test)]
#[path = "../../../tests/unit/error.rs"]
mod tests;
