//! The views: plain fields, computed already, that the templates print.

use askama::Template;

/// Makes the struct of each row: its name, its template, its fields.
macro_rules! views {
    ($($view:ident $path:tt: $($(#[$doc:meta])* $field:ident: $ty:ty),*;)*) => {
        $(
            #[derive(Template, Default)]
            #[template(path = $path, escape = "none")]
            pub struct $view {
                $($(#[$doc])* pub $field: $ty,)*
            }
        )*
    };
}

views! {
    ObjectView "object.bpf.c":
        about: Vec<String>, version: &'static str, defines: Vec<String>,
        includes: Vec<&'static str>, structs: Vec<String>, variables: Vec<String>, maps: Vec<String>, constants: Vec<String>,
        programs: Vec<String>;
    StructView "struct.c":
        doc: Option<String>, is_union: bool, name: String, members: Vec<String>, attribute: Option<&'static str>;
    MapView "map.c":
        kind: &'static str,
        /// None (0) where the kernel has as many as there are threads.
        max_entries: u32, flags: Option<&'static str>, key: Option<String>, value: String, name: String;
    ProgramView "program.c": doc: Option<String>, section: String, name: String, context: String, body: String;
    ThreadFreedView "thread_freed.c": name: &'static str, maps: Vec<String>;
    IfView "if.c": cond: String, then: String, otherwise: Option<String>, mark: String;
    FunctionView "function.c":
        name: String, params: String,
        /// The result's type.
        result: String, body: String;
    LoopView "loop.c":
        /// The line that clears the way that a turn may note.
        reset: Option<String>,
        /// The lines that make the verifier forget, before and after.
        forget: Vec<String>, times: u32,
        /// The call that runs the loop.
        call: String,
        /// What happens where the loop has come to its end although it was not meant to.
        limit: Option<String>, leaves: Vec<String>, mark: String;
    TurnView "turn.c":
        name: String, frame: String,
        /// What tells clang that number or frame are not read.
        unused: [String; 2], first: Vec<String>,
        /// The turns that there are at most.
        most: Option<u32>, body: String;
    ScopeView "scope.c": body: String, end: Option<String>, mark: String;
    AutomatonView "automaton.c":
        pattern: String, name: String, classes: Vec<String>, next: Vec<String>, ends: Vec<String>,
        states: usize, width: usize, start: u16;
    FallibleView "fallible.c": test: String, fails: String, mark: String;
    EmitView "command/emit.c":
        layout: String, row: String, ring: &'static str, event: usize,
        /// The event that the row is of, where it may have been postponed.
        call: Option<String>, fills: Vec<String>,
        /// The condition under which it is postponed, the call that says so in the row, and what follows.
        absent: Option<String>, wait: String, postpones: String,
        /// Bytes in the ring buffer at which the reader is woken.
        watermark: u32,
        /// The variable that says whether a read has failed, where one may, and what happens then.
        failed: Option<String>, fails: String, mark: String;
    GiveView "command/give.c":
        layout: String, row: String,
        /// The memory that the row is made in.
        place: String, event: usize, fills: Vec<String>, mark: String;
    AggregateView "command/aggregate.c":
        /// The lines that declare and fill the key.
        key: Option<String>,
        /// The slot's type and name, what finds it and what adds to it.
        c: String, slot: String, found: String, add: String, mark: String;
    PutView "command/put.c":
        key: String,
        /// The value's type and name.
        c: String, value: String, zero: bool, fills: Vec<String>, put: String, mark: String;
    PlaceView "command/place.c":
        key: Option<String>,
        /// The type of what is pointed to, the pointer's name, what finds the place, and what is done where there is one.
        c: String, value: String, found: String, fills: Vec<String>, mark: String;
    KeyView "command/key.c":
        layout: String, name: String,
        /// Whether it has bytes that no fill writes.
        zero: bool, fills: Vec<String>, mark: String;
}

/// Prints a view. Writing to a string does not fail.
pub fn print(view: &impl Template) -> String {
    view.render().unwrap_or_default()
}

/// Lines as a block of their own: what they declare is gone from the stack behind it.
pub fn block(lines: &str) -> String {
    format!("{{\n{}\n}}", indented(lines))
}

/// Lines with a tab before each that is not empty.
pub fn indented(lines: &str) -> String {
    let lines = lines.lines().map(|line| if line.is_empty() { String::new() } else { format!("\t{line}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// Text that stands inside a C comment without ending it.
pub fn comment(text: &str) -> String {
    text.replace("*/", "* /").replace("/*", "/ *")
}

mod filters {
    /// Puts a tab before every line that is not empty.
    #[askama::filter_fn]
    pub fn indent_by_tab(text: &str, _: &dyn askama::Values) -> askama::Result<String> {
        Ok(super::indented(text))
    }
}
