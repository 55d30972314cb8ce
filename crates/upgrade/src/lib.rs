//! A lowered object in; the same at cheaper attach points out, where that gives the same values, else why not.
//!
//! `kprobe` and `kretprobe` become `fentry` and `fexit`, a tracepoint its raw form. The programs stay as they are but for
//! what they read of the context, which is replaced field by field: members are read by the same helpers as before, and
//! what a field is called, and how wide it is, does not change. It knows neither closures nor C, and loads nothing.

mod function;
mod kept;
mod raw;

pub use function::probed;
pub use kept::Kept;

use function::Called;
use nu_ebpf_btf::Btf;
use nu_ebpf_ir::ir::{AttachPoint, Context, ExprKind, Field, Object, Place, Program};
use nu_ebpf_ir::spec::field::{ARGUMENTS, KERNEL_STACK, REGISTERS, USER_STACK};
use nu_ebpf_ir::spec::probe::{Attach, by_attach};

/// An object at cheaper attach points.
#[derive(Debug)]
pub struct Upgrade {
    pub object: Object,
    /// Why some attach points stay as they were written.
    pub rest: Option<Kept>,
}

/// The object at cheaper attach points.
///
/// # Errors
/// Why it stays where it is.
pub fn upgraded(object: &Object) -> Result<Upgrade, Kept> {
    if object.targets().all(|target| target.kind.attach == Attach::Tracepoint) {
        return raw::upgraded(object);
    }
    let wanted = object.targets().find_map(|target| target.kind.attach.upgraded());
    let kind = wanted.and_then(by_attach).ok_or(Kept::Cheapest)?;
    let [program] = object.programs.as_slice() else {
        return Err(if object.programs.iter().any(|one| one.for_return) { Kept::Entry } else { Kept::Several });
    };
    let [target] = program.targets.as_slice() else { return Err(Kept::Several) };
    // First what takes no look at the kernel's types, which are large.
    if program.exprs.iter().any(|expr| is_stack(&expr.kind)) {
        return Err(Kept::Stack);
    }
    let name = match &target.place {
        Place::Function(name) => name,
        Place::Symbol { .. } => return Err(Kept::Inside),
        _ => return Err(Kept::Cheapest),
    };
    let called = Called::new(Btf::kernel().map_err(|_| Kept::NoTypes)?, name, kind)?;
    let targets = vec![AttachPoint { kind, ..target.clone() }];
    let mut program = Program { targets, context: Context::new(kind.frame), ..program.clone() };
    for expr in &mut program.exprs {
        if let ExprKind::Field(field) = &mut expr.kind {
            *field = moved(*field, &called)?;
        }
    }
    Ok(Upgrade { object: Object { programs: vec![program], ..object.clone() }, rest: None })
}

/// Returns whether an expression takes a stack: a function's begins elsewhere in it at the other attach point.
fn is_stack(expr: &ExprKind) -> bool {
    matches!(expr, ExprKind::Field(Field::Builtin(row) | Field::Argument { row, .. })
        if [KERNEL_STACK, USER_STACK].contains(&row.header))
}

/// Returns what a field of the context is at the other attach point.
fn moved(field: Field, called: &Called) -> Result<Field, Kept> {
    let (row, ty) = match field {
        Field::Builtin(row) => (row, row.ty),
        Field::Argument { row, ty } => (row, ty),
        Field::Member { .. } | Field::Target => return Ok(field),
    };
    if ![REGISTERS, ARGUMENTS].contains(&row.header) {
        return Ok(field);
    }
    // One that the kernel's types do not describe is all that the register holds.
    let row = called.row(row, matches!(field, Field::Builtin(_)))?;
    Ok(if row.ty == ty { Field::Builtin(row) } else { Field::Argument { row, ty } })
}
