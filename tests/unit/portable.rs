//! A file is read as it was written, or refused: whatever was done to it, nothing panics.

use super::*;
use crate::description::{Part, Targets};
use crate::ir::{Aggregate, AttachPoint, Const, Layout, Map, MapKind, Place, Scale, Tree, Type, Width};
use crate::spec::aggregation::{COUNT, HIST};
use crate::spec::probe::kind;
use nu_protocol::Value;
use object::elf::{FileHeader64, SHT_STRTAB, SHT_SYMTAB, SectionHeader64, Sym64};
use object::pod::bytes_of;
use object::{LittleEndian, U16, U32, U64};

const ENDIAN: LittleEndian = LittleEndian;

/// The names of sections and symbols, each with its place.
const NAMES: &[u8] = b"\0.strtab\0.symtab\0nu_one_probe\0nu_count_map\0nu_as_h_map\0";
const SYMBOLS: [u32; 3] = [17, 30, 43];

/// An object with the symbols of a program and of two maps.
fn elf() -> Vec<u8> {
    let section = |name: u32, kind: u32, offset: usize, size: usize| SectionHeader64::<LittleEndian> {
        sh_name: U32::new(ENDIAN, name),
        sh_type: U32::new(ENDIAN, kind),
        sh_flags: U64::new(ENDIAN, 0),
        sh_addr: U64::new(ENDIAN, 0),
        sh_offset: U64::new(ENDIAN, offset as u64),
        sh_size: U64::new(ENDIAN, size as u64),
        sh_link: U32::new(ENDIAN, u32::from(kind == SHT_SYMTAB)),
        sh_info: U32::new(ENDIAN, 0),
        sh_addralign: U64::new(ENDIAN, 1),
        sh_entsize: U64::new(ENDIAN, 24 * u64::from(kind == SHT_SYMTAB)),
    };
    let symbol = |name: u32| Sym64::<LittleEndian> {
        st_name: U32::new(ENDIAN, name),
        st_info: 0x11,
        st_other: 0,
        st_shndx: U16::new(ENDIAN, u16::from(name > 0)),
        st_value: U64::new(ENDIAN, 0),
        st_size: U64::new(ENDIAN, 0),
    };
    let symbols: Vec<u8> = [0].iter().chain(&SYMBOLS).flat_map(|name| bytes_of(&symbol(*name)).to_vec()).collect();
    let names = NAMES.len().next_multiple_of(8);
    let sections = [
        section(0, 0, 0, 0),
        section(1, SHT_STRTAB, 64, NAMES.len()),
        section(9, SHT_SYMTAB, 64 + names, symbols.len()),
    ];
    let ident = object::elf::Ident { magic: *b"\x7fELF", class: 2, data: 1, version: 1, ..no_ident() };
    let header = FileHeader64::<LittleEndian> {
        e_ident: ident,
        e_type: U16::new(ENDIAN, 1),
        e_machine: U16::new(ENDIAN, 247),
        e_version: U32::new(ENDIAN, 1),
        e_entry: U64::new(ENDIAN, 0),
        e_phoff: U64::new(ENDIAN, 0),
        e_shoff: U64::new(ENDIAN, (64 + names + symbols.len()) as u64),
        e_flags: U32::new(ENDIAN, 0),
        e_ehsize: U16::new(ENDIAN, 64),
        e_phentsize: U16::new(ENDIAN, 0),
        e_phnum: U16::new(ENDIAN, 0),
        e_shentsize: U16::new(ENDIAN, 64),
        e_shnum: U16::new(ENDIAN, 3),
        e_shstrndx: U16::new(ENDIAN, 1),
    };
    let mut file = bytes_of(&header).to_vec();
    file.extend_from_slice(NAMES);
    file.resize(64 + names, 0);
    file.extend(symbols);
    sections.iter().for_each(|section| file.extend_from_slice(bytes_of(section)));
    file
}

fn no_ident() -> object::elf::Ident {
    object::elf::Ident { magic: [0; 4], class: 0, data: 0, version: 0, os_abi: 0, abi_version: 0, padding: [0; 7] }
}

fn layout(tree: Tree) -> Layout {
    Layout::new(4, vec![("a".into(), Type::Int(Width::I64), Default::default())], tree)
}

fn map(name: &str, row: &'static crate::spec::aggregation::Aggregation, scale: Option<Scale>, keyed: bool) -> Map {
    let kind = MapKind::Aggregate(Aggregate { row, scale, keyed });
    Map { name: name.into(), kind, max_entries: 8, at: Span::new(3, 4) }
}

fn description() -> Description {
    let kind = kind("tracepoint").unwrap_or_else(|| panic!("expected the kind"));
    let place = Place::Tracepoint { category: "sched".into(), name: "one".into() };
    let target = AttachPoint { kind, place, text: "tracepoint:sched/one".into(), span: Span::new(1, 2) };
    let constants = [Const::Float(f64::INFINITY), Const::Value(Box::new(Value::test_glob("*"))), Const::Nothing];
    let row = constants.into_iter().map(Tree::Const).chain([Tree::Slot(0)]).collect();
    Description {
        plugin: "0.0.1".into(),
        processor: std::env::consts::ARCH.into(),
        tables: crate::description::tables(),
        targets: Targets { words: "tracepoint:sched/one".into(), skipped: vec!["two: none".into()] },
        programs: vec![Part {
            name: "one".into(),
            targets: vec![target],
            text: "{|ctx| …}".into(),
            for_return: false,
            resumes: false,
            needs: Default::default(),
        }],
        maps: vec![map("count", &COUNT, None, true), map("h", &HIST, Some(Scale::Log { steps: 2 }), false)],
        events: vec![layout(Tree::List(row))],
        keys: vec![Some(layout(Tree::Slot(0))), None],
        values: vec![Type::Nothing, Type::Constant("")],
    }
}

fn file(change: impl FnOnce(&mut Description)) -> Vec<u8> {
    let mut description = description();
    change(&mut description);
    sealed(&elf(), &description).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(file: &[u8]) -> Error {
    read(file, Span::new(7, 9)).err().unwrap_or_else(|| panic!("expected an error"))
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let own = description();
    let read = read(&file(|_| ()), Span::new(7, 9)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(read.targets, own.targets);
    assert_eq!((&read.facts.events, &read.facts.keys, &read.facts.values), (&own.events, &own.keys, &own.values));
    let program = &read.object.programs[0];
    assert_eq!((program.symbol(), program.text.as_str()), ("nu_one_probe".to_string(), "{|ctx| …}"));
    assert_eq!((program.target().span, program.at(ir::Span::new(1, 2))), (Span::new(7, 9), Span::new(7, 9)));
    assert_eq!((read.object.maps[0].symbol(), read.object.maps[0].at), ("nu_count_map".into(), Span::new(7, 9)));
}

#[test]
fn what_other_loaders_read_stays_where_it_is() {
    let (before, after) = (elf(), file(|_| ()));
    assert_eq!(before[64..], after[64..before.len()]);
    assert_eq!(elf::symbols(&before), elf::symbols(&after));
    assert!(elf::section(&before, SECTION).is_none());
}

#[test]
fn a_damaged_file_is_refused() {
    let whole = file(|_| ());
    for end in 0..whole.len() {
        assert_eq!(refused(&whole[..end]).code, Code::ObjectDamaged, "of {end} bytes");
    }
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 1 << (place % 8);
        let code = refused(&changed).code;
        assert!(matches!(code, Code::ObjectDamaged | Code::ObjectFormat), "byte {place}: {code:?}");
    }
}

#[test]
fn another_version_s_file_is_refused() {
    let mut other = file(|_| ());
    let place = elf::section(&other, SECTION).unwrap_or_default();
    other[place.start] = 99;
    assert_eq!(refused(&other).code, Code::ObjectFormat);
    assert_eq!(refused(&file(|own| own.tables.swap(0, 1))).code, Code::ObjectFormat);
}

/// What is done to a description.
type Change<'a> = &'a dyn Fn(&mut Description);

/// With a digest that is right, so that only what is said speaks against it.
#[test]
fn what_a_reader_would_fall_over_is_refused() {
    fn nested(mut tree: Tree, depth: usize) -> Tree {
        (0..depth).for_each(|_| tree = Tree::List(vec![std::mem::replace(&mut tree, Tree::Slot(0))]));
        tree
    }
    let closure = Value::test_closure(nu_protocol::engine::Closure {
        block_id: nu_protocol::BlockId::new(1),
        captures: Vec::new(),
    });
    let elsewhere = |name: &str| Place::Tracepoint { category: name.into(), name: "one".into() };
    let changes: [(&str, Change); 16] = [
        ("no programs", &|own| own.programs.clear()),
        ("no targets", &|own| own.programs[0].targets.clear()),
        ("a program that is not there", &|own| own.programs[0].name = "two".into()),
        ("a map that is not there", &|own| own.maps[0].name = "other".into()),
        ("fewer keys than maps", &|own| drop(own.keys.pop())),
        ("a key of none", &|own| own.keys[1] = own.keys[0].clone()),
        ("no key of one", &|own| own.keys[0] = None),
        ("a path", &|own| own.programs[0].targets[0].place = elsewhere("/tmp")),
        ("a way up", &|own| own.programs[0].targets[0].place = elsewhere("..")),
        ("a slot that is none", &|own| own.events[0].tree = Tree::Slot(1)),
        ("a slot behind the row", &|own| own.events[0].slots[0].offset = u32::MAX),
        ("a row without an end", &|own| own.events[0].size = u32::MAX),
        ("a string without an end", &|own| own.events[0].slots[0].ty = Type::Text(crate::ir::Text::Counted(u32::MAX))),
        ("no buckets", &|own| own.maps[1] = map("h", &HIST, None, false)),
        ("too many buckets", &|own| own.maps[1] = map("h", &HIST, Some(Scale::Log { steps: 60 }), false)),
        ("a closure", &|own| own.events[0].tree = Tree::Const(Const::Value(Box::new(closure.clone())))),
    ];
    for (what, change) in changes {
        assert_eq!(refused(&file(change)).code, Code::ObjectDamaged, "{what}");
    }
    // Who writes it has a stack as deep as it wants; the reader has the usual one.
    let writer = std::thread::Builder::new().stack_size(256 << 20);
    let written = writer.spawn(|| file(|own| own.events[0].tree = nested(Tree::Slot(0), 2_000)));
    let deep = written.ok().and_then(|thread| thread.join().ok()).unwrap_or_default();
    assert!(deep.len() > 2_000);
    assert_eq!(refused(&deep).code, Code::ObjectFormat);
}

#[test]
fn maps_of_another_size_are_refused() {
    let read = read(&file(|_| ()), Span::new(7, 9)).unwrap_or_else(|error| panic!("{error}"));
    let sizes = |values: u32| move |name: &str| Some(if name == "nu_count_map" { (16, 8) } else { (4, values) });
    let size = read.object.maps[1].aggregate().map_or(0, |keeps| keeps.size() as u32);
    assert!(read.check_maps(Span::unknown(), sizes(size)).is_ok());
    let error = read.check_maps(Span::unknown(), sizes(size + 8)).err().map(|error| error.code);
    assert_eq!(error, Some(Code::ObjectDamaged));
}
