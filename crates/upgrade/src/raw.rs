//! The raw forms of tracepoints. The kernel runs no tracepoint's program while another program runs on the same processor,
//! and that event is lost; it runs a raw tracepoint's.

use super::{Kept, Upgrade};
use nu_ebpf_btf::Btf;
use nu_ebpf_ir::ir::{AttachPoint, Context, ExprKind, Field, Object, Place, Program};
use nu_ebpf_ir::spec::probe::{Attach, SYSCALL_CATEGORY, by_attach};
use nu_ebpf_machine::tracefs;
use std::collections::BTreeSet;

/// Attach points at most: each raw form is a program of its own, and loading one takes milliseconds.
const MOST: usize = 64;

/// The object with the raw form of each tracepoint that has one, a program each.
///
/// # Errors
/// Why the first one has none, where no other has.
pub fn upgraded(object: &Object) -> Result<Upgrade, Kept> {
    if object.targets().count() > MOST {
        return Err(Kept::Many);
    }
    if object.programs.iter().any(|one| one.for_return) {
        return Err(Kept::Entry);
    }
    // First what takes no look at the kernel's types, which are large.
    if object.programs.iter().all(|program| reads_record(program) || program.targets.iter().all(is_syscall)) {
        return Err(if object.programs.iter().any(reads_record) { Kept::Record } else { Kept::NoRaw });
    }
    let kernel = Kernel { btf: Btf::kernel().map_err(|_| Kept::NoTypes)?, dynamic: tracefs::dynamic() };
    let (mut made, mut rest) = (Object { programs: Vec::new(), ..object.clone() }, None);
    let mut raws = 0;
    for program in &object.programs {
        let forms: Vec<Result<AttachPoint, Kept>> =
            program.targets.iter().map(|target| kernel.form(program, target)).collect();
        raws += forms.iter().filter(|form| form.is_ok()).count();
        match forms.iter().any(Result::is_ok) {
            true => split(&mut made, program, &forms),
            false => add(&mut made, program.clone()),
        }
        rest = rest.or(forms.into_iter().find_map(Result::err));
    }
    if raws == 0 { Err(rest.unwrap_or(Kept::NoRaw)) } else { Ok(Upgrade { object: made, rest }) }
}

fn reads_record(program: &Program) -> bool {
    program.exprs.iter().any(|expr| matches!(expr.kind, ExprKind::Field(Field::Member { .. })))
}

fn is_syscall(target: &AttachPoint) -> bool {
    matches!(&target.place, Place::Tracepoint { category, .. } if category == SYSCALL_CATEGORY)
}

/// What the running kernel has.
struct Kernel {
    btf: &'static Btf,
    /// Events that somebody has made; None where any may be one.
    dynamic: Option<BTreeSet<String>>,
}

impl Kernel {
    /// The raw form of a tracepoint, for a program.
    fn form(&self, program: &Program, target: &AttachPoint) -> Result<AttachPoint, Kept> {
        if reads_record(program) {
            return Err(Kept::Record);
        }
        let name = match &target.place {
            Place::Tracepoint { name, .. } if !is_syscall(target) && self.btf.tracepoint(name).is_some() => name,
            _ => return Err(Kept::NoRaw),
        };
        if self.dynamic.as_ref().is_none_or(|dynamic| dynamic.contains(name)) {
            return Err(Kept::Dynamic);
        }
        let kind = by_attach(Attach::Raw).ok_or(Kept::Cheapest)?;
        Ok(AttachPoint { kind, place: Place::Raw(name.clone()), ..target.clone() })
    }
}

/// Adds a program for each attach point of one: at its raw form, or where it was.
fn split(made: &mut Object, program: &Program, forms: &[Result<AttachPoint, Kept>]) {
    for (index, (target, form)) in program.targets.iter().zip(forms).enumerate() {
        let mut one = Program { first: program.first + index, ..program.clone() };
        one.targets = vec![form.as_ref().unwrap_or(target).clone()];
        if let Ok(target) = form {
            one.context = Context::new(target.kind.frame);
        }
        if index > 0 {
            one.name = made.unused_name(&target.ident());
        }
        add(made, one);
    }
}

fn add(made: &mut Object, mut program: Program) {
    program.shift = made.programs.last().map_or(0, |last| last.shift + last.text.len());
    made.programs.push(program);
}
