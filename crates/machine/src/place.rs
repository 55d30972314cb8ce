//! Attach points as they are written in, those that this machine has out: patterns become what fits them, and what is
//! missing is left out where it may be. It attaches nothing.

use crate::error::{Error, Result, offer};
use crate::ir::glob::{fits, is_pattern};
use crate::ir::{AttachPoint, Object, Place, binary_and_function, in_module};
use crate::spec::code::Code;
use crate::spec::probe::{Attach, Kind};
use crate::{binary, hook, kernel, locate, tracefs, usdt};
use nu_ebpf_btf::Btf;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The requested attach points that exist.
#[derive(Debug, Default)]
pub struct Found {
    pub targets: Vec<AttachPoint>,
    /// Skipped attach points, with the reasons.
    pub skipped: Vec<(AttachPoint, Error)>,
}

/// The attach points of a probe. Of those that are `optional`, one at least must be there.
///
/// # Errors
/// A pattern that nothing fits, all of them missing, or more than `most`.
pub fn find(wanted: Vec<AttachPoint>, cwd: &Path, optional: bool, most: usize) -> Result<Found> {
    let (mut found, mut known) = (Found::default(), HashSet::new());
    // Of one text with `{a,b}` there are several.
    let words: Vec<_> = wanted.iter().map(|target| target.span).collect();
    for target in wanted {
        let these = match target.is_pattern() || matches!(target.place, Place::Binary { .. } | Place::Usdt { .. }) {
            true => expand(&target, cwd).and_then(|all| match optional {
                true => all.iter().find_map(|one| missing(one, cwd)).map_or(Ok(all), Err),
                false => Ok(all),
            }),
            false => match optional.then(|| missing(&target, cwd)).flatten() {
                Some(error) => Err(error),
                None => located(&target, cwd).map(|target| vec![target]),
            },
        };
        match these {
            // One that two patterns fit is one.
            Ok(these) => {
                found.targets.extend(these.into_iter().filter(|it| known.insert((it.kind.name, it.place.clone()))))
            }
            Err(error) if optional => found.skipped.push((target, error)),
            Err(error) if words.iter().filter(|words| **words == target.span).count() > 1 => {
                let part = format!("`{}` does not exist", target.text);
                let help = error.help.as_deref().unwrap_or_default();
                let help = format!("{help}; --optional skips missing attach points");
                return Err(Error { labels: Vec::new(), ..error }.label(target.span, part).help(help));
            }
            Err(error) => return Err(error),
        }
        if let Some(last) = found.targets.last().filter(|_| found.targets.len() > most) {
            let what = format!("these are {} attach points", found.targets.len());
            return Err(Error::new(Code::TargetMany, what)
                .label(last.span, format!("more than {most}"))
                .help(format!("narrow the pattern, or allow them: --max-probes {}", found.targets.len())));
        }
    }
    if found.targets.is_empty() {
        let missing = found.skipped.drain(..).map(|(_, error)| error).collect();
        return Error::all(missing).map_or(Ok(found), Err);
    }
    Ok(found)
}

/// The files that the attach points of an object's programs name, in their order.
///
/// # Errors
/// One of them is missing, or not ELF.
pub fn binaries(object: &Object, cwd: &Path) -> Result<Vec<Option<PathBuf>>> {
    object.targets().map(|target| binary::resolve(target, cwd)).collect()
}

fn is_syscall(target: &AttachPoint) -> bool {
    matches!(target.kind.attach, Attach::Ksyscall { .. })
}

/// The names of the system calls, or of the functions that can be probed.
fn functions(syscall: bool) -> Vec<String> {
    kernel::named(syscall).into_iter().map(|function| function.name).collect()
}

/// Why an attach point cannot be there.
pub fn missing(target: &AttachPoint, cwd: &Path) -> Option<Error> {
    match &target.place {
        Place::Function(name) => kernel::no_function(name, is_syscall(target), target),
        Place::Symbol { module, function, .. } => kernel::no_symbol(module.as_deref(), function, target),
        Place::Tracepoint { .. } => tracefs::context(target).err(),
        Place::Raw(name) => no_event(name, target),
        Place::Binary { .. } => match binary::resolve(target, cwd) {
            Err(error) => Some(error),
            Ok(path) => binary::not_probed(&path?, target),
        },
        Place::Usdt { .. } => located(target, cwd).and_then(|target| usdt::context(&target)).err(),
        Place::Samples { .. } | Place::Watch { .. } | Place::Nowhere => None,
    }
}

/// With the whole path of a binary that is to be read before the program is compiled.
///
/// # Errors
/// There is no such binary, or no such raw tracepoint: of what is not there, the kernel would refuse the program.
pub fn located(target: &AttachPoint, cwd: &Path) -> Result<AttachPoint> {
    if let Place::Raw(name) = &target.place {
        no_event(name, target).map_or(Ok(()), Err)?;
    }
    let mut target = target.clone();
    if let (Place::Usdt { .. } | Place::Binary { .. }, Some(path)) = (&target.place, binary::resolve(&target, cwd)?)
        && let Place::Usdt { binary, .. } | Place::Binary { binary, .. } = &mut target.place
    {
        *binary = path.display().to_string();
    }
    Ok(target)
}

/// Expands a pattern.
fn expand(target: &AttachPoint, cwd: &Path) -> Result<Vec<AttachPoint>> {
    // The kind, and for a binary that too, as the user writes it.
    let text = target.text.as_str();
    let before = text.rsplit_once(':').map_or(text, |(before, _)| before);
    let (before, places): (String, Vec<(String, Place)>) = match &target.place {
        Place::Function(pattern) => {
            let names = functions(is_syscall(target));
            let prefix = if text.ends_with(&format!(":{pattern}")) { ":" } else { ":sys_" };
            let fit = names.into_iter().filter(|name| fits(pattern, name));
            (format!("{before}{prefix}"), fit.map(|name| (name.clone(), Place::Function(name))).collect())
        }
        Place::Symbol { module, function, offset } => {
            let fit = kernel::traceable().into_iter().filter(|one| one.fits(module.as_deref(), function));
            let place = |one: kernel::Function| {
                let module = module.as_ref().map(|_| one.module);
                let place = Place::Symbol { module, function: one.name, offset: *offset };
                (place.written(), place)
            };
            (format!("{}:", target.kind.name), fit.map(place).collect())
        }
        Place::Tracepoint { category, name } => {
            let kind = text.split(':').next().unwrap_or(text);
            let fit = tracefs::events(target.span)?
                .into_iter()
                .filter(|event| fits(category, &event.0) && fits(name, &event.1));
            let place = |(category, name): (String, String)| {
                (format!("{category}/{name}"), Place::Tracepoint { category, name })
            };
            (format!("{kind}:"), fit.map(place).collect())
        }
        Place::Raw(pattern) => {
            let fit = raw_events(target.kind).into_iter().map(|one| one.name).filter(|name| fits(pattern, name));
            (format!("{before}:"), fit.map(|name| (name.clone(), Place::Raw(name))).collect())
        }
        Place::Binary { .. } | Place::Usdt { .. } => return in_files(target, cwd),
        Place::Samples { .. } | Place::Watch { .. } | Place::Nowhere => (String::new(), Vec::new()),
    };
    if places.is_empty() {
        return Err(nothing(target));
    }
    let point = |(words, place)| AttachPoint { place, text: format!("{before}{words}"), ..target.clone() };
    Ok(places.into_iter().map(point).collect())
}

/// The attach points in the files that one names: of several files, those that have them.
fn in_files(target: &AttachPoint, cwd: &Path) -> Result<Vec<AttachPoint>> {
    let files = binary::files(target, cwd)?;
    let one = |path: &PathBuf| match &target.place {
        Place::Usdt { provider, name, .. } => in_notes(target, path, (provider, name), files.len() == 1),
        Place::Binary { function, offset, .. } => {
            in_file(target, path, (function.as_deref(), *offset), files.len() == 1)
        }
        _ => Ok(Vec::new()),
    };
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for found in files.iter().map(one) {
        match found {
            Ok(found) => all.extend(found),
            Err(error) => errors.push(error),
        }
    }
    match (all.is_empty(), errors.into_iter().next()) {
        (false, _) => Ok(all),
        (true, Some(error)) => Err(error),
        (true, None) => Err(nothing(target)),
    }
}

/// The kind, and the binary as the user writes it; of several, its path.
fn before(target: &AttachPoint, path: &Path, alone: bool) -> String {
    let (kind, rest) = target.text.split_once(':').unwrap_or((target.kind.name, ""));
    let named = match &target.place {
        Place::Usdt { binary, .. } => Some(binary.as_str()),
        _ => binary_and_function(rest).map(|(binary, _)| binary),
    };
    match named.filter(|_| alone) {
        Some(named) => format!("{kind}:{named}:"),
        None => format!("{kind}:{}:", path.display()),
    }
}

/// The USDT probes of a file that a name or a pattern means.
fn in_notes(target: &AttachPoint, path: &Path, names: (&str, &str), alone: bool) -> Result<Vec<AttachPoint>> {
    let before = before(target, path, alone);
    let point = |(words, place)| AttachPoint { place, text: format!("{before}{words}"), ..target.clone() };
    Ok(usdt::expand(path, target, names)?.into_iter().map(point).collect())
}

/// The functions of a file that a name or a pattern means. One that is not there is looked for again when it is attached,
/// as one of old programs, or by an offset.
fn in_file(
    target: &AttachPoint, path: &Path, (function, offset): (Option<&str>, u64), alone: bool,
) -> Result<Vec<AttachPoint>> {
    let binary = path.display().to_string();
    let literal =
        |function: Option<&str>| Place::Binary { binary: binary.clone(), function: function.map(String::from), offset };
    let before = before(target, path, alone);
    let itself = || {
        let written = target.text.split_once(':').and_then(|(_, rest)| binary_and_function(rest));
        let words = written.map_or(String::new(), |(_, written)| format!("{before}{written}"));
        AttachPoint { place: literal(function), text: words, ..target.clone() }
    };
    let Some(written) = function.filter(|name| locate::address(name).is_none()) else { return Ok(vec![itself()]) };
    let found = binary::meant(path, written, target.span)?;
    let end = if offset > 0 { format!("+{offset:#x}") } else { String::new() };
    let point = |one: binary::Named| match one.symbol == written {
        true => itself(),
        false => AttachPoint {
            place: literal(Some(&one.symbol)),
            text: format!("{before}{}{end}", one.shown()),
            ..target.clone()
        },
    };
    if !found.is_empty() {
        return Ok(found.into_iter().map(point).collect());
    }
    match is_pattern(written) {
        true => Err(nothing(target)),
        false if alone => Ok(vec![itself()]),
        false => {
            let target = itself();
            binary::not_probed(path, &target).map_or(Ok(vec![target]), Err)
        }
    }
}

/// The raw tracepoints that the types of the kernel and of its modules describe, or the hooks of security modules.
pub fn raw_events(kind: &Kind) -> Vec<kernel::Function> {
    let Ok(btf) = Btf::kernel() else { return Vec::new() };
    let named = match kind.attach {
        Attach::Lsm => btf.hooks().into_iter().map(|name| (None, name)).collect(),
        _ => btf.tracepoints(),
    };
    let one = |(module, name): (Option<&str>, &str)| kernel::Function {
        name: name.to_string(),
        module: module.unwrap_or(kernel::KERNEL).to_string(),
    };
    named.into_iter().map(one).collect()
}

/// Why there is no raw tracepoint, or hook, of a name.
pub fn no_event(name: &str, target: &AttachPoint) -> Option<Error> {
    let all = raw_events(target.kind);
    let there = all.is_empty() || all.iter().any(|known| known.name == name);
    let (code, what, label) = match target.kind.attach {
        Attach::Lsm => (Code::TargetFunction, "hook", "no such hook"),
        _ => (Code::TargetTracepoint, "raw tracepoint", "no such event"),
    };
    let list = format!("`ebpf probes --kind {}` lists the available ones", target.kind.name);
    (!there).then(|| {
        Error::new(code, format!("this kernel has no {what} `{name}`")).label(target.span, label).help(offer(
            name,
            all.iter().map(|known| known.name.as_str()),
            list,
        ))
    })
}

/// Why a program that the kernel must know the place of cannot be loaded for it.
pub fn unloadable(target: &AttachPoint) -> Option<Error> {
    let (module, function) = match (&target.place, target.kind.attach) {
        (Place::Raw(name), Attach::Lsm) => return no_event(name, target).or_else(|| hook::inactive(name, target)),
        (Place::Raw(name), Attach::Raw) => return no_event(name, target),
        (Place::Function(function), Attach::Trampoline { .. }) => (None, function),
        (Place::Symbol { module, function, .. }, Attach::Trampoline { .. }) => (module.as_deref(), function),
        _ => return None,
    };
    let described = Btf::kernel().is_ok_and(|btf| btf.function(module, function).is_some());
    let undescribed = || {
        let place = in_module(module, function);
        Error::new(Code::TargetFunction, format!("the kernel has no type information of `{place}`"))
            .label(target.span, format!("{} takes it", target.kind.name))
            .help(format!("write kprobe:{place}, which goes without"))
    };
    kernel::no_symbol(module, function, target).or_else(|| (!described).then(undescribed))
}

/// Nothing fits a pattern: what might have been meant.
pub fn nothing(target: &AttachPoint) -> Error {
    let (code, pattern, names): (_, _, Vec<String>) = match &target.place {
        Place::Tracepoint { category, name } => {
            let all = tracefs::events(target.span).unwrap_or_default().into_iter();
            let (inside, other): (Vec<_>, Vec<_>) = all.partition(|event| fits(category, &event.0));
            // What its category has, if there is one.
            let near = if inside.is_empty() { other } else { inside };
            (Code::TargetTracepoint, name, near.into_iter().map(|event| event.1).collect())
        }
        Place::Raw(name) => {
            let lsm = target.kind.attach == Attach::Lsm;
            let code = if lsm { Code::TargetFunction } else { Code::TargetTracepoint };
            (code, name, raw_events(target.kind).into_iter().map(|one| one.name).collect())
        }
        Place::Function(name) => (Code::TargetFunction, name, functions(is_syscall(target))),
        Place::Symbol { function, .. } => (Code::TargetFunction, function, functions(false)),
        _ => (Code::TargetSymbol, &target.text, Vec::new()),
    };
    let plain = pattern.replace(['*', '?'], "");
    let help = offer(&plain, names.iter().map(String::as_str), "`*` stands for any characters, `?` for one");
    Error::new(code, format!("nothing matches `{}`", target.text)).label(target.span, "no such place").help(help)
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_place.rs"]
mod tests;
