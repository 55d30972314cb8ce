//! What the kernel leaves to the reader: text for people, and what may be a fraction, by Nushell's own functions; paths of
//! cgroups, addresses, devices. Where Nushell would have raised an error, the value is that error, among the other values of its row.

use super::decode::Shell;
use super::{cgroup, socket};
use crate::ir::{Later, Space, compute, device_text};
use nu_protocol::ast::Operator;
use nu_protocol::{ShellError, Span, Value};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What becomes of the arguments.
pub fn later(op: Later, args: &[Value], shell: &Shell) -> Value {
    // As in the shell, nothing is computed of an error: it is passed on.
    if let Some(error) = args.iter().find(|arg| matches!(arg, Value::Error { .. })) {
        return error.clone();
    }
    match (op, args) {
        (Later::Text, parts) => {
            let parts = parts.iter().map(|part| writable(part, shell).to_expanded_string(", ", &shell.config));
            Value::string(parts.collect::<String>(), shell.span)
        }
        (Later::Operator(op), [left, right]) => operator(op.nu, left, right, shell.span),
        (Later::Binary(count), [value]) if let Some(bytes) = binary(value, count) => Value::binary(bytes, shell.span),
        (Later::Symbol(space), [address, of @ ..]) => Value::string(symbol(space, address, of, shell), shell.span),
        (Later::Cgroup, [Value::Int { val, .. }]) => Value::string(cgroup::path(val.cast_unsigned()), shell.span),
        // What could not be read.
        (Later::InternetAddress | Later::SocketAddress, [Value::Nothing { .. }]) => Value::nothing(shell.span),
        (Later::InternetAddress, parts) if let Some(address) = internet_address(parts) => {
            Value::string(address.to_string(), shell.span)
        }
        (Later::SocketAddress, [Value::Binary { val, .. }]) => socket::address(val, shell.span),
        (Later::Device, [Value::Int { val, .. }]) => Value::string(device_text(*val), shell.span),
        (
            Later::Operator(_)
            | Later::Binary(_)
            | Later::Title(_)
            | Later::Enum(_)
            | Later::InternetAddress
            | Later::Symbol(_)
            | Later::SocketAddress
            | Later::Device
            | Later::Cgroup,
            args,
        ) => {
            let (msg, span) = (format!("{} arguments", args.len()), shell.span);
            Value::error(ShellError::IncorrectValue { msg, val_span: span, call_span: span }, span)
        }
    }
}

/// What Nushell writes for the shortest duration, of which every part stays negative.
const SHORTEST: &str = "--15250wk -1day -23hr -47min -16sec -854ms -775µs -808ns";

/// What Nushell can write without an overflow in debug builds: it negates a negative duration, and for the least one there is no such number.
fn writable<'value>(value: &'value Value, shell: &Shell) -> Cow<'value, Value> {
    let inner = |value: &Value| writable(value, shell).into_owned();
    match value {
        Value::Duration { val: i64::MIN, .. } => Cow::Owned(Value::string(SHORTEST, shell.span)),
        Value::List { vals, .. } => Cow::Owned(Value::list(vals.iter().map(inner).collect(), shell.span)),
        Value::Record { val, .. } => {
            let all = val.iter().map(|(name, value)| (name.clone(), inner(value)));
            Cow::Owned(Value::record(all.collect(), shell.span))
        }
        other => Cow::Borrowed(other),
    }
}

/// The name of what is at an address, or else the address.
fn symbol(space: Space, address: &Value, image: &[Value], shell: &Shell) -> String {
    let number = match address {
        Value::Int { val, .. } => val.cast_unsigned(),
        // An address is text already.
        other => other.as_str().ok().and_then(|text| u64::from_str_radix(text.get(2..)?, 16).ok()).unwrap_or(0),
    };
    let image = match (space, image) {
        (Space::User, [Value::Int { val, .. }]) => Some(val.cast_unsigned()),
        _ => None,
    };
    let name = shell.stacks.as_ref().and_then(|stacks| stacks.symbol(number, image));
    name.unwrap_or_else(|| format!("{number:#x}"))
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

/// Four bytes, or sixteen in two halves; or either as a binary, or as a list of numbers.
fn internet_address(parts: &[Value]) -> Option<IpAddr> {
    Some(match parts {
        [Value::Binary { val, .. }] => socket::internet(val)?,
        parts if parts.len() > 2 => {
            let byte = |part: &Value| u8::try_from(part.as_int().ok()?).ok();
            socket::internet(&parts.iter().map(byte).collect::<Option<Vec<u8>>>()?)?
        }
        [Value::Int { val, .. }] => Ipv4Addr::from((*val as u32).to_ne_bytes()).into(),
        [Value::Int { val: low, .. }, Value::Int { val: high, .. }] => {
            let [low, high] = [low, high].map(|half| half.to_ne_bytes());
            Ipv6Addr::from(<[u8; 16]>::try_from([low, high].concat()).ok()?).into()
        }
        _ => return None,
    })
}

/// The bytes of a string, or so many of a number's, the lowest first.
fn binary(value: &Value, count: u32) -> Option<Vec<u8>> {
    let number = match value {
        Value::String { val, .. } => return Some(val.as_bytes().to_vec()),
        Value::Int { val, .. } | Value::Duration { val, .. } => *val,
        Value::Filesize { val, .. } => val.get(),
        Value::Bool { val, .. } => (*val).into(),
        _ => return None,
    };
    number.to_le_bytes().get(..count as usize).map(<[u8]>::to_vec)
}

#[cfg(test)]
#[path = "../../../tests/unit/read_later.rs"]
mod tests;
