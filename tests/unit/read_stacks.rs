//! Tests of `crates/read/src/stacks.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn what_the_program_tells_of_a_process_is_read() {
    let mut row = Vec::new();
    [7u32, 99].iter().for_each(|word| row.extend(word.to_ne_bytes()));
    row.extend(0x7ffc_0000_0010u64.to_ne_bytes());
    assert_eq!(told(&row), Some((Image { process: 7, number: 99 }, 0x7ffc_0000_0010)));
    assert_eq!(told(&row[..12]), None);
}

#[test]
fn a_frame_is_a_record() {
    let frame = Frame {
        function: Some("main".into()),
        offset: Some(9),
        module: Some("/bin/x".into()),
        source: None,
        address: u64::MAX,
    };
    let value = record(&frame, Span::unknown());
    let text = value.to_expanded_string(" ", &nu_protocol::Config::default());
    assert_eq!(text, "{function: main offset: 9 module: /bin/x source:  address: -1}");
}
