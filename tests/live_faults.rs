//! The plugin where the machine fails it: a kernel that refuses, a user who may not, a cache that is not to be trusted, a
//! full disk. Each fault is made, and is an error of its own code or none. Needs root.

mod support;

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{LIMIT, Nu, PLUGIN, folder};

/// What the tests attach.
const ATTACH: &str = "ebpf attach 'tracepoint:syscalls/sys_enter_mkdir' {|ctx| $ctx.mode | count }";

/// Errors of the system, and what becomes of them.
const REFUSED: &[(i32, &str)] = &[
    (1, "ebpf::kernel::forbidden"),
    (7, "ebpf::kernel::size"),
    (12, "ebpf::kernel::memory"),
    (16, "ebpf::kernel"),
    (23, "ebpf::kernel::files"),
    (24, "ebpf::kernel::files"),
    (28, "ebpf::kernel::full"),
];

/// Commands of bpf(2): a map is made, a program is loaded (include/uapi/linux/bpf.h).
const COMMANDS: [i32; 2] = [0, 5];

#[test]
fn each_refusal_of_the_kernel_has_its_code_and_help() {
    let place = tempfile::tempdir().expect("a folder");
    let library = compiled(place.path());
    let rows: Vec<(i32, i32)> =
        COMMANDS.iter().flat_map(|command| REFUSED.iter().map(|row| (*command, row.0))).collect();
    let list: Vec<String> = rows.iter().map(|(command, error)| format!("'{command} {error} 0'")).collect();
    // What was attached before stays, and nothing is left behind of what was not.
    let script = format!(
        "'' | save $env.REFUSE
        let id = {ATTACH}
        let plugin = plugin list | where name == ebpf | get 0.pid
        let held = ls $'/proc/($plugin)/fd' | length
        [{}] | each {{|what|
            $what | save --force $env.REFUSE
            let error = try {{ {ATTACH}; {{}} }} catch {{|error| $error.details }}
            [$error.code? (($error.help? | default '' | str length) > 20) ($error.labels?.0?.text?) ((ls $'/proc/($plugin)/fd' | length) == $held)] | to text | lines | str join ' '
        }} | to text | print --no-newline
        '' | save --force $env.REFUSE
        print (ebpf list | length) (try {{ ebpf detach ({ATTACH}); 'again' }} catch {{|error| $error.msg }})",
        list.join(" ")
    );
    let nu = Nu::new(LIMIT).variable("LD_PRELOAD", &library).variable("REFUSE", place.path().join("what"));
    let run = nu.text(&script);
    assert!(run.fine, "{}", run.both());
    let code = |error| REFUSED.iter().find(|row| row.0 == error).map_or("", |row| row.1);
    let mut expected: Vec<String> = rows.iter().map(|row| format!("{} true this probe true", code(row.1))).collect();
    expected.extend(["1".into(), "again".into()]);
    let came: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(came, expected, "{}", run.stderr);
}

#[test]
fn a_log_of_the_verifier_that_is_too_long_is_asked_for_again() {
    let place = tempfile::tempdir().expect("a folder");
    let (library, what) = (compiled(place.path()), place.path().join("what"));
    // What libbpf makes room for at first (`BPF_LOG_BUF_SIZE`): the kernel says that there is no space left.
    fs::write(&what, format!("5 28 {}", u32::MAX >> 8)).expect("written");
    let nu = Nu::new(LIMIT).variable("LD_PRELOAD", &library).variable("REFUSE", &what);
    let run = nu.text(&format!("{} | get verifier.processed | $in > 0", ATTACH.replace("attach", "attach --dry-run")));
    assert!(run.fine && run.stdout.trim() == "true", "{}", run.both());
}

#[test]
fn a_user_who_may_not_is_told_what_is_missing() {
    for lacking in ["bpf,-sys_admin", "perfmon,-sys_admin", "bpf,-perfmon,-sys_admin"] {
        // The attach point is known to root, who may read tracefs.
        let script = format!("{ATTACH} | describe");
        let run = inner(&format!("setpriv --bounding-set=-{lacking} --inh-caps=-{lacking}"), &script);
        let named =
            lacking.split(",-").filter(|name| *name != "sys_admin").map(|name| format!("CAP_{}", name.to_uppercase()));
        assert!(run.contains("ebpf::machine::privileges"), "without {lacking}: {run}");
        for name in named {
            assert!(run.contains(&name), "without {lacking}: {run}");
        }
    }
}

/// What a Nushell under another command says on its standard error.
fn inner(command: &str, script: &str) -> String {
    let outer = format!(
        "^{command} $nu.current-exe -n --no-std-lib --plugins '[{PLUGIN}]' -c ($env.SCRIPT) | complete | get stderr | print"
    );
    let run = Nu::new(LIMIT).variable("SCRIPT", script).text(&outer);
    assert!(run.fine, "{}", run.both());
    run.stdout
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let home = tempfile::tempdir().expect("a folder");
    let nu = Nu::new(LIMIT).variable("XDG_CACHE_HOME", home.path());
    let attach = || nu.text(&format!("ebpf detach ({ATTACH}) | columns | first"));
    let first = attach();
    assert!(first.fine, "{}", first.both());
    let entry = only_file(&home.path().join("nu_plugin_ebpf"));
    let whole = fs::read(&entry).expect("the entry");
    let flipped: Vec<u8> = whole.iter().enumerate().map(|(at, byte)| if at == 200 { !byte } else { *byte }).collect();
    for damaged in [&whole[..whole.len() / 2], &whole[..10], &[], &flipped] {
        fs::write(&entry, damaged).expect("written");
        let run = attach();
        assert!(run.fine && run.stdout == first.stdout, "{}", run.both());
        assert!(fs::read(&entry).expect("the entry") == whole, "it is written anew, byte by byte");
    }
    // One that nobody can read, and one that is no file.
    fs::remove_file(&entry).expect("removed");
    fs::create_dir(&entry).expect("a folder");
    let run = attach();
    assert!(run.fine && run.stdout == first.stdout, "{}", run.both());
}

#[test]
fn a_cache_of_another_user_is_not_used() {
    let home = tempfile::tempdir().expect("a folder");
    let cache = home.path().join("nu_plugin_ebpf");
    let nu = Nu::new(LIMIT).variable("XDG_CACHE_HOME", home.path());
    fs::create_dir(&cache).expect("a folder");
    fs::set_permissions(&cache, fs::Permissions::from_mode(0o700)).expect("mode");
    chown(&cache, Some(65534), Some(65534)).expect("its owner");
    let run = nu.text(&format!("ebpf detach ({ATTACH}) | columns | first"));
    assert!(run.fine, "{}", run.both());
    assert_eq!(fs::read_dir(&cache).expect("the folder").count(), 0, "nothing is put there");
    // Nor one that a link leads to.
    fs::remove_dir(&cache).expect("removed");
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), &cache).expect("a link");
    let run = nu.text(&format!("ebpf detach ({ATTACH}) | columns | first"));
    assert!(run.fine, "{}", run.both());
    assert_eq!(fs::read_dir(elsewhere.path()).expect("the folder").count(), 0, "nothing is put there");
}

#[test]
fn a_full_disk_is_an_error_where_clang_works_and_none_where_objects_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mount = |words: &[&str]| {
        let done = Command::new(words[0]).args(&words[1..]).arg(folder.path()).status();
        assert!(done.is_ok_and(|status| status.success()), "{words:?}");
    };
    mount(&["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "full"]);
    let script = "ebpf attach --dry-run 'tracepoint:syscalls/sys_enter_mkdir' {|ctx| $ctx.mode | count } | describe";
    let [temporary, cache] =
        ["TMPDIR", "XDG_CACHE_HOME"].map(|name| Nu::new(LIMIT).variable(name, folder.path()).text(script));
    mount(&["umount"]);
    assert!(!temporary.fine && temporary.stderr.contains("ebpf::io"), "{}", temporary.stderr);
    assert!(temporary.stderr.contains("No space left on device"), "{}", temporary.stderr);
    assert!(cache.fine, "{}", cache.stderr);
}

/// `tests/refuse.c` as a library.
fn compiled(place: &Path) -> PathBuf {
    let library = place.join("refuse.so");
    let mut command = Command::new("cc");
    command.args(["-O1", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o"]).arg(&library);
    let status = command.arg(folder("refuse.c")).arg("-ldl").status();
    assert!(status.is_ok_and(|status| status.success()), "{command:?}");
    library
}

/// The one file of a folder.
fn only_file(folder: &Path) -> PathBuf {
    let files: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|file| file.path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files.into_iter().next().expect("one")
}
