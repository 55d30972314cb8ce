//! The type rules that need no program: what a constant is, an operator gives, a variable of two types must be.

use super::{
    Binary, Const, Context, ExprId, ExprKind, Fallible, Field, Form, Function, Kind, Space, Text, Type, VarId, Width,
};
use crate::spec::function::Gives;

/// The type of a constant.
pub fn constant(value: &Const) -> Type {
    match value {
        Const::Nothing => Type::Nothing,
        Const::Bool(_) => Type::Bool,
        Const::Int(_) => Type::Int(Width::I64),
        Const::Float(_) => Type::Float,
        Const::Duration(_) => Type::Duration,
        Const::Filesize(_) => Type::Filesize,
        Const::Datetime(_) => Type::Datetime,
        Const::String(text) => Type::Text(Text::Literal(text.len() as u32)),
        Const::Binary(bytes) => Type::Binary(bytes.len() as u32),
        Const::Value(value) => Type::Constant(match **value {
            nu_protocol::Value::Range { .. } => "range",
            nu_protocol::Value::CellPath { .. } => "cell-path",
            nu_protocol::Value::Date { .. } => "datetime out of 64 bits",
            _ => "constant",
        }),
    }
}

/// The type of a variable that is given values of two types; None where there is none.
pub fn join(left: Type, right: Type) -> Option<Type> {
    match (left, right) {
        (left, right) if left == right => Some(left),
        (Type::Int(_), Type::Int(_)) => Some(Type::Int(Width::I64)),
        (Type::Pointer(_), Type::Pointer(_)) => Some(Type::Pointer(None)),
        (Type::Text(Text::Literal(left)), Type::Text(Text::Literal(right))) => {
            Some(Type::Text(Text::Literal(left.max(right))))
        }
        (Type::Text(_), Type::Text(_)) => Some(Type::Text(Text::Counted(left.capacity().max(right.capacity())))),
        _ => None,
    }
}

/// What an operator gives for two types; None where Nushell has no such operation.
pub fn result(op: Binary, left: Type, right: Type) -> Option<Type> {
    Some(match op.result(left.kind(), right.kind())? {
        Kind::Bool => Type::Bool,
        Kind::Int => Type::Int(Width::I64),
        Kind::Duration => Type::Duration,
        Kind::Filesize => Type::Filesize,
        Kind::Datetime => Type::Datetime,
        Kind::Text => Type::Text(Text::Counted(left.capacity() + right.capacity())),
        Kind::Nothing | Kind::Float | Kind::Binary | Kind::Address | Kind::Stack | Kind::Constant => return None,
    })
}

/// The type of an expression, of those of its operands and variables; None where an operator does not take them.
pub fn expression(
    kind: &ExprKind, context: &Context, operand: &mut dyn FnMut(ExprId) -> Type, var: &dyn Fn(VarId) -> Type,
) -> Option<Type> {
    Some(match kind {
        ExprKind::Const(value) => constant(value),
        ExprKind::Field(Field::Builtin(field)) => field.ty,
        ExprKind::Field(Field::Member { member, .. }) => match context.members[*member].form {
            Form::DataLoc => Type::Pointer(Some(Space::Kernel)),
            Form::Value | Form::Array(_) | Form::Opaque => context.members[*member].ty,
        },
        ExprKind::Field(Field::Argument { ty, .. }) => *ty,
        ExprKind::Member { space, .. } => Type::Pointer(Some(*space)),
        ExprKind::Container { .. } => Type::Pointer(None),
        ExprKind::Variable { .. } => Type::Pointer(Some(Space::Kernel)),
        ExprKind::Fallible(Fallible::Load { ty, .. }) => *ty,
        ExprKind::Field(Field::Target) => Type::Int(Width::U32),
        ExprKind::Var(id) => var(*id),
        ExprKind::Not(_) | ExprKind::IsNull(_) | ExprKind::Fallible(Fallible::Matches { .. }) => Type::Bool,
        ExprKind::Binary { op, lhs, rhs } | ExprKind::Fallible(Fallible::Checked { op, lhs, rhs }) => {
            let (left, right) = (operand(*lhs), operand(*rhs));
            return result(op, left, right);
        }
        ExprKind::Call { function, args } | ExprKind::Fallible(Fallible::Call { function, args }) => {
            let args: Vec<Type> = args.iter().map(|arg| operand(*arg)).collect();
            gives(function, &args)
        }
        ExprKind::Fallible(Fallible::Sub { ty, .. }) => match ty {
            Type::Int(_) => Type::Int(Width::I64),
            ty => *ty,
        },
        ExprKind::Fallible(Fallible::Where { read, .. }) => operand(*read),
        ExprKind::Fallible(Fallible::ReadBytes { max, .. }) => Type::Text(Text::Raw(*max)),
        ExprKind::Fallible(Fallible::ReadStr { max, .. }) => Type::Text(Text::Counted(*max)),
        ExprKind::Fallible(Fallible::Format { parts }) => {
            Type::Text(Text::Counted(parts.iter().map(|part| written(operand(*part))).sum()))
        }
    })
}

/// The most bytes that a value takes as text.
pub fn written(ty: Type) -> u32 {
    match ty.kind() {
        Kind::Text => ty.capacity(),
        Kind::Bool => 5,
        _ => 20,
    }
}

/// What a function gives for arguments of these types.
fn gives(function: Function, args: &[Type]) -> Type {
    let first = args.first().copied().unwrap_or(Type::Nothing);
    match function.gives {
        Gives::Type(ty) => ty,
        // An integer of any width is computed with as the widest.
        Gives::First if first.kind() == Kind::Int => Type::Int(Width::I64),
        Gives::First => first,
        Gives::Same => Type::Text(Text::Counted(first.capacity())),
        Gives::Text(max) => Type::Text(Text::Counted(max)),
    }
}
