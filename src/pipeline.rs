//! The stages in their order, from a closure to a loaded object. It holds no knowledge of its own.

use crate::back;
use crate::check::{self, Facts};
use crate::compile::{self, Cache, Clang, PATIENCE, Patience};
use crate::error::{Error, Result};
use crate::front::{self, Closure, Options, Shell};
use crate::ir::{AttachPoint, Context, Object};
use crate::load::{self, Loaded};
use crate::postpone;
use crate::spec::code::Code;
use crate::spec::feature::{Kernel, OLDEST, Version};
use crate::spec::probe::Attach;
use nu_ebpf_btf::Btf;
use nu_ebpf_machine::place;
use nu_ebpf_pin::{Group, Pinned};
use nu_ebpf_portable::{self as portable, Portable, Targets};
use nu_ebpf_upgrade::{Kept, Upgrade};
use nu_protocol::Span;
use std::path::Path;
use std::sync::Arc;

/// A closure, and the attach points that it is for.
#[derive(Debug)]
pub struct Wanted {
    pub targets: Vec<AttachPoint>,
    pub closure: Closure,
}

/// What has passed every stage before clang.
#[derive(Debug)]
pub struct Prepared {
    pub object: Object,
    pub facts: Facts,
    /// The C text.
    pub text: String,
    /// Bytes of the ring buffer.
    ring: u32,
    /// What a file holds of it, and where that is named: then there is no C, and nothing to compile.
    carried: Option<(Portable, Span)>,
}

impl Prepared {
    /// The first kernel that it loads on.
    pub fn oldest(&self) -> Version {
        let carried = self.carried.as_ref().map_or(OLDEST, |(file, _)| file.oldest());
        carried.max(check::oldest(&self.object))
    }
}

/// Front, check, back: needs no privileges (but a tracepoint's description), no clang. `ring`: bytes, a power of two;
/// `group`: the maps that it shares.
pub fn prepare(
    wanted: Vec<Wanted>, shell: &dyn Shell, options: &Options, ring: u32, group: Option<&Group>,
) -> Result<Prepared> {
    let place = |target: AttachPoint| context(&target).map(|context| (target, context));
    let one = |wanted: Wanted| Ok((wanted.closure, wanted.targets.into_iter().map(place).collect::<Result<_>>()?));
    let wanted: Vec<front::Wanted> = wanted.into_iter().map(one).collect::<Result<_>>()?;
    let object = front::lower(&wanted, shell, options).map_err(|error| explained(error, &wanted))?;
    let facts = check::check(&object, ring)?;
    front::has_output(&object, options.stream)?;
    // Where the second program would be too large, there is none.
    let both = postpone::postponing(&object, &facts, &|target| load::context(target).ok());
    let both = both.and_then(|both| check::check(&both, ring).ok().map(|facts| (both, facts)));
    let (object, facts) = both.unwrap_or((object, facts));
    group.map_or(Ok(()), |group| group.check(&object, &facts.keys, &facts.values))?;
    let text = back::render(&object, &facts, ring);
    Ok(Prepared { object, facts, text, ring, carried: None })
}

/// What is not there has no fields: where that is a function of the kernel's, it is what is wrong, and not the field.
fn explained(error: Error, wanted: &[front::Wanted]) -> Error {
    let is_function = |target: &&AttachPoint| {
        let attach = matches!(target.kind.attach, Attach::Kprobe { .. } | Attach::Trampoline { .. });
        attach && Btf::kernel().is_ok_and(|btf| btf.probed(target).is_none())
    };
    // Of a pattern's, all are there.
    let first = |(_, places): &front::Wanted| places.first().map(|(target, _)| target).filter(is_function).cloned();
    let missing = || wanted.iter().filter_map(first).find_map(|target| place::missing(&target, Path::new("/")));
    if error.code == Code::ClosureField { missing().unwrap_or(error) } else { error }
}

/// The same at cheaper attach points, and why some are as they were written; or why all are.
pub fn upgraded(prepared: &Prepared) -> std::result::Result<(Prepared, Option<Kept>), Kept> {
    let (Upgrade { object, rest }, ring) = (nu_ebpf_upgrade::upgraded(&prepared.object)?, prepared.ring);
    let facts = check::check(&object, ring).map_err(|error| Kept::Refused(error.message))?;
    let text = back::render(&object, &facts, ring);
    Ok((Prepared { object, facts, text, ring, carried: None }, rest))
}

/// What `$ctx` is at an attach point; of a return, at its entry too.
pub fn context(target: &AttachPoint) -> Result<Context> {
    let mut context = load::context(target)?;
    let entry = front::target::entry(target);
    context.entry = entry.and_then(|entry| Some(Box::new((entry.clone(), load::context(&entry).ok()?))));
    Ok(context)
}

/// What compiles: the clang that the user names, if one is named, and whether the user has given up.
pub struct Compiler<'a> {
    pub named: Option<String>,
    pub given_up: &'a dyn Fn() -> bool,
}

/// What clang makes of it. Its errors are labelled on the closure.
fn compile(prepared: &Prepared, compiler: &Compiler) -> Result<Vec<u8>> {
    let clang = Clang::find(compiler.named.as_deref())?;
    let patience = Patience { time: PATIENCE, given_up: compiler.given_up };
    compile::compile(&clang, Cache::open().as_ref(), &prepared.text, &patience)
}

/// Where an error about an object is labelled.
fn placed(object: &Object, error: Error) -> Error {
    error.moved(object).label_if_bare(object.programs[0].target().span, "this probe")
}

/// Compile and load; maps that are `shared` already are those. Errors of clang and the verifier are labelled on the closure.
pub fn load(prepared: &Prepared, compiler: &Compiler, verbose: bool, shared: &[Arc<Pinned>]) -> Result<Loaded> {
    let object = &prepared.object;
    let place = |error| placed(object, error);
    let Some((file, at)) = &prepared.carried else {
        let elf = compile(prepared, compiler).map_err(place)?;
        return Loaded::load(&elf, object, verbose, shared).map_err(place);
    };
    let loaded = Loaded::load(&file.elf, object, verbose, shared).map_err(place)?;
    file.check_maps(*at, |name| loaded.sizes(name)).map(|()| loaded)
}

/// Compile, for another machine: a file with all that it takes there.
pub fn pack(prepared: &Prepared, compiler: &Compiler, targets: Targets) -> Result<Vec<u8>> {
    let place = |error| placed(&prepared.object, error);
    let elf = compile(prepared, compiler).map_err(place)?;
    portable::write(&elf, &prepared.object, &prepared.facts, targets).map_err(place)
}

/// What [`pack`] has packed, here; `at`: where the file is named, `cwd`: where paths begin.
pub fn unpack(file: &[u8], at: Span, cwd: &Path, group: Option<&Group>) -> Result<(Prepared, Targets)> {
    let mut file = portable::read(file, at)?;
    file.settle(at, cwd, Kernel::Found(load::feature::has))?;
    let (object, facts, targets) = (file.object.clone(), file.facts.clone(), file.targets.clone());
    group.map_or(Ok(()), |group| group.check(&object, &facts.keys, &facts.values))?;
    Ok((Prepared { object, facts, text: String::new(), ring: 0, carried: Some((file, at)) }, targets))
}

/// What this machine has of what tracing needs.
pub fn requirements(clang: Option<&str>) -> Vec<load::Requirement> {
    let clang = Clang::find(clang).and_then(|clang| Ok(format!("{} ({})", clang.path.display(), clang.version()?)));
    let clang = load::Requirement::tried("clang 14", load::EVERYTHING, clang, "");
    std::iter::once(clang).chain(load::requirements()).collect()
}
