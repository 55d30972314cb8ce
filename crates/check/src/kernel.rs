//! The kernel features that an object uses, each with its source span; and whether its kernel has them.

use crate::error::{Error, Result};
use crate::ir::{ExprKind, Fallible, Field, Object, Program, Span, StmtKind};
use crate::spec::code::Code;
use crate::spec::feature::{COOKIE, FUNC_IP, Feature, LOOP, OLDEST, PER_CPU, SNPRINTF, TASK_STORAGE, Version};
use crate::spec::function::PATH;
use crate::spec::probe::{Attach, Frame};

/// A feature that a program uses, and where.
struct Use {
    feature: &'static Feature,
    span: Span,
}

/// Refuses an object that uses a feature which its kernel lacks and nothing replaces.
///
/// # Errors
/// [`Code::KernelOld`], labelled on the expression that needs the feature.
pub fn offered(object: &Object) -> Result<()> {
    for program in &object.programs {
        let mut uses = uses(object, program).into_iter();
        let Some(lacked) = uses.find(|own| own.feature.fallback.is_none() && !object.kernel.has(own.feature)) else {
            continue;
        };
        let Feature { name, since, purpose, .. } = lacked.feature;
        return Err(Error::new(Code::KernelOld, format!("this needs Linux {since}"))
            .label(program.at(lacked.span), format!("it calls {name}, which this kernel does not have"))
            .help(format!("run it on Linux {since} or newer, or leave it out: {purpose}")));
    }
    Ok(())
}

/// The first kernel that an object loads on, as it is built: features that are replaced do not count.
pub fn oldest(object: &Object) -> Version {
    let kinds = object.targets().filter_map(|target| target.kind.min_kernel.parse().ok());
    let features = object.programs.iter().flat_map(|program| uses(object, program));
    let features = features.filter(|own| object.kernel.has(own.feature)).map(|own| own.feature.since);
    kinds.chain(features).chain([OLDEST]).max().unwrap_or(OLDEST)
}

/// What a program uses beyond [`OLDEST`], in the order of its text.
fn uses(object: &Object, program: &Program) -> Vec<Use> {
    let mut uses = Vec::new();
    let mut add = |feature, span| uses.push(Use { feature, span });
    for stmt in program.stmts() {
        match &stmt.kind {
            StmtKind::Loop { .. } => add(&LOOP, stmt.span),
            StmtKind::Put { map, .. } | StmtKind::Get { map, .. } => {
                let of_thread = object.maps[*map].state().is_some_and(|state| state.key.is_none());
                if of_thread {
                    add(&TASK_STORAGE, stmt.span);
                }
                let kprobe = matches!(program.target().kind.attach, Attach::Kprobe { .. });
                if of_thread && kprobe && program.targets.len() > 1 {
                    add(&FUNC_IP, stmt.span);
                }
            }
            _ => {}
        }
        for expr in stmt.kind.exprs().into_iter().flat_map(|expr| program.parts(expr)) {
            let expr = program.expr(expr);
            if let Some(feature) = feature(program, &expr.kind) {
                add(feature, expr.span);
            }
        }
    }
    uses
}

/// The feature that an expression needs.
fn feature(program: &Program, expr: &ExprKind) -> Option<&'static Feature> {
    match expr {
        ExprKind::Field(Field::Builtin(row) | Field::Argument { row, .. }) => {
            Some(row.needs).filter(|row| row.since > OLDEST)
        }
        ExprKind::Field(Field::Target) => {
            (program.targets.len() > 1 && program.target().kind.frame != Frame::Usdt).then_some(&COOKIE)
        }
        ExprKind::Variable { variable, .. } => program.variables[*variable].declared.as_ref().map(|_| &PER_CPU),
        ExprKind::Call { function, .. } | ExprKind::Fallible(Fallible::Call { function, .. }) => {
            (*function == &PATH).then_some(&LOOP)
        }
        ExprKind::Fallible(Fallible::Format { .. }) => Some(&SNPRINTF),
        _ => None,
    }
}
