//! crate doc

pub mod back;
pub mod check;
pub mod commands;
pub mod compile;
pub mod error;
pub mod front;
pub mod ir;
pub mod load;
pub mod pipeline;
pub mod plugin;
pub mod read;
mod serve;
pub mod spec;

pub use serve::serve;
