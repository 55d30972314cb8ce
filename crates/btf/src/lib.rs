//! The kernel's own type information in, or a program's; functions' arguments, structs' members and their types out. It looks up what is
//! asked for and knows nothing of closures or C programs.
//!
//! BTF is a list of types behind a header, and a table of strings (Documentation/bpf/btf.rst). A type is known by its
//! place in the list, from 1 on; 0 is `void`. Only where each begins is noted at first; the rest is read when asked for.
//!
//! Each module has a file of its own beside the kernel's (split BTF): its list and strings go on where the kernel's end,
//! each module's from the same number. They are read when something is looked for in them, and one [`TypeId`] says of
//! whose list it is, so that a way may lead from a module's types to the kernel's.

mod alike;
mod build;
mod choose;
mod declare;
mod kinds;
mod known;
mod module;
mod parse;
mod query;
mod table;

pub use build::Builder;
pub use choose::{Asked, Candidate, Choice, Definition};
pub use kinds::{is_byte, is_char, is_named, scalar};
pub use known::{Known, Number, SECONDS};
pub use query::{DEEPEST, Found, Parameter, Prototype};
pub use table::{Row, Value};

use module::Modules;
use nu_ebpf_ir::environment;
use nu_ebpf_ir::error::{Error, Result};
use nu_ebpf_ir::spec::code::Code;
use nu_ebpf_privilege::{Deed, Links, contents, raise};
use parse::Part;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The variable that names another file than the running kernel's.
pub const VARIABLE: &str = "NU_EBPF_BTF";

/// Types of the running kernel (CONFIG_DEBUG_INFO_BTF).
const KERNEL: &str = "/sys/kernel/btf/vmlinux";

/// Mount point of sysfs.
const SYSFS: &str = "/sys";

/// A type, by its number: the lower bits are its place in the list, the others say whose. The kernel's own are just that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TypeId(pub u32);

/// A BTF type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type<'a> {
    Void,
    Int {
        name: &'a str,
        bytes: u32,
        signed: bool,
        bool: bool,
    },
    Pointer(TypeId),
    Array {
        of: TypeId,
        length: u32,
    },
    Composite {
        name: &'a str,
        union: bool,
        bytes: u32,
        members: Vec<Member<'a>>,
    },
    Enum {
        name: &'a str,
        bytes: u32,
        signed: bool,
        values: Vec<(&'a str, i64)>,
    },
    /// Declared only.
    Forward {
        name: &'a str,
        union: bool,
    },
    Typedef {
        name: &'a str,
        of: TypeId,
    },
    /// `const`, `volatile`, `restrict`.
    Qualified {
        word: &'static str,
        of: TypeId,
    },
    /// A tag of the compiler's, such as `user` for an address in a process.
    Tagged {
        tag: &'a str,
        of: TypeId,
    },
    Function {
        name: &'a str,
        of: TypeId,
    },
    Prototype {
        gives: TypeId,
        params: Vec<(&'a str, TypeId)>,
    },
    Variable {
        name: &'a str,
        of: TypeId,
    },
    Float {
        name: &'a str,
        bytes: u32,
    },
    /// Annotations of others: sections, tags of declarations.
    Other,
}

/// A member of a struct or union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// Empty of a struct or union whose members are as good as the outer one's.
    pub name: &'a str,
    pub of: TypeId,
    /// Bits from the beginning.
    pub offset: u32,
    /// Bits of a bit-field, else 0.
    pub bits: u32,
}

/// The types of a kernel, and of its modules.
#[derive(Debug)]
pub struct Btf {
    kernel: Part,
    modules: Modules,
    /// The file of the program whose types they are; None of a kernel's.
    program: Option<Box<Path>>,
}

/// Types are kept as long as the process lives: two are the same where they are one.
impl PartialEq for Btf {
    fn eq(&self, other: &Btf) -> bool {
        std::ptr::eq(self, other)
    }
}

/// A file in one of its states.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    path: PathBuf,
    /// Inode, size and time of the last change; none in sysfs, whose times change by themselves.
    state: Option<(u64, u64, Option<SystemTime>)>,
}

impl Version {
    fn of(path: PathBuf) -> Version {
        let _raised = raise(Deed::Files);
        let path = path.canonicalize().unwrap_or(path);
        let meta = (!path.starts_with(SYSFS)).then(|| path.metadata().ok()).flatten();
        Version { state: meta.map(|meta| (meta.ino(), meta.len(), meta.modified().ok())), path }
    }
}

impl Btf {
    /// Returns the types of the running kernel, or of the file that [`VARIABLE`] names in the calling shell. A file is
    /// read once, and again when it has changed.
    ///
    /// # Errors
    /// [`Code::NoBtf`] where there is none, or it cannot be read.
    pub fn kernel() -> Result<&'static Btf> {
        static READ: Mutex<BTreeMap<Version, &'static Btf>> = Mutex::new(BTreeMap::new());
        let version = Version::of(environment::path(VARIABLE).unwrap_or_else(|| PathBuf::from(KERNEL)));
        let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(btf) = known.get(&version) {
            return Ok(btf);
        }
        let read = Btf::read(&version.path).map(|btf| &*Box::leak(Box::new(btf)));
        if let Ok(btf) = read {
            known.insert(version, btf);
        }
        read.map_err(|what| {
            Error::new(Code::NoBtf, format!("cannot read the kernel's type information: {what}"))
                .help("typed arguments need a kernel with BTF (CONFIG_DEBUG_INFO_BTF); $ctx.arg0 does not")
        })
    }

    /// The file of a kernel's; those of its modules lie in the same folder under their names.
    fn read(path: &Path) -> std::result::Result<Btf, String> {
        let _raised = raise(Deed::Files);
        let unread = |error| format!("{}: {error}", path.display());
        let data = contents(path, Links::Followed).map_err(unread)?;
        let kernel = Part::parse(data, None);
        let kernel = kernel.ok_or_else(|| format!("{}: it is not BTF in this machine's byte order", path.display()))?;
        Ok(Btf { kernel, modules: Modules::beside(path), program: None })
    }

    /// The file of the program whose types they are. Its members lie where it says; those of a kernel may lie elsewhere
    /// in another (CO-RE).
    pub fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/btf.rs"]
mod tests;
