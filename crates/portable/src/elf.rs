//! One more section in an ELF file, and what sections and symbols one has. It knows nothing of what they hold.
//!
//! Bytes that are there stay where they are: the new section's, a longer table of names and the longer list of sections
//! come behind them, and the header points to those.

use object::elf::{FileHeader64, SHT_PROGBITS, SectionHeader64};
use object::pod::{bytes_of, from_bytes};
use object::read::elf::FileHeader;
use object::{LittleEndian, Object as _, ObjectSection as _, ObjectSymbol as _, U16, U32, U64};
use std::collections::BTreeSet;
use std::ops::Range;

type Header = FileHeader64<LittleEndian>;
type Section = SectionHeader64<LittleEndian>;

const ENDIAN: LittleEndian = LittleEndian;

/// Bytes that the list of sections begins at a multiple of.
const ALIGN: usize = 8;

/// The file with one more section, and where that lies; None of what is no whole object of a little-endian machine.
pub fn with_section(file: &[u8], name: &str, content: &[u8]) -> Option<(Vec<u8>, Range<usize>)> {
    let header = Header::parse(file).ok()?;
    let mut sections: Vec<Section> = header.section_headers(ENDIAN, file).ok()?.to_vec();
    let names = usize::from(header.e_shstrndx.get(ENDIAN));
    let old = bytes(file, sections.get(names)?)?.to_vec();
    let mut out = file.to_vec();
    let place = append(&mut out, content);
    let all = append(&mut out, &[&old, name.as_bytes(), &[0]].concat());
    sections.get_mut(names)?.sh_offset = U64::new(ENDIAN, all.start as u64);
    sections.get_mut(names)?.sh_size = U64::new(ENDIAN, all.len() as u64);
    sections.push(Section {
        sh_name: U32::new(ENDIAN, u32::try_from(old.len()).ok()?),
        sh_type: U32::new(ENDIAN, SHT_PROGBITS),
        // Not SHF_ALLOC: nobody loads it.
        sh_flags: U64::new(ENDIAN, 0),
        sh_addr: U64::new(ENDIAN, 0),
        sh_offset: U64::new(ENDIAN, place.start as u64),
        sh_size: U64::new(ENDIAN, place.len() as u64),
        sh_link: U32::new(ENDIAN, 0),
        sh_info: U32::new(ENDIAN, 0),
        sh_addralign: U64::new(ENDIAN, 1),
        sh_entsize: U64::new(ENDIAN, 0),
    });
    let list: Vec<u8> = sections.iter().flat_map(|section| bytes_of(section).to_vec()).collect();
    out.resize(out.len().next_multiple_of(ALIGN), 0);
    let list = append(&mut out, &list);
    let mut header = *header;
    header.e_shoff = U64::new(ENDIAN, list.start as u64);
    header.e_shnum = U16::new(ENDIAN, u16::try_from(sections.len()).ok()?);
    out.get_mut(..size_of::<Header>())?.copy_from_slice(bytes_of(&header));
    Some((out, place))
}

/// Where a section lies in its file; None where there is none of that name, or the file ends before.
pub fn section(file: &[u8], name: &str) -> Option<Range<usize>> {
    from_bytes::<Header>(file).ok()?;
    let parsed = object::File::parse(file).ok()?;
    // A file that was cut lacks its list of sections; one of which bytes were lost, some of the others.
    if parsed.sections().any(|section| section.data().is_err()) {
        return None;
    }
    let (start, size) = parsed.section_by_name(name)?.file_range()?;
    let range = usize::try_from(start).ok()?..usize::try_from(start.checked_add(size)?).ok()?;
    file.get(range.clone())?;
    Some(range)
}

/// The names of what an object defines: programs and maps.
pub fn symbols(file: &[u8]) -> BTreeSet<String> {
    let Ok(parsed) = object::File::parse(file) else { return BTreeSet::new() };
    let defined = parsed.symbols().filter(|symbol| !symbol.is_undefined());
    defined.filter_map(|symbol| symbol.name().ok().map(String::from)).collect()
}

/// The numbers of the helpers that an object's programs call: `BPF_JMP | BPF_CALL` with source register 0
/// (Documentation/bpf/instruction-set.rst).
pub fn helpers(file: &[u8]) -> BTreeSet<u32> {
    let Ok(parsed) = object::File::parse(file) else { return BTreeSet::new() };
    let code = parsed.sections().filter(|section| section.kind() == object::SectionKind::Text);
    let helper = |instruction: &[u8; 8]| match *instruction {
        [0x85, registers, _, _, a, b, c, d] if registers >> 4 == 0 => Some(u32::from_le_bytes([a, b, c, d])),
        _ => None,
    };
    code.filter_map(|section| section.data().ok()).flat_map(|data| data.as_chunks().0).filter_map(helper).collect()
}

fn bytes<'f>(file: &'f [u8], section: &Section) -> Option<&'f [u8]> {
    let start = usize::try_from(section.sh_offset.get(ENDIAN)).ok()?;
    file.get(start..start.checked_add(usize::try_from(section.sh_size.get(ENDIAN)).ok()?)?)
}

fn append(file: &mut Vec<u8>, bytes: &[u8]) -> Range<usize> {
    let start = file.len();
    file.extend_from_slice(bytes);
    start..file.len()
}
