//! The attach calls, one arm a kind of attachment.

use super::object::{Loaded, refused};
use super::{binary, log, machine};
use crate::error::{Error, Result};
use crate::ir::{AttachPoint, Place};
use crate::spec::probe::Attach;
use libbpf_rs::{Link, ProgramMut, TracepointCategory, UprobeOpts};
use std::path::Path;

impl Loaded {
    /// Attaches the object's program. `binary` is the file that a uprobe's attach point stands for.
    ///
    /// # Errors
    /// Why not, in the words of the attach point; nothing stays attached.
    pub fn attach(&self, target: &AttachPoint, binary: Option<&Path>) -> Result<()> {
        let all = || self.object.progs_mut().map(|program| attach(&program, target, binary)).collect();
        let (links, said): (libbpf_rs::Result<Vec<_>>, _) = log::capture(all);
        let links = links.map_err(|error| explain(&error, &said, target, binary))?;
        self.links().extend(links);
        Ok(())
    }
}

fn attach(program: &ProgramMut<'_>, target: &AttachPoint, binary: Option<&Path>) -> libbpf_rs::Result<Link> {
    match (target.kind.attach, &target.place) {
        (Attach::Kprobe { ret }, Place::Function(function)) => program.attach_kprobe(ret, function),
        (Attach::Ksyscall { ret }, Place::Function(call)) => program.attach_ksyscall(ret, call),
        (Attach::Tracepoint, Place::Tracepoint { category, name }) => {
            program.attach_tracepoint(TracepointCategory::Custom(category.clone()), name)
        }
        (Attach::Uprobe { ret }, Place::Binary { function, offset, .. }) => {
            let options = UprobeOpts { retprobe: ret, func_name: function.clone(), ..UprobeOpts::default() };
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
        Place::Function(name) => machine::no_kprobes(kind).or_else(|| machine::no_function(name, syscall, target)),
        Place::Binary { function: Some(name), .. } => binary::no_function(binary?, name, target),
        _ => None,
    };
    let known = machine::no_privileges(error, kind).or_else(missing);
    known.unwrap_or_else(|| refused("attach", error, said)).label_if_bare(target.span, "this attach point")
}
