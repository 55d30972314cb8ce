//! Tests of `crates/dwarf`, which includes this as a module of its own: `tests/fixtures/dwarf`, and the same source as
//! several compilers describe it.

use super::{Function, Missing, defined, functions, type_named};
use nu_ebpf_btf::{Btf, TypeId};
use std::path::{Path, PathBuf};
use std::process::Command;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/dwarf");

fn program() -> PathBuf {
    Path::new(FIXTURES).join("program.so")
}

/// Name, type, byte, bits of each member that has a name.
fn rows(btf: &Btf, id: TypeId) -> Vec<(String, String, i64, Option<i64>)> {
    // What compilers call one number differently, is one.
    let plain =
        |ty: String| ty.replace("short int", "short").replace("long int", "long").replace("unsigned int", "uint");
    btf.rows(id, 1).into_iter().map(|row| (row.member, plain(row.ty), row.offset, row.bits)).collect()
}

/// The only function of a name.
fn function(path: &Path, name: &str) -> Result<Function, Missing> {
    let all = functions(path, name)?;
    let mut described: Vec<Function> = all.into_iter().filter_map(|one| one.function).collect();
    assert_eq!(described.len(), 1, "{name}");
    Ok(described.swap_remove(0))
}

#[test]
fn a_function_has_its_arguments() {
    let (btf, handle) = function(&program(), "handle").expect("a function");
    let words: Vec<String> =
        handle.params.iter().map(|param| format!("{}: {}", param.name, btf.declared(param.ty))).collect();
    assert_eq!(words, ["request: struct request *", "priority: short", "urgent: char"]);
    assert_eq!(handle.gives.map(|gives| btf.declared(gives)).as_deref(), Some("long"));
    assert_eq!(btf.program(), Some(&*program()));
    let (_, reply) = function(&program(), "reply").expect("a function");
    assert_eq!(reply.params.len(), 1);
    assert_eq!(function(&program(), "hnadle"), Err(Missing::Undescribed));
}

#[test]
fn what_is_returned_may_take_the_first_register() {
    let (btf, both) = function(&program(), "both").expect("a function");
    let shift = usize::from(cfg!(target_arch = "x86_64"));
    assert_eq!(btf.register(&both, 1), Some(1 + shift));
    let (btf, scaled) = function(&program(), "scaled").expect("a function");
    assert_eq!((btf.register(&scaled, 0), btf.register(&scaled, 2)), (Some(0), None));
}

#[test]
fn what_another_unit_defines_is_found() {
    let (btf, id) = type_named(&program(), "struct request", None).expect("a struct");
    let session = btf.member(id, "session").expect("a member");
    let nu_ebpf_btf::Type::Pointer(to) = btf.get(session.ty) else { panic!("expected a pointer") };
    assert!(btf.members(to).is_empty());
    let (other, to) = defined(btf, to);
    assert_eq!(
        rows(other, to),
        [("token".to_string(), "uint".to_string(), 0, None), ("user".to_string(), "char [16]".to_string(), 4, None)]
    );
    assert_eq!(type_named(&program(), "struct requst", None).err(), Some(Missing::Undescribed));
    assert!(super::structs(&program()).contains(&"session".to_string()));
}

#[test]
fn compilers_agree() {
    let (fixture, id) = type_named(&program(), "struct request", None).expect("a struct");
    let wanted = rows(fixture, id);
    assert_eq!(wanted[9..12].iter().map(|row| row.3).collect::<Vec<_>>(), [Some(3), Some(5), Some(4)]);
    let folder = std::env::temp_dir().join(format!("nu-ebpf-dwarf-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let sources = ["program.c", "other.c"].map(|name| Path::new(FIXTURES).join(name));
    for (number, (compiler, flags)) in [
        ("gcc", "-g -O0"),
        ("gcc", "-g -O2 -gdwarf-4 -flto"),
        ("gcc", "-gdwarf-2 -gstrict-dwarf -O2"),
        ("gcc", "-g -gz=zlib -O2"),
        ("clang-14", "-g -gdwarf-4 -O2"),
        ("clang-19", "-g -O0 -gdwarf-aranges"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.join(format!("program{number}.so"));
        let mut command = Command::new(compiler);
        command.args(flags.split(' ')).args(["-fno-inline", "-fPIC", "-shared", "-nostdlib", "-o"]).arg(&path);
        let made = command.args(&sources).status();
        assert!(made.is_ok_and(|status| status.success()), "expected {compiler} {flags} to compile the fixture");
        let words = format!("{compiler} {flags}");
        let (btf, id) = type_named(&path, "struct request", None).unwrap_or_else(|why| panic!("{words}: {why}"));
        assert_eq!(rows(btf, id), wanted, "{words}");
        let (btf, find) = function(&path, "find").unwrap_or_else(|why| panic!("{words}: {why}"));
        let names: Vec<&str> = find.params.iter().map(|param| param.name.as_str()).collect();
        assert_eq!((names, btf.register(&find, 1)), (vec!["list", "id"], Some(1)), "{words}");
        let (btf, both) = function(&path, "both").unwrap_or_else(|why| panic!("{words}: {why}"));
        assert_eq!(btf.register(&both, 0), Some(usize::from(cfg!(target_arch = "x86_64"))), "{words}");
        // The same source compiled anew has the same types, though described apart.
        let (again, reply) = function(&path, "reply").unwrap_or_else(|why| panic!("{words}: {why}"));
        let (own, find) = function(&path, "find").unwrap_or_else(|why| panic!("{words}: {why}"));
        let to = |btf: &Btf, ty| match btf.get(btf.bare(ty)) {
            nu_ebpf_btf::Type::Pointer(to) => btf.bare(to),
            other => panic!("{words}: expected a pointer, came {other:?}"),
        };
        assert!(again.alike(to(again, reply.params[0].ty), own, to(own, find.params[0].ty)), "{words}");
        assert!(!again.alike(reply.params[0].ty, own, find.params[1].ty), "{words}");
    }
    stripped(&folder, &folder.join("program0.so"));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn types_that_lead_back_to_themselves_end() {
    let path = std::env::temp_dir().join(format!("nu-ebpf-cycle-{}.o", std::process::id()));
    let made = Command::new("cc").args(["-c", "-o"]).arg(&path).arg(Path::new(FIXTURES).join("cycle.s")).status();
    assert!(made.is_ok_and(|status| status.success()), "expected cc to assemble the fixture");
    let (btf, id) = type_named(&path, "struct cycle", None).expect("a struct");
    // A bit-field of a type without a size lies nowhere.
    assert_eq!(btf.rows(id, 1).iter().map(|row| row.member.as_str()).collect::<Vec<_>>(), ["array", "inner", "plain"]);
    assert_eq!(btf.rows(id, 5)[1].members.as_ref().map(Vec::len), Some(3));
    let array = btf.member(id, "array").expect("a member");
    assert_eq!((btf.bytes(array.ty), btf.declaration(array.ty, 0)), (0, None));
    std::fs::remove_file(&path).expect("the file goes");
}

/// Debug information in a file apart, by the name that the binary gives.
fn stripped(folder: &Path, program: &Path) {
    let (debug, bare) = (folder.join("apart.debug"), folder.join("bare.so"));
    let run = |arguments: &[&std::ffi::OsStr]| {
        let made = Command::new("objcopy").args(arguments).status();
        assert!(made.is_ok_and(|status| status.success()), "expected objcopy {arguments:?} to succeed");
    };
    run(&["--only-keep-debug".as_ref(), program.as_ref(), debug.as_ref()]);
    run(&["--strip-debug".as_ref(), program.as_ref(), bare.as_ref()]);
    assert_eq!(function(&bare, "handle"), Err(Missing::DebugInfo));
    let mut link = std::ffi::OsString::from("--add-gnu-debuglink=");
    link.push(&debug);
    run(&[&link, bare.as_ref()]);
    // Where others can put something beside it, who made the file does not choose what is opened.
    let mode = |mode| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
        std::fs::set_permissions(folder, mode).expect("mode");
    };
    mode(0o777);
    assert_eq!(function(&bare, "handle"), Err(Missing::DebugInfo));
    mode(0o700);
    // Looked at anew: what is known is of that file at that time.
    std::fs::File::options()
        .append(true)
        .open(&bare)
        .and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .expect("touched");
    assert_eq!(function(&bare, "handle").expect("a function").1.params.len(), 3);
}
