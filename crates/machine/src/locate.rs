//! Where in its file an attach point of a program or library is: a function by its name, an instruction by its offset or
//! address. What cannot be probed there without harm, or is not the one that is meant, is refused.

use crate::binary;
use crate::error::{Error, Result};
use crate::image::{Function, Image};
use crate::implementation::{Implementation, implementation};
use crate::instruction::Boundary;
use crate::ir::{AttachPoint, Place};
use crate::spec::code::Code;
use crate::spec::probe::Attach;
use std::path::Path;

/// Candidates that a message names.
const SHOWN: usize = 8;

/// An attach point in a binary.
pub struct Locator<'a, 'd> {
    pub image: &'a Image<'d>,
    pub path: &'a Path,
    pub target: &'a AttachPoint,
}

/// The address that a number written for a function is: `0x401106`, as nm(1) and objdump(1) list it.
pub fn address(function: &str) -> Option<u64> {
    u64::from_str_radix(function.strip_prefix("0x")?, 16).ok()
}

/// `NAME@VERSION` or `NAME@@VERSION`, taken apart.
pub fn versioned(function: &str) -> (&str, Option<&str>) {
    match function.split_once('@') {
        Some((name, version)) if !name.is_empty() => (name, Some(version.trim_start_matches('@'))),
        _ => (function, None),
    }
}

impl<'a> Locator<'a, '_> {
    /// Returns the file offset of the attach point, or those of all functions of its name.
    ///
    /// # Errors
    /// There is none, it is not told which of several is meant, or a probe there would do harm.
    pub fn offsets(&self) -> Result<Vec<u64>> {
        let Place::Binary { function, offset, .. } = &self.target.place else { return Ok(Vec::new()) };
        match function.as_deref() {
            None => Ok(vec![self.number(*offset)?]),
            Some(function) if address(function).is_some() => {
                let at = address(function).and_then(|at| at.checked_add(*offset)).unwrap_or(u64::MAX);
                Ok(vec![self.probed(at)?])
            }
            Some(function) => self.named(function, *offset),
        }
    }

    fn named(&self, name: &str, offset: u64) -> Result<Vec<u64>> {
        let addresses = self.addresses(name)?;
        if offset > 0 && addresses.len() > 1 {
            let each = addresses.iter().map(|at| format!("0x{:x}", at.saturating_add(offset)));
            return Err(self
                .error(format!("{} has {} functions `{name}`", self.path.display(), addresses.len()))
                .label(self.target.span, "ambiguous: an offset in one of several functions")
                .help(format!("write the instruction's address: {}", self.written(each))));
        }
        let one = |(at, size): (u64, u64)| {
            if offset > 0 && size > 0 && offset >= size {
                return Err(self
                    .error(format!("`{name}` has {size:#x} bytes"))
                    .label(self.target.span, format!("+{offset:#x} is beyond its end"))
                    .help("objdump -d shows where its instructions begin"));
            }
            self.probed(at.saturating_add(offset))
        };
        let size = |at: &u64| self.image.functions().iter().find(|one| one.address == *at).map_or(0, |one| one.size);
        addresses.iter().map(|at| one((*at, size(at)))).collect()
    }

    /// The addresses of a function: of several of one name all.
    fn addresses(&self, name: &str) -> Result<Vec<u64>> {
        let found = self.select(name)?;
        let mut addresses: Vec<u64> = Vec::new();
        for function in found {
            match function.chooses {
                true => addresses.push(self.implementation(function)?),
                false => addresses.push(function.address),
            }
        }
        addresses.sort_unstable();
        addresses.dedup();
        Ok(addresses)
    }

    /// The functions that a name means: without a version, those that programs are linked with now.
    fn select(&self, written: &str) -> Result<Vec<&'a Function>> {
        let (name, version) = versioned(written);
        let all: Vec<&Function> = self.image.functions().iter().filter(|one| one.name == name).collect();
        let found = selected(&all, version);
        if !found.is_empty() {
            return Ok(found);
        }
        if all.is_empty() {
            return Err(binary::no_such(self.image, self.path, name, self.target));
        }
        let known = all.iter().filter_map(|one| Some(format!("{name}@{}", one.version.as_deref()?)));
        let (what, label) = match version {
            Some(version) => (format!("`{name}` in version {version}"), "no such version".to_string()),
            None => (
                format!("`{name}` that new programs would call"),
                "only programs linked against an old version call it".to_string(),
            ),
        };
        Err(self
            .error(format!("{} has no {what}", self.path.display()))
            .label(self.target.span, label)
            .help(format!("write {}", self.written(known))))
    }

    /// The implementation of a function that is chosen at program start.
    fn implementation(&self, function: &Function) -> Result<u64> {
        let name = &function.name;
        match implementation(self.image.bytes(), name, function.version.as_deref()) {
            Some(Implementation::Inside(address)) => return Ok(address),
            Some(Implementation::Outside) => {
                return Err(self
                    .error(format!("programs call `{name}` in the kernel's vDSO"))
                    .label(self.target.span, "this code is not in a file")
                    .help("probe a function that calls it"));
            }
            None => {}
        }
        let each = self.candidates(function);
        let help = match each.as_slice() {
            [] => "objdump -d shows them: name one by its address, uprobe:PATH:0x1234".to_string(),
            [one] => format!("write {}", self.written([one.clone()].into_iter())),
            each => format!("write the one that this machine takes, or all: {}", self.written(each.iter().cloned())),
        };
        Err(self
            .error(format!("`{name}` has several implementations (it is an indirect function)"))
            .label(self.target.span, "one is chosen at program start")
            .help(help))
    }

    /// The functions whose addresses the code takes that chooses.
    fn candidates(&self, function: &Function) -> Vec<String> {
        let Some(body) = self.image.body(function.address) else { return Vec::new() };
        let mut all = self.image.set().taken(body);
        all.retain(|at| self.image.is_entry(*at));
        let name = |at: u64| {
            let named = self.image.functions().iter().find(|one| one.address == at && !one.chooses);
            named.map_or_else(|| format!("{at:#x}"), |one| one.name.clone())
        };
        all.into_iter().map(name).collect()
    }

    /// A number: an offset in the file, or an address as nm(1) lists it.
    fn number(&self, number: u64) -> Result<u64> {
        let by_offset = self.image.address(number);
        let by_address = self.image.offset(number).map(|_| number);
        match (by_offset, by_address) {
            (Some(one), Some(other)) if one != other => match (self.probed(one), self.probed(other)) {
                (Ok(_), Ok(_)) => Err(self.either(number, one, other)),
                (Err(_), Ok(found)) => Ok(found),
                (found, _) => found,
            },
            (Some(at), _) | (None, Some(at)) => self.probed(at),
            (None, None) => Err(self
                .error(format!("{number:#x} is not in the code of {}", self.path.display()))
                .label(self.target.span, "neither an address nor a file offset")
                .help(self.listed())),
        }
    }

    fn either(&self, number: u64, by_offset: u64, by_address: u64) -> Error {
        self.error(format!("`+{number:#x}` may be an address or an offset in the file"))
            .label(self.target.span, format!("{} or {}", self.place(by_address), self.place(by_offset)))
            .help(format!(
                "write {:#x} for the address, or {:#x} for the offset: uprobe:PATH:{by_address:#x}",
                by_address, by_offset
            ))
    }

    /// An address as a place in a function.
    fn place(&self, address: u64) -> String {
        match self.image.around(address) {
            Some(one) if one.address == address => one.name.clone(),
            Some(one) => format!("{}+{:#x}", one.name, address - one.address),
            None => format!("{address:#x}"),
        }
    }

    /// The offset in the file of an address at which a probe does no harm.
    fn probed(&self, address: u64) -> Result<u64> {
        let image = self.image;
        let Some(offset) = image.offset(address) else {
            return Err(self
                .error(format!("{address:#x} is not in the code of {}", self.path.display()))
                .label(self.target.span, "there is no code at this address")
                .help(self.listed()));
        };
        let returns = self.target.kind.attach == Attach::Uprobe { ret: true };
        if image.functions().iter().any(|one| one.address == address) && !image.is_refused(address) {
            return if returns { self.entered(address, offset) } else { Ok(offset) };
        }
        let Some(body) = image.body(address) else {
            return Err(self
                .error(format!("cannot find the instruction boundaries around {address:#x}"))
                .label(self.target.span, "no function or unwind information covers this address, or it is data")
                .help(self.listed()));
        };
        let wrong = |label: String, help: String| {
            Err(self
                .error(format!("`{}` cannot be probed", self.place(address)))
                .label(self.target.span, label)
                .help(help))
        };
        match image.set().boundary(body, address) {
            Boundary::Begins if returns => self.entered(address, offset),
            Boundary::Begins => Ok(offset),
            Boundary::Inside(before, after) => {
                let ends = after >= body.start.saturating_add(body.bytes.len() as u64);
                let near = [Some(before), Some(after).filter(|_| !ends)].into_iter().flatten();
                let each = near.map(|at| match image.around(at) {
                    Some(one) if self.is_one(one) => self.place(at),
                    _ => format!("{at:#x}"),
                });
                wrong("this is inside an instruction".into(), format!("write {}", self.written(each)))
            }
            Boundary::Unreached => wrong("no instruction begins here: it is data or padding".into(), self.listed()),
            Boundary::Refused => {
                let help = "probe the instruction before or after it: objdump -d shows where they begin";
                wrong(
                    "the kernel does not allow a probe on this instruction (lock or segment prefix)".into(),
                    help.into(),
                )
            }
            Boundary::Unknown => {
                let help = "probe the function: uprobe:PATH:FUNCTION";
                wrong("on this processor only the beginnings of functions can be probed".into(), help.into())
            }
        }
    }

    /// Checks that calls lead to an address, so that there is a return.
    fn entered(&self, address: u64, offset: u64) -> Result<u64> {
        if self.image.is_entry(address) {
            return Ok(offset);
        }
        Err(self
            .error(format!("`{}` is not where a function begins", self.place(address)))
            .label(self.target.span, "return probes attach to the beginning of a function")
            .help("name the function, or probe the instruction itself: uprobe"))
    }

    /// Returns whether a function goes by its name alone.
    fn is_one(&self, function: &Function) -> bool {
        self.image.functions().iter().all(|one| one.name != function.name || one.address == function.address)
    }

    /// Attach points at other places of the same file, as one writes them.
    fn written(&self, places: impl Iterator<Item = String>) -> String {
        let before = match (&self.target.place, self.target.text.split_once(':')) {
            (Place::Binary { binary, .. }, Some((kind, _))) => format!("{kind}:{}", shown(binary, &self.target.text)),
            _ => self.target.kind.name.to_string(),
        };
        let all: Vec<String> = places.take(SHOWN).map(|place| format!("{before}:{place}")).collect();
        all.join(" or ")
    }

    fn listed(&self) -> String {
        format!("objdump -d {} lists the instructions, with their addresses", self.path.display())
    }

    fn error(&self, what: String) -> Error {
        Error::new(Code::TargetSymbol, what)
    }
}

/// A binary as the user has named it, where that is known.
fn shown<'t>(binary: &'t str, text: &'t str) -> &'t str {
    let named = text.split_once(':').and_then(|(_, rest)| crate::ir::binary_and_function(rest));
    named.map_or(binary, |(binary, _)| binary)
}

/// Those of the functions of one name that are meant: of the version, or without one, what programs are linked with now.
pub fn selected<'f>(all: &[&'f Function], version: Option<&str>) -> Vec<&'f Function> {
    if let Some(version) = version {
        return all.iter().filter(|one| one.version.as_deref() == Some(version)).copied().collect();
    }
    let now = |address| all.iter().any(|one| one.address == address && one.version.is_some() && !one.old);
    let old = |address| all.iter().any(|one| one.address == address && one.old);
    let meant = |one: &&&Function| !one.old && (one.version.is_some() || now(one.address) || !old(one.address));
    all.iter().filter(meant).copied().collect()
}
