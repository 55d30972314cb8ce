//! Bytes of ring buffers and maps in, Nushell values out. It knows their form only by the layout compiled with them.

mod decode;
mod entries;
mod failures;
mod later;
mod numbers;
mod ring;
mod stream;
mod table;

pub use decode::Shell;
pub use entries::{Entries, entries, since};
pub use failures::{Failed, failures};
pub use ring::{Batch, Ring};
pub use stream::{Ends, Rows, stream};
pub use table::table;

use nu_ebpf_ir::{error, ir, spec};
