//! The environment of one call: variables of the calling shell, fetched when they are first asked for.

use nu_ebpf_ir::environment::{FOLDER, Lookup, enter};
use nu_plugin::EngineInterface;
use nu_protocol::Value;
use std::collections::HashMap;
use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};

/// Returns the environment of the call that `engine` belongs to. Each variable costs one message to Nushell.
pub fn of_call(engine: &EngineInterface) -> Lookup {
    let engine = engine.clone();
    let known: Mutex<HashMap<String, Option<OsString>>> = Mutex::default();
    Arc::new(move |name| {
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(name.to_string()).or_insert_with(|| from_shell(&engine, name)).clone()
    })
}

/// Returns a variable as a program has it that the shell starts: a list is joined as `PATH` is.
fn from_shell(engine: &EngineInterface, name: &str) -> Option<OsString> {
    if name == FOLDER {
        return engine.get_current_dir().ok().map(OsString::from);
    }
    match engine.get_env_var(name).ok()?? {
        Value::List { vals, .. } => {
            let folders: Vec<String> = vals.into_iter().filter_map(|folder| folder.coerce_into_string().ok()).collect();
            std::env::join_paths(folders).ok()
        }
        value => value.coerce_into_string().ok().map(OsString::from),
    }
}

/// Rows that are produced in the environment of the call, also when the command has returned.
pub struct InEnvironment<I> {
    pub rows: I,
    pub lookup: Lookup,
}

impl<I: Iterator<Item = Value>> Iterator for InEnvironment<I> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        let _entered = enter(self.lookup.clone());
        self.rows.next()
    }
}
