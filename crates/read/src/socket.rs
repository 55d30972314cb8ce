//! Addresses of sockets: their bytes, as the kernel has them, in; a record as people write them out.

use nu_protocol::{Record, Span, Value};
use std::net::IpAddr;

/// Address families by their numbers (include/linux/socket.h).
const FAMILIES: &[&str] = &[
    "unspec",
    "unix",
    "inet",
    "ax25",
    "ipx",
    "appletalk",
    "netrom",
    "bridge",
    "atmpvc",
    "x25",
    "inet6",
    "rose",
    "decnet",
    "netbeui",
    "security",
    "key",
    "netlink",
    "packet",
    "ash",
    "econet",
    "atmsvc",
    "rds",
    "sna",
    "irda",
    "pppox",
    "wanpipe",
    "llc",
    "ib",
    "mpls",
    "can",
    "tipc",
    "bluetooth",
    "iucv",
    "rxrpc",
    "isdn",
    "phonet",
    "ieee802154",
    "caif",
    "alg",
    "nfc",
    "vsock",
    "kcm",
    "qipcrtr",
    "smc",
    "xdp",
    "mctp",
];

/// Flag beside a family's number: the length of an abstract name is not known (`NU_NO_LENGTH`, nu/socket.h).
const NO_LENGTH: u16 = 0x8000;

/// The record of a `struct sockaddr` of any family: family, address and port. Address and port are null where the family
/// has none, or the length that was given is too short for them. The address of a unix socket is its path, or `@NAME` of an
/// abstract one: a NUL in it is an `@` as well, and `…` stands behind it where its length is not known.
pub fn address(bytes: &[u8], span: Span) -> Value {
    let Some(number) = bytes.first_chunk().map(|family| u16::from_ne_bytes(*family)) else {
        let names = ["family", "address", "port"].map(|name| (name.to_string(), Value::nothing(span)));
        return Value::record(names.into_iter().collect(), span);
    };
    let (number, known) = (number & !NO_LENGTH, number & NO_LENGTH == 0);
    let family = FAMILIES.get(usize::from(number)).map_or_else(|| number.to_string(), |name| name.to_string());
    let port = bytes.get(2..).and_then(<[u8]>::first_chunk).map(|port| i64::from(u16::from_be_bytes(*port)));
    let internet = |at: std::ops::Range<usize>| bytes.get(at).and_then(internet).map(|address| address.to_string());
    let (address, port) = match family.as_str() {
        "inet" => (internet(4..8), port),
        "inet6" => (internet(8..24), port),
        "unix" => (bytes.get(2..).and_then(|name| path(name, known)), None),
        _ => (None, None),
    };
    let mut record = Record::with_capacity(3);
    record.push("family", Value::string(family, span));
    record.push("address", address.map_or(Value::nothing(span), |address| Value::string(address, span)));
    record.push("port", port.map_or(Value::nothing(span), |port| Value::int(port, span)));
    Value::record(record, span)
}

/// An internet address of its four or sixteen bytes.
pub fn internet(bytes: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    four.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

/// A path up to its NUL, or an abstract name, which is all that is behind a NUL; None of a socket without a name.
fn path(bytes: &[u8], known: bool) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    match text.strip_prefix('\0') {
        Some(name) if known => Some(format!("@{}", name.replace('\0', "@"))),
        Some(name) => {
            let name = name.split('\0').next().filter(|name| !name.is_empty())?;
            Some(format!("@{name}…"))
        }
        None => text.split('\0').next().filter(|path| !path.is_empty()).map(String::from),
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/read_socket.rs"]
mod tests;
