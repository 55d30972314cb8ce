//! A binary and the file that has its debug information: sections out, decompressed where they are compressed.

use crate::Missing;
use flate2::read::ZlibDecoder;
use gimli::{DwarfSections, EndianSlice, NativeEndian, SectionId};
use memmap2::Mmap;
use nu_ebpf_btf::Btf;
use nu_ebpf_privilege::{Deed, FOREIGN, Links, is_ours, is_trusted, raise, regular};
use object::{CompressionFormat, Object as _, ObjectSection as _, ObjectSymbol as _, SymbolFlags};
use std::borrow::Cow;
use std::ffi::OsStr;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

/// Distributions' folder of separate debug information.
const APART: &str = "/usr/lib/debug";

/// The most bytes decompressed of all sections of a file that only root and this user can change, and of another.
const TRUSTED: u64 = 1 << 30;
const OTHERS: u64 = FOREIGN / 2;

pub type Slice<'d> = EndianSlice<'d, NativeEndian>;
pub type Dwarf<'d> = gimli::Dwarf<Slice<'d>>;

/// A binary, and what of debug information it has.
pub struct Opened {
    binary: Mmap,
    /// The separate file.
    apart: Option<Mmap>,
    /// Bytes of its sections that may be decompressed.
    most: u64,
}

impl Opened {
    pub fn open(path: &Path) -> Result<Opened, Missing> {
        let (binary, trusted) = map(path)?;
        let file = parse(&binary)?;
        let apart = if has_debug_info(&file) { None } else { apart(path, &file) };
        let trusted = trusted && apart.as_ref().is_none_or(|(_, trusted)| *trusted);
        let apart = apart.map(|(apart, _)| apart);
        Ok(Opened { binary, apart, most: if trusted { TRUSTED } else { OTHERS } })
    }

    /// Returns the types of its `.BTF` section.
    pub fn btf(&self, path: &Path) -> Option<Btf> {
        let data = parse(&self.binary).ok()?.section_by_name(".BTF")?.data().ok()?.to_vec();
        Btf::of_program(data, path)
    }

    /// Where the functions of a name begin: several static functions may share it. `0x1234` is an address itself.
    pub fn addresses(&self, name: &str) -> Vec<u64> {
        if let Some(address) = name.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok()) {
            return vec![address];
        }
        let function =
            |flags| matches!(flags, SymbolFlags::Elf { st_info, .. } if st_info & 0xf == object::elf::STT_FUNC);
        for data in [Some(&self.binary), self.apart.as_ref()].into_iter().flatten() {
            let Ok(file) = parse(data) else { continue };
            let symbols = file.symbols().chain(file.dynamic_symbols());
            let named = symbols
                .filter(|one| function(one.flags()) && !one.is_undefined() && one.name_bytes() == Ok(name.as_bytes()));
            let mut all: Vec<u64> = named.map(|symbol| symbol.address()).collect();
            all.sort_unstable();
            all.dedup();
            if !all.is_empty() {
                return all;
            }
        }
        Vec::new()
    }

    /// Hands the debug information over.
    pub fn look<T>(&self, look: impl FnOnce(&mut Dwarf<'_>) -> Result<T, Missing>) -> Result<T, Missing> {
        let file = parse(self.apart.as_ref().unwrap_or(&self.binary))?;
        if !has_debug_info(&file) {
            return Err(Missing::DebugInfo);
        }
        let mut room = Room { most: self.most, left: self.most };
        let sections = DwarfSections::load(|id: SectionId| section(&file, id.name(), &mut room))?;
        look(&mut sections.borrow(|section| EndianSlice::new(section, NativeEndian)))
    }
}

/// A file's bytes, and whether only root and this user can change it. Of another one, this worker may use little memory.
fn map(path: &Path) -> Result<(Mmap, bool), Missing> {
    let _raised = raise(Deed::Files);
    let file = regular(path, Links::Followed).map_err(|error| Missing::Unreadable(error.to_string()))?;
    let trusted = is_trusted(&file);
    if !trusted {
        nu_ebpf_worker::restrict();
    }
    // SAFETY: the bytes are only read. Whoever truncates the file meanwhile ends this process, which is a worker for
    // that reason (a test that has it as a thread has the file to itself).
    let bytes = unsafe { Mmap::map(&file) }.map_err(|error| Missing::Unreadable(error.to_string()))?;
    Ok((bytes, trusted))
}

/// ELF of this machine's kind: addresses of eight bytes, in its order.
fn parse(data: &[u8]) -> Result<object::File<'_>, Missing> {
    let file = object::File::parse(data).map_err(|error| Missing::Unreadable(error.to_string()))?;
    match file.is_64() && file.is_little_endian() == cfg!(target_endian = "little") {
        true => Ok(file),
        false => Err(Missing::Unreadable("it is for another processor architecture".into())),
    }
}

fn has_debug_info(file: &object::File<'_>) -> bool {
    file.section_by_name(SectionId::DebugInfo.name()).is_some()
}

/// Bytes that the decompressed sections of a file may take.
struct Room {
    most: u64,
    left: u64,
}

/// Returns a section, decompressed.
fn section<'d>(file: &object::File<'d>, name: &str, room: &mut Room) -> Result<Cow<'d, [u8]>, Missing> {
    let Some(section) = file.section_by_name(name) else { return Ok(Cow::Borrowed(&[])) };
    let wrong = |what: String| Missing::Unreadable(format!("{name}: {what}"));
    let found = section.compressed_data().map_err(|error| wrong(error.to_string()))?;
    match found.format {
        CompressionFormat::None => Ok(Cow::Borrowed(found.data)),
        CompressionFormat::Zlib => {
            let Some(rest) = room.left.checked_sub(found.uncompressed_size) else {
                let [size, most] = [found.uncompressed_size, room.most].map(|bytes| bytes >> 20);
                let why = format!("with {name} ({size} MiB decompressed), its sections exceed the limit of {most} MiB");
                return Err(Missing::Limited { why, foreign: room.most == OTHERS });
            };
            room.left = rest;
            let mut data = Vec::new();
            let read = ZlibDecoder::new(found.data).take(found.uncompressed_size).read_to_end(&mut data);
            read.map_err(|error| wrong(error.to_string()))?;
            Ok(Cow::Owned(data))
        }
        _ => Err(wrong("its compression is not zlib".into())),
    }
}

/// The file that has a binary's debug information: by its build id, or by the name that the binary gives, which is looked
/// for beside it only where nobody else can have put something there.
fn apart(path: &Path, file: &object::File<'_>) -> Option<(Mmap, bool)> {
    let own = file.build_id().ok().flatten();
    let by_id = own.and_then(|id| {
        let (first, rest) = id.split_first()?;
        let rest: String = rest.iter().map(|byte| format!("{byte:02x}")).collect();
        let found = map(&PathBuf::from(format!("{APART}/.build-id/{first:02x}/{rest}.debug"))).ok()?;
        let same = parse(&found.0).ok()?.build_id().ok().flatten() == own;
        same.then_some(found)
    });
    by_id.or_else(|| {
        let (name, sum) = file.gnu_debuglink().ok().flatten()?;
        let name = OsStr::from_bytes(name);
        // One name, and no way to elsewhere.
        let name = Path::new(name).file_name().filter(|own| *own == name)?;
        let path = path.canonicalize().ok()?;
        let folder = path.parent()?;
        let inside = Path::new(APART).join(folder.strip_prefix("/").ok()?);
        let beside = [folder.join(name), folder.join(".debug").join(name)];
        let beside = beside.into_iter().filter(|known| *known != path && is_ours(&path));
        let mut all = beside.chain([inside.join(name)]);
        all.find_map(|path| map(&path).ok().filter(|found| crc32fast::hash(&found.0) == sum))
    })
}
