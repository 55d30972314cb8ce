//! Targets whose bytes are files: types of a kernel or program, binaries, what a process has mapped.

use nu_ebpf_btf::{Btf, TypeId};
use nu_ebpf_dwarf as dwarf;
use nu_ebpf_machine::{binary, usdt};
use nu_ebpf_symbol::{Image, Processes, Resolver};
use nu_protocol::Span;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// A path that was never given before: what was found out of a file is remembered by its path.
fn fresh() -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let shared = Path::new("/dev/shm");
    let make = || if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
    let folder = FOLDER.get_or_init(|| make().unwrap_or_else(|error| panic!("no folder for files: {error}")));
    folder.path().join(NUMBER.fetch_add(1, Ordering::Relaxed).to_string())
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// BTF, and every question about it.
pub fn kernel_types(bytes: &[u8]) {
    let Some(btf) = Btf::of_program(bytes.to_vec(), Path::new("program")) else { return };
    for id in (0..64).map(TypeId) {
        ask(&btf, id);
        let (name, _) = btf.named(id);
        for word in ["struct", "union", "enum"] {
            btf.type_named(&format!("{word} {name}"));
        }
        btf.function(None, name);
        btf.tracepoint(name);
        btf.hook(name);
    }
    btf.hooks();
    btf.tracepoints();
    btf.structs().count();
}

fn ask(btf: &Btf, id: TypeId) {
    btf.get(id);
    btf.bare(id);
    btf.whole(id);
    btf.goes_by(id, "u32");
    btf.is_user(id);
    btf.declared(id);
    btf.declaration(id, 0);
    btf.bytes(id);
    btf.values(id);
    btf.rows(id, 2);
    for (name, ..) in btf.members(id) {
        btf.member(id, name);
    }
    btf.member(id, "none of them has this name");
    btf.alike(id, btf, id);
}

/// An ELF file with symbols, debug information and notes.
pub fn binary(bytes: &[u8]) {
    let path = fresh();
    write(&path, bytes);
    let functions = binary::named(&path, Span::unknown()).unwrap_or_default();
    let probes = usdt::probes(&path, Span::unknown()).unwrap_or_default();
    usdt::members(probes.iter());
    let _ = usdt::sites(&path, Span::unknown());
    for function in functions.iter().take(8) {
        for (btf, prototype) in
            dwarf::functions(&path, &function.symbol).into_iter().flatten().filter_map(|one| one.function)
        {
            btf.parameters(&prototype);
            for param in &prototype.params {
                ask(btf, param.ty);
            }
        }
    }
    for name in dwarf::structs(&path).iter().take(8) {
        if let Ok((btf, id)) = dwarf::type_named(&path, &format!("struct {name}"), None) {
            ask(btf, id);
            dwarf::defined(btf, id);
        }
    }
    // One that is not there any more is no bug.
    let _ = fs::remove_file(path);
}

/// The notes of a binary's USDT probes.
pub fn usdt_notes(bytes: &[u8]) {
    let probes = usdt::notes(bytes);
    usdt::members(probes.iter());
    for (provider, name) in usdt::named(&probes, "*", "*") {
        usdt::types(&probes, &provider, &name);
    }
}

/// `/proc/PID/maps`, and behind a line of `--` what the process tells of its functions.
pub fn process_maps(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (maps, functions) = text.split_once("--\n").unwrap_or((&text, ""));
    let folder = fresh();
    let process = folder.join("7");
    let temporary = process.join("root/tmp");
    fs::create_dir_all(&temporary).unwrap_or_else(|error| panic!("{}: {error}", temporary.display()));
    write(&process.join("maps"), maps.as_bytes());
    write(&process.join("stat"), format!("7 (x) {}", "0 ".repeat(50)).as_bytes());
    write(&process.join("status"), b"NSpid:\t7\n");
    write(&temporary.join("perf-7.map"), functions.as_bytes());
    let image = Image { process: 7, number: 1 };
    let mut resolver = Resolver::default();
    resolver.processes = Processes::below(folder.clone());
    resolver.processes.keep(image, 0);
    let addresses = [0, 1, 0x1000, 0x7fff_ffff_f000, u64::MAX];
    resolver.user(image, &addresses);
    resolver.user_symbol(image, 0x1000);
    let _ = fs::remove_dir_all(folder);
}
