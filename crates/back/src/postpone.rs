//! Postponed events as C: what a program does where a string is not in memory yet, and what marks the rows of the
//! program that resumes it.

use super::stmt::Printer;
use super::view::{IfView, indented, print};
use nu_ebpf_ir::ir::{Block, ExprId, ExprKind, Fallible, Postponed, RING, Span, Stmt};

impl Printer<'_> {
    /// Returns whether a failure of this read postpones the event.
    pub fn postpones_at(&self, read: ExprId) -> bool {
        let Some(Postponed::Saves { reads, .. }) = &self.program.postponed else { return false };
        reads.contains(&read) && !self.in_function
    }

    /// The call that a row names: that of an event which was postponed, or 0; none where none is.
    pub fn call_of_row(&self) -> Option<String> {
        let resumed = match &self.program.postponed {
            Some(Postponed::Resumes { number, thread }) => {
                thread.map(|thread| self.call_id(&self.var(thread), *number))
            }
            _ => None,
        };
        self.object.postpones().then(|| resumed.unwrap_or_else(|| "0".into()))
    }

    fn call_id(&self, thread: &str, number: u32) -> String {
        format!("nu_call_id({thread}, {number})")
    }

    /// Returns the C expression that the program returns at its end. A resuming program reports there that the event has
    /// no more rows.
    pub fn result(&self, value: &str) -> String {
        match &self.program.postponed {
            Some(Postponed::Resumes { number, thread: Some(thread) }) if !self.in_function => {
                let call = self.call_id(&self.var(*thread), *number);
                let first = if value == "0" { String::new() } else { format!("{value} + ") };
                format!("{first}nu_resumed(&{RING}, {call})")
            }
            _ => value.to_string(),
        }
    }

    /// Of a row that was filled: the condition under which the event is postponed, the call that marks the row as waiting,
    /// and the lines that follow.
    pub fn postponed_row(&mut self, row: &str, span: Span) -> (Option<String>, String, String) {
        let Some((absent, number)) = self.absent_now() else { return (None, String::new(), String::new()) };
        let wait = format!("nu_wait_with({row}, {number})");
        (Some(absent), wait, indented(&self.postpones(span)))
    }

    /// The lines that postpone the event where a string that was read since the last test is not there.
    pub fn test_absent(&mut self, span: Span) -> Option<String> {
        let (cond, number) = self.absent_now()?;
        let wait = (self.object.events > 0).then(|| format!("nu_wait(&{RING}, {number});\n"));
        let then = format!("{}{}", wait.unwrap_or_default(), self.postpones(span));
        Some(print(&IfView { cond, then, otherwise: None, mark: self.mark(span) }))
    }

    /// Prints what precedes the body: one that resumes events ends where none waits; one that postpones them tries the
    /// reads before which the body does something that is seen from outside.
    pub fn begin(&mut self) {
        let program = self.program;
        let tried = match &program.postponed {
            Some(Postponed::Saves { tried, .. }) => tried,
            Some(Postponed::Resumes { .. }) => return self.line("if (!nu_waiting)\n\treturn 0;".into()),
            None => return,
        };
        for read in tried {
            let span = program.expr(*read).span;
            let (pointer, size) = match &program.expr(*read).kind {
                ExprKind::Fallible(Fallible::ReadStr { pointer, max, .. }) => (*pointer, format!("{max}")),
                ExprKind::Fallible(Fallible::ReadBytes { pointer, length, max, .. }) => {
                    let length = self.expr(*length);
                    (*pointer, format!("nu_at_most({length}, {max})"))
                }
                _ => continue,
            };
            let is_text = matches!(program.expr(*read).kind, ExprKind::Fallible(Fallible::ReadStr { .. }));
            let try_read = if is_text { "nu_is_absent_str" } else { "nu_is_absent" };
            let pointer = self.expr(pointer);
            self.absent.push(format!("{try_read}((const void *){pointer}, {size})"));
            let test = self.test_absent(span);
            test.into_iter().for_each(|line| self.line(line));
        }
    }

    /// The condition of the reads since the last test, and the program's number.
    fn absent_now(&mut self) -> Option<(String, u32)> {
        let absent = std::mem::take(&mut self.absent);
        let Some(Postponed::Saves { number, .. }) = &self.program.postponed else { return None };
        (!absent.is_empty()).then(|| (absent.join(" || "), *number))
    }

    /// The lines that save the context and end the program.
    fn postpones(&mut self, span: Span) -> String {
        let program = self.program;
        let saves: Block = program.postponed.iter().filter_map(Postponed::saves).flatten().cloned().collect();
        let saves: Vec<Stmt> = saves.into_iter().map(|stmt| Stmt { span, ..stmt }).collect();
        let lines = self.block(&saves);
        let ends = self.ends();
        format!("nu_postponed();\n{lines}\n{ends} {}", self.mark(span))
    }
}
