//! C in, object bytes out: finds clang, runs it, keeps its objects. It knows neither Nushell nor what the C means.

mod cache;
mod clang;
mod confined;
mod folder;
mod headers;
mod stack;
mod supervisor;

pub use cache::Cache;
pub use clang::{Clang, VARIABLE};
pub use confined::Patience;
pub use headers::{HEADERS, Header};
pub use supervisor::CLANG;

use nu_ebpf_ir::error::Result;
use nu_ebpf_ir::{error, spec};
use std::time::Duration;

/// The flags of every compilation, besides the paths. `-mcpu=v3` is what 5.8 runs; where clang works is not in the
/// object, so that the same closure is the same object.
#[rustfmt::skip]
pub const FLAGS: &[&str] = &[
    "-target", "bpf", "-O2", "-g", "-mcpu=v3", "-Wall", "-Wextra", "-Werror", "-fstack-usage",
    "-fdebug-compilation-dir=.", "-c",
];

/// Time limit of clang. It takes a twentieth of a second; on an emulated processor, with others beside it, ten.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Compiles a C text, or takes the object from the cache.
///
/// # Errors
/// clang's own; a cache that cannot be used is done without.
pub fn compile(clang: &Clang, cache: Option<&Cache>, text: &str, patience: &Patience) -> Result<Vec<u8>> {
    let key = cache::key(text, clang);
    if let Some(object) = cache.and_then(|cache| cache.get(&key)) {
        return Ok(object);
    }
    let object = clang.run(text, patience)?;
    if let Some(cache) = cache {
        cache.put(&key, &object);
    }
    Ok(object)
}
