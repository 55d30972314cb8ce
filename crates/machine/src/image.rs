//! A binary's code: where its segments and functions are, by the ELF file itself. Bytes in, addresses out.

use crate::instruction::{Body, InstructionSet, is_refused};
use gimli::{BaseAddresses, CfaRule, EhFrame, EndianSlice, RunTimeEndian, UnwindContext, UnwindSection as _};
use object::read::elf::{ElfFile, FileHeader, VersionTable};
use object::{Architecture, Object as _, ObjectSection as _, ObjectSegment as _, ObjectSymbol as _};
use object::{SectionFlags, SegmentFlags, SymbolFlags, elf};
use std::collections::BTreeMap;

/// A function's symbol.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Function {
    /// Without its version.
    pub name: String,
    pub address: u64,
    /// 0 where it is not told.
    pub size: u64,
    pub version: Option<String>,
    /// Whether only programs that were linked long ago use it: `NAME@VERSION` of nm(1), not `NAME@@VERSION`.
    pub old: bool,
    /// Whether it is the code that chooses an implementation when a program starts (STT_GNU_IFUNC).
    pub chooses: bool,
}

/// A part of the file that is mapped to be executed.
#[derive(Debug, Clone, Copy)]
struct Code {
    address: u64,
    offset: u64,
    size: u64,
}

/// A parsed binary.
pub struct Image<'d> {
    file: object::File<'d>,
    data: &'d [u8],
    set: InstructionSet,
    code: Vec<Code>,
    functions: Vec<Function>,
}

/// The part of a function that the unwind tables describe.
struct Unwound {
    start: u64,
    size: u64,
    /// Whether exceptions lead into it.
    handles: bool,
    /// Whether its first byte is where calls lead to, and not a part that the compiler has moved away.
    entry: bool,
}

impl<'d> Image<'d> {
    pub fn parse(data: &'d [u8]) -> Option<Image<'d>> {
        let file = object::File::parse(data).ok()?;
        let set = match file.architecture() {
            Architecture::X86_64 | Architecture::X86_64_X32 => InstructionSet::X86(64),
            Architecture::I386 => InstructionSet::X86(32),
            Architecture::Aarch64 => InstructionSet::Fixed(4),
            _ => InstructionSet::Other,
        };
        let code = file.segments().filter_map(|one| {
            let SegmentFlags::Elf { p_flags } = one.flags() else { return None };
            let (offset, size) = one.file_range();
            (p_flags & elf::PF_X != 0).then_some(Code { address: one.address(), offset, size })
        });
        let (code, functions) = (code.collect(), functions(&file));
        Some(Image { file, data, set, code, functions })
    }

    pub fn functions(&self) -> &[Function] {
        &self.functions
    }

    pub fn bytes(&self) -> &'d [u8] {
        self.data
    }

    pub fn set(&self) -> InstructionSet {
        self.set
    }

    /// Returns the file offset of code.
    pub fn offset(&self, address: u64) -> Option<u64> {
        let inside = |one: &&Code| address.checked_sub(one.address).is_some_and(|at| at < one.size);
        self.code.iter().find(inside).and_then(|one| one.offset.checked_add(address - one.address))
    }

    /// The address of code, by where it is in the file.
    pub fn address(&self, offset: u64) -> Option<u64> {
        let inside = |one: &&Code| offset.checked_sub(one.offset).is_some_and(|at| at < one.size);
        self.code.iter().find(inside).and_then(|one| one.address.checked_add(offset - one.offset))
    }

    /// The bytes of code, from an address on, as far as its segment goes.
    pub fn code(&self, address: u64) -> Option<&'d [u8]> {
        let of = self.code.iter().find(|one| address.checked_sub(one.address).is_some_and(|at| at < one.size))?;
        let [from, to] = [of.offset.checked_add(address - of.address)?, of.offset.checked_add(of.size)?];
        let to = usize::try_from(to).ok()?.min(self.data.len());
        self.data.get(usize::try_from(from).ok()?..to)
    }

    /// Returns whether the kernel puts no probe on the first instruction of a function.
    pub fn is_refused(&self, address: u64) -> bool {
        matches!(self.set, InstructionSet::X86(_)) && self.code(address).is_none_or(is_refused)
    }

    /// Returns whether a section, where the file has sections, says that its bytes are code.
    fn in_section_of_code(&self, address: u64) -> bool {
        let mut sections = self.file.sections().peekable();
        sections.peek().is_none()
            || sections.any(|one| {
                let SectionFlags::Elf { sh_flags } = one.flags() else { return false };
                sh_flags & u64::from(elf::SHF_EXECINSTR) != 0
                    && address.checked_sub(one.address()).is_some_and(|at| at < one.size())
            })
    }

    /// Returns whether a symbol says that it is data.
    fn is_data(&self, address: u64) -> bool {
        let data = |one: &object::Symbol<'_, '_>| {
            let SymbolFlags::Elf { st_info, .. } = one.flags() else { return false };
            st_info & 0xf == elf::STT_OBJECT && address.checked_sub(one.address()).is_some_and(|at| at < one.size())
        };
        self.file.symbols().chain(self.file.dynamic_symbols()).any(|one| data(&one))
    }

    /// The function that an address is in, by its symbol; of several the one that begins last.
    pub fn around(&self, address: u64) -> Option<&Function> {
        let inside = |one: &&Function| {
            address.checked_sub(one.address).is_some_and(|at| at < one.size || at == 0 && one.size == 0)
        };
        self.functions.iter().filter(inside).max_by_key(|one| one.address)
    }

    /// The code that an address is in, from where it is known that an instruction begins: a function's symbol, or what
    /// the unwind tables say.
    pub fn body(&self, address: u64) -> Option<Body<'d>> {
        if !self.in_section_of_code(address) || self.is_data(address) {
            return None;
        }
        let symbol = self.around(address).map(|one| (one.address, one.size, is_part(&one.name)));
        let unwound = self.unwound(address);
        let known = symbol.or_else(|| unwound.as_ref().map(|one| (one.start, one.size, !one.entry)));
        let (start, size, part) = known.or_else(|| self.unsized_before(address))?;
        let bytes = self.code(start)?;
        let size = usize::try_from(size).ok().filter(|size| *size > 0).unwrap_or(bytes.len());
        let entered_elsewhere = part || unwound.is_some_and(|one| one.handles);
        Some(Body { start, bytes: &bytes[..size.min(bytes.len())], entered_elsewhere })
    }

    /// A function that does not tell its size, as assemblers make them: it goes to the next one.
    fn unsized_before(&self, address: u64) -> Option<(u64, u64, bool)> {
        let before = self.functions.iter().filter(|one| one.address <= address).max_by_key(|one| one.address)?;
        let next = self.functions.iter().map(|one| one.address).filter(|next| *next > before.address).min();
        let size = next.map_or(0, |next| next - before.address);
        (before.size == 0).then_some((before.address, size, false))
    }

    /// Returns whether calls lead to an address: only there a return can be probed.
    pub fn is_entry(&self, address: u64) -> bool {
        let named = |one: &&Function| one.address == address;
        match self.functions.iter().find(named) {
            Some(function) => !is_part(&function.name),
            None => self.unwound(address).is_some_and(|one| one.start == address && one.entry),
        }
    }

    /// Returns the unwind table's row for an address.
    fn unwound(&self, address: u64) -> Option<Unwound> {
        let section = self.file.section_by_name(".eh_frame")?;
        let endian = if self.file.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big };
        let mut table = EhFrame::from(EndianSlice::new(section.data().ok()?, endian));
        table.set_address_size(if self.file.is_64() { 8 } else { 4 });
        let at = |name: &str| self.file.section_by_name(name).map_or(0, |section| section.address());
        let bases = BaseAddresses::default().set_eh_frame(section.address()).set_text(at(".text")).set_got(at(".got"));
        let found = table.fde_for_address(&bases, address, EhFrame::cie_from_offset).ok()?;
        let mut context = UnwindContext::new();
        let row = found.unwind_info_for_address(&table, &bases, &mut context, found.initial_address()).ok();
        // On the stack there is where it returns to, or nothing.
        let entry = row.is_some_and(|row| match (row.cfa(), self.set) {
            (CfaRule::RegisterAndOffset { register, offset }, InstructionSet::X86(64)) => {
                (register.0, *offset) == (7, 8)
            }
            (CfaRule::RegisterAndOffset { register, offset }, InstructionSet::X86(_)) => {
                (register.0, *offset) == (4, 4)
            }
            (CfaRule::RegisterAndOffset { offset, .. }, _) => *offset == 0,
            (CfaRule::Expression(_), _) => false,
        });
        let (start, size) = (found.initial_address(), found.len());
        Some(Unwound { start, size, handles: found.lsda().is_some(), entry })
    }
}

/// Returns whether a symbol is of a part that the compiler has moved out of its function.
fn is_part(name: &str) -> bool {
    name.ends_with(".cold") || name.contains(".cold.") || name.contains(".part.")
}

/// All functions that a file defines, each name and address once.
fn functions(file: &object::File<'_>) -> Vec<Function> {
    let function = |symbol: &object::Symbol<'_, '_>| {
        let SymbolFlags::Elf { st_info, .. } = symbol.flags() else { return None };
        let chooses = st_info & 0xf == elf::STT_GNU_IFUNC;
        if symbol.is_undefined() || !(chooses || st_info & 0xf == elf::STT_FUNC) {
            return None;
        }
        let (name, version) = match symbol.name().ok()?.split_once('@') {
            Some((name, version)) => (name, Some(version)),
            None => (symbol.name().ok()?, None),
        };
        let old = version.is_some_and(|version| !version.starts_with('@'));
        let version = version.map(|version| version.trim_start_matches('@').to_string());
        let (name, address, size) = (name.to_string(), symbol.address(), symbol.size());
        Some(Function { name, address, size, version, old, chooses })
    };
    let versions = versions(file);
    let dynamic = file.dynamic_symbols().filter_map(|symbol| {
        let mut function = function(&symbol)?;
        if let Some((version, old)) = versions.get(&symbol.index().0) {
            (function.version, function.old) = (Some(version.clone()), *old);
        }
        Some(function)
    });
    let mut all: Vec<Function> = dynamic.chain(file.symbols().filter_map(|symbol| function(&symbol))).collect();
    all.retain(|one| !one.name.is_empty());
    // Of one in both tables, that with its version is told.
    all.sort_by(|one, other| {
        (&one.name, one.address, other.version.is_some()).cmp(&(&other.name, other.address, one.version.is_some()))
    });
    let unversioned = |one: &Function| one.version.is_none();
    all.dedup_by(|one, kept| {
        one.name == kept.name && one.address == kept.address && (unversioned(one) || one.version == kept.version)
    });
    all
}

/// Versions of dynamic symbols by their index, and whether they are old.
fn versions(file: &object::File<'_>) -> BTreeMap<usize, (String, bool)> {
    match file {
        object::File::Elf32(file) => versions_of(file),
        object::File::Elf64(file) => versions_of(file),
        _ => BTreeMap::new(),
    }
}

fn versions_of<Elf: FileHeader>(file: &ElfFile<'_, Elf>) -> BTreeMap<usize, (String, bool)> {
    let endian = file.endian();
    let table = file.elf_section_table().versions(endian, file.data()).ok().flatten();
    let Some(table): Option<VersionTable<'_, Elf>> = table else { return BTreeMap::new() };
    let version = |symbol: object::SymbolIndex| {
        let index = table.version_index(endian, symbol);
        let name = table.version(index).ok().flatten()?.name();
        Some((symbol.0, (String::from_utf8_lossy(name).into_owned(), index.is_hidden())))
    };
    file.dynamic_symbols().filter_map(|symbol| version(symbol.index())).collect()
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_image.rs"]
mod tests;
