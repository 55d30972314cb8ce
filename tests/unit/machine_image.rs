//! Tests of `crates/machine/src/image.rs`, which includes this as a module of its own.

use super::*;

/// This test itself: a program with symbols and unwind tables.
fn own() -> Vec<u8> {
    std::fs::read("/proc/self/exe").expect("read")
}

#[inline(never)]
fn probed(number: u64) -> u64 {
    std::hint::black_box(number) + 1
}

#[test]
fn finds_functions_by_address_and_offset() {
    let data = own();
    let image = Image::parse(&data).expect("ELF");
    assert_eq!(probed(1), 2);
    let known = image.functions().iter().find(|one| one.name.contains("image5tests6probed")).expect("a symbol");
    let offset = image.offset(known.address).expect("code");
    assert_eq!(image.address(offset), Some(known.address));
    assert_eq!(image.around(known.address + 1).map(|one| one.address), Some(known.address));
    assert!(image.is_entry(known.address) && !image.is_entry(known.address + 1));
    let body = image.body(known.address + 1).expect("a body");
    assert_eq!((body.start, body.bytes.len() as u64), (known.address, known.size));
    // The unwind tables know it as well.
    let unwound = image.unwound(known.address + 1).expect("unwind information");
    assert_eq!((unwound.start, unwound.entry), (known.address, true));
    assert!(image.offset(u64::MAX).is_none() && image.address(u64::MAX).is_none() && image.body(u64::MAX).is_none());
}

#[test]
fn damaged_files_are_none() {
    let data = own();
    for length in [0, 4, 16, 63, 64, 4096] {
        let image = Image::parse(&data[..length]);
        assert!(image.is_none_or(|image| image.functions().is_empty()), "{length}");
    }
}

#[test]
fn parts_of_functions_are_no_entries() {
    assert!(is_part("work.cold") && is_part("work.cold.1") && is_part("work.part.0") && !is_part("work.isra.0"));
}
