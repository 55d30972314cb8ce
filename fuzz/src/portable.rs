//! The target whose bytes are a file of `ebpf compile`, which may come from anybody. As a changed file would end at its
//! digest, it is signed anew, as whoever has written it could.

use crate::rows::shell;
use nu_ebpf_ir::ir::Type;
use nu_ebpf_ir::spec::feature::Kernel;
use nu_ebpf_portable::{self as portable, Portable};
use nu_ebpf_read as read;
use nu_protocol::Span;
use std::path::Path;

/// Bytes of a row, and words of an aggregation, that are read at most: longer ones only take longer.
const MOST: usize = 4096;

pub fn portable(bytes: &[u8]) {
    let at = Span::unknown();
    drop(portable::read(bytes, at));
    let Some(file) = portable::signed(bytes) else { return };
    let Ok(mut portable) = portable::read(&file, at) else { return };
    readers(&portable);
    drop(portable.check_maps(at, |_| Some((4, 8))));
    drop(portable.settle(at, Path::new("/"), Kernel::Newest));
}

/// What is read by it: rows, and tables of what maps hold.
fn readers(portable: &Portable) {
    let shell = shell();
    let full = [0xff; MOST];
    for layout in &portable.facts.events {
        if let Some(row) = full.get(..layout.size as usize) {
            assert!(read::value(layout, row, &shell).is_some(), "{layout:?}");
        }
    }
    let described = portable.facts.keys.iter().zip(&portable.facts.values);
    for (map, (key, ty)) in portable.object.maps.iter().zip(described) {
        let (Some(keeps), Some(bytes)) = (map.aggregate(), full.get(..key.as_ref().map_or(0, |key| key.size as usize)))
        else {
            continue;
        };
        for word in [0, 1, u64::MAX] {
            let Some(words) = [word; MOST].get(..keeps.words()).map(<[u64]>::to_vec) else { continue };
            let ty: Type = *ty;
            read::table([(bytes.to_vec(), words)].into(), keeps, key.as_ref(), ty, &shell, Some(80));
        }
    }
}
