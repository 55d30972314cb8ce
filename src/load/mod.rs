//! An object in, an attached program out: open, load and attach through libbpf, and what it takes to know about the
//! running kernel before that (tracefs) and after it failed (symbols, the verifier's log). It decodes no data.

mod attach;
mod binary;
mod clock;
mod log;
mod machine;
mod object;
mod place;
mod preflight;
mod report;
mod requirement;
mod tracefs;

pub use clock::epoch;
pub use libbpf_rs::MapHandle;
pub use object::{Loaded, Stats};
pub use place::{Found, binaries, find};
pub use preflight::{Preflight, preflight};
pub use requirement::{Requirement, requirements};
pub use tracefs::context;
