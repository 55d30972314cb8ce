//! USDT probes as the notes of a binary describe them: their names, the types of their arguments, and their places in the
//! file. libbpf reads the places itself, except of probes that it refuses ([`is_refused`]).

use crate::argument::{Argument, arguments, split};
use crate::binary::{self, bytes};
use crate::error::{Error, Result, offer};
use crate::ir::glob::fits;
use crate::ir::{AttachPoint, Form, Member, Place, Type, Width};
use crate::spec::code::Code;
use nu_protocol::Span;
use object::{Object as _, ObjectKind, ObjectSection as _, ObjectSegment as _, SegmentFlags, elf};
use std::path::Path;

/// The section that describes the probes, and the owner and number of its notes (sys/sdt.h).
const SECTION: &str = ".note.stapsdt";
const OWNER: &[u8] = b"stapsdt\0";
const NUMBER: u32 = 3;

/// The section whose address shows by how much a file was moved after linking.
const BASE: &str = ".stapsdt.base";

/// The addresses that a note begins with: of the probe, of its section, of its semaphore.
const ADDRESSES: usize = 3 * size_of::<u64>();

/// A probe, at one of the places that it is at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probe {
    pub provider: String,
    pub name: String,
    /// Size and location of each argument: `-4@%edi 8@8(%rsp)`.
    pub arguments: String,
    /// The address of the probed instruction, that of the base section, and that of the semaphore or 0, when linked.
    pub addresses: [u64; 3],
}

/// A place of a probe in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub probe: Probe,
    pub arguments: Vec<Argument>,
    /// The address of the probed instruction.
    pub address: u64,
    /// Its file offset; None where no executable segment contains it.
    pub offset: Option<u64>,
    /// The semaphore's file offset; 0 if the probe has none.
    pub semaphore: u64,
    /// True if the file has a different address in each process (a library or PIE).
    pub is_relocated: bool,
}

impl Site {
    pub fn is_of(&self, provider: &str, name: &str) -> bool {
        self.probe.provider == provider && self.probe.name == name
    }
}

/// All probes of a binary, in the order of its notes; none where it cannot be read at all.
///
/// # Errors
/// The file is damaged.
pub fn probes(path: &Path, span: Span) -> Result<Vec<Probe>> {
    let Some(data) = bytes(path) else { return Ok(Vec::new()) };
    let file = binary::parsed(&data, path, span)?;
    let section = file.section_by_name(SECTION);
    Ok(section.and_then(|section| section.data().ok()).map(notes).unwrap_or_default())
}

/// All places of probes in a binary, in the order of its notes.
///
/// # Errors
/// The file is damaged.
pub fn sites(path: &Path, span: Span) -> Result<Vec<Site>> {
    let Some(data) = bytes(path) else { return Ok(Vec::new()) };
    let file = binary::parsed(&data, path, span)?;
    let base = file.section_by_name(BASE).map_or(0, |section| section.address());
    let offset = |address: u64, executable: bool| {
        file.segments().find_map(|one| {
            let SegmentFlags::Elf { p_flags } = one.flags() else { return None };
            let inside = address.checked_sub(one.address()).filter(|at| *at < one.size())?;
            ((p_flags & elf::PF_X != 0) == executable).then(|| one.file_range().0.checked_add(inside)).flatten()
        })
    };
    let site = |probe: Probe| {
        let [address, linked, semaphore] = probe.addresses;
        let moved = if base > 0 && linked > 0 { base.wrapping_sub(linked) } else { 0 };
        let address = address.wrapping_add(moved);
        Site {
            arguments: arguments(&probe.arguments),
            address,
            offset: offset(address, true),
            semaphore: if semaphore == 0 { 0 } else { offset(semaphore.wrapping_add(moved), false).unwrap_or(0) },
            is_relocated: file.kind() == ObjectKind::Dynamic,
            probe,
        }
    };
    let section = file.section_by_name(SECTION);
    let notes = section.and_then(|section| section.data().ok()).map(notes).unwrap_or_default();
    Ok(notes.into_iter().map(site).collect())
}

/// Returns whether libbpf refuses to attach to a probe at this place: it does not support one of its arguments.
pub fn is_refused(site: &Site) -> bool {
    let is_read = |argument: &Argument| argument.read.is_some();
    !site.arguments.iter().all(is_read) || split(&site.probe.arguments).any(|one| !one.contains('@'))
}

/// The notes of a section, of this machine's byte order and of 64 bits. What is cut off ends them.
pub fn notes(mut data: &[u8]) -> Vec<Probe> {
    let mut all = Vec::new();
    while let Some((note, rest)) = note(data) {
        all.extend(note);
        data = rest;
    }
    all
}

/// A note: sizes of owner and description, a number, both padded to four bytes (elf(5)). One that is no probe's is None.
fn note(data: &[u8]) -> Option<(Option<Probe>, &[u8])> {
    let word = |at: usize| Some(u32::from_ne_bytes(*data.get(at..)?.first_chunk()?));
    let (owner_size, size, number) = (word(0)? as usize, word(4)? as usize, word(8)?);
    let body = data.get(12..)?;
    let owner = body.get(..owner_size)?;
    let body = body.get(owner_size.next_multiple_of(4)..)?;
    let description = body.get(..size)?;
    let rest = body.get(size.next_multiple_of(4)..).unwrap_or_default();
    let known = owner == OWNER && number == NUMBER;
    let texts = known.then(|| description.get(ADDRESSES..)).flatten();
    let address = |number: usize| {
        let bytes = description.get(number * size_of::<u64>()..).and_then(|bytes| bytes.first_chunk());
        bytes.map_or(0, |bytes| u64::from_ne_bytes(*bytes))
    };
    let addresses = [0, 1, 2].map(address);
    let probe = texts.and_then(|texts| {
        let mut texts = texts.split(|byte| *byte == 0).map(|text| String::from_utf8_lossy(text).into_owned());
        let (provider, name) = (texts.next()?, texts.next()?);
        Some(Probe { provider, name, arguments: texts.next().unwrap_or_default(), addresses })
    });
    Some((probe, rest))
}

/// The arguments of a probe as fields `arg0` and on. At several places their types may differ: then each is one that
/// holds them all. One that cannot be read at all places is opaque.
pub fn members<'p>(places: impl Iterator<Item = &'p Probe>) -> Vec<Member> {
    let typed = |argument: Argument| (argument.declared, argument.read.map(|read| read.0));
    let mut all: Vec<(String, Option<Width>)> = Vec::new();
    for (number, place) in places.enumerate() {
        let own = arguments(&place.arguments).into_iter().map(typed);
        all = match number {
            0 => own.collect(),
            // An argument that one place has not got is none.
            _ => all.into_iter().zip(own).map(|(one, other)| (one.0, one.1.zip(other.1).map(joined))).collect(),
        };
    }
    let member = |(number, (text, width)): (usize, (String, Option<Width>))| Member {
        name: format!("arg{number}"),
        declared: width.map_or(text, declared),
        offset: number as u32,
        size: width.map_or(0, |width| width.bytes.into()),
        ty: width.map_or(Type::Nothing, Type::Int),
        form: if width.is_some() { Form::Value } else { Form::Opaque },
    };
    all.into_iter().enumerate().map(member).collect()
}

fn joined((one, other): (Width, Width)) -> Width {
    if one.signed == other.signed { Width { bytes: one.bytes.max(other.bytes), ..one } } else { Width::I64 }
}

fn declared(width: Width) -> String {
    format!("{}{}", if width.signed { 's' } else { 'u' }, u32::from(width.bytes) * 8)
}

/// The types of a probe's arguments, for people.
pub fn types(probes: &[Probe], provider: &str, name: &str) -> Vec<String> {
    members(at(probes, provider, name)).into_iter().map(|member| member.declared).collect()
}

/// The places of a probe.
fn at<'p>(probes: &'p [Probe], provider: &str, name: &str) -> impl Iterator<Item = &'p Probe> {
    probes.iter().filter(move |probe| probe.provider == provider && probe.name == name)
}

/// Provider and name of all probes that fit, each once, by name.
pub fn named(probes: &[Probe], provider: &str, name: &str) -> Vec<(String, String)> {
    let fit = probes.iter().filter(|probe| fits(provider, &probe.provider) && fits(name, &probe.name));
    let mut all: Vec<(String, String)> = fit.map(|probe| (probe.provider.clone(), probe.name.clone())).collect();
    all.sort();
    all.dedup();
    all
}

/// The arguments of the probe that an attach point names. Its binary is a whole path.
///
/// # Errors
/// There is no such binary, it is damaged, or it has no such probe.
pub fn context(target: &AttachPoint) -> Result<Vec<Member>> {
    let Place::Usdt { provider, name, .. } = &target.place else { return Ok(Vec::new()) };
    let path = binary::resolve(target, Path::new("/"))?.unwrap_or_default();
    let probes = probes(&path, target.span)?;
    match at(&probes, provider, name).next() {
        Some(_) => Ok(members(at(&probes, provider, name))),
        None => Err(missing(&path, &probes, target, provider, name)),
    }
}

fn missing(path: &Path, probes: &[Probe], target: &AttachPoint, provider: &str, name: &str) -> Error {
    let error = |what: &str| Error::new(Code::TargetSymbol, format!("{} has no {what}", path.display()));
    if probes.is_empty() {
        let help = "it was built without them: use a uprobe, which attaches to any function: uprobe:PATH:FUNCTION";
        return error("USDT probes").label(target.span, "this binary has none").help(help);
    }
    let known: Vec<String> =
        named(probes, "*", "*").iter().map(|(provider, name)| format!("{provider}:{name}")).collect();
    let help = offer(
        &format!("{provider}:{name}"),
        known.iter().map(String::as_str),
        format!("`ebpf probes 'usdt:{}:*'` lists what it has", path.display()),
    );
    error(&format!("USDT probe `{provider}:{name}`")).label(target.span, "no such probe").help(help)
}

/// The probes of a binary that fit patterns for provider and name, as they are written behind it, and their places.
///
/// # Errors
/// Nothing fits; the file is damaged.
pub fn expand(path: &Path, target: &AttachPoint, (provider, name): (&str, &str)) -> Result<Vec<(String, Place)>> {
    let probes = probes(path, target.span)?;
    let fit = named(&probes, provider, name);
    if fit.is_empty() {
        return Err(missing(path, &probes, target, provider, name));
    }
    let place = |(provider, name): (String, String)| {
        let words = format!("{provider}:{name}");
        (words, Place::Usdt { binary: path.display().to_string(), provider, name })
    };
    Ok(fit.into_iter().map(place).collect())
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_usdt.rs"]
mod tests;
