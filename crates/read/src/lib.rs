//! Bytes of ring buffers and maps in, Nushell values out. It knows their form only by the layout compiled with them.

mod cgroup;
mod decode;
mod entries;
mod failures;
mod fold;
mod later;
mod numbers;
mod order;
mod ring;
mod seq;
mod socket;
mod stacks;
mod stream;
mod table;

pub use cgroup::root as cgroups;
pub use decode::{Shell, value};
pub use entries::{Entries, begin, entries, period, since};
pub use failures::{Failed, failed, failures};
pub use fold::{columns, folded};
pub use order::{Order, PATIENCE};
pub use ring::{Batch, Ring};
pub use seq::iterated;
pub use stacks::Stacks;
pub use stream::{Ends, Rows, stream};
pub use table::table;

use nu_ebpf_ir::{bug, error, ir, spec};
