//! Lists the available probes of this machine. A pattern and a kind in, attach points out; it attaches nothing.

use crate::error::{Error, Result, offer};
use crate::ir::glob::{alternatives, fits, is_pattern};
use crate::ir::{AttachPoint, Place, binary_and_function, kind_named, no_kind, syscall};
use crate::kernel::Function;
use crate::spec::code::Code;
use crate::spec::event::{Counter, events};
use crate::spec::probe::{Attach, Grammar, ITER, KINDS, Kind};
use crate::{binary, counter, iterator, kernel, place, tracefs, usdt};
use nu_ebpf_btf::Btf;
use nu_protocol::{Span, Spanned};
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::probe::Probe;

/// A search for attach points.
#[derive(Debug)]
pub struct Search {
    /// `KIND:PLACE`, both maybe patterns, or a word that names contain; None is all.
    pub glob: Option<Spanned<String>>,
    pub kind: Option<Spanned<String>>,
    /// Span of the search, for errors without a span of their own.
    pub span: Span,
    /// Paths of binaries begin here.
    pub cwd: PathBuf,
}

/// Results of a search.
pub struct Probes {
    /// In the order of the kinds' table, then by name. Each kind is listed when the one before it is through.
    pub all: Box<dyn Iterator<Item = Probe> + Send>,
    /// Suggestions where nothing was found.
    pub help: Option<String>,
}

/// The attach points that a search fits. What a kind that was not named lacks on this machine is left out.
///
/// # Errors
/// No such kind; of a kind that was named, what `ebpf attach` would say: that the machine has none of them, or none
/// that fits.
pub fn find(search: Search) -> Result<Probes> {
    let wanted = Arc::new(Wanted::read(&search)?);
    let (named, of, mut known) = (wanted.named, wanted.clone(), Known::default());
    let kinds: Vec<&Kind> = wanted.kinds().collect();
    let list =
        move |kind| Ok(of.list(kind, &mut known)?.into_iter().filter(|probe| of.fits(probe)).collect::<Vec<_>>());
    let list = kinds.into_iter().map(list);
    let labelled = |error: Error| error.label_if_bare(wanted.span, "asked for here");
    let all: Box<dyn Iterator<Item = Probe> + Send> = match named {
        true => Box::new(list.collect::<Result<Vec<_>>>().map_err(labelled)?.into_iter().flatten()),
        false => Box::new(list.filter_map(Result::ok).flatten()),
    };
    let mut all = all.peekable();
    let help = match search.glob {
        Some(_) if all.peek().is_none() && named && wanted.whole => return Err(wanted.nothing()),
        Some(_) if all.peek().is_none() => Some(wanted.near()),
        _ => None,
    };
    Ok(Probes { all: Box::new(all), help })
}

/// The functions that were listed last, and whether they are system calls: a return has those of its entry.
type Known = Option<(bool, Vec<Function>)>;

/// A search, read.
struct Wanted {
    /// Patterns, each of the places of a kind. At least one.
    patterns: Vec<(&'static Kind, String)>,
    /// Whether a kind was asked for by its name.
    named: bool,
    /// Whether the user wrote the kind before the place.
    whole: bool,
    text: String,
    span: Span,
    cwd: PathBuf,
}

impl Wanted {
    fn read(search: &Search) -> Result<Wanted> {
        let cwd = search.cwd.clone();
        let only = search.kind.as_ref().map(|kind| listed_kind(&kind.item, kind.span)).transpose()?;
        let of_kinds = |kinds: &mut dyn Iterator<Item = &'static Kind>, places: &[String]| {
            let of_kind = |kind| places.iter().map(move |place| (kind, place.clone()));
            kinds.filter(|kind| only.is_none_or(|only| only.name == kind.name)).flat_map(of_kind).collect()
        };
        let Some(glob) = &search.glob else {
            let span = search.kind.as_ref().map_or(search.span, |kind| kind.span);
            let patterns = of_kinds(&mut listed_kinds(), &["*".to_string()]);
            return Ok(Wanted { patterns, named: only.is_some(), whole: false, text: String::new(), span, cwd });
        };
        let (span, text) = (glob.span, glob.item.clone());
        let Some((kind, rest)) = text.split_once(':') else {
            // A word is looked for within names.
            let pattern = |word: String| if is_pattern(&word) { word } else { format!("*{word}*") };
            let places: Vec<String> = alternatives(&text).into_iter().map(pattern).collect();
            let patterns = of_kinds(&mut listed_kinds(), &places);
            return Ok(Wanted { patterns, named: only.is_some(), whole: false, text, span, cwd });
        };
        let of_binary = kind_named(kind, span).is_ok_and(|kind| kind.grammar == Grammar::Binary);
        let last = binary_and_function(rest).filter(|_| of_binary).map(|(_, function)| function);
        let last = last.unwrap_or_else(|| rest.rsplit(':').next().unwrap_or(rest));
        let before = &rest[..rest.len() - last.len()];
        let places: Vec<String> = alternatives(last).iter().map(|last| format!("{before}{last}")).collect();
        let mut patterns: Vec<(&Kind, String)> = match is_pattern(kind) {
            true => of_kinds(&mut listed_kinds().filter(|row| fits(kind, row.name)), &places),
            false => of_kinds(&mut [listed_kind(kind, span)?].into_iter(), &places),
        };
        if patterns.is_empty() {
            return Err(match (only, &search.kind) {
                (Some(only), Some(flag)) => Error::new(Code::Option, "the pattern and --kind name different kinds")
                    .label(flag.span, format!("{} is asked for here", only.name))
                    .label(span, "another kind here")
                    .help("leave out --kind, or write a word without a colon"),
                _ => no_kind(kind, span),
            });
        }
        let named = only.is_some() || !is_pattern(kind);
        // As `ebpf attach` reads it.
        for (kind, place) in patterns.iter_mut().filter(|_| named) {
            if let Some((call, name)) = syscall(kind, place) {
                (*kind, *place) = (call, name.to_string());
            }
        }
        Ok(Wanted { patterns, named, whole: true, text, span, cwd })
    }

    /// In the order of their table.
    fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        listed_kinds().filter(|kind| self.patterns.iter().any(|pattern| pattern.0.name == kind.name))
    }

    /// All that there is of a kind, by name.
    fn list(&self, kind: &'static Kind, known: &mut Known) -> Result<Vec<Probe>> {
        let probe = |name: String, module: String, place: &str| {
            let text = format!("{}:{place}", kind.name);
            Probe { kind, name, module, text, args: None, symbol: None }
        };
        let refuse = |code, what: String, help: String| Err(Error::new(code, what).help(help));
        Ok(match kind.grammar {
            Grammar::Function => {
                let said = self.text.split_once(':').filter(|_| self.named).map_or(kind.name, |(said, _)| said);
                kernel::no_kprobes(said).map_or(Ok(()), Err)?;
                let is_syscall = matches!(kind.attach, Attach::Ksyscall { .. });
                if known.as_ref().is_none_or(|known| known.0 != is_syscall) {
                    *known = Some((is_syscall, kernel::named(is_syscall)));
                }
                let all = known.iter().flat_map(|known| &known.1);
                all.map(|one| probe(one.name.clone(), one.module.clone(), &one.name)).collect()
            }
            Grammar::Tracepoint => {
                let mut all = tracefs::events(self.span)?;
                all.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
                let place = |(category, name): (String, String)| {
                    let place = format!("{category}/{name}");
                    probe(name, category, &place)
                };
                all.into_iter().map(place).collect()
            }
            Grammar::Raw | Grammar::Hook => {
                let mut all = place::raw_events(kind);
                all.sort_unstable();
                all.into_iter().map(|one| probe(one.name.clone(), one.module, &one.name)).collect()
            }
            Grammar::Binary => return self.functions(kind),
            Grammar::Usdt => return self.usdt(kind),
            Grammar::Event(counter) => {
                let module = match counter {
                    Counter::Hardware => "processor",
                    Counter::Software => kernel::KERNEL,
                };
                let mut names: Vec<&str> =
                    events(counter).filter(|one| counter::counts(one)).map(|one| one.name).collect();
                names.sort_unstable();
                if names.is_empty() {
                    let what = format!("this machine has no {} events", kind.name);
                    return refuse(Code::TargetEvent, what, counter::INSTEAD.into());
                }
                names.into_iter().map(|name| probe(name.into(), module.into(), name)).collect()
            }
            Grammar::Rate | Grammar::Watch => {
                let help = format!("write {}:{}, for example {}", kind.name, kind.grammar.written(), kind.example);
                return refuse(Code::TargetGrammar, format!("the places of {} cannot be listed", kind.name), help);
            }
            // Only an iterator has nothing of its own to be attached to.
            Grammar::Nothing => {
                let names = iterator::kinds(Btf::kernel()?).into_iter();
                names.map(|name| probe(name.into(), kernel::KERNEL.into(), name)).collect()
            }
        })
    }

    /// The functions of the binary that is named.
    fn functions(&self, kind: &'static Kind) -> Result<Vec<Probe>> {
        let Some((binary, function)) = self.patterns.first().and_then(|pattern| binary_and_function(&pattern.1)) else {
            let what = format!("{}s are listed for one binary at a time", kind.name);
            let help = format!("name it: ebpf probes '{}:libc:*'", kind.name);
            return Err(Error::new(Code::TargetBinary, what).help(help));
        };
        let target = self.point(kind, place(kind, &format!("{binary}:{function}")));
        let files = binary::files(&target, &self.cwd)?;
        let mut all = Vec::new();
        for path in &files {
            let module = path.display().to_string();
            let binary = if files.len() == 1 { binary } else { &module };
            all.extend(binary::named(path, target.span)?.into_iter().map(|one| Probe {
                kind,
                text: format!("{}:{binary}:{}", kind.name, one.shown()),
                name: one.shown().to_string(),
                module: module.clone(),
                args: None,
                symbol: one.demangled.is_some().then_some(one.symbol),
            }));
        }
        Ok(all)
    }

    /// The USDT probes of the binary that is named.
    fn usdt(&self, kind: &'static Kind) -> Result<Vec<Probe>> {
        let named = self.patterns.first().filter(|pattern| pattern.1.contains(':'));
        let Some((_, pattern)) = named else {
            let what = "USDT probes are listed for one binary at a time";
            return Err(Error::new(Code::TargetBinary, what).help("name it: ebpf probes 'usdt:libstdc++:*'"));
        };
        let target = self.point(kind, place(kind, pattern));
        let path = binary::resolve(&target, &self.cwd)?.unwrap_or_default();
        let probes = usdt::probes(&path, target.span)?;
        let [binary, ..] = usdt_parts(pattern);
        let probe = |(provider, name): (String, String)| Probe {
            kind,
            text: format!("{}:{binary}:{provider}:{name}", kind.name),
            args: Some(usdt::types(&probes, &provider, &name)),
            symbol: None,
            module: provider,
            name,
        };
        Ok(usdt::named(&probes, "*", "*").into_iter().map(probe).collect())
    }

    fn fits(&self, probe: &Probe) -> bool {
        let one = |pattern: &String| match probe.kind.grammar {
            Grammar::Tracepoint => match pattern.split_once(['/', ':']) {
                Some((category, name)) => fits(category, &probe.module) && fits(name, &probe.name),
                None => fits(pattern, &probe.name),
            },
            Grammar::Usdt => {
                let [_, provider, name] = usdt_parts(pattern);
                fits(provider, &probe.module) && fits(name, &probe.name)
            }
            // The binary is the same for all.
            Grammar::Binary => {
                let pattern = binary_and_function(pattern).map_or(pattern.as_str(), |(_, function)| function);
                probe.names().iter().any(|name| fits(pattern, name))
            }
            // With its period, it is the same event.
            Grammar::Event(_) => fits(pattern.split(':').next().unwrap_or(pattern), &probe.name),
            Grammar::Function => match pattern.split_once(':') {
                Some((module, name)) => fits(module, &probe.module) && fits(name, &probe.name),
                None => fits(pattern, &probe.name),
            },
            Grammar::Raw | Grammar::Hook | Grammar::Rate | Grammar::Watch | Grammar::Nothing => {
                fits(pattern, &probe.name)
            }
        };
        self.patterns.iter().any(|(kind, pattern)| kind.name == probe.kind.name && one(pattern))
    }

    fn point(&self, kind: &'static Kind, place: Place) -> AttachPoint {
        AttachPoint { kind, place, text: self.text.clone(), span: self.span }
    }

    /// What `ebpf attach` says where nothing fits.
    fn nothing(&self) -> Error {
        let Some((kind, pattern)) = self.patterns.first() else { return no_kind(&self.text, self.span) };
        let known: Vec<String> = match kind.grammar {
            Grammar::Event(counter) => events(counter).map(|event| event.name.to_string()).collect(),
            Grammar::Nothing => match iterator::find(Some(pattern), self.span) {
                Err(error) => return error,
                Ok(target) => return place::nothing(&target),
            },
            Grammar::Tracepoint if !pattern.contains(['/', ':']) => {
                let all = tracefs::events(self.span).unwrap_or_default();
                all.into_iter().flat_map(|(category, name)| [format!("{category}/*"), name]).collect()
            }
            Grammar::Function
            | Grammar::Raw
            | Grammar::Hook
            | Grammar::Tracepoint
            | Grammar::Binary
            | Grammar::Usdt
            | Grammar::Rate
            | Grammar::Watch => {
                let target = self.point(kind, place(kind, pattern));
                let literal = Some(&target).filter(|target| !target.is_pattern());
                let missing = literal.and_then(|target| place::missing(target, &self.cwd));
                return missing.unwrap_or_else(|| place::nothing(&target));
            }
        };
        let (code, label) = match known.contains(pattern) {
            true => (Code::TargetEvent, "this machine does not count that"),
            false => (Code::TargetGrammar, "there is no such place"),
        };
        let written = format!("write {}:{}, for example {}", kind.name, kind.grammar.written(), kind.example);
        let help = offer(pattern, known.iter().map(String::as_str), written);
        Error::new(code, format!("nothing matches `{}`", self.text)).label(self.span, label).help(help)
    }

    /// What may have been meant, of all that there is.
    fn near(&self) -> String {
        let mut known = Known::default();
        let listed = self.kinds().filter_map(|kind| self.list(kind, &mut known).ok()).flatten();
        let mut names: Vec<String> = listed.map(|probe| probe.name).collect();
        names.sort();
        names.dedup();
        let plain = self.patterns.first().map_or("", |pattern| &pattern.1).replace(['*', '?'], "");
        let plain = plain.rsplit(['/', ':']).next().unwrap_or_default();
        let help = offer(plain, names.iter().map(String::as_str), "`*` stands for any characters, `?` for one");
        format!("nothing matches `{}`: {help}", self.text)
    }
}

/// The kinds that are listed: those of probes, and iterators.
pub fn listed_kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().chain([&ITER])
}

fn listed_kind(name: &str, span: Span) -> Result<&'static Kind> {
    if name == ITER.name { Ok(&ITER) } else { kind_named(name, span) }
}

/// Binary, provider and name; a search may leave out the provider.
fn usdt_parts(text: &str) -> [&str; 3] {
    let (rest, name) = text.rsplit_once(':').unwrap_or(("", text));
    let (binary, provider) = rest.rsplit_once(':').unwrap_or((rest, "*"));
    [binary, provider, name]
}

/// A place as the grammar of a kind reads it; its text may be a pattern.
fn place(kind: &Kind, text: &str) -> Place {
    let [text, rest] = match kind.grammar {
        Grammar::Function => text.split_once(':'),
        Grammar::Binary => binary_and_function(text),
        Grammar::Tracepoint => text.split_once(['/', ':']),
        Grammar::Raw
        | Grammar::Hook
        | Grammar::Usdt
        | Grammar::Watch
        | Grammar::Rate
        | Grammar::Event(_)
        | Grammar::Nothing => None,
    }
    .map_or([text, ""], |(before, behind)| [before, behind])
    .map(String::from);
    match kind.grammar {
        Grammar::Function if !rest.is_empty() => Place::Symbol { module: Some(text), function: rest, offset: 0 },
        Grammar::Usdt => {
            let [binary, provider, name] = usdt_parts(&text).map(String::from);
            Place::Usdt { binary, provider, name }
        }
        Grammar::Binary => Place::Binary { binary: text, function: Some(rest), offset: 0 },
        Grammar::Tracepoint => Place::Tracepoint { category: text, name: rest },
        Grammar::Raw | Grammar::Hook => Place::Raw(text),
        Grammar::Function | Grammar::Rate | Grammar::Watch | Grammar::Event(_) | Grammar::Nothing => {
            Place::Function(text)
        }
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_probes.rs"]
mod tests;
