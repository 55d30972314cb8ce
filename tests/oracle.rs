//! Nushell is the oracle: the same closures, run by the kernel (`ebpf run`) and by Nushell on the same records, must
//! emit the same values of the same types, and end in an error for the same records. Every `tests/oracle/NAME.nu` is a
//! case, and its value a record:
//!
//! ```text
//! {
//!     records: [{arg0: 1, arg1: "text"} …]               what the closures are run on
//!     closures: {NAME: {|ctx| $ctx.arg0 | emit } …}      each must be accepted
//! }
//! ```

mod support;

use std::path::Path;
use std::sync::Mutex;
use std::{env, thread};
use support::compare::{Verdict, script, shell, verdicts};
use support::{Nu, files, name, read, report};

/// What a case is followed by.
const THEN: &str = r#"
let names = $kernel.closures | columns
print $'($names | length)'
for name in $names {
    let plain = $plain.closures | get $name
    # A case in which nothing is ever emitted compares nothing.
    if ($kernel.records | in-nushell $plain | all {|outcome| $outcome.rows | is-empty }) {
        print $"($name)\tdiffers\t0\tno record gives a row"
    } else {
        compare $name ($kernel.closures | get $name) $plain $kernel.records
    }
}"#;

#[test]
fn the_kernel_agrees_with_nushell() {
    let lane = env::var("NU_EBPF_LANE").unwrap_or_default();
    assert_eq!(lane, "host", "expected NU_EBPF_LANE=host: these run on this machine's own kernel, as root");
    let (left, failed) = (Mutex::new(files("oracle", "nu")), Mutex::new(Vec::new()));
    // Every thread has a shell of its own, whose processes are told from others' by its home.
    let work = || {
        let nu = shell();
        // Not in the loop's head, where the lock would be held for its body.
        let next = || left.lock().expect("no thread panics here").pop();
        while let Some(path) = next() {
            let complaints = disagreements(&nu, &path);
            failed.lock().expect("no thread panics here").extend(complaints);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    report(&failed.into_inner().expect("no thread panics here"));
}

/// What is wrong with a case.
fn disagreements(nu: &Nu, path: &Path) -> Vec<String> {
    let run = nu.text(&script("", &read(path), THEN));
    let verdicts = verdicts(&run);
    println!("{:24} {:3} closures {:6.2} s", name(path), verdicts.len(), run.took.as_secs_f64());
    let mut failed = Vec::new();
    let all = run.stdout.lines().next().and_then(|line| line.parse().ok()) == Some(verdicts.len());
    if !run.fine || !all || verdicts.is_empty() {
        failed.push(format!("{}: expected a verdict on every closure, came {}", name(path), run.both()));
    }
    let wrong = verdicts.into_iter().filter(|(_, verdict)| *verdict != Verdict::Agrees);
    failed.extend(wrong.map(|(closure, verdict)| format!("{}: {closure}: {verdict:#?}", name(path))));
    failed
}
