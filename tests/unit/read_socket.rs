//! Tests of `crates/read/src/socket.rs`, which includes this as a module of its own.

use super::*;
use nu_protocol::record;

fn bytes(family: u16, rest: &[u8]) -> Vec<u8> {
    [&family.to_ne_bytes(), rest].concat()
}

fn record(family: &str, address: Option<&str>, port: Option<i64>) -> Value {
    Value::test_record(record! {
        "family" => Value::test_string(family),
        "address" => address.map_or(Value::test_nothing(), Value::test_string),
        "port" => port.map_or(Value::test_nothing(), Value::test_int),
    })
}

#[test]
fn each_family_has_its_own_address() {
    let six = [&[0x01, 0xbb, 0, 0, 0, 0][..], &[0; 15], &[1]].concat();
    let cases = [
        (bytes(2, &[0, 80, 127, 0, 0, 1]), record("inet", Some("127.0.0.1"), Some(80))),
        (bytes(10, &six), record("inet6", Some("::1"), Some(443))),
        (bytes(1, b"/run/x.sock"), record("unix", Some("/run/x.sock"), None)),
        (bytes(1, b"/run/x\0rest"), record("unix", Some("/run/x"), None)),
        (bytes(1, b"\0name"), record("unix", Some("@name"), None)),
        (bytes(1, b"\0na\0me\0"), record("unix", Some("@na@me@"), None)),
        (bytes(1, b"\0"), record("unix", Some("@"), None)),
        (bytes(0x8001, b"\0name"), record("unix", Some("@name…"), None)),
        (bytes(0x8001, b"\0"), record("unix", None, None)),
        (bytes(1, b""), record("unix", None, None)),
        (bytes(16, b""), record("netlink", None, None)),
        (bytes(0, b""), record("unspec", None, None)),
        (bytes(4711, b""), record("4711", None, None)),
        (bytes(2, &[0]), record("inet", None, None)),
    ];
    let nothing = Value::test_nothing;
    let none = Value::test_record(record! { "family" => nothing(), "address" => nothing(), "port" => nothing() });
    assert_eq!(address(&[1], Span::test_data()), none);
    for (bytes, wanted) in cases {
        assert_eq!(address(&bytes, Span::test_data()), wanted, "{bytes:?}");
    }
}

#[test]
fn families_have_the_kernels_numbers() {
    let at = |name| FAMILIES.iter().position(|family| *family == name);
    assert_eq!([at("inet6"), at("netlink"), at("packet"), at("vsock"), at("mctp")], [10, 16, 17, 40, 45].map(Some));
}
