//! `$ctx.args` and `$ctx.entry.args` as whole values: the record of all arguments, or an error that names those that
//! cannot be read.

use super::kernel::Skipped;
use super::{Lowering, Reg, Result, Span};
use crate::ir::{Context, Shape};

/// What stands among the arguments that were asked for if all were.
pub const EVERY: &str = "";

impl Lowering<'_> {
    /// All arguments as a record, without those that are skipped.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn all_arguments(&mut self, entered: bool, skipped: &Skipped, span: Span) -> Result<Shape> {
        let (mut fields, mut unreadable) = (Vec::new(), Vec::new());
        for name in self.argument_names(entered, span)? {
            if skipped.contains(&name) {
                continue;
            }
            let argument = match entered {
                true => self.entry_own(&name, false, span, span),
                false => self.own_field(&name, false, span, span),
            };
            match argument {
                Ok(value) => fields.push((name, self.shape_of(value, span)?)),
                Err(_) => unreadable.push(name),
            }
        }
        if unreadable.is_empty() {
            return Ok(Shape::Record(fields));
        }
        let whole = if entered { "$ctx.entry.args" } else { "$ctx.args" };
        Err(self.incomplete(whole, &unreadable, span))
    }

    /// The names of all arguments, in their order.
    ///
    /// # Errors
    /// They are not known.
    pub fn argument_names(&mut self, entered: bool, span: Span) -> Result<Vec<String>> {
        let of = |context: &Context| context.members.iter().map(|member| member.name.clone()).collect();
        if if entered { self.enters_function() } else { self.has_arguments() } {
            self.asking.typed.insert(EVERY.to_string());
            let known = self.prototype(&[EVERY], span)?.map(|(_, prototype)| prototype.params);
            let Some(params) = known else { return Err(self.undescribed(span)) };
            return Ok(params.into_iter().map(|param| param.name).collect());
        }
        self.asking.all = true;
        Ok(match entered {
            true => self.context.entry.as_ref().map_or_else(Vec::new, |entry| of(&entry.1)),
            false => of(self.context),
        })
    }

    /// Returns whether what a register holds is a whole of which a command may take parts without reading the others.
    pub fn is_whole(value: &Reg) -> bool {
        matches!(value, Reg::Ctx | Reg::Entry | Reg::Args | Reg::EntryArgs | Reg::Typed(_))
    }

    /// `WHOLE | reject NAME…`, without reading what is rejected.
    pub fn all_but(&mut self, value: &Reg, skipped: &Skipped, span: Span) -> Result<Option<Shape>> {
        match value {
            Reg::Args => self.all_arguments(false, skipped, span).map(Some),
            Reg::EntryArgs => self.all_arguments(true, skipped, span).map(Some),
            Reg::Typed(typed) => match typed.names() {
                Some(_) => self.whole_value(&typed.clone().pointee(), skipped, span).map(Some),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// The names of a whole's parts.
    pub fn part_names(&mut self, value: &Reg, span: Span) -> Result<Option<Vec<String>>> {
        match value {
            Reg::Args => self.argument_names(false, span).map(Some),
            Reg::EntryArgs => self.argument_names(true, span).map(Some),
            Reg::Typed(typed) => Ok(typed.names()),
            _ => Ok(None),
        }
    }
}
