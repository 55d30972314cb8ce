//! Loops as C. A loop is a call of the helper `bpf_loop` (Linux 5.17), its turn a function of its own, which the verifier
//! walks through as often as it learns something new, however many turns there are. What a turn shares with the code around it
//! lies in the frame, a struct on the stack; a turn that leaves more than its loop notes its way there.

use super::stmt::Printer;
use super::view::{LoopView, StructView, TurnView, print};
use super::{context, record};
use nu_ebpf_ir::ir::{Block, Label, Span, VarId};
use nu_ebpf_ir::spec::failure::LOOP_LIMIT;
use nu_ebpf_ir::spec::feature::LOOP;
use std::collections::BTreeSet;

/// Where a turn leaves to, when that is not its own loop's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The program ends.
    End,
    /// A function of the program's has failed.
    Failed,
    To(Label),
}

/// The frame of the function that is being printed.
#[derive(Debug, Default)]
pub struct Frame {
    name: String,
    pub shared: BTreeSet<VarId>,
    /// All ways of the function; a way's number is its place here, from 1.
    ways: Vec<Way>,
    /// The numbers of those that a turn leaves by: of the turns that are being printed, the innermost last.
    left: Vec<BTreeSet<usize>>,
    reads_context: bool,
}

impl Frame {
    /// How many turns of loops stand around what is being printed.
    pub fn depth(&self) -> usize {
        self.left.len()
    }

    /// How C reads a member.
    pub fn access(&self) -> &'static str {
        if self.depth() == 0 { "nu_frame." } else { "nu_frame->" }
    }

    /// The number of a way that the innermost turn leaves by.
    pub fn way(&mut self, way: Way) -> usize {
        let known = self.ways.iter().position(|known| *known == way);
        let index = known.unwrap_or_else(|| {
            self.ways.push(way);
            self.ways.len() - 1
        });
        self.left.iter_mut().next_back().map(|left| left.insert(index + 1));
        index + 1
    }

    pub fn leave_by(&mut self, way: Way) -> String {
        format!("return nu_leave(&nu_frame->nu_way, {});", self.way(way))
    }

    /// The statement of a turn in a function that fails with the kind that a C expression names.
    pub fn fail(&mut self, kind: &str) -> String {
        self.way(Way::Failed);
        format!("return nu_leave(&nu_frame->nu_failed, ({kind}) + 1);")
    }
}

impl Printer<'_> {
    /// The lines of a function's body, with its end, after those that its loops need; their turns are left in `turns`.
    pub fn framed(&mut self, owner: &str, body: &Block, end: impl FnOnce(&mut Self) -> Vec<String>) -> String {
        let shared = self.facts.shared(self.program, body);
        self.frame = Frame { name: format!("nu_{owner}_frame"), shared, ..Frame::default() };
        let body = self.block(body);
        let end = end(self);
        let frame = std::mem::take(&mut self.frame);
        self.reads_context |= frame.reads_context;
        let mut lines = Vec::new();
        if !self.turns.is_empty() {
            self.turns.insert(0, self.frame_struct(&frame));
            lines.extend([format!("struct {} nu_frame;", frame.name), String::new()]);
            let (context, failed) = (frame.reads_context, frame.ways.contains(&Way::Failed));
            lines.extend(context.then(|| "nu_frame.nu_ctx = ctx;".to_string()));
            lines.extend(failed.then(|| "nu_frame.nu_failed = 0;".to_string()));
            let given = self.program.functions.iter().flat_map(|function| &function.params);
            let given = given.map(|(var, _)| var).filter(|var| frame.shared.contains(var));
            lines.extend(given.map(|var| format!("nu_frame.{0} = {0};", self.var(*var))));
        }
        lines.extend(unknown(&body));
        lines.push(body);
        lines.extend(end);
        lines.join("\n")
    }

    fn frame_struct(&self, frame: &Frame) -> String {
        let mut members = Vec::new();
        members.extend(frame.reads_context.then(|| format!("{}nu_ctx", context(self.program))));
        members.push("__u32 nu_way".into());
        members.extend(frame.ways.contains(&Way::Failed).then(|| "__u32 nu_failed".into()));
        let name_of = |var: &VarId| record::declaration(self.facts.var(*var), &self.var(*var));
        members.extend(frame.shared.iter().map(name_of));
        let doc = Some("What the turns of loops share with what is around them.".into());
        print(&StructView { doc, name: frame.name.clone(), members, ..StructView::default() })
    }

    pub fn repeat(
        &mut self, (label, again): (Label, Label), counter: VarId, times: u32, limited: bool, body: &Block, span: Span,
    ) {
        let name = format!("nu_{}", self.globals.fresh("turn"));
        // From here on it is one turn deeper.
        self.frame.left.push(BTreeSet::new());
        self.enter(label, Some("return nu_break();"), "done", false);
        self.enter(again, Some("return 0;"), "next", false);
        let left = self.turn(&name, counter, times, body);
        self.close();
        self.close();
        let access = self.frame.access();
        let leaves = left.iter().map(|number| self.dispatch(*number, span)).collect();
        let limit = limited.then(|| self.fails(LOOP_LIMIT.c, span));
        let frame = if self.frame.depth() == 0 { "&nu_frame" } else { "nu_frame" };
        let ways = left.iter().any(|number| self.frame.ways[number - 1] != Way::Failed);
        let reset = ways.then(|| format!("{access}nu_way = 0;"));
        // Before Linux 6.7 the verifier takes a turn for the only one: it must not know what the first has found, nor
        // what the last has left.
        let forget = self.assigned(body).into_iter().map(|var| self.forget(var)).collect();
        let call = match self.object.kernel.has(&LOOP) {
            true => format!("bpf_loop({times}, {name}, {frame}, 0)"),
            false => format!("nu_loop({times}, {name}, {frame})"),
        };
        self.line(print(&LoopView { reset, forget, times, call, limit, leaves, mark: self.mark(span) }));
    }

    /// Prints a loop's turn as a function; gives the ways that it leaves by.
    fn turn(&mut self, name: &str, counter: VarId, times: u32, body: &Block) -> BTreeSet<usize> {
        let outside = std::mem::replace(&mut self.reads_context, false);
        let body = self.block(body);
        let mut first = Vec::new();
        if self.reads_context {
            self.frame.reads_context = true;
            first.push(format!("{}ctx = nu_frame->nu_ctx;", context(self.program)));
        }
        if self.facts.is_used(counter) {
            let declared = if self.frame.shared.contains(&counter) { "" } else { "__s64 " };
            first.push(format!("{declared}{} = nu_index;", self.var(counter)));
        }
        first.extend(unknown(&body));
        // What clang knows by this spares checks.
        let most = self.facts.is_used(counter).then_some(times);
        let unused = |name: &str| match first.iter().chain([&body]).any(|lines| lines.contains(name)) {
            true => String::new(),
            false => " __unused".into(),
        };
        let unused = [unused("nu_index"), unused("nu_frame")];
        self.turns.push(print(&TurnView {
            frame: self.frame.name.clone(),
            name: name.into(),
            unused,
            first,
            most,
            body,
        }));
        self.reads_context = outside;
        self.frame.left.pop().unwrap_or_default()
    }

    /// What follows a loop that a turn may have left by a way: the test, and the statement.
    fn dispatch(&mut self, number: usize, span: Span) -> String {
        let (access, way) = (self.frame.access(), self.frame.ways[number - 1]);
        let in_turn = self.frame.depth() > 0;
        let (test, leave) = match way {
            Way::End => (format!("nu_way == {number}"), self.ends()),
            Way::To(label) => (format!("nu_way == {number}"), self.leave(label)),
            Way::Failed if in_turn => {
                self.frame.way(Way::Failed);
                ("nu_failed".to_string(), "return nu_break();".to_string())
            }
            Way::Failed => ("nu_failed".to_string(), "return nu_frame.nu_failed;".to_string()),
        };
        format!("if ({access}{test}) {}\n\t{leave}", self.mark(span))
    }
}

/// What making the verifier forget takes, if there is such a line.
fn unknown(body: &str) -> Option<String> {
    body.contains("nu_forget(").then(|| "__u64 nu_unknown = nu_nothing;".to_string())
}
