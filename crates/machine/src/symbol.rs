//! The kernel's symbols by name and by address: `/proc/kallsyms` in, rows and labelled errors out. Of stacks, which ask
//! for many addresses and functions only, see `crates/symbol`.

use crate::error::{Error, Result, offer, offer_of};
use crate::kernel::{KERNEL, PADDING};
use crate::spec::code::Code;
use nu_ebpf_privilege::{Deed, raise};
use nu_protocol::{IntoValue, Span};
use std::cmp::Reverse;
use std::fs;
use std::path::Path;

/// The kernel's list of symbols: address, type, name, module.
const SYMBOLS: &str = "/proc/kallsyms";

/// Bytes that no function of the kernel has, and no variable. Sizes are not told.
const FAR: u64 = 1 << 18;
const FAR_DATA: u64 = 1 << 24;

/// A symbol.
#[derive(Debug, Clone, PartialEq, Eq, IntoValue)]
pub struct Symbol {
    pub name: String,
    /// Its bits, as an int of Nushell's: the kernel's are negative.
    pub address: i64,
    #[nu_value(rename = "type")]
    pub kind: &'static str,
    /// `kernel`, or a module of it.
    pub module: String,
}

/// The symbol at an address, and the offset from its start.
#[derive(Debug, Clone, PartialEq, Eq, IntoValue)]
pub struct Place {
    pub name: String,
    pub offset: i64,
    pub address: i64,
    #[nu_value(rename = "type")]
    pub kind: &'static str,
    pub module: String,
}

/// A line of the list.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    address: u64,
    letter: char,
    name: &'t str,
    module: &'t str,
}

/// All symbols of a name: modules may have theirs as well. `span`: where the name is written.
///
/// # Errors
/// There is none, or addresses are hidden.
pub fn named(name: &str, span: Span) -> Result<Vec<Symbol>> {
    find(&text()?, name, |_| true).map_err(|error| labelled(error, span, "no such symbol"))
}

/// Returns whether the kernel lists a variable, with its address.
///
/// # Errors
/// It does not.
pub fn listed(name: &str) -> Result<()> {
    find(&text()?, name, |line| line.kind() != FUNCTION).map(drop)
}

/// The symbol that an address lies in, under all its names, the plainest first.
///
/// # Errors
/// There is none, or addresses are hidden.
pub fn at(address: u64, span: Span) -> Result<Vec<Place>> {
    look_up(&text()?, address).map_err(|error| labelled(error, span, "no symbol at this address"))
}

fn labelled(error: Error, span: Span, unknown: &str) -> Error {
    let label = if error.code == Code::UnknownSymbol { unknown } else { "addresses of symbols are needed" };
    error.label(span, label)
}

fn text() -> Result<String> {
    let _raised = raise(Deed::Symbols);
    fs::read_to_string(SYMBOLS).map_err(|error| Error::io(Path::new(SYMBOLS), &error))
}

/// All symbols of a name; `is_wanted`: those of which it may be a misspelt one.
fn find(text: &str, name: &str, is_wanted: fn(&Line) -> bool) -> Result<Vec<Symbol>> {
    let all = lines(text)?;
    let found: Vec<Symbol> = all.iter().filter(|line| line.name == name).map(Line::symbol).collect();
    if found.is_empty() {
        let is_own = |line: &&Line| line.module != "bpf" && !PADDING.iter().any(|prefix| line.name.starts_with(prefix));
        let known = all.iter().filter(|line| is_wanted(line)).filter(is_own).map(|line| line.name);
        // Marks of sections are listed in any case; variables of a single file are not.
        let help = match all.iter().any(|line| matches!(line.letter, 'b' | 'd') && line.module == KERNEL) {
            true => offer(name, known, "it may have been inlined, or be a module's that is not loaded"),
            false => offer_of(name, known, "this kernel lists functions only: variables take CONFIG_KALLSYMS_ALL=y"),
        };
        return Err(Error::new(Code::UnknownSymbol, format!("this kernel has no symbol `{name}`")).help(help));
    }
    Ok(found)
}

fn look_up(text: &str, address: u64) -> Result<Vec<Place>> {
    let all = lines(text)?;
    let start = all.iter().map(|line| line.address).filter(|start| (1..=address).contains(start)).max();
    let mut found: Vec<&Line> = all.iter().filter(|line| start == Some(line.address)).collect();
    found.retain(|line| address - line.address < if line.kind() == FUNCTION { FAR } else { FAR_DATA });
    // First the name that others call it by: global, without underscores before it.
    let underscores = |name: &str| name.len() - name.trim_start_matches('_').len();
    found.sort_by_key(|line| (Reverse(line.letter.is_uppercase()), underscores(line.name)));
    if found.is_empty() {
        let error = Error::new(Code::UnknownSymbol, format!("no symbol of this kernel is at {address:#x}"));
        return Err(error.help("give a kernel address, as stacks and `ebpf symbol NAME` show it"));
    }
    let place = |line: &Line| {
        let Symbol { name, address: start, kind, module } = line.symbol();
        Place { name, offset: (address - line.address).cast_signed(), address: start, kind, module }
    };
    Ok(found.into_iter().map(place).collect())
}

/// The symbols. Where the kernel hides addresses, all are 0.
fn lines(text: &str) -> Result<Vec<Line<'_>>> {
    let all: Vec<Line> = text.lines().filter_map(Line::read).collect();
    if all.iter().all(|line| line.address == 0) {
        return Err(Error::new(Code::HiddenSymbols, "the kernel hides the addresses of its symbols")
            .help("run nu as root, or give it CAP_SYSLOG; where `sysctl kernel.kptr_restrict` is 2, set it to 1"));
    }
    Ok(all)
}

/// Name of the type of code symbols.
const FUNCTION: &str = "function";

impl<'t> Line<'t> {
    fn read(line: &'t str) -> Option<Line<'t>> {
        let mut words = line.split_whitespace();
        let address = u64::from_str_radix(words.next()?, 16).ok()?;
        let (letter, name) = (words.next()?.chars().next()?, words.next()?);
        let module = words.next().map_or(KERNEL, |module| module.trim_matches(['[', ']']));
        Some(Line { address, letter, name, module })
    }

    /// The type's word, of its letter (nm(1)).
    fn kind(&self) -> &'static str {
        match self.letter.to_ascii_lowercase() {
            't' | 'w' => FUNCTION,
            'd' | 'b' | 'v' => "data",
            'r' => "constant",
            'a' => "absolute",
            _ => "other",
        }
    }

    fn symbol(&self) -> Symbol {
        let (name, module) = (self.name.to_string(), self.module.to_string());
        Symbol { name, address: self.address.cast_signed(), kind: self.kind(), module }
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_symbol.rs"]
mod tests;
