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

/// The record of a `struct sockaddr` of any family: family, address and port. Address and port are null where the family
/// has none; of a unix socket the address is its path, or `@NAME` of one that is no file.
pub fn address(bytes: &[u8], span: Span) -> Value {
    let number = bytes.first_chunk().map_or(0, |family| u16::from_ne_bytes(*family));
    let family = FAMILIES.get(usize::from(number)).map_or_else(|| number.to_string(), |name| name.to_string());
    let port = bytes.get(2..).and_then(<[u8]>::first_chunk).map(|port| i64::from(u16::from_be_bytes(*port)));
    let internet = |at: std::ops::Range<usize>| bytes.get(at).and_then(internet).map(|address| address.to_string());
    let (address, port) = match family.as_str() {
        "inet" => (internet(4..8), port),
        "inet6" => (internet(8..24), port),
        "unix" => (bytes.get(2..).and_then(path), None),
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

/// A path, or a name behind a NUL; None of a socket without a name.
fn path(bytes: &[u8]) -> Option<String> {
    let (mark, name) = match bytes.split_first()? {
        (0, name) => ("@", name),
        _ => ("", bytes),
    };
    let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
    (end > 0).then(|| format!("{mark}{}", String::from_utf8_lossy(&name[..end])))
}

#[cfg(test)]
#[path = "../../../tests/unit/read_socket.rs"]
mod tests;
