//! One frame of a stack, as people read it.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One function of a stack. One that the compiler has inlined is a frame of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Frame {
    /// The function's name, demangled; none where no symbol is known.
    pub function: Option<Arc<str>>,
    /// Bytes from the function's start to the address; none of an inlined function.
    pub offset: Option<u64>,
    /// The path of the binary, a kernel module's name or `kernel`; none of code in no file.
    pub module: Option<Arc<str>>,
    /// `FILE:LINE`, where the binary has debugging information.
    pub source: Option<Arc<str>>,
    /// Of the innermost frame the instruction that was run next, of all others the one that is returned to.
    pub address: u64,
}

/// What is known of an address, without the address: the same for every stack that it is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Symbol {
    pub function: Arc<str>,
    pub offset: Option<u64>,
    pub module: Option<Arc<str>>,
    pub source: Option<Arc<str>>,
}

/// The frames of an address, innermost first: one without a function where no symbol is known. Symbols were looked up
/// `behind` bytes before the address.
pub(crate) fn frames(address: u64, behind: u64, symbols: &[Symbol], module: Option<&Arc<str>>) -> Vec<Frame> {
    if symbols.is_empty() {
        return vec![Frame { function: None, offset: None, module: module.cloned(), source: None, address }];
    }
    let frame = |symbol: &Symbol| Frame {
        function: Some(symbol.function.clone()),
        offset: symbol.offset.map(|offset| offset + behind),
        module: symbol.module.as_ref().or(module).cloned(),
        source: symbol.source.clone(),
        address,
    };
    symbols.iter().map(frame).collect()
}
