//! Ids that are a process's, a thread's and nobody's.

use super::no_process;
use nu_protocol::Span;
use std::sync::mpsc::channel;
use std::thread;

#[test]
fn accepts_own_process() {
    assert_eq!(no_process(std::process::id(), Span::unknown()), None);
}

#[test]
fn names_process_of_thread() {
    let (id, got) = channel();
    let (done, wait) = channel::<()>();
    let thread = thread::spawn(move || {
        id.send(rustix::thread::gettid().as_raw_nonzero().get() as u32).expect("the test waits");
        wait.recv().ok();
    });
    let id = got.recv().expect("the thread tells its id");
    let error = no_process(id, Span::unknown()).expect("a thread is no process");
    drop(done);
    thread.join().expect("the thread ends");
    assert_eq!(error.message, format!("{id} is the id of a thread, not of a process"));
    let help = error.help.unwrap_or_default();
    assert!(help.starts_with(&format!("write --pid {}, or", std::process::id())), "{help}");
}

#[test]
fn refuses_id_of_nobody() {
    // Beyond the most that `kernel.pid_max` can be.
    let error = no_process(1 << 30, Span::unknown()).expect("no process can have it");
    assert_eq!(error.message, "no process has the id 1073741824");
}
