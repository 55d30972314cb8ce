//! The grammar of attach points: text in, [`AttachPoint`] out. It looks at nothing but the text.

use super::bpftrace;
use crate::error::{Error, Result, offer};
use crate::ir::glob::{alternatives, is_pattern};
use crate::ir::{AttachPoint, Place, Rate, Watched, binary_and_function, function_and_offset, no_kind, syscall};
use crate::spec::code::Code;
use crate::spec::event::{CPU_CLOCK, Counter, events};
use crate::spec::probe::{
    Attach, Grammar, ITER, KINDS, Kind, SYSCALL_CATEGORY, SYSCALL_ENTRY, SYSCALL_EXIT, SYSCALLS, by_attach, kind,
};
use nu_protocol::Span;

/// Samples that are taken a second at most (the kernel's own bound is `kernel.perf_event_max_sample_rate`).
const MOST_HERTZ: u64 = 20_000;

/// Parses an attach point; one with `{a,b}` in its last part is several.
///
/// # Errors
/// As [`parse`].
pub fn parse_all(text: &str, span: Span) -> Result<Vec<AttachPoint>> {
    if bpftrace::is_program(text) {
        return Err(program(text, span));
    }
    if let Some(help) = several(text) {
        return Err(Error::new(Code::TargetGrammar, "these are several attach points in one string")
            .label(span, "one attach point is wanted, or a list of them")
            .help(help));
    }
    let of_binary =
        text.split_once(':').filter(|(name, _)| kind(name).is_some_and(|kind| kind.grammar == Grammar::Binary));
    let (before, place) = match of_binary.and_then(|(name, rest)| Some((name, binary_and_function(rest)?))) {
        Some((name, (binary, function))) => (format!("{name}:{binary}"), function),
        None => text.rsplit_once(':').map_or((String::new(), text), |(before, place)| (before.to_string(), place)),
    };
    let whole = |place: String| if before.is_empty() { place } else { format!("{before}:{place}") };
    alternatives(place).into_iter().map(|place| parse(&whole(place), span)).collect()
}

/// Parses one attach point.
///
/// # Errors
/// [`Code::TargetKind`] for an unknown kind, [`Code::TargetGrammar`] where what follows does not fit it.
pub fn parse(text: &str, span: Span) -> Result<AttachPoint> {
    let Some((name, rest)) = text.split_once(':') else {
        return Err(grammar("it has no kind", "KIND:PLACE", span).help(without_kind(text)));
    };
    if name.contains('/') {
        return Err(grammar("it has no kind", "KIND:PLACE", span).help(format!("write uprobe:{text}")));
    }
    let kind = kind(name).ok_or_else(|| unknown_kind(name, rest, span))?;
    let help = || {
        let written = bpftrace::rate(rest).filter(|written| rate(written).is_some());
        if let (Grammar::Rate, Some(written)) = (&kind.grammar, written) {
            return format!("write {}:{written}", kind.name);
        }
        if let (Grammar::Tracepoint, Some(help)) = (&kind.grammar, without_category(rest)) {
            return help;
        }
        let written = format!("write {}:{}, for example {}", kind.name, kind.grammar.written(), kind.example);
        let Grammar::Event(counter) = kind.grammar else { return written };
        let known: Vec<&str> = events(counter).map(|event| event.name).collect();
        let (name, period) =
            rest.split_once(':').map_or((rest, String::new()), |(name, more)| (name, format!(":{more}")));
        if let Some(event) = bpftrace::event(name).filter(|event| known.contains(event)) {
            return format!("write {}:{event}{period}", kind.name);
        }
        let list = format!("the events are {}", known.join(", "));
        if known.contains(&name) { written } else { offer(name, known.iter().copied(), list) }
    };
    let wrong = |what: String| grammar(&what, &format!("{}:{}", kind.name, kind.grammar.written()), span).help(help());
    let place = place(kind, rest).map_err(wrong)?;
    let (kind, place) = match &place {
        Place::Function(function) => match syscall(kind, function) {
            Some((kind, name)) => (kind, Place::Function(name.to_string())),
            None => (kind, place),
        },
        _ => (kind, place),
    };
    Ok(AttachPoint { kind, place, text: text.to_string(), span })
}

/// The error for a whole program in bpftrace's syntax.
pub fn program(text: &str, span: Span) -> Error {
    Error::new(Code::TargetGrammar, "this is a program in bpftrace's syntax")
        .label(span, "expected an attach point, and after it a Nushell closure")
        .help(bpftrace::command(text))
}

/// Returns the help for a tracepoint that lacks its category.
fn without_category(name: &str) -> Option<String> {
    if !is_symbol(name) {
        return None;
    }
    match [SYSCALL_ENTRY, SYSCALL_EXIT].iter().any(|prefix| name.starts_with(prefix)) {
        true => Some(format!("write tracepoint:{}/{name}", SYSCALL_CATEGORY)),
        false => Some(format!("`ebpf probes 'tracepoint:*{name}*'` lists it with its category")),
    }
}

/// What to write for attach points that a comma separates; None of one.
fn several(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    // Commas within braces belong to a pattern; a path may have one.
    if parts.len() < 2 || text.contains('{') {
        return None;
    }
    let has_kind = |part: &str| part.split_once(':').is_some_and(|(name, _)| kind(name).is_some());
    let list = |parts: &[&str], before: &str| {
        let parts: Vec<String> = parts.iter().map(|part| format!("'{before}{part}'")).collect();
        format!("write a list: [{}]", parts.join(" "))
    };
    match text.split_once(':') {
        _ if parts.iter().all(|part| has_kind(part)) => Some(list(&parts, "")),
        Some((name, places)) if has_kind(text) && places.split(',').all(is_symbol) => {
            Some(format!("write {name}:{{{places}}}"))
        }
        None if parts.iter().all(|part| is_symbol(part)) => Some(list(&parts, "kprobe:")),
        _ => None,
    }
}

/// The error for a kind that there is not, which offers only kinds whose places are written in this way.
fn unknown_kind(name: &str, rest: &str, span: Span) -> Error {
    let error = no_kind(name, span);
    if name == ITER.name {
        return error;
    }
    let fitting = KINDS.iter().filter(|kind| place(kind, rest).is_ok()).map(|kind| kind.name);
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    error.help(offer(name, fitting, format!("the kinds are {}", names.join(", "))))
}

/// What to write for an attach point that lacks its kind.
fn without_kind(text: &str) -> String {
    if let Some(known) = kind(text) {
        return format!("write {}:{}, for example {}", known.name, known.grammar.written(), known.example);
    }
    if let Some(help) = bpftrace::outside(text) {
        return help;
    }
    match text.split_once('/') {
        Some((category, name)) if is_symbol(category) && is_symbol(name) => format!("write tracepoint:{text}"),
        None if is_symbol(text) => {
            format!("write kprobe:{text} for a kernel function; `ebpf probes *{text}*` lists what there is")
        }
        _ => {
            let examples: Vec<&str> = KINDS.iter().map(|kind| kind.example).take(3).collect();
            format!("for example {}", examples.join(", "))
        }
    }
}

fn place(kind: &Kind, rest: &str) -> std::result::Result<Place, String> {
    match kind.grammar {
        Grammar::Function if rest.contains([':', '+']) => symbol(kind, rest),
        Grammar::Function if is_symbol(rest) => Ok(Place::Function(rest.to_string())),
        Grammar::Function if rest.is_empty() => Err("the function is missing".into()),
        Grammar::Function => Err(format!("`{rest}` is not the name of a kernel function")),
        Grammar::Raw | Grammar::Hook if is_symbol(rest) => Ok(Place::Raw(rest.to_string())),
        Grammar::Raw if rest.contains([':', '/']) => Err("a raw tracepoint has a name without its category".into()),
        Grammar::Raw => Err(format!("`{rest}` is not the name of a tracepoint")),
        Grammar::Hook => Err(format!("`{rest}` is not the name of a hook")),
        Grammar::Tracepoint => tracepoint(rest),
        Grammar::Binary => binary(kind, rest),
        Grammar::Usdt => usdt(rest),
        Grammar::Rate => {
            let wrong = || format!("`{rest}` is neither a rate such as 99hz nor a time such as 10ms");
            Ok(Place::Samples { event: &CPU_CLOCK, rate: rate(rest).ok_or_else(wrong)? })
        }
        Grammar::Event(counter) => samples(counter, rest),
        Grammar::Watch => watch(rest),
        Grammar::Nothing => Err("this kind has no attach points".into()),
    }
}

/// `MODULE:FUNCTION`, `FUNCTION+OFFSET` or both.
fn symbol(kind: &Kind, rest: &str) -> std::result::Result<Place, String> {
    let (Attach::Kprobe { ret } | Attach::Trampoline { ret }) = kind.attach else {
        return Err(format!("`{rest}` is not the name of a kernel function"));
    };
    let (module, function) = rest.split_once(':').map_or((None, rest), |(module, rest)| (Some(module), rest));
    let (function, bytes) = function.split_once('+').map_or((function, None), |(name, bytes)| (name, Some(bytes)));
    let names = module.into_iter().chain([function]);
    if let Some(name) = names.into_iter().find(|name| !is_symbol(name)) {
        return Err(format!("`{name}` is not the name of a module or kernel function"));
    }
    let offset = match bytes {
        Some(_) if !matches!(kind.attach, Attach::Kprobe { .. }) => {
            return Err(format!(
                "{} attaches to the beginning or end of a function: use kprobe for other instructions",
                kind.name
            ));
        }
        Some(_) if ret => {
            return Err("return probes attach to the beginning of a function: a return has no offset".into());
        }
        Some(bytes) => number(bytes).ok_or_else(|| format!("`+{bytes}` is not an offset such as +0x12"))?,
        None => 0,
    };
    Ok(Place::Symbol { module: module.map(String::from), function: function.to_string(), offset })
}

fn tracepoint(rest: &str) -> std::result::Result<Place, String> {
    let Some((category, name)) = rest.split_once(['/', ':']) else {
        // As `ebpf probes` reads it: events of any category.
        if is_pattern(rest) && is_symbol(rest) {
            return Ok(Place::Tracepoint { category: "*".to_string(), name: rest.to_string() });
        }
        return Err("it has no category".into());
    };
    if let Some(part) = [category, name].into_iter().find(|part| !is_symbol(part)) {
        return Err(format!("`{part}` is not the name of a tracepoint"));
    }
    Ok(Place::Tracepoint { category: category.to_string(), name: name.to_string() })
}

fn binary(kind: &Kind, rest: &str) -> std::result::Result<Place, String> {
    let Some((binary, written)) = binary_and_function(rest) else {
        return Err("the function is missing".into());
    };
    if binary.is_empty() || binary.contains('\0') {
        return Err("the binary is missing".into());
    }
    let binary = binary.to_string();
    if let Some(offset) = written.strip_prefix('+') {
        let offset = number(offset).ok_or_else(|| format!("`+{offset}` is not an offset such as +0x1234"))?;
        return Ok(Place::Binary { binary, function: None, offset });
    }
    let (function, bytes) = function_and_offset(written);
    let offset = match bytes {
        Some(bytes) => number(bytes).ok_or_else(|| format!("`+{bytes}` is not an offset such as +0x12"))?,
        None if !is_qualified(function) && function.contains('+') => {
            let bytes = function.rsplit_once('+').map_or("", |(_, bytes)| bytes);
            return Err(format!("`+{bytes}` is not an offset such as +0x12"));
        }
        None => 0,
    };
    if offset > 0 && kind.attach == (Attach::Uprobe { ret: true }) {
        return Err("return probes attach to the beginning of a function: a return has no offset".into());
    }
    if function.starts_with(|c: char| c.is_ascii_digit())
        && number(function).is_none_or(|_| !function.starts_with("0x"))
    {
        return Err(format!("`{function}` is neither a function nor an address such as 0x401106"));
    }
    if function.trim().is_empty() || function.contains('\0') {
        return Err("the function is missing".into());
    }
    if function.contains(char::is_whitespace) && !is_qualified(function) {
        return Err(format!("`{function}` is not the name of a function"));
    }
    Ok(Place::Binary { binary, function: Some(function.trim().to_string()), offset })
}

/// Whether it is written as C++ or Rust write functions: with parameters, arguments of templates, or what it is in.
fn is_qualified(function: &str) -> bool {
    function.contains(['(', '<']) || function.contains("::") || function.starts_with("operator")
}

/// `BINARY:PROVIDER:NAME`; the last two colons, as a path may have some.
fn usdt(rest: &str) -> std::result::Result<Place, String> {
    let parts = rest.rsplit_once(':').and_then(|(rest, name)| Some((rest.rsplit_once(':')?, name)));
    let Some(((binary, provider), name)) = parts else {
        return Err("a part is missing".into());
    };
    if let Some(what) = [(binary, "binary"), (provider, "provider"), (name, "name")]
        .iter()
        .find(|part| part.0.is_empty() || part.0.contains('\0'))
    {
        return Err(format!("the {} is missing", what.1));
    }
    Ok(Place::Usdt { binary: binary.to_string(), provider: provider.to_string(), name: name.to_string() })
}

/// `EVENT` or `EVENT:PERIOD`
fn samples(counter: Counter, rest: &str) -> std::result::Result<Place, String> {
    let (name, period) = rest.split_once(':').map_or((rest, None), |(name, period)| (name, Some(period)));
    let Some(event) = events(counter).find(|event| event.name == name) else {
        return Err(format!("there is no event `{name}`"));
    };
    let rate = match period {
        None => Rate::Period(event.period),
        Some(period) => match period.parse::<u64>() {
            Ok(period) if period > 0 => Rate::Period(period),
            _ => rate(period)
                .ok_or_else(|| format!("`{period}` is neither a number of events nor a rate such as 99hz"))?,
        },
    };
    Ok(Place::Samples { event, rate })
}

/// `ADDRESS:BYTES:ACCESS`
fn watch(rest: &str) -> std::result::Result<Place, String> {
    let parts: Vec<&str> = rest.split(':').collect();
    let [address, bytes, access] = parts[..] else {
        return Err("a part is missing".into());
    };
    let address = number(address).ok_or_else(|| format!("`{address}` is not an address such as 0x555555558010"))?;
    let length =
        number(bytes).and_then(|bytes| u8::try_from(bytes).ok()).filter(|bytes| matches!(bytes, 1 | 2 | 4 | 8));
    let bytes = length.ok_or_else(|| format!("`{bytes}` bytes are not 1, 2, 4 or 8"))?;
    let known = Watched::ALL.iter().find(|known| known.written() == access);
    let access = *known.ok_or_else(|| format!("`{access}` is neither w nor rw nor x"))?;
    if access != Watched::Execute && !address.is_multiple_of(bytes.into()) {
        return Err(format!("{bytes} bytes can be watched at multiples of {bytes} only"));
    }
    Ok(Place::Watch { address, bytes, access })
}

/// `99hz`, or a time in Nushell's units.
fn rate(text: &str) -> Option<Rate> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = (text.get(..digits)?.parse::<u64>().ok()?, text.get(digits..)?);
    let nanoseconds = match unit {
        "hz" | "Hz" => return (1..=MOST_HERTZ).contains(&number).then_some(Rate::Hertz(number)),
        "us" | "µs" => 1_000,
        "ms" => 1_000_000,
        "sec" => 1_000_000_000,
        "min" => 60_000_000_000,
        _ => return None,
    };
    number.checked_mul(nanoseconds).filter(|period| *period >= 1_000_000_000 / MOST_HERTZ).map(Rate::Period)
}

/// Decimal, or hexadecimal after `0x`.
fn number(text: &str) -> Option<u64> {
    text.strip_prefix("0x").map_or_else(|| text.parse(), |hex| u64::from_str_radix(hex, 16)).ok()
}

/// The attach point at the entry of what an attach point is the return of.
pub fn entry(target: &AttachPoint) -> Option<AttachPoint> {
    other_end(target, target.kind.attach.at_entry()?, (SYSCALL_EXIT, SYSCALL_ENTRY))
}

/// The attach point at the return of what an attach point is the entry of.
pub fn exit(target: &AttachPoint) -> Option<AttachPoint> {
    other_end(target, target.kind.attach.at_return()?, (SYSCALL_ENTRY, SYSCALL_EXIT))
}

/// The attach point at the other end; `from`, `to`: how tracepoints begin at this end and at the other.
fn other_end(target: &AttachPoint, attach: Attach, (from, to): (&str, &str)) -> Option<AttachPoint> {
    let kind = by_attach(attach)?;
    let place = match &target.place {
        Place::Tracepoint { category, name } => {
            let name = name.strip_prefix(from).filter(|_| SYSCALLS.contains(&category.as_str()))?;
            Place::Tracepoint { category: category.clone(), name: format!("{to}{name}") }
        }
        // An instruction inside of a function has no other end.
        Place::Symbol { offset: 1.., .. } | Place::Binary { offset: 1.., .. } => return None,
        place => place.clone(),
    };
    let words = match (&place, target.text.split_once(':')) {
        // The file as the user names it.
        (Place::Binary { .. }, Some((_, words))) => words.to_string(),
        _ => place.written(),
    };
    Some(AttachPoint { kind, place, text: format!("{}:{words}", kind.name), span: target.span })
}

/// Whether the kernel could have a symbol of that name (`foo.constprop.0` is one), or one that fits it as a pattern.
fn is_symbol(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '*' | '?'))
}

fn grammar(what: &str, form: &str, span: Span) -> Error {
    Error::new(Code::TargetGrammar, format!("this is not an attach point: {what}"))
        .label(span, format!("expected {form}"))
}

#[cfg(test)]
#[path = "../../tests/unit/front_target.rs"]
mod tests;
