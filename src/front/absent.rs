//! The words for a field that a context has not: where it is instead, what it is called here, and what there is.

use super::prototype::fields;
use super::target::exit;
use super::{Code, Error, Lowering, Span};
use crate::error::offer_of;
use crate::ir::{AttachPoint, Context};
use crate::spec::field::{ARGS, BPFTRACE, ELAPSED, ENTRY, FIELDS, Field as FieldRow, RET, RETURNED, RETVAL, field};
use crate::spec::probe::{Attach, Frame};

impl Lowering<'_> {
    pub fn unknown_field(&self, name: &str, at: Span, with_builtin: bool) -> Error {
        let error = self.no_field(name, at, (self.target, self.context), "in this context", |_| with_builtin);
        if self.context.frame == Frame::Iterator {
            return self.no_object(name, error);
        }
        match self.elsewhere(name) {
            Some(help) => error.help(help),
            None => error,
        }
    }

    /// What to write for a field that is not where it is looked for.
    pub fn elsewhere(&self, name: &str) -> Option<String> {
        if let Some(own) = self.numbered_argument(name) {
            return Some(own);
        }
        let ours = BPFTRACE.iter().find(|row| row.0 == name).map_or(name, |row| row.1);
        if field(ours, self.context.frame).is_some() || self.context.member(ours).is_some() {
            return Some(format!("write $ctx.{ours}"));
        }
        if RETURNED.contains(&name) {
            return self.returned();
        }
        let is_of_entry = [ENTRY, ELAPSED].contains(&name);
        if let Some((_, entry)) = self.context.entry.as_deref() {
            let has = field(name, entry.frame).is_some_and(FieldRow::is_remembered) || entry.member(name).is_some();
            let has = has || (name == ARGS && self.enters_function());
            return match is_of_entry {
                true => Some(format!("write $ctx.{name}")),
                false => has.then(|| format!("write $ctx.{ENTRY}.{name}")),
            };
        }
        // What was passed to a function is at hand when `fexit` returns from it: that has no entry.
        let exit = exit(self.target).filter(|exit| exit.kind.attach.at_entry().is_some());
        is_of_entry.then(|| match exit {
            Some(exit) => format!("only the return has it: attach to `{}`", exit.text),
            None => "only a return has an entry: kretprobe:…, uretprobe:…, tracepoint:syscalls/sys_exit_…".into(),
        })
    }

    /// What `argN` is at a tracepoint, whose fields have names.
    fn numbered_argument(&self, name: &str) -> Option<String> {
        let number = name.strip_prefix("arg")?.parse::<usize>().ok()?;
        if self.target.kind.attach != Attach::Tracepoint {
            return None;
        }
        let own = self.context.members.iter().filter(|member| member.name != "__syscall_nr");
        let names: Vec<&str> = own.map(|member| member.name.as_str()).collect();
        let named = names.get(number).map_or_else(String::new, |name| format!("write $ctx.{name}; "));
        Some(format!("{named}a tracepoint's fields have names: {}", names.join(", ")))
    }

    /// Where what is returned is, and what it is called there.
    fn returned(&self) -> Option<String> {
        let has = |name: &&&str| field(name, self.context.frame).is_some() || self.context.member(name).is_some();
        if let Some(own) = RETURNED.iter().find(has) {
            return Some(format!("write $ctx.{own}"));
        }
        let exit = exit(self.target)?;
        let name = if exit.kind.attach == Attach::Tracepoint { RET } else { RETVAL };
        Some(format!("only the return has it, as $ctx.{name}: attach to `{}`", exit.text))
    }

    /// A name that a context has no field of: its own, or those rows of the table that `has` takes.
    pub fn no_field(
        &self, name: &str, at: Span, (target, context): (&AttachPoint, &Context), place: &str,
        has: impl Fn(&FieldRow) -> bool,
    ) -> Error {
        let rows = FIELDS.iter().filter(|row| row.frames.contains(&context.frame) && has(row));
        let builtin: Vec<&str> = rows.map(|row| row.name).collect();
        let typed = fields(target).unwrap_or_default();
        let mut known: Vec<&str> = context.members.iter().map(|member| member.name.as_str()).collect();
        // Where a record's own are looked for, there is nothing else.
        if !builtin.is_empty() {
            let typed = typed.iter().map(|row| row.field.as_str());
            known.extend(typed.filter(|name| !builtin.contains(name)));
            known.extend([ENTRY, ELAPSED].iter().filter(|_| context.entry.is_some()));
            known.extend(builtin);
        }
        let list = format!("`{}` has {}", target.text, known.join(", "));
        let inner = known.iter().find(|known| known.rsplit_once('.').is_some_and(|(_, last)| last == name));
        let help =
            inner.map_or_else(|| offer_of(name, known.iter().copied(), &list), |inner| format!("write $ctx.{inner}"));
        Error::new(Code::ClosureField, format!("no field `{name}` {place}"))
            .label(self.place(at), format!("a {} has no such field", target.kind.name))
            .help(help)
    }
}
