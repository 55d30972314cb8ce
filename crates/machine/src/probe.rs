//! One attach point that this machine has, as `ebpf probes` lists it.

use crate::spec::probe::Kind;
use nu_ebpf_symbol::demangle;
use nu_protocol::{IntoValue, Span, Value, record};

/// An attach point that this machine has.
#[derive(Debug, Clone)]
pub struct Probe {
    pub kind: &'static Kind,
    /// The function or event.
    pub name: String,
    /// Owner: the category of a tracepoint, the kernel or one of its modules, the file of a binary, the provider of a
    /// USDT probe.
    pub module: String,
    /// As one writes it for `ebpf attach`.
    pub text: String,
    /// Of a USDT probe: the types of its arguments.
    pub args: Option<Vec<String>>,
    /// Of a function of C++ or Rust: its symbol, mangled.
    pub symbol: Option<String>,
}

impl IntoValue for Probe {
    fn into_value(self, span: Span) -> Value {
        let mut row = record! {
            "probe" => Value::string(self.text, span),
            "kind" => Value::string(self.kind.name, span),
            "name" => Value::string(self.name, span),
            "module" => Value::string(self.module, span),
        };
        if let Some(symbol) = self.symbol {
            row.push("symbol", Value::string(symbol, span));
        }
        if let Some(args) = self.args {
            row.push("args", args.into_value(span));
        }
        Value::record(row, span)
    }
}

impl Probe {
    /// The names that a pattern may fit: of a function of C++ its symbol as well, and its name without parameters.
    pub fn names(&self) -> Vec<String> {
        let plain = self.symbol.as_deref().and_then(demangle::plain);
        [Some(self.name.clone()), self.symbol.clone(), plain].into_iter().flatten().collect()
    }
}
