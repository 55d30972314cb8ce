//! What the kernel leaves to the reader: text for people, and what may be a fraction, by Nushell's own functions. Where
//! Nushell would have raised an error, the value is that error, among the other values of its row.

use super::decode::Shell;
use crate::ir::{Later, compute};
use nu_protocol::ast::Operator;
use nu_protocol::{ShellError, Span, Value};

/// What becomes of the arguments.
pub fn later(op: Later, args: &[Value], shell: &Shell) -> Value {
    // As in the shell, nothing is computed of an error: it is passed on.
    if let Some(error) = args.iter().find(|arg| matches!(arg, Value::Error { .. })) {
        return error.clone();
    }
    match (op, args) {
        (Later::Text, parts) => {
            let parts = parts.iter().map(|part| part.to_expanded_string(", ", &shell.config));
            Value::string(parts.collect::<String>(), shell.span)
        }
        (Later::Operator(op), [left, right]) => operator(op.nu, left, right, shell.span),
        (Later::Float, [value]) => float(value, shell.span),
        (Later::Operator(_) | Later::Float | Later::Title(_), args) => {
            let (msg, span) = (format!("{} arguments", args.len()), shell.span);
            Value::error(ShellError::IncorrectValue { msg, val_span: span, call_span: span }, span)
        }
    }
}

fn operator(op: Operator, left: &Value, right: &Value, span: Span) -> Value {
    let error = match compute(op, left, right, span) {
        Some(Ok(value)) => return value,
        Some(Err(error)) => error,
        None => ShellError::OperatorUnsupportedType {
            op,
            unsupported: right.get_type(),
            op_span: span,
            unsupported_span: span,
            help: None,
        },
    };
    Value::error(error, span)
}

/// `into float`, as Nushell has it.
fn float(value: &Value, span: Span) -> Value {
    let error = match value {
        Value::Float { val, .. } => return Value::float(*val, span),
        Value::Int { val, .. } => return Value::float(*val as f64, span),
        Value::Bool { val, .. } => return Value::float(f64::from(u8::from(*val)), span),
        Value::String { val, .. } => match val.trim().parse::<f64>() {
            Ok(number) => return Value::float(number, span),
            Err(error) => {
                ShellError::CantConvert { to_type: "float".into(), from_type: error.to_string(), span, help: None }
            }
        },
        other => ShellError::OnlySupportsThisInputType {
            exp_input_type: "string, int or bool".into(),
            wrong_type: other.get_type().to_string(),
            dst_span: span,
            src_span: span,
        },
    };
    Value::error(error, span)
}

#[cfg(test)]
#[path = "../../tests/unit/read_later.rs"]
mod tests;
