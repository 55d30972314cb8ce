//! Bytes of ring buffers and maps in, Nushell values out. It knows their form only by the layout compiled with them.

mod counts;
mod decode;
mod failures;
mod later;
mod ring;
mod stream;

pub use counts::{counts, hits};
pub use decode::Shell;
pub use failures::{Failed, failures};
pub use ring::{Batch, Ring};
pub use stream::{Ends, Rows, stream};
