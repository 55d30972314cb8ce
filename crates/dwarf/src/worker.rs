//! Questions about a file's types, answered by a worker: what a file says may exhaust memory, or never end.

use crate::{Missing, functions_of, structs_of, type_of};
use nu_ebpf_btf::{Prototype, TypeId};
use nu_ebpf_privilege::{Deed, FOREIGN, Links, is_trusted, raise, regular};
use nu_ebpf_worker::{Capability, Failure, Kind, Worker, are_processes, receive, send};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// The kind of these workers.
pub static TYPES: Kind = Kind { name: "types", serve, keeps: &[Capability::CAP_DAC_READ_SEARCH], tidies: false };

/// Bytes of memory, besides what is mapped of files that only root and this user can change.
const MEMORY: u64 = 3 << 29;

/// For one question about such a file, and about another.
const TIME: Duration = Duration::from_secs(120);
const OTHERS_TIME: Duration = Duration::from_secs(20);

/// A question about a file.
#[derive(Debug, Serialize, Deserialize)]
pub enum Question {
    Functions(String),
    /// A type, and the function whose units decide between several.
    Type(String, Option<String>),
    Structs,
}

/// The address of a function, its source file, and its description with the types that this needs, in the form of BTF.
pub type Placed = (u64, String, Option<(Vec<u8>, Prototype)>);

/// Types in the form of BTF, and what of them was asked for.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    Functions(Vec<Placed>),
    Type(Vec<u8>, TypeId),
    Structs(Vec<String>),
}

/// The answer of a worker.
///
/// # Errors
/// Nothing is known, or the file was too much for the worker.
pub fn ask(path: &Path, question: Question) -> Result<Answer, Missing> {
    thread_local! {
        // For the next question of the same command, whose thread this is.
        static LAST: RefCell<Option<Worker>> = const { RefCell::new(None) };
    }
    if !are_processes() {
        return answer(path, &question);
    }
    let unread = |error: &dyn std::fmt::Display| Missing::Unreadable(error.to_string());
    let path = std::path::absolute(path).map_err(|error| unread(&error))?;
    let raised = raise(Deed::Files);
    let trusted = regular(&path, Links::Followed).is_ok_and(|file| is_trusted(&file));
    drop(raised);
    let (memory, time) = if trusted { (MEMORY, TIME) } else { (FOREIGN, OTHERS_TIME) };
    let last = LAST.take().filter(|_| trusted);
    let worker = last.map_or_else(|| Worker::start(&TYPES, memory), Ok);
    let mut worker = worker.map_err(|error| unread(&error))?;
    let asked = (path.as_os_str().as_bytes(), question);
    let answer: Result<Answer, Missing> = worker.ask(&asked, None, time).map_err(|failure| {
        let limited = |why: String| Missing::Limited { why, foreign: !trusted };
        match failure {
            Failure::Truncated => Missing::Unreadable("the file was truncated meanwhile".into()),
            Failure::TooLarge => limited(format!("it takes more than {} MiB of memory", memory >> 20)),
            Failure::TooSlow => limited(format!("it takes more than {} s", time.as_secs())),
            Failure::Other => Missing::Unreadable("the process that reads it ended before it had answered".into()),
        }
    })?;
    // One that has read a file of others has less memory from then on.
    if trusted && answer.is_ok() {
        LAST.set(Some(worker));
    }
    answer
}

fn answer(path: &Path, question: &Question) -> Result<Answer, Missing> {
    let data = |btf: &nu_ebpf_btf::Btf| btf.data().to_vec();
    match question {
        Question::Functions(name) => functions_of(path, name).map(Answer::Functions),
        Question::Type(words, function) => {
            type_of(path, words, function.as_deref()).map(|(btf, found)| Answer::Type(data(&btf), found))
        }
        Question::Structs => structs_of(path).map(Answer::Structs),
    }
}

fn serve(socket: &UnixStream) {
    while let Ok(((path, question), _)) = receive::<(Vec<u8>, Question)>(socket) {
        let answer = answer(Path::new(OsStr::from_bytes(&path)), &question);
        if send(socket, &answer, None).is_err() {
            return;
        }
    }
}
