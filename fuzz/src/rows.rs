//! Targets whose bytes come out of maps and ring buffers, or lie beside pinned maps.

use arbitrary::{Result, Unstructured};
use nu_ebpf_ir::ir::{Const, ExprId, Later, Layout, Space, Text, Tree, Type, Width};
use nu_ebpf_ir::spec::operator::OPERATORS;
use nu_ebpf_pin as pin;
use nu_ebpf_read::{self as read, Shell};
use nu_protocol::{Config, Span, Value};
use std::io::Cursor;
use std::sync::{Arc, LazyLock};

/// Bytes of the header of a row: the number of its layout.
const HEADER: u32 = 4;

pub fn shell() -> Shell {
    static CONFIG: LazyLock<Arc<Config>> = LazyLock::new(Arc::default);
    Shell { span: Span::unknown(), config: CONFIG.clone(), stacks: None }
}

/// Layouts, and bytes that are to lie by them: at the start those that tell the layouts.
pub fn event_row(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    let Ok(layouts) = (0..2).map(|_| layout(&mut u)).collect::<Result<Vec<_>>>() else { return };
    let rest = u.take_rest();
    for layout in &layouts {
        let value = read::value(layout, rest, &shell());
        assert_eq!(value.is_some(), rest.len() >= layout.size as usize, "{layout:?}");
    }
    let mut rows = 0;
    for _ in read::iterated(Cursor::new(rest), layouts, shell(), || ()) {
        rows += 1;
    }
    assert!(rows <= rest.len() / HEADER as usize);
    read::failed(rest);
}

/// What describes pinned maps, and values of the keys that it describes.
pub fn pinned_maps(bytes: &[u8]) {
    let Ok(maps) = pin::read(bytes, "name") else { return };
    for kept in &maps {
        kept.keys();
        kept.symbols();
        if let Some(key) = &kept.key {
            for length in [0, 8, 4096] {
                read::value(key, &vec![0xff; length], &shell());
            }
        }
    }
    // What was read can be written, and is read as the same.
    if let Ok(written) = pin::write(maps.clone()) {
        assert_eq!(pin::read(&written, "name").ok(), Some(maps));
    }
}

fn layout(u: &mut Unstructured) -> Result<Layout> {
    let count = u.int_in_range(0..=5)?;
    let slots: Vec<_> = (0..count).map(|_| Ok((String::new(), ty(u)?, ExprId(0)))).collect::<Result<_>>()?;
    let tree = if count == 0 { Tree::Record(Vec::new()) } else { tree(u, count, 4)? };
    Ok(Layout::new(HEADER, slots, tree))
}

fn ty(u: &mut Unstructured) -> Result<Type> {
    let width = Width { signed: u.arbitrary()?, bytes: *u.choose(&[1, 2, 4, 8])? };
    let size = u.int_in_range(0..=40)?;
    let texts = [Text::Chars(size), Text::Raw(size), Text::Counted(size), Text::Literal(size)];
    let plain = [Type::Nothing, Type::Bool, Type::Float, Type::Duration, Type::Filesize, Type::Datetime];
    Ok(match u.int_in_range(0..=5)? {
        0 => *u.choose(&plain)?,
        1 => Type::Int(width),
        2 => Type::Binary(size),
        3 => Type::Pointer(None),
        4 => Type::Stack(*u.choose(&[Space::Kernel, Space::User])?),
        _ => Type::Text(*u.choose(&texts)?),
    })
}

/// What is made of so many slots.
fn tree(u: &mut Unstructured, slots: usize, depth: usize) -> Result<Tree> {
    if depth == 0 {
        return Ok(Tree::Slot(u.int_in_range(0..=slots - 1)?));
    }
    let part = |u: &mut Unstructured| tree(u, slots, depth - 1);
    Ok(match u.int_in_range(0..=7)? {
        0 => Tree::Const(Const::Value(Box::new(Value::int(u.arbitrary()?, Span::unknown())))),
        1 => Tree::Record(vec![("a".into(), part(u)?), ("b".into(), part(u)?)]),
        2 => Tree::List(vec![part(u)?]),
        3 => Tree::Sparse(vec![(part(u)?, part(u)?)]),
        4 => Tree::Either(Box::new([part(u)?, part(u)?, part(u)?])),
        5 => Tree::Later(later(u)?, vec![part(u)?, part(u)?]),
        6 => Tree::Later(later(u)?, vec![part(u)?]),
        _ => Tree::Slot(u.int_in_range(0..=slots - 1)?),
    })
}

fn later(u: &mut Unstructured) -> Result<Later> {
    Ok(match u.int_in_range(0..=4)? {
        0 => Later::Text,
        1 => Later::Operator(u.choose(OPERATORS)?),
        2 => Later::InternetAddress,
        3 => Later::Binary(u.int_in_range(0..=9)?),
        _ => Later::Symbol(Space::Kernel),
    })
}
