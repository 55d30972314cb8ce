//! Tests of `crates/machine/src/usdt.rs`, which includes this as a module of its own.

use super::*;

/// A note as an assembler makes it.
fn raw(owner: &[u8], number: u32, texts: &str) -> Vec<u8> {
    let description = [&[0; ADDRESSES], texts.as_bytes()].concat();
    let mut note = Vec::new();
    for word in [owner.len() as u32, description.len() as u32, number] {
        note.extend(word.to_ne_bytes());
    }
    for part in [owner, &description] {
        note.extend(part);
        note.resize(note.len().next_multiple_of(4), 0);
    }
    note
}

fn probe(arguments: &str) -> Probe {
    Probe { provider: "p".into(), name: "n".into(), arguments: arguments.into(), addresses: [0; 3] }
}

fn declared_of(places: &[&str]) -> Vec<String> {
    let places: Vec<Probe> = places.iter().map(|arguments| probe(arguments)).collect();
    members(places.iter()).into_iter().map(|member| member.declared).collect()
}

#[test]
fn notes_are_read() {
    let section = [
        raw(OWNER, NUMBER, "p\0n\0-4@%edi 8@8(%rsp)\0"),
        raw(b"GNU\0", 1, "x\0y\0z\0"),
        raw(OWNER, NUMBER, "p\0n\0\0"),
    ]
    .concat();
    assert_eq!(notes(&section), [probe("-4@%edi 8@8(%rsp)"), probe("")]);
    // However much is missing, what is whole before it is there.
    for end in 0..section.len() {
        assert!(notes(&section[..end]).len() <= 2);
    }
}

#[test]
fn arguments_have_the_types_of_their_places() {
    assert_eq!(declared_of(&["-4@%edi 8@8(%rsp) 1@$5 -2@%ax"]), ["s32", "u64", "u8", "s16"]);
    assert_eq!(declared_of(&["8f@%xmm0 4@%eax %rax"]), ["f64", "u32", "s64"]);
    assert_eq!(declared_of(&["-8@%xmm0 4@%eax"]), ["f64", "u32"]);
    assert_eq!(declared_of(&["4@%eax 1@%al", "8@%rax -1@%al"]), ["u64", "s64"]);
    assert_eq!(declared_of(&["4@%eax 1@%al", "4@%ebx"]), ["u32"]);
}
