//! Tests of `crates/ir/src/ir/later.rs`, which includes this as a module of its own.

use super::*;

fn names(values: &[(&str, i64)]) -> Names {
    Names { declared: "enum x".into(), values: values.iter().map(|(name, value)| (name.to_string(), *value)).collect() }
}

fn ints(values: &[i64]) -> Vec<Const> {
    values.iter().copied().map(Const::Int).collect()
}

#[test]
fn a_device_is_its_major_and_minor_number() {
    for (number, text) in
        [(8 << 20 | 1, "8:1"), (0, "0:0"), (259 << 20 | 0xf_ffff, "259:1048575"), (4095 << 20, "4095:0")]
    {
        assert_eq!((device_text(number).as_str(), device(text)), (text, Some(number)));
    }
    for text in ["8", "8:", "08:1", "8:1048576", "4096:0", "8:1:2", "sda"] {
        assert_eq!(device(text), None, "{text}");
    }
}

#[test]
fn flags_are_named_one_by_one() {
    let flags = names(&[("NONE", 0), ("A", 1), ("B", 2), ("C", 8), ("ALL", 11)]);
    for (number, name) in [(0, "NONE"), (1, "A"), (3, "A|B"), (11, "ALL"), (9 | 0x30, "A|C|0x30")] {
        assert_eq!(flags.name(number).as_deref(), Some(name));
        assert_eq!(flags.value(name), Some(number));
    }
    assert_eq!(flags.name(0x30), None);
    assert_eq!([flags.value("B|A"), flags.value("A|D"), flags.value("A|"), flags.value("0x30")], [None; 4]);
    let mask = names(&[("A", 1), ("B", 2), ("TOP", i64::MIN)]);
    assert_eq!(mask.name(i64::MIN | 1).as_deref(), Some("A|TOP"));
}

#[test]
fn what_counts_up_is_no_flags() {
    let states = names(&[("A", 1), ("B", 2), ("C", 3), ("D", 4), ("E", 5), ("F", 6), ("G", 7)]);
    assert_eq!([states.name(9), states.name(12)], [None, None]);
    assert_eq!(names(&[("RD", 0), ("WR", 1), ("RDWR", 2)]).name(3), None);
}

#[test]
fn an_address_is_as_many_parts_as_are_read() {
    let values = |text: &str, args, bytes| Later::InternetAddress.values(text, (args, bytes), &[]).expect("compared");
    assert_eq!(values("127.0.0.1", 1, false), Ok(ints(&[u32::from_ne_bytes([127, 0, 0, 1]).into()])));
    assert_eq!(values("::1", 2, false), Ok(ints(&[0, i64::from_ne_bytes([0, 0, 0, 0, 0, 0, 0, 1])])));
    assert_eq!(values("1.2.3.4", 1, true), Ok(vec![Const::Binary(vec![1, 2, 3, 4])]));
    assert_eq!(values("1.2.3.4", 4, false), Ok(ints(&[1, 2, 3, 4])));
    assert_eq!(values("0:0::1", 2, false).expect_err("another spelling").known, ["::1"]);
    for (text, args) in [("::1", 1), ("127.0.0.1", 2), ("localhost", 1), ("1.2.3.4", 16)] {
        assert!(values(text, args, false).is_err(), "{text}");
    }
    assert_eq!(Later::Cgroup.values("/", (1, false), &[]), None);
}
