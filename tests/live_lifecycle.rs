//! Nothing stays of a probe, however its shell or its plugin ends and whenever: no program, map, link or pin, no file, no
//! clang. The probes are at a function that has another name in each run of this test, as others may use the plugin at
//! the same time. Needs root.

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use support::{PLUGIN, program};

/// How long the kernel and the processes may take to be rid of a probe.
const GONE: Duration = Duration::from_secs(60);

/// When Ctrl-C comes, in steps from the script's start to when the probe has long been attached.
const STEPS: u32 = 14;

/// How a shell ends.
#[derive(Debug, Clone, Copy)]
enum End {
    /// A signal to the shell and the plugin (Ctrl-C), or to one of them.
    Signal(&'static str, To),
    /// What the script does when it is told to go on: it ends, or stops the plugin.
    GoesOn,
    /// Nobody reads what the shell prints any longer.
    ClosedPipe,
}

#[derive(Debug, Clone, Copy)]
enum To {
    Group,
    Shell,
    Plugin,
}

use End::{ClosedPipe, GoesOn, Signal};

const SIGNALS: &[End] = &[
    Signal("INT", To::Group),
    Signal("TERM", To::Shell),
    Signal("KILL", To::Shell),
    Signal("TERM", To::Plugin),
    Signal("KILL", To::Plugin),
];

/// What a script does with a probe, before and after it is told to go on (`WAIT`), and how it may end. Nushell stops a
/// plugin whose stream is being read when that has ended.
const SCRIPTS: &[(&str, &[End])] = &[
    ("ebpf attach -s TARGET {|ctx| $ctx.pid | emit } | length", SIGNALS),
    ("ebpf attach TARGET {|ctx| $ctx.ustack | count }; sleep 1hr", SIGNALS),
    ("ebpf attach --pin NAME TARGET {|ctx| count }; WAIT; ebpf unpin NAME", &[GoesOn]),
    ("job spawn { ebpf attach -s TARGET {|ctx| $ctx.pid | emit } | length }; WAIT", &[GoesOn]),
    (
        "let reader = job spawn { ebpf attach -s TARGET {|ctx| $ctx.pid | emit } | length }; WAIT; plugin stop ebpf; job kill $reader; sleep 1hr",
        &[GoesOn],
    ),
    ("ebpf attach TARGET {|ctx| $ctx.comm | count; $ctx.pid | emit }; WAIT; plugin stop ebpf; sleep 1hr", &[GoesOn]),
    ("ebpf attach -s TARGET {|ctx| $ctx.pid | emit } | to text", &[ClosedPipe]),
];

#[test]
fn nothing_stays_however_the_shell_ends() {
    let place = Place::new("ends");
    for (script, ends) in SCRIPTS {
        for end in *ends {
            let case = format!("{end:?}: {script}");
            let mut shell = place.shell(script);
            let (plugin, held) = until(&format!("{case}: the probe is attached"), || {
                let plugin = plugin_of(&shell.child)?;
                let held = held(&plugin);
                ["prog", "map", "link"]
                    .iter()
                    .all(|kind| held.iter().any(|one| one.0 == *kind))
                    .then_some((plugin, held))
            });
            match end {
                Signal(signal, to) => to.send(&shell.child, signal, &case),
                GoesOn => fs::write(place.folder.path().join("go"), "").expect("written"),
                ClosedPipe => drop(shell.output.take()),
            }
            until(&format!("{case}: the plugin is gone"), || {
                // What would tell the shell that nobody reads is a row.
                place.call();
                (!runs(&plugin)).then_some(())
            });
            until(&format!("{case}: {held:?} are gone"), || {
                held.iter().all(|(kind, id)| !known(kind, id)).then_some(())
            });
            drop(shell);
            place.is_clean(&case);
        }
    }
}

#[test]
fn nothing_stays_whenever_ctrl_c_comes() {
    let place = Place::new("moments");
    // Nushell does not hear a Ctrl-C that comes before it runs the script.
    let script = "'x' | save '$FOLDER/begun'; ebpf attach -s TARGET {|ctx| $ctx.pid | emit } | length";
    let begun = |shell: &Shell| {
        let path = place.folder.path().join("begun");
        until(&format!("shell {} has begun", shell.child.id()), || fs::remove_file(&path).ok())
    };
    let shell = place.shell(script);
    begun(&shell);
    let begin = Instant::now();
    until("the probe is attached", || place.attached().then_some(()));
    let whole = begin.elapsed() * 3 / 2;
    To::Group.send(&shell.child, "INT", "at the end");
    drop(shell);
    for step in 0..STEPS {
        let case = format!("Ctrl-C after {step} of {STEPS} parts of {whole:?}");
        // Compiled anew, so that some of the moments are clang's.
        let _ = fs::remove_dir_all(place.folder.path().join("cache"));
        let shell = place.shell(script);
        begun(&shell);
        sleep(whole * step / STEPS);
        let plugin = plugin_of(&shell.child);
        To::Group.send(&shell.child, "INT", &case);
        let gone = || !plugin.as_deref().is_some_and(runs) && !place.attached();
        until(&format!("{case}: the plugin and the probe are gone"), || gone().then_some(()));
        drop(shell);
        place.is_clean(&case);
    }
}

#[test]
fn no_clang_stays_however_the_shell_ends() {
    let place = Place::new("clang");
    let clang = place.folder.path().join("clang");
    // It starts something in a session of its own, and both write their ids in the folder that they work in.
    let script =
        "#!/bin/sh\nsetsid sh -c 'echo $$ >>probe.ids; exec sleep 1000' &\necho $$ >>probe.ids\nexec sleep 1000\n";
    fs::write(&clang, script).expect("written");
    for open in [place.folder.path(), &clang] {
        fs::set_permissions(open, fs::Permissions::from_mode(0o755)).expect("mode");
    }
    let ids = || {
        let folders = fs::read_dir(place.temporary()).ok()?.flatten();
        let mut texts = folders.filter_map(|folder| fs::read_to_string(folder.path().join("probe.ids")).ok());
        texts.find(|ids| ids.lines().count() == 2)
    };
    for (signal, to) in [("INT", To::Group), ("KILL", To::Shell), ("TERM", To::Plugin), ("KILL", To::Plugin)] {
        let case = format!("{signal} to {to:?}");
        let shell = place.shell_with("ebpf attach TARGET {|ctx| count }", &[("NU_EBPF_CLANG", &clang)]);
        let ids = until(&format!("{case}: clang is at work"), ids);
        let status = |id| fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let own = ids.lines().all(|id| status(id).contains("\nUid:\t6"));
        assert!(own, "{case}: clang is a user that nobody else is");
        to.send(&shell.child, signal, &case);
        until(&format!("{case}: clang is gone"), || (!ids.lines().any(runs)).then_some(()));
        assert!(!place.attached(), "{case}: nothing was attached");
        drop(shell);
        // A plugin that was killed could not clear away: the next one does so.
        fs::remove_dir_all(place.temporary()).expect("removed");
        fs::create_dir(place.temporary()).expect("made");
    }
}

#[test]
fn a_plugin_that_waits_for_a_pipe_ends_with_its_shell() {
    let place = Place::new("pipe");
    let made = Command::new("mkfifo").arg(place.folder.path().join("pipe")).status();
    assert!(made.is_ok_and(|status| status.success()), "expected a pipe");
    let shell = place.shell("ebpf compile TARGET {|ctx| $ctx.pid | emit } --output '$FOLDER/pipe'");
    let waits = |plugin: &String| {
        let threads = fs::read_dir(format!("/proc/{plugin}/task")).into_iter().flatten().flatten();
        threads
            .filter_map(|thread| fs::read_to_string(thread.path().join("wchan")).ok())
            .any(|at| at.contains("partner"))
    };
    let plugin = until("the plugin waits for a reader", || plugin_of(&shell.child).filter(waits));
    To::Shell.send(&shell.child, "KILL", "while the plugin waits");
    until("the plugin is gone", || (!runs(&plugin)).then_some(()));
    drop(shell);
    place.is_clean("after the plugin has waited");
}

#[test]
fn two_shells_leave_each_other_alone() {
    let place = Place::new("two");
    let count = "let id = ebpf attach TARGET {|ctx| count }; 'x' | save ONE; WAIT; ebpf counters $id | get 0.count | save COUNT; ebpf list | get id | to nuon | save IDS";
    let script = |name: &str| {
        let path = |what: &str| format!("'{}'", place.folder.path().join(format!("{name}_{what}")).display());
        count.replace("ONE", &path("one")).replace("COUNT", &path("count")).replace("IDS", &path("ids"))
    };
    let (first, second) = (place.shell(&script("first")), place.shell(&script("second")));
    let third = place.shell("ebpf attach TARGET {|ctx| count }; 'x' | save '$FOLDER/third'; sleep 1hr");
    let is_there = |name: &str| place.folder.path().join(name).exists();
    until("all are attached", || ["first_one", "second_one", "third"].iter().all(|name| is_there(name)).then_some(()));
    place.call();
    To::Shell.send(&third.child, "KILL", "two shells");
    let (plugin, gone) = (plugin_of(&third.child), |plugin: &Option<String>| !plugin.as_deref().is_some_and(runs));
    until("the third plugin is gone", || gone(&plugin).then_some(()));
    place.call();
    fs::write(place.folder.path().join("go"), "").expect("written");
    for name in ["first", "second"] {
        let said = |what: &str| {
            let path = place.folder.path().join(format!("{name}_{what}"));
            until(&format!("{name}: {what}"), || fs::read_to_string(&path).ok().filter(|text| !text.is_empty()))
        };
        assert_eq!((said("count").as_str(), said("ids").as_str()), ("2", "[1]"), "{name}");
    }
    drop((first, second, third));
    until("nothing is attached", || (!place.attached()).then_some(()));
}

/// A folder with a program of its own, a cache, a place for temporary files, and a bpffs.
struct Place {
    folder: tempfile::TempDir,
    /// The function that the program calls.
    function: String,
}

impl Place {
    fn new(name: &str) -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        // A program's name has 15 characters in the kernel, of which `nu_` are three.
        let function = format!("{}{}", &name[..1], std::process::id());
        let source = folder.path().join("own.c");
        let text = format!(
            "__attribute__((noipa)) void {function}(void) {{}}\nint main(void) {{ {function}(); return 0; }}\n"
        );
        fs::write(&source, text).expect("written");
        let status = Command::new("cc").arg("-O1").arg("-o").arg(folder.path().join("own")).arg(&source).status();
        assert!(status.is_ok_and(|status| status.success()), "expected cc to compile {}", source.display());
        for made in ["tmp", "bpffs"] {
            fs::create_dir(folder.path().join(made)).expect("a folder");
        }
        let mounted = Command::new("mount").args(["-t", "bpf", "bpf"]).arg(folder.path().join("bpffs")).status();
        assert!(mounted.is_ok_and(|status| status.success()), "expected a bpffs");
        Place { folder, function }
    }

    fn temporary(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    /// Has the probed function called once.
    fn call(&self) {
        let status = Command::new(self.folder.path().join("own")).status();
        assert!(status.is_ok_and(|status| status.success()), "expected the program to run");
    }

    fn shell(&self, script: &str) -> Shell {
        self.shell_with(script, &[])
    }

    /// A shell in a process group of its own.
    fn shell_with(&self, script: &str, variables: &[(&str, &PathBuf)]) -> Shell {
        let at = |name: &str| self.folder.path().join(name);
        let _ = fs::remove_file(at("go"));
        let script = script
            .replace("TARGET", &format!("'uprobe:{}:{}'", at("own").display(), self.function))
            .replace("WAIT", &format!("while not ('{}' | path exists) {{ sleep 10ms }}", at("go").display()))
            .replace("NAME", &self.function)
            .replace("$FOLDER", &self.folder.path().display().to_string());
        let mut command = Command::new(program());
        command.args(["-n", "--no-std-lib", "--plugins", &format!("[{PLUGIN}]"), "-c", &script]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        command.env("TMPDIR", self.temporary()).env("XDG_CACHE_HOME", at("cache")).env("NU_EBPF_BPFFS", at("bpffs"));
        command.envs(variables.iter().copied());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("nu did not start: {error}"));
        let output = child.stdout.take();
        Shell { child, output }
    }

    /// Whether the kernel has a program of this place's function.
    fn attached(&self) -> bool {
        let output = Command::new("bpftool").args(["prog", "list"]).output();
        let output = output.unwrap_or_else(|error| panic!("bpftool did not start: {error}"));
        String::from_utf8_lossy(&output.stdout).contains(&format!("name nu_{}", self.function))
    }

    /// Nothing of it is in the kernel, among the temporary files, or pinned.
    fn is_clean(&self, case: &str) {
        until(&format!("{case}: no program of it is left"), || (!self.attached()).then_some(()));
        until(&format!("{case}: no temporary file is left"), || names(&self.temporary()).is_empty().then_some(()));
        assert_eq!(names(&self.folder.path().join("bpffs/nu_plugin_ebpf")), [""; 0], "{case}: nothing stays pinned");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path().join("bpffs")).status();
    }
}

/// A shell, and what it prints until somebody takes it away. Dropped, it ends.
struct Shell {
    child: Child,
    output: Option<ChildStdout>,
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl To {
    fn send(self, shell: &Child, signal: &str, case: &str) {
        let target = match self {
            To::Group => Some(format!("-{}", shell.id())),
            To::Shell => Some(shell.id().to_string()),
            To::Plugin => plugin_of(shell),
        };
        let target = target.unwrap_or_else(|| panic!("{case}: there is no plugin"));
        let sent = Command::new("kill").args(["-s", signal, "--", &target]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{case}: no signal was sent");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// What a process holds of BPF, by descriptors: kind and id of each.
fn held(process: &str) -> Vec<(String, String)> {
    let folder = format!("/proc/{process}/fdinfo");
    let texts =
        names(Path::new(&folder)).into_iter().filter_map(|fd| fs::read_to_string(format!("{folder}/{fd}")).ok());
    let mut all: Vec<(String, String)> = Vec::new();
    for text in texts {
        // A map tells of its owner as well; what it is comes in the first lines.
        let ids = text.lines().filter_map(|line| line.split_once(":\t"));
        all.extend(ids.filter_map(|(key, id)| Some((key.strip_suffix("_id")?.to_string(), id.to_string()))));
    }
    all.retain(|(kind, _)| ["prog", "map", "link"].contains(&kind.as_str()));
    all
}

/// Whether the kernel has a program, map or link of that id. It gives none twice.
fn known(kind: &str, id: &str) -> bool {
    let output = Command::new("bpftool").args([kind, "show", "id", id]).output();
    output.unwrap_or_else(|error| panic!("bpftool did not start: {error}")).status.success()
}

/// Whether a process runs: one that has ended and that nobody has asked after does not.
fn runs(id: &str) -> bool {
    fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// The process id of a shell's plugin.
fn plugin_of(shell: &Child) -> Option<String> {
    let tasks = fs::read_dir(format!("/proc/{}/task", shell.id())).ok()?.flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let all: Vec<String> =
        lists.flat_map(|list| list.split_whitespace().map(String::from).collect::<Vec<_>>()).collect();
    let line = |id: &String| fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
    all.into_iter().find(|id| line(id).starts_with(PLUGIN))
}

/// Waits for something that must come.
fn until<T>(what: &str, mut there: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = there() {
            return found;
        }
        assert!(begin.elapsed() < GONE, "expected within {GONE:?}: {what}");
        sleep(Duration::from_millis(10));
    }
}
