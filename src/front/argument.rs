//! Arguments of calls: gathered as Nushell's machine pushes them, and read by the tables of closure commands.

use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::ir::Shape;
use crate::spec::command::{AS, Flag, Takes};
use nu_protocol::Value;
use nu_protocol::ir::Instruction;

/// The most bytes of a name.
const NAME: usize = 32;

/// Arguments gathered for the next call.
#[derive(Debug, Clone, Default)]
pub struct Args {
    pub positional: Vec<(Reg, Span)>,
    pub named: Vec<(String, Option<Reg>, Span)>,
}

impl Lowering<'_> {
    pub fn push_argument(&mut self, instruction: &Instruction, span: Span) -> Result<()> {
        match instruction {
            Instruction::PushPositional { src } => {
                let value = self.take(*src)?;
                self.frame.args.positional.push((value, span));
            }
            Instruction::AppendRest { src } => {
                let value = self.take(*src)?;
                let Reg::Shape(Shape::List(items)) = value else {
                    return Err(self.other_kind(&value, span, "`...` takes a list", "name the arguments"));
                };
                let items = items.into_iter().map(|item| (Reg::Shape(item), span));
                self.frame.args.positional.extend(items);
            }
            Instruction::PushNamed { name, src } | Instruction::PushShortNamed { short: name, src } => {
                let value = self.take(*src)?;
                let name = self.data(*name);
                self.frame.args.named.push((name, Some(value), span));
            }
            Instruction::PushFlag { name } | Instruction::PushShortFlag { short: name } => {
                let name = self.data(*name);
                self.frame.args.named.push((name, None, span));
            }
            _ => return Err(self.unreadable()),
        }
        Ok(())
    }

    /// The name behind `--as`.
    pub fn name_flag(&self, args: &Args) -> Result<Option<(String, Span)>> {
        let Some((value, at)) = flag(args, &AS) else { return Ok(None) };
        let known = value.as_ref().and_then(|value| self.constant_reg(value));
        self.map_name(known, at, "--as", "--as reads").map(|name| Some((name, at)))
    }

    /// A name that is known at attach time: it becomes a part of one in C.
    pub fn map_name(&self, value: Option<Value>, at: Span, what: &str, example: &str) -> Result<String> {
        let fits = |name: &str| {
            (1..=NAME).contains(&name.len())
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && !name.starts_with(|c: char| c.is_ascii_digit())
        };
        match value {
            Some(Value::String { val, .. }) if fits(&val) => Ok(val),
            Some(_) => Err(Error::new(Code::ClosureFlag, format!("this is no name for a {}", thing(what)))
                .label(self.place(at), "letters, digits and _ are wanted, at most 32")
                .help(format!("for example: {example}"))),
            None => Err(Error::new(Code::ClosureFlag, format!("{what} must be known at attach time"))
                .label(self.place(at), "a name is wanted")
                .help(format!("write it out: {example}; what differs from event to event is a key"))),
        }
    }

    /// The value of a flag, which must be a constant int within its bounds.
    pub fn int_flag(&self, args: &Args, row: &Flag) -> Result<i64> {
        let Takes::Int { default, min, max } = row.takes else { return Err(self.unreadable()) };
        let Some((value, at)) = flag(args, row) else { return Ok(default) };
        let place = self.place(at);
        match value.as_ref().and_then(|value| self.constant_reg(value)) {
            Some(Value::Int { val, .. }) if (min..=max).contains(&val) => Ok(val),
            Some(Value::Int { val, .. }) => {
                Err(Error::new(Code::ClosureFlag, format!("--{} {val} is out of bounds", row.name))
                    .label(place, format!("from {min} to {max}"))
                    .help(format!("--{}: {}", row.name, row.doc)))
            }
            _ => Err(Error::new(Code::ClosureFlag, format!("--{} must be known at attach time", row.name))
                .label(place, "a constant int is wanted")
                .help("write the number out, or use a variable from outside the closure")),
        }
    }
}

/// What has the name.
fn thing(what: &str) -> &'static str {
    if what.starts_with("--") { "table" } else { "map" }
}

/// What stands behind a flag, and where.
pub fn flag<'a>(args: &'a Args, row: &Flag) -> Option<(&'a Option<Reg>, Span)> {
    args.named.iter().find(|(name, ..)| name == row.name).map(|(_, value, at)| (value, *at))
}
