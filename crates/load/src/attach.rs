//! The attach calls, one arm a kind of attachment.

use super::log;
use super::object::{Loaded, no_privileges, refused, separate_returns};
use super::sample;
use super::usdt::Probes;
use crate::error::{Error, Result};
use crate::ir::{AttachPoint, Object, Place, Program, THREAD_FREED, in_module};
use crate::spec::code::Code;
use crate::spec::probe::Attach;
use libbpf_rs::{
    KprobeMultiOpts, KprobeOpts, Link, PerfEventOpts, ProgramAttachType, ProgramMut, TracepointCategory,
    TracepointOpts, UprobeMultiOpts, UprobeOpts, UsdtOpts,
};
use nu_ebpf_machine::{binary, kernel, perf};
use nu_ebpf_privilege::{Deed, raise};
use std::collections::BTreeMap;
use std::os::fd::{AsRawFd, IntoRawFd, OwnedFd};
use std::path::{Path, PathBuf};

impl Loaded {
    /// Attaches the programs of an object at all their attach points, or at none. `binaries` are the files that those
    /// of uprobes stand for, in their order.
    ///
    /// # Errors
    /// Why not, in the words of the attach point; nothing stays attached.
    pub fn attach(&self, object: &Object, binaries: &[Option<PathBuf>]) -> Result<()> {
        let _raised = raise(Deed::Load);
        let mut links = Vec::new();
        let mut refused = Probes::refused(&self.object, object, binaries)?;
        // First, so that no thread is freed whose values stay behind.
        for freed in self.object.progs_mut().filter(|program| program.name() == THREAD_FREED) {
            let (link, said) = log::capture(|| freed.attach());
            links.push(link.map_err(|error| explain(&error, &said, object.programs[0].target(), None))?);
        }
        // What resumes an event is there before what postpones it.
        let mut programs: Vec<&Program> = object.programs.iter().collect();
        programs.sort_by_key(|program| !program.resumes());
        for program in programs {
            let uprobes = matches!(program.target().kind.attach, Attach::Uprobe { .. });
            let files = binaries.get(program.first..).unwrap_or_default();
            let offsets = if uprobes { binary::offsets(&program.targets, files)? } else { Vec::new() };
            if !program.is_added() {
                self.probes_further(offsets.iter().map(|all| all.len().saturating_sub(1)).sum());
            }
            let loaded = self.object.progs_mut().find(|loaded| loaded.name() == program.symbol().as_str());
            let Some(loaded) = loaded else { continue };
            match loaded.attach_type() {
                ProgramAttachType::KprobeMulti => {
                    links.extend(attach_functions(&loaded, program)?);
                    continue;
                }
                // libbpf chooses it for USDT probes as well, which it attaches by itself.
                ProgramAttachType::TraceUprobeMulti if program.target().kind.attach != Attach::Usdt => {
                    links.extend(attach_files(&loaded, program, binaries, &offsets)?);
                    continue;
                }
                _ => {}
            }
            for (number, target) in (program.first..).zip(&program.targets) {
                if let Place::Samples { .. } | Place::Watch { .. } = target.place {
                    links.extend(sample::attach(&loaded, target)?);
                    continue;
                }
                // A program of one attach point has no need of a number, which takes Linux 5.15.
                let cookie = if program.targets.len() > 1 { number as u64 } else { 0 };
                let binary = binaries.get(number).and_then(Option::as_deref);
                if let (Place::Usdt { .. }, Some(probes)) = (&target.place, &mut refused) {
                    links.extend(probes.attach(&loaded, target, binary, cookie)?);
                    continue;
                }
                for offset in offsets.get(number - program.first).into_iter().flatten() {
                    let (link, said) = log::capture(|| attach_at(&loaded, target, binary, (*offset, cookie)));
                    links.push(link.map_err(|error| explain(&error, &said, target, binary))?);
                }
                if uprobes {
                    continue;
                }
                let (link, said) = log::capture(|| attach(&loaded, target, binary, cookie));
                links.push(link.map_err(|error| explain(&error, &said, target, binary))?);
            }
        }
        self.links().extend(links);
        Ok(())
    }
}

/// One link for all functions of a program, or one for each where their returns are separate.
fn attach_functions(loaded: &ProgramMut<'_>, program: &Program) -> Result<Vec<Link>> {
    let each = if separate_returns(program) { 1 } else { program.targets.len().max(1) };
    let mut links = Vec::new();
    for (part, targets) in program.targets.chunks(each).enumerate() {
        let first = (program.first + part * each) as u64;
        let (link, said) = log::capture(|| attach_all(loaded, targets, first));
        links.push(link.map_err(|error| explain(&error, &said, program.target(), None))?);
    }
    Ok(links)
}

/// One link for attach points of a program, which are numbered from `first` on.
fn attach_all(loaded: &ProgramMut<'_>, targets: &[AttachPoint], first: u64) -> libbpf_rs::Result<Link> {
    let function = |target: &AttachPoint| match &target.place {
        Place::Function(function) => Some(function.clone()),
        _ => None,
    };
    loaded.attach_kprobe_multi_with_opts(KprobeMultiOpts {
        symbols: targets.iter().filter_map(function).collect(),
        cookies: (first..).take(targets.len()).collect(),
        retprobe: targets.iter().any(|target| target.kind.attach == Attach::Kprobe { ret: true }),
        ..KprobeMultiOpts::default()
    })
}

/// One link for the attach points of a program in each file. `offsets`: where each is in its file, maybe at several.
fn attach_files(
    loaded: &ProgramMut<'_>, program: &Program, binaries: &[Option<PathBuf>], offsets: &[Vec<u64>],
) -> Result<Vec<Link>> {
    let mut files: BTreeMap<&Path, Vec<(u64, usize)>> = BTreeMap::new();
    for (number, offsets) in (program.first..).zip(offsets) {
        let file = binaries.get(number).and_then(Option::as_deref).unwrap_or(Path::new(""));
        files.entry(file).or_default().extend(offsets.iter().map(|offset| (number as u64, *offset as usize)));
    }
    let mut links = Vec::new();
    for (file, places) in files {
        let options = UprobeMultiOpts {
            offsets: places.iter().map(|place| place.1).collect(),
            cookies: places.iter().map(|place| place.0).collect(),
            retprobe: program.target().kind.attach == Attach::Uprobe { ret: true },
            ..UprobeMultiOpts::default()
        };
        // -1: every process that has the file mapped, now or later.
        let (link, said) = log::capture(|| loaded.attach_uprobe_multi_with_opts(-1, file, "", options));
        links.push(link.map_err(|error| explain(&error, &said, program.target(), Some(file)))?);
    }
    Ok(links)
}

/// One link for an offset in a file.
fn attach_at(
    program: &ProgramMut<'_>, target: &AttachPoint, binary: Option<&Path>, (offset, cookie): (u64, u64),
) -> libbpf_rs::Result<Link> {
    let retprobe = target.kind.attach == Attach::Uprobe { ret: true };
    let options = UprobeOpts { retprobe, cookie, ..UprobeOpts::default() };
    // -1: every process that has the file mapped, now or later.
    program.attach_uprobe_with_opts(-1, binary.unwrap_or(Path::new("")), offset as usize, options)
}

fn attach(
    program: &ProgramMut<'_>, target: &AttachPoint, binary: Option<&Path>, cookie: u64,
) -> libbpf_rs::Result<Link> {
    match (target.kind.attach, &target.place) {
        (Attach::Kprobe { ret }, Place::Function(function)) => {
            program.attach_kprobe_with_opts(ret, function, KprobeOpts { cookie, ..KprobeOpts::default() })
        }
        (Attach::Kprobe { ret }, Place::Symbol { module, function, offset: 0 }) => {
            let function = in_module(module.as_deref(), function);
            program.attach_kprobe_with_opts(ret, function, KprobeOpts { cookie, ..KprobeOpts::default() })
        }
        (Attach::Kprobe { .. }, Place::Symbol { module, function, offset }) => {
            let event = perf::kprobe(&in_module(module.as_deref(), function), *offset, false)?;
            hang(program, event, cookie)
        }
        (Attach::Ksyscall { ret }, Place::Function(call)) => program.attach_ksyscall(ret, call),
        (Attach::Tracepoint, Place::Tracepoint { category, name }) => {
            let _raised = raise(Deed::Tracefs);
            let options = TracepointOpts { cookie, ..TracepointOpts::default() };
            program.attach_tracepoint_with_opts(TracepointCategory::Custom(category.clone()), name, options)
        }
        (Attach::Usdt, Place::Usdt { provider, name, .. }) => {
            let options = UsdtOpts { cookie, ..UsdtOpts::default() };
            program.attach_usdt_with_opts(-1, binary.unwrap_or(Path::new("")), provider, name, options)
        }
        // The grammar of a kind gives the place that its attach call takes.
        _ => program.attach(),
    }
}

/// A program on a perf event, which the link closes.
fn hang(program: &ProgramMut<'_>, event: OwnedFd, cookie: u64) -> libbpf_rs::Result<Link> {
    let options = PerfEventOpts { cookie, ..PerfEventOpts::default() };
    let link = program.attach_perf_event_with_opts(event.as_raw_fd(), options)?;
    let _ = event.into_raw_fd();
    Ok(link)
}

/// The function is there, but what begins so many bytes into it is none of its instructions.
fn no_instruction(function: &str, target: &AttachPoint) -> Error {
    Error::new(Code::TargetFunction, format!("`{function}` cannot be probed there"))
        .label(target.span, "no instruction begins at this offset, or the kernel does not allow a probe on it")
        .help("objdump -d of the kernel or the module shows where its instructions begin")
}

/// The most telling reason for a failed attach.
pub(super) fn explain(error: &libbpf_rs::Error, said: &str, target: &AttachPoint, binary: Option<&Path>) -> Error {
    let kind = target.kind;
    let known = no_privileges(error, kind).or_else(|| missing(target, binary)).or_else(|| crowded(error, kind.attach));
    known.unwrap_or_else(|| refused("attach", error, said)).label_if_bare(target.span, "this attach point")
}

/// Too many programs where one is to be attached. (A program that is too large is refused before it is attached.)
fn crowded(error: &libbpf_rs::Error, attach: Attach) -> Option<Error> {
    if !format!("{error:#}").contains("(os error 7)") {
        return None;
    }
    // BPF_TRACE_MAX_PROGS of kernel/trace/bpf_trace.c, BPF_MAX_TRAMP_LINKS of include/linux/bpf.h.
    let most = if matches!(attach, Attach::Trampoline { .. } | Attach::Lsm) { 38 } else { 64 };
    let what = format!("this attach point already has {most} programs, the most that the kernel allows");
    let help = match attach {
        Attach::Tracepoint => {
            "detach other probes (ebpf list); or use raw_tracepoint: or tp_btf:, which have no such limit"
        }
        _ => "detach other probes (ebpf list); bpftool link list shows those of other programs",
    };
    Some(Error::new(Code::KernelFull, what).help(help))
}

/// Returns the error for a name in an attach point that does not exist.
fn missing(target: &AttachPoint, binary: Option<&Path>) -> Option<Error> {
    let said = target.text.split(':').next().unwrap_or_default();
    let syscall = matches!(target.kind.attach, Attach::Ksyscall { .. });
    match &target.place {
        Place::Function(name) => kernel::no_kprobes(said).or_else(|| kernel::no_function(name, syscall, target)),
        Place::Symbol { module, function, offset } => kernel::no_kprobes(said)
            .or_else(|| kernel::no_symbol(module.as_deref(), function, target))
            .or_else(|| (*offset > 0).then(|| no_instruction(function, target))),
        Place::Binary { .. } => binary::not_probed(binary?, target),
        Place::Raw(name) => nu_ebpf_machine::place::no_event(name, target),
        _ => None,
    }
}
