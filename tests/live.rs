//! Closures in a running kernel. Every `tests/live/NAME.nu` is a case:
//!
//! ```text
//! # needs: kprobes                   what the lane's kernel must offer (tests/support/lanes.rs); without it: all lanes
//! # only: host (REASON)              or `# not: vm-5.10 (REASON)`: an exception, with its reason
//! # kernels: REASON                  the kernel decides what comes of it: lanes that run a part run it
//! # expect: [50, "trigger"]          what its last line gives, as `to nuon` writes it
//! let id = ebpf attach --comm trigger 'tracepoint:…' {|ctx| … | count }
//! ^$env.TRIGGER getpid 50            tests/trigger.c, tests/talker.c, tests/hostile.c: known things, a known number of times
//! ebpf counters $id | get 0 | values
//! ```
//!
//! The harness appends ` | to nuon` to the last line and compares all that is printed with the `expect` line. On this
//! machine each case has a shell and a plugin of its own; in a VM, where their start takes seconds, all share one, but
//! for those with a line `# shell: its own`, which come last. The lane comes from NU_EBPF_LANE; NU_EBPF_CASES names the
//! only cases to run (a list with commas). In a VM no workload is compiled: it sees the host's files, so the host lane
//! (or a look at `compiled` below) must have gone first. The cases that a lane does not run are printed with the reason.

mod support;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs, thread};
use support::lanes::{LANE, LANES, Lane, Wanted};
use support::shell::Shell;
use support::{Nu, ROOT, files, name, read, report};

/// The variable that names the only cases to run.
const CASES: &str = "NU_EBPF_CASES";

/// The programs that do known things: tests/NAME.c.
const WORKLOADS: [&str; 3] = ["trigger", "talker", "hostile"];

/// Which lanes compile objects for others, and where to. A VM's are seen by another one.
const OBJECTS: [(&str, &str); 2] = [("host", "target/live/objects"), ("vm-6.1", "target/vm-out/objects")];

/// How long the kernel may take to free programs after the last case.
const FREED: Duration = Duration::from_secs(60);

#[test]
fn closures_run_in_the_kernel() {
    let lane = Lane::asked();
    let [trigger, talker, hostile] = WORKLOADS.map(compiled);
    let before = programs();
    let nu =
        Nu::new(lane.limit).variable("TRIGGER", &trigger).variable("TALKER", &talker).variable("HOSTILE", &hostile);
    let [own, older] = OBJECTS.map(|(_, folder)| Path::new(ROOT).join(folder));
    let nu = nu.variable("OBJECTS", own).variable("OLDER", older);
    let cases = cases(lane);
    let (shared, own): (Vec<Case>, Vec<Case>) = cases.into_iter().partition(|case| lane.is_vm() && !case.own_shell);
    let mut failed = together(&nu, &shared);
    failed.extend(own.iter().filter_map(|case| told(&case.name, || case.run(&nu))));
    failed.extend(left_over(&before));
    report(&failed);
}

/// The cases that a lane runs. Prints those that it does not, by reason.
fn cases(lane: &Lane) -> Vec<Case> {
    let mut cases: Vec<Case> = files("live", "nu").iter().map(|path| Case::read(path)).collect();
    if let Ok(named) = env::var(CASES) {
        let named: Vec<&str> = named.split(',').collect();
        cases.retain(|case| named.contains(&case.name.as_str()));
        assert_eq!(cases.len(), named.len(), "expected {CASES} to name cases, came {named:?}");
    }
    let all = cases.len();
    let mut absent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    cases.retain(|case| {
        let reason = case.wanted.absent(lane).or_else(|| lane.untried(&case.name));
        if let Some(reason) = &reason {
            absent.entry(reason.clone()).or_default().push(case.name.clone());
        }
        reason.is_none()
    });
    println!("{}: {} of {all} cases run", lane.name, cases.len());
    for (reason, names) in absent {
        println!("{}: {} do not, as {reason}: {}", lane.name, names.len(), names.join(" "));
    }
    assert!(!cases.is_empty(), "expected cases for the lane {}, came none", lane.name);
    cases
}

/// Runs cases in one shell, or in a new one after a case that did not end; the complaints.
fn together(nu: &Nu, cases: &[Case]) -> Vec<String> {
    let (mut failed, mut next) = (Vec::new(), 0);
    while next < cases.len() {
        let scripts: Vec<&str> = cases[next..].iter().map(|case| case.script.as_str()).collect();
        let mut shell = Shell::start(nu, &scripts);
        let mut alive = true;
        while alive && next < cases.len() {
            let case = &cases[next];
            failed.extend(told(&case.name, || {
                let printed = shell.next();
                alive = printed.is_ok();
                let (Ok(printed) | Err(printed)) = printed;
                let end = if alive { "" } else { "(not finished in time, or the shell has ended)" };
                case.judge(alive, &printed.stdout, || format!("{end}\n--- stderr:\n{}", printed.stderr))
            }));
            next += 1;
        }
        if alive {
            failed.extend(shell.end());
        }
    }
    failed
}

/// Runs a case, telling its name, its time and how it went.
fn told(name: &str, run: impl FnOnce() -> Option<String>) -> Option<String> {
    // The name first, and at once: a kernel that dies takes the rest of the line with it.
    print!("{name:32}");
    let _ = std::io::stdout().flush();
    let begin = Instant::now();
    let complaint = run();
    let word = if complaint.is_some() { "FAILED" } else { "ok" };
    println!("{word:6} {:6.2} s", begin.elapsed().as_secs_f64());
    complaint
}

/// For a lane that can compile nothing.
#[test]
fn the_workloads_compile() {
    for name in WORKLOADS {
        assert!(compiled(name).is_file(), "expected cc to have made {name}");
    }
}

/// For lanes of other kernels: what the plugin compiles on this machine, of this machine's kernel, and on the oldest one.
#[test]
fn the_objects_compile() {
    let lane = if env::var_os(LANE).is_some() { Lane::asked() } else { &LANES[0] };
    let Some((_, folder)) = OBJECTS.iter().find(|(of, _)| *of == lane.name) else { return };
    let whole = Path::new(ROOT).join(folder);
    let part = whole.with_extension("part");
    for old in [&whole, &part] {
        let _ = fs::remove_dir_all(old);
    }
    fs::create_dir_all(&part).unwrap_or_else(|error| panic!("{}: {error}", part.display()));
    let nu = Nu::new(lane.limit).variable("TRIGGER", compiled(WORKLOADS[0])).variable("OBJECTS", &part);
    let run = nu.file(&Path::new(ROOT).join("tests/objects.nu"));
    assert!(run.status.success() && run.stderr.is_empty(), "expected objects, came {}", run.both());
    // At once: who waits for them waits for the folder.
    fs::rename(&part, &whole).unwrap_or_else(|error| panic!("{}: {error}", whole.display()));
}

struct Case {
    name: String,
    wanted: Wanted,
    own_shell: bool,
    expect: String,
    script: String,
}

impl Case {
    fn read(path: &Path) -> Case {
        let (name, text) = (name(path).trim_end_matches(".nu").to_string(), read(path));
        let head = |key: &str| {
            let found = text.lines().find_map(|line| line.strip_prefix(&format!("# {key}: ")));
            found.unwrap_or_else(|| panic!("{name}: expected a line `# {key}: …`")).trim().to_string()
        };
        let wanted = Wanted::read(&name, &text);
        let expect = head("expect");
        let script = format!("{} | to nuon", text.trim_end());
        let own_shell = text.lines().any(|line| line == "# shell: its own");
        Case { name, wanted, own_shell, expect, script }
    }

    /// Runs the case; the complaint if it fails.
    fn run(&self, nu: &Nu) -> Option<String> {
        let run = nu.text(&self.script);
        self.judge(run.fine, &run.stdout, || run.both())
    }

    /// The complaint where it did not end well, or something else came.
    fn judge(&self, fine: bool, came: &str, more: impl FnOnce() -> String) -> Option<String> {
        let (came, expect) = (came.trim(), &self.expect);
        let fine = fine && came == expect;
        (!fine).then(|| format!("{}: expected {expect}, came {came}\n{}", self.name, more()))
    }
}

/// A program that does known things, compiled where it is missing or older than its source.
fn compiled(name: &str) -> PathBuf {
    let source = Path::new(ROOT).join("tests").join(name).with_extension("c");
    let program = Path::new(ROOT).join("target/live").join(name);
    let changed = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    if changed(&program) >= changed(&source).or(Some(SystemTime::now())) {
        return program;
    }
    let folder = program.parent().unwrap_or(Path::new(ROOT));
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut command = Command::new("cc");
    command.args(["-O0", "-g", "-fno-inline", "-pthread", "-Wall", "-Wextra", "-Werror", "-o"]);
    let status = command.arg(&program).arg(&source).status();
    assert!(status.is_ok_and(|status| status.success()), "expected cc to compile {name}: {command:?}");
    program
}

/// Ids of the programs in the kernel whose names are ours.
fn programs() -> Vec<String> {
    let output = Command::new("bpftool").args(["prog", "list"]).output();
    let output = output.unwrap_or_else(|error| panic!("bpftool did not start ({error}): it must be installed"));
    assert!(output.status.success(), "bpftool: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let ours = text.lines().filter(|line| line.contains("  name nu_"));
    ours.filter_map(|line| line.split(':').next()).map(String::from).collect()
}

/// Programs that are still loaded after the last case: none may be.
fn left_over(before: &[String]) -> Option<String> {
    let begin = Instant::now();
    loop {
        let mut left = programs();
        left.retain(|id| !before.contains(id));
        if left.is_empty() {
            return None;
        }
        if begin.elapsed() > FREED {
            return Some(format!("expected no program of ours in the kernel afterwards, came {}", left.join(", ")));
        }
        thread::sleep(Duration::from_millis(200));
    }
}
