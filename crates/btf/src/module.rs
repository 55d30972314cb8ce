//! The types of modules: read when something is looked for in them, once a process as long as the module stays loaded.

use crate::parse::Part;
use nu_ebpf_privilege::{Links, regular};
use std::fs;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// What a file must begin with to be read as a whole: among those beside a kernel's, some may be anything else.
const MAGIC: [u8; 2] = 0xeb9f_u16.to_ne_bytes();

/// The modules' files, and what has been read of them.
#[derive(Debug)]
pub struct Modules {
    folder: PathBuf,
    /// The kernel's own file.
    kernel: String,
    /// In the order in which they were read: the first has number 1. What has been read stays, as numbers tell of it.
    read: RwLock<Vec<&'static Module>>,
}

#[derive(Debug)]
struct Module {
    name: String,
    /// The file's number: a module that was loaded anew has another one.
    inode: u64,
    /// None of a file that is not BTF.
    part: Option<Part>,
}

impl Modules {
    /// Those beside a kernel's file.
    pub fn beside(kernel: &Path) -> Modules {
        let folder = kernel.parent().map(Path::to_path_buf).unwrap_or_default();
        let kernel = kernel.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Modules { folder, kernel, read: RwLock::default() }
    }

    /// No modules, as of a program: there is nothing beside a file in a file.
    pub fn none() -> Modules {
        Modules::beside(Path::new("/dev/null/none"))
    }

    /// What has been read, by its number.
    pub fn part(&self, number: u32) -> Option<&'static Part> {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        read.get((number as usize).checked_sub(1)?)?.part.as_ref()
    }

    /// A module that is loaded.
    pub fn named(&self, name: &str, kernel: &Part) -> Option<&'static Part> {
        Some(self.module(name, kernel)?.1)
    }

    /// All that are loaded, by name.
    pub fn all<'a>(&'a self, kernel: &'a Part) -> impl Iterator<Item = (&'static str, &'static Part)> + 'a {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = files.filter_map(|file| file.file_name().into_string().ok()).collect();
        names.sort_unstable();
        names.into_iter().filter_map(|name| self.module(&name, kernel))
    }

    fn module(&self, name: &str, kernel: &Part) -> Option<(&'static str, &'static Part)> {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !plain || name == self.kernel {
            return None;
        }
        let path = self.folder.join(name);
        let inode = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?.ino();
        let known =
            |read: &[&'static Module]| read.iter().copied().find(|module| module.name == name && module.inode == inode);
        let found = known(&self.read.read().unwrap_or_else(PoisonError::into_inner));
        let module = found.unwrap_or_else(|| {
            let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
            known(&read).unwrap_or_else(|| {
                let number = read.len() as u32 + 1;
                let part = bytes(&path).and_then(|data| Part::parse(data, Some((kernel, number))));
                // It lasts as long as the process: types are told by its number.
                let module = &*Box::leak(Box::new(Module { name: name.to_string(), inode, part }));
                read.push(module);
                module
            })
        });
        Some((&module.name, module.part.as_ref()?))
    }
}

/// A file's bytes, if it begins as BTF does.
fn bytes(path: &Path) -> Option<Vec<u8>> {
    let mut file = regular(path, Links::Followed).ok()?;
    let mut data = MAGIC.map(|_| 0).to_vec();
    file.read_exact(&mut data).ok().filter(|()| data == MAGIC)?;
    file.read_to_end(&mut data).ok()?;
    Some(data)
}
