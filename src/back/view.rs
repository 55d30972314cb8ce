//! The views: plain fields, computed already, that the templates print.

use askama::Template;

#[derive(Template)]
#[template(path = "object.bpf.c", escape = "none")]
pub struct ObjectView {
    pub target: String,
    pub closure: Vec<String>,
    pub version: &'static str,
    pub defines: Vec<String>,
    pub includes: Vec<&'static str>,
    pub structs: Vec<String>,
    pub maps: Vec<String>,
    pub constants: Vec<String>,
    pub programs: Vec<String>,
}

#[derive(Template)]
#[template(path = "struct.c", escape = "none")]
pub struct StructView {
    pub doc: Option<String>,
    pub name: String,
    pub members: Vec<String>,
}

#[derive(Template)]
#[template(path = "map.c", escape = "none")]
pub struct MapView {
    pub kind: &'static str,
    pub max_entries: u32,
    pub key: Option<String>,
    pub value: &'static str,
    pub name: String,
}

#[derive(Template)]
#[template(path = "program.c", escape = "none")]
pub struct ProgramView {
    pub section: String,
    pub name: String,
    pub context: String,
    pub body: String,
}

#[derive(Template)]
#[template(path = "if.c", escape = "none")]
pub struct IfView {
    pub cond: String,
    pub then: String,
    pub otherwise: Option<String>,
    pub mark: String,
}

#[derive(Template)]
#[template(path = "function.c", escape = "none")]
pub struct FunctionView {
    pub name: String,
    pub params: String,
    /// The result's type.
    pub result: String,
    pub body: String,
}

#[derive(Template)]
#[template(path = "loop.c", escape = "none")]
pub struct LoopView {
    pub counter: String,
    pub times: u32,
    pub body: String,
    /// The label of a turn's end, if something jumps there.
    pub next: Option<String>,
    /// What happens where the counter has come to its end although it was not meant to.
    pub limit: Option<String>,
    pub done: Option<String>,
    pub mark: String,
}

#[derive(Template)]
#[template(path = "scope.c", escape = "none")]
pub struct ScopeView {
    pub body: String,
    pub end: Option<String>,
    pub mark: String,
}

#[derive(Template)]
#[template(path = "automaton.c", escape = "none")]
pub struct AutomatonView {
    pub pattern: String,
    pub name: String,
    pub classes: Vec<String>,
    pub next: Vec<String>,
    pub ends: Vec<String>,
    pub states: usize,
    pub width: usize,
    pub start: u16,
}

#[derive(Template)]
#[template(path = "fallible.c", escape = "none")]
pub struct FallibleView {
    pub test: String,
    pub fails: String,
    pub mark: String,
}

#[derive(Template)]
#[template(path = "command/emit.c", escape = "none")]
pub struct EmitView {
    pub layout: String,
    pub row: String,
    pub ring: &'static str,
    pub event: usize,
    pub fills: Vec<String>,
    /// Bytes in the ring buffer at which the reader is woken.
    pub watermark: u32,
    pub mark: String,
}

#[derive(Template, Default)]
#[template(path = "command/count.c", escape = "none")]
pub struct CountView {
    pub layout: String,
    pub key: Option<String>,
    /// Whether the key has bytes that no fill writes.
    pub zero: bool,
    pub fills: Vec<String>,
    pub map: String,
    pub mark: String,
}

/// Prints a view. Writing to a string does not fail.
pub fn print(view: &impl Template) -> String {
    view.render().unwrap_or_default()
}

/// Text that stands inside a C comment without ending it.
pub fn comment(text: &str) -> String {
    text.replace("*/", "* /").replace("/*", "/ *")
}

mod filters {
    /// Puts a tab before every line that is not empty.
    #[askama::filter_fn]
    pub fn indent_by_tab(text: &str, _: &dyn askama::Values) -> askama::Result<String> {
        let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("\t{line}") });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }
}
