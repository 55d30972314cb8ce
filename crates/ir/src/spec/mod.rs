//! The tables: everything the project knows about a probe kind, a context field, a closure command, an operator, an
//! error, a run-time error, a verifier's complaint or the kernel's limits is one row here, and nowhere else. Plain `static`
//! data: no logic but looking a row up.

pub mod aggregation;
pub mod builtin;
pub mod code;
pub mod command;
pub mod ctype;
pub mod event;
pub mod failure;
pub mod feature;
pub mod field;
pub mod function;
pub mod hint;
pub mod limit;
pub mod operator;
pub mod probe;
pub mod stat;
