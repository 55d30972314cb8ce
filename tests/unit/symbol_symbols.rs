//! Tests of `crates/symbol/src/symbols.rs`, which includes this as a module of its own.

use super::*;

#[test]
fn gives_a_file_up_step_by_step() {
    assert_eq!(Trust::Truncated(0).after(Failure::TooLarge), Trust::SymbolsOnly(0));
    assert_eq!(Trust::SymbolsOnly(3).after(Failure::TooSlow), Trust::GivenUp);
    assert_eq!(Trust::Truncated(0).after(Failure::Truncated), Trust::Truncated(1));
    assert_eq!(Trust::SymbolsOnly(0).after(Failure::Truncated), Trust::SymbolsOnly(1));
    assert_eq!(Trust::Truncated(TRUNCATED).after(Failure::Truncated), Trust::GivenUp);
}

#[test]
fn symbols_of_our_own_binary_are_found() {
    let file = std::fs::File::open("/proc/self/exe").expect("opened");
    let mut workers = Workers::new(&FOREIGN);
    // An offset beyond the file is none of a function.
    let reply = workers.ask(1, file.as_fd(), vec![1 << 40]).expect("answered");
    assert_eq!(reply, [Vec::new()]);
    assert!(workers.failed.is_empty());
}
