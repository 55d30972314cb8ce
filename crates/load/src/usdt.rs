//! Attaching USDT probes that libbpf refuses: those with an argument that it does not support, as a float. This fills the
//! maps from which bpf/usdt.bpf.h reads where the arguments are, and attaches the places of a probe as uprobes.

use super::attach::explain;
use super::{feature, log};
use crate::error::{Error, Result};
use crate::ir::{AttachPoint, Object as Source, Place};
use crate::spec::code::Code;
use crate::spec::feature::COOKIE;
use libbpf_rs::{Link, Map, MapCore, MapFlags, Object, ProgramAttachType, ProgramMut, UprobeMultiOpts, UprobeOpts};
use nu_ebpf_machine::argument::{Argument, Location, MOST};
use nu_ebpf_machine::usdt::{Site, is_refused, sites};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The maps of bpf/usdt.bpf.h: argument specifications by number, and their numbers by the probe's address, which is read
/// only where the kernel has no cookies.
const SPECS: &str = "__bpf_usdt_specs";
const NUMBERS: &str = "__bpf_usdt_ip_to_spec_id";

/// Bytes of `struct __bpf_usdt_arg_spec` and of `struct __bpf_usdt_spec`.
const ARGUMENT: usize = 24;
const SPEC: usize = MOST * ARGUMENT + 16;

/// The USDT probes of an object, of which libbpf refuses at least one. It attaches none of them, so that no specification
/// of its own is in the maps.
pub struct Probes<'o> {
    specs: Map<'o>,
    numbers: Map<'o>,
    files: BTreeMap<PathBuf, Vec<Site>>,
    /// Number of specifications so far.
    used: u32,
}

impl<'o> Probes<'o> {
    /// Returns the USDT probes of an object if libbpf refuses one of them. `binaries`: the file of each attach point.
    ///
    /// # Errors
    /// A file is damaged.
    pub fn refused(object: &'o Object, source: &Source, binaries: &[Option<PathBuf>]) -> Result<Option<Probes<'o>>> {
        let mut files: BTreeMap<PathBuf, Vec<Site>> = BTreeMap::new();
        let mut is_needed = false;
        for program in &source.programs {
            for (number, target) in (program.first..).zip(&program.targets) {
                let Place::Usdt { provider, name, .. } = &target.place else { continue };
                let Some(path) = binaries.get(number).cloned().flatten() else { continue };
                if !files.contains_key(&path) {
                    files.insert(path.clone(), sites(&path, target.span)?);
                }
                is_needed |= files[&path].iter().any(|site| site.is_of(provider, name) && is_refused(site));
            }
        }
        let map = |name: &str| object.maps().find(|map| map.name() == name);
        Ok(match (map(SPECS), map(NUMBERS)) {
            (Some(specs), Some(numbers)) if is_needed => Some(Probes { specs, numbers, files, used: 0 }),
            _ => None,
        })
    }

    /// Attaches a program to all places of a USDT probe. `cookie`: what `bpf_usdt_cookie` returns.
    ///
    /// # Errors
    /// A place cannot be probed, there are too many, or the kernel refuses.
    pub fn attach(
        &mut self, program: &ProgramMut<'_>, target: &AttachPoint, binary: Option<&Path>, cookie: u64,
    ) -> Result<Vec<Link>> {
        let path = binary.unwrap_or(Path::new(""));
        let Place::Usdt { provider, name, .. } = &target.place else { return Ok(Vec::new()) };
        let all = self.files.get(path).map_or(&[][..], Vec::as_slice);
        let sites: Vec<Site> = all.iter().filter(|site| site.is_of(provider, name)).cloned().collect();
        let mut known: BTreeMap<&str, u32> = BTreeMap::new();
        let mut numbers = Vec::new();
        let has_cookies = feature::has(&COOKIE);
        for site in &sites {
            let number = match known.get(site.probe.arguments.as_str()) {
                Some(number) => *number,
                None => self.spec(site, cookie, target)?,
            };
            known.insert(&site.probe.arguments, number);
            if !has_cookies {
                self.by_address(site, number, target)?;
            }
            numbers.push(number);
        }
        let mut places = Vec::new();
        for (site, number) in sites.iter().zip(numbers) {
            let unplaced = || refused(target, "it is at no executable address of its file");
            places.push((site.offset.ok_or_else(unplaced)?, site.semaphore, number));
        }
        let (links, said) = log::capture(|| match program.attach_type() {
            ProgramAttachType::TraceUprobeMulti => attach_all(program, path, &places).map(|link| vec![link]),
            _ => places.iter().map(|place| attach_one(program, path, *place, has_cookies)).collect(),
        });
        links.map_err(|error| explain(&error, &said, target, binary))
    }

    /// Adds the specification of a place's arguments and returns its number.
    fn spec(&mut self, site: &Site, cookie: u64, target: &AttachPoint) -> Result<u32> {
        let most = self.specs.max_entries();
        if self.used >= most {
            let what = format!("these USDT probes have more than {most} descriptions of arguments");
            return Err(Error::new(Code::KernelFull, what)
                .label(target.span, "this attach point exceeds the number")
                .help("attach fewer of them at once"));
        }
        let number = self.used;
        let bytes = encoded(&site.arguments, cookie);
        let updated = self.specs.update(&number.to_ne_bytes(), &bytes, MapFlags::ANY);
        updated.map_err(|error| explain(&error, "", target, None))?;
        self.used += 1;
        Ok(number)
    }

    /// Stores a specification's number by the address of the probed instruction.
    fn by_address(&self, site: &Site, number: u32, target: &AttachPoint) -> Result<()> {
        if site.is_relocated {
            let what = "a USDT probe of a library or a position-independent program takes Linux 5.15";
            return Err(Error::new(Code::KernelOld, what)
                .label(target.span, "this file has no fixed address")
                .help("use a newer kernel, or a program built with -no-pie"));
        }
        let updated = self.numbers.update(&site.address.to_ne_bytes(), &number.to_ne_bytes(), MapFlags::ANY);
        updated.map_err(|error| explain(&error, "", target, None))
    }
}

/// One link for all places: offset, semaphore and specification of each.
fn attach_all(program: &ProgramMut<'_>, path: &Path, places: &[(u64, u64, u32)]) -> libbpf_rs::Result<Link> {
    let options = UprobeMultiOpts {
        offsets: places.iter().map(|place| place.0 as usize).collect(),
        ref_ctr_offsets: places.iter().map(|place| place.1 as usize).collect(),
        cookies: places.iter().map(|place| place.2.into()).collect(),
        ..UprobeMultiOpts::default()
    };
    // -1: every process that has the file mapped, now or later.
    program.attach_uprobe_multi_with_opts(-1, path, "", options)
}

fn attach_one(
    program: &ProgramMut<'_>, path: &Path, (offset, semaphore, number): (u64, u64, u32), has_cookies: bool,
) -> libbpf_rs::Result<Link> {
    let cookie = if has_cookies { number.into() } else { 0 };
    let options = UprobeOpts { ref_ctr_offset: semaphore as usize, cookie, ..UprobeOpts::default() };
    program.attach_uprobe_with_opts(-1, path, offset as usize, options)
}

/// A `struct __bpf_usdt_spec` as clang lays it out for BPF. An argument that cannot be read is the constant 0.
fn encoded(arguments: &[Argument], cookie: u64) -> Vec<u8> {
    let count = arguments.len().min(MOST);
    let mut bytes: Vec<u8> = arguments.iter().take(MOST).flat_map(one).collect();
    bytes.resize(MOST * ARGUMENT, 0);
    bytes.extend(cookie.to_ne_bytes());
    bytes.extend((count as u16).to_ne_bytes());
    bytes.resize(SPEC, 0);
    bytes
}

/// A `struct __bpf_usdt_arg_spec`.
fn one(argument: &Argument) -> [u8; ARGUMENT] {
    let mut bytes = [0; ARGUMENT];
    let Some((width, location)) = argument.read else { return bytes };
    // `enum __bpf_usdt_arg_type`.
    let (kind, value, register, index, shift) = match location {
        Location::Constant(value) => (0, value, 0, 0, 0),
        Location::Register(register) => (1, 0, register, 0, 0),
        Location::Memory { base, offset } => (2, offset, base, 0, 0),
        Location::Indexed { base, index, shift, offset } => (3, offset, base, index, shift),
    };
    bytes[..8].copy_from_slice(&value.to_ne_bytes());
    bytes[8] = kind;
    // Two bit fields: 12 bits and 4.
    bytes[10..12].copy_from_slice(&(index | u16::from(shift) << 12).to_ne_bytes());
    bytes[14..16].copy_from_slice(&register.to_ne_bytes());
    bytes[16] = width.signed.into();
    bytes[17] = 64 - 8 * width.bytes;
    bytes
}

fn refused(target: &AttachPoint, why: &str) -> Error {
    Error::new(Code::TargetSymbol, format!("the USDT probe cannot be attached: {why}"))
        .label(target.span, "this USDT probe")
        .help("the file may be damaged: build it again")
}

#[cfg(test)]
#[path = "../../../tests/unit/load_usdt.rs"]
mod tests;
