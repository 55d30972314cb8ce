//! The attach calls, one arm a kind of attachment.

use super::log;
use super::object::{Loaded, no_privileges, refused};
use super::sample;
use crate::error::{Error, Result};
use crate::ir::{AttachPoint, Object, Place, Program};
use crate::spec::probe::Attach;
use libbpf_rs::{
    KprobeMultiOpts, KprobeOpts, Link, ProgramAttachType, ProgramMut, TracepointCategory, TracepointOpts, UprobeOpts,
};
use nu_ebpf_machine::{binary, kernel};
use std::path::{Path, PathBuf};

impl Loaded {
    /// Attaches the programs of an object at all their attach points, or at none. `binaries` are the files that those
    /// of uprobes stand for, in their order.
    ///
    /// # Errors
    /// Why not, in the words of the attach point; nothing stays attached.
    pub fn attach(&self, object: &Object, binaries: &[Option<PathBuf>]) -> Result<()> {
        let mut links = Vec::new();
        for program in &object.programs {
            let loaded = self.object.progs_mut().find(|loaded| loaded.name() == program.symbol().as_str());
            let Some(loaded) = loaded else { continue };
            if matches!(loaded.attach_type(), ProgramAttachType::KprobeMulti) {
                let (link, said) = log::capture(|| attach_all(&loaded, program));
                links.push(link.map_err(|error| explain(&error, &said, program.target(), None))?);
                continue;
            }
            for (number, target) in (program.first..).zip(&program.targets) {
                if let Place::Samples { event, rate } = target.place {
                    links.extend(sample::attach(&loaded, target, event, rate)?);
                    continue;
                }
                // A program of one attach point has no need of a number, which takes Linux 5.15.
                let cookie = if program.targets.len() > 1 { number as u64 } else { 0 };
                let binary = binaries.get(number).and_then(Option::as_deref);
                let (link, said) = log::capture(|| attach(&loaded, target, binary, cookie));
                links.push(link.map_err(|error| explain(&error, &said, target, binary))?);
            }
        }
        self.links().extend(links);
        Ok(())
    }
}

/// One link for all attach points of a program.
fn attach_all(loaded: &ProgramMut<'_>, program: &Program) -> libbpf_rs::Result<Link> {
    let function = |target: &AttachPoint| match &target.place {
        Place::Function(function) => Some(function.clone()),
        _ => None,
    };
    loaded.attach_kprobe_multi_with_opts(KprobeMultiOpts {
        symbols: program.targets.iter().filter_map(function).collect(),
        cookies: (program.first as u64..).take(program.targets.len()).collect(),
        retprobe: program.target().kind.attach == Attach::Kprobe { ret: true },
        ..KprobeMultiOpts::default()
    })
}

fn attach(
    program: &ProgramMut<'_>, target: &AttachPoint, binary: Option<&Path>, cookie: u64,
) -> libbpf_rs::Result<Link> {
    match (target.kind.attach, &target.place) {
        (Attach::Kprobe { ret }, Place::Function(function)) => {
            program.attach_kprobe_with_opts(ret, function, KprobeOpts { cookie, ..KprobeOpts::default() })
        }
        (Attach::Ksyscall { ret }, Place::Function(call)) => program.attach_ksyscall(ret, call),
        (Attach::Tracepoint, Place::Tracepoint { category, name }) => {
            let options = TracepointOpts { cookie, ..TracepointOpts::default() };
            program.attach_tracepoint_with_opts(TracepointCategory::Custom(category.clone()), name, options)
        }
        (Attach::Uprobe { ret }, Place::Binary { function, offset, .. }) => {
            let options = UprobeOpts { retprobe: ret, func_name: function.clone(), cookie, ..UprobeOpts::default() };
            // -1: every process that has the file mapped, now or later.
            program.attach_uprobe_with_opts(-1, binary.unwrap_or(Path::new("")), *offset as usize, options)
        }
        // The grammar of a kind gives the place that its attach call takes.
        _ => program.attach(),
    }
}

/// The most telling reason for a failed attach.
fn explain(error: &libbpf_rs::Error, said: &str, target: &AttachPoint, binary: Option<&Path>) -> Error {
    let kind = target.kind;
    let syscall = matches!(kind.attach, Attach::Ksyscall { .. });
    let missing = || match &target.place {
        Place::Function(name) => kernel::no_kprobes(kind).or_else(|| kernel::no_function(name, syscall, target)),
        Place::Binary { function: Some(name), .. } => binary::no_function(binary?, name, target),
        Place::Raw(name) => nu_ebpf_machine::place::no_event(name, target),
        _ => None,
    };
    let known = no_privileges(error, kind).or_else(missing);
    known.unwrap_or_else(|| refused("attach", error, said)).label_if_bare(target.span, "this attach point")
}
