//! Addresses of stacks in, functions out. Nothing of Nushell and nothing of BPF is known here.
//!
//! - [`Processes`]: what processes have mapped, kept from when they were first seen, so that their addresses can be
//!   told when they are gone.
//! - [`Resolver`]: addresses of the kernel or of a process as [`Frame`]s, each address looked up once.
//! - [`demangle`]: functions' names as people write them.
//! - [`fold`]: stacks as folded lines, and folded lines as a flame graph.

mod budget;
pub mod demangle;
pub mod fold;
mod frame;
mod jit;
mod kernel;
mod lines;
mod maps;
mod own;
mod process;
mod resolver;
mod symbols;
mod worker;

pub use frame::Frame;
pub use process::{Image, Processes};
pub use resolver::Resolver;
pub use worker::SYMBOLS;
