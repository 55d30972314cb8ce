//! The names of functions as people write them: a symbol's name in, C++'s and Rust's out. Plain names stay what they are:
//! to the demangler of C++ a C function `w` is a type.

use cpp_demangle::{DemangleOptions, DemangleWrite, Symbol};
use std::fmt;

/// How the names of C++ begin, and of Rust's first scheme.
const CPP: [&str; 3] = ["_Z", "__Z", "___Z"];
/// How the names of Rust's second scheme begin.
const RUST: [&str; 2] = ["_R", "__R"];

/// Digits of the hash that ends the names of Rust's first scheme.
const DIGITS: usize = 16;

/// Bytes of a name at most: by what it repeats, a short mangled name can stand for one that fills the memory.
const MOST: usize = 64 << 10;

/// A function's name with its parameters, as stacks have it; None of a name that is not mangled.
pub fn demangled(name: &str) -> Option<String> {
    if is_rust(name) {
        let rust = rustc_demangle::try_demangle(name).ok().map(|name| format!("{name:#}"));
        return rust.or_else(|| cpp(name, DemangleOptions::new()));
    }
    cpp(name, DemangleOptions::new())
}

/// The same without parameters and without what is returned.
pub fn plain(name: &str) -> Option<String> {
    if is_rust(name) {
        return demangled(name);
    }
    cpp(name, DemangleOptions::new().no_params().no_return_type())
}

/// Whether a name is mangled in one of Rust's two ways.
fn is_rust(name: &str) -> bool {
    RUST.iter().any(|prefix| name.starts_with(prefix)) || is_first_scheme(name)
}

/// Whether it is `_ZN…17h0123456789abcdefE`, maybe with `.llvm.…` behind it.
fn is_first_scheme(name: &str) -> bool {
    let Some((_, hash)) = name.rsplit_once("17h").filter(|_| is_cpp(name)) else { return false };
    let Some((hash, rest)) = hash.split_at_checked(DIGITS) else { return false };
    let ends = rest == "E" || rest.starts_with("E.");
    ends && hash.chars().all(|c| c.is_ascii_hexdigit())
}

fn is_cpp(name: &str) -> bool {
    CPP.iter().any(|prefix| name.starts_with(prefix))
}

fn cpp(name: &str, options: DemangleOptions) -> Option<String> {
    let mut out = Limited(String::new());
    let symbol = Symbol::new(Some(name).filter(|name| is_cpp(name))?).ok()?;
    symbol.structured_demangle(&mut out, &options).ok()?;
    Some(out.0)
}

/// Text of [`MOST`] bytes.
struct Limited(String);

impl DemangleWrite for Limited {
    fn write_string(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > MOST {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/symbol_demangle.rs"]
mod tests;
