//! Iterators: a loaded program, and the bytes of its rows.

use super::log;
use super::object::{Loaded, no_privileges, refused};
use crate::error::{Error, Result};
use crate::ir::{Object, Place};
use crate::spec::code::Code;
use crate::spec::probe::CGROUPS;
use libbpf_rs::{CgroupIterOpts, CgroupIterOrder, Iter, IterOpts, Link, ProgramMut};
use nu_ebpf_privilege::{Deed, raise};
use std::fs::File;
use std::io::Read;
use std::os::fd::AsFd;
use std::path::Path;

impl Loaded {
    /// Begins an iteration: reading from what comes back runs the program. `cgroups`: the folder of the outermost one.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn iterate(&self, source: &Object, cgroups: Option<&Path>) -> Result<impl Read + Send + 'static> {
        let _raised = raise(Deed::Load);
        let target = source.programs[0].target();
        let begun = log::capture(|| {
            let mut programs = self.object.progs_mut();
            programs.next().map(|program| link(&program, &target.place, cgroups).and_then(|link| Iter::new(&link)))
        });
        let (Some(iter), said) = begun else {
            return Err(Error::new(Code::KernelRefused, "the object has no iterator program"));
        };
        let known = |error| no_privileges(&error, target.kind).unwrap_or_else(|| refused("iterate by", &error, &said));
        iter.map_err(|error| known(error).label_if_bare(target.span, "this iterator"))
    }
}

/// Attaches an iterator. The file that is read holds the program, so the link may be dropped.
fn link(program: &ProgramMut<'_>, place: &Place, cgroups: Option<&Path>) -> libbpf_rs::Result<Link> {
    let (true, Some(root)) = (place.written() == CGROUPS, cgroups) else { return program.attach() };
    let root = File::open(root)?;
    let mut options = CgroupIterOpts::from_fd(root.as_fd());
    options.order = CgroupIterOrder::DescendantsPre;
    program.attach_iter_with_opts(IterOpts::Cgroup(options))
}
