//! Functions whose implementation is chosen at program start (STT_GNU_IFUNC), as `memcpy` of glibc. Which one it is,
//! the loader has found out for this process as for all others: it is asked for libraries that are loaded here already.
//! No file is loaded or run for that.

use std::ffi::{CStr, c_int, c_void};

/// The implementation that programs call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implementation {
    /// Code of the same file, at this address in it.
    Inside(u64),
    /// Code elsewhere: the kernel's vDSO.
    Outside,
}

/// Bytes at the beginning of a library that are compared: a page, with the id of its build in it.
const HEAD: usize = 4096;

/// A library that is loaded here.
struct Loaded {
    /// Load address of its address 0.
    base: usize,
    /// End of its code and data.
    end: usize,
    name: Vec<u8>,
}

/// Returns the loader's choice for a function of a library with these bytes; None if it is not loaded here.
pub fn implementation(bytes: &[u8], name: &str, version: Option<&str>) -> Option<Implementation> {
    let loaded = loaded(bytes)?;
    let address = chosen(&loaded, name, version)?;
    let inside = (loaded.base..loaded.end).contains(&address);
    Some(if inside { Implementation::Inside((address - loaded.base) as u64) } else { Implementation::Outside })
}

/// The loaded library whose first page these bytes begin with.
fn loaded(bytes: &[u8]) -> Option<Loaded> {
    struct Search<'b> {
        head: &'b [u8],
        found: Option<Loaded>,
    }
    // SAFETY: called only by the loader's iteration below, with a valid description and the search as `data`.
    unsafe extern "C" fn look(info: *mut libc::dl_phdr_info, _size: libc::size_t, data: *mut c_void) -> c_int {
        // SAFETY: the loader hands over its own description, and `data` is the search that is passed to it below.
        let (info, search) = unsafe { (&*info, &mut *data.cast::<Search<'_>>()) };
        if info.dlpi_phdr.is_null() || info.dlpi_name.is_null() {
            return 0;
        }
        // SAFETY: so many headers there are, of a library that stays while it is looked at.
        let headers = unsafe { std::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum.into()) };
        let base = info.dlpi_addr as usize;
        let mapped = || headers.iter().filter(|header| header.p_type == libc::PT_LOAD);
        let Some(first) = mapped().find(|header| header.p_offset == 0) else { return 0 };
        let end = mapped().map(|header| base + (header.p_vaddr + header.p_memsz) as usize).max().unwrap_or(base);
        if first.p_flags & libc::PF_R == 0 || (first.p_filesz as usize) < search.head.len() {
            return 0;
        }
        let start = (base + first.p_vaddr as usize) as *const u8;
        // SAFETY: this segment is mapped to be read, and is as long at least.
        let head = unsafe { std::slice::from_raw_parts(start, search.head.len()) };
        if head != search.head {
            return 0;
        }
        // SAFETY: the loader's names end with a NUL, and stay as long as the library.
        let name = unsafe { CStr::from_ptr(info.dlpi_name) }.to_bytes_with_nul().to_vec();
        search.found = Some(Loaded { base, end, name });
        1
    }
    let mut search = Search { head: bytes.get(..HEAD)?, found: None };
    // SAFETY: the function has the type that is wanted, and the search lives until the call returns.
    unsafe { libc::dl_iterate_phdr(Some(look), (&raw mut search).cast()) };
    search.found
}

/// The address that a name has in a library that is loaded.
#[cfg(target_env = "gnu")]
fn chosen(loaded: &Loaded, name: &str, version: Option<&str>) -> Option<usize> {
    let path = CStr::from_bytes_with_nul(&loaded.name).ok().filter(|path| !path.is_empty())?;
    let name = std::ffi::CString::new(name).ok()?;
    let version = version.and_then(|version| std::ffi::CString::new(version).ok());
    // SAFETY: strings that end with a NUL; RTLD_NOLOAD only finds what is loaded. The function that chooses has been run
    // for this process before, when it was started.
    unsafe {
        let library = libc::dlopen(path.as_ptr(), libc::RTLD_LAZY | libc::RTLD_NOLOAD);
        if library.is_null() {
            return None;
        }
        let address = match &version {
            Some(version) => libc::dlvsym(library, name.as_ptr(), version.as_ptr()),
            None => libc::dlsym(library, name.as_ptr()),
        };
        libc::dlclose(library);
        (!address.is_null()).then_some(address as usize)
    }
}

/// Of other libraries than glibc, none chooses.
#[cfg(not(target_env = "gnu"))]
fn chosen(_loaded: &Loaded, _name: &str, _version: Option<&str>) -> Option<usize> {
    None
}
