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

use std::env;
use support::compare::{Verdict, script, shell, verdicts};
use support::{files, name, read, report};

/// What a case is followed by.
const THEN: &str = "
let names = $kernel.closures | columns
print $'($names | length)'
for name in $names {
    compare $name ($kernel.closures | get $name) ($plain.closures | get $name) $kernel.records
}";

#[test]
fn the_kernel_agrees_with_nushell() {
    let lane = env::var("NU_EBPF_LANE").unwrap_or_default();
    assert_eq!(lane, "host", "expected NU_EBPF_LANE=host: these run on this machine's own kernel, as root");
    let nu = shell();
    let mut failed = Vec::new();
    for path in files("oracle", "nu") {
        let run = nu.text(&script("", &read(&path), THEN));
        let verdicts = verdicts(&run);
        println!("{:24} {:3} closures {:6.2} s", name(&path), verdicts.len(), run.took.as_secs_f64());
        let all = run.stdout.lines().next().and_then(|line| line.parse().ok()) == Some(verdicts.len());
        if !run.fine || !all || verdicts.is_empty() {
            failed.push(format!("{}: expected a verdict on every closure, came {}", name(&path), run.both()));
        }
        let wrong = verdicts.into_iter().filter(|(_, verdict)| *verdict != Verdict::Agrees);
        failed.extend(wrong.map(|(closure, verdict)| format!("{}: {closure}: {verdict:#?}", name(&path))));
    }
    report(&failed);
}
