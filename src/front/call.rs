//! Calls of closure commands, by the command table.

use super::register::Reg;
use super::walk::Lowering;
use crate::error::{Error, Result, offer};
use crate::ir::{Const, ExprKind, Fallible, Field, Form, Map, MapKind, Shape, Space, StmtKind};
use crate::spec::code::Code;
use crate::spec::command::{COMMANDS, Call, Command, Flag, Input};
use nu_protocol::ir::Instruction;
use nu_protocol::{DeclId, RegId, Span};

/// Arguments gathered for the next call.
#[derive(Debug, Default)]
pub struct Args {
    positional: Vec<Span>,
    named: Vec<(String, Option<Reg>, Span)>,
}

impl Lowering<'_> {
    pub fn push_argument(&mut self, instruction: &Instruction, span: Span) -> Result<()> {
        let closure = self.closure;
        match instruction {
            Instruction::PushPositional { src } => {
                self.take(*src)?;
                self.args.positional.push(span);
            }
            Instruction::PushNamed { name, src } | Instruction::PushShortNamed { short: name, src } => {
                let value = self.take(*src)?;
                self.args.named.push((closure.data(*name), Some(value), span));
            }
            Instruction::PushFlag { name } | Instruction::PushShortFlag { short: name } => {
                self.args.named.push((closure.data(*name), None, span));
            }
            _ => return Err(self.unreadable()),
        }
        Ok(())
    }

    pub fn call(&mut self, decl: DeclId, src_dst: RegId, span: Span) -> Result<()> {
        let args = std::mem::take(&mut self.args);
        let Some(command) = self.closure.names.get(&decl).copied() else {
            return Err(self.unknown_command(span));
        };
        if let Some(extra) = args.positional.first() {
            return Err(Error::new(Code::ClosureFlag, format!("`{}` takes no argument here", command.name))
                .label(*extra, "this is one too many")
                .help(format!("for example: {}", command.example)));
        }
        let result = match command.call {
            Call::Emit => {
                let input = self.input(command, src_dst, span)?;
                let event = self.events;
                self.events += 1;
                let at = self.whole(&input, span);
                self.push(StmtKind::Emit { event, row: input.clone() }, at);
                Reg::Shape(input)
            }
            Call::Count => self.count(command, src_dst, span)?,
            Call::ReadStr(space) => {
                let max = self.flag(&args, &command.flags[0])? as u32;
                self.read_str(command, space, max, src_dst, span)?
            }
        };
        for (name, _, at) in &args.named {
            if !command.flags.iter().any(|flag| flag.name == name) {
                return Err(Error::new(Code::ClosureFlag, format!("`{}` has no flag --{name}", command.name))
                    .label(*at, "unknown flag")
                    .help(format!("`help {}` lists its flags", command.name)));
            }
        }
        self.set(src_dst, result)
    }

    /// The value of a flag, which must be a constant int within its bounds.
    fn flag(&self, args: &Args, flag: &Flag) -> Result<i64> {
        let Some((_, value, span)) = args.named.iter().find(|(name, ..)| name == flag.name) else {
            return Ok(flag.default);
        };
        let value = match value {
            Some(Reg::Shape(Shape::Leaf(expr))) => match self.exprs[expr.0 as usize].kind {
                ExprKind::Const(Const::Int(value)) => Some(value),
                _ => None,
            },
            _ => None,
        };
        match value {
            Some(value) if (flag.min..=flag.max).contains(&value) => Ok(value),
            Some(value) => Err(Error::new(Code::ClosureFlag, format!("--{} {value} is out of bounds", flag.name))
                .label(*span, format!("from {} to {}", flag.min, flag.max))
                .help(format!("--{}: {}", flag.name, flag.doc))),
            None => Err(Error::new(Code::ClosureFlag, format!("--{} must be known at attach time", flag.name))
                .label(*span, "a constant int is wanted")
                .help("write the number out, or use a variable from outside the closure")),
        }
    }

    /// What flows into a command that wants a value.
    fn input(&mut self, command: &Command, src: RegId, span: Span) -> Result<Shape> {
        if self.regs.get(src.get() as usize) == Some(&Reg::Empty) && command.input != Input::Optional {
            return Err(Error::new(Code::ClosureType, format!("nothing flows into `{}`", command.name))
                .label(span, "a value is wanted before it")
                .help(format!("pipe one in: $ctx.pid | {}", command.name)));
        }
        self.shape(src, span)
    }

    /// Counts share one map: a second `count` of the closure adds to the same table.
    fn count(&mut self, command: &Command, src: RegId, span: Span) -> Result<Reg> {
        let empty = self.regs.get(src.get() as usize) == Some(&Reg::Empty);
        let key = if empty { None } else { Some(self.input(command, src, span)?) };
        let kind = if empty { MapKind::Hits } else { MapKind::Counts };
        let map = match self.maps.iter().position(|map| map.name == command.name) {
            Some(map) if self.maps[map].kind == kind => map,
            Some(_) => {
                return Err(Error::new(Code::ClosureType, "this closure counts both hits and values")
                    .label(span, "the first `count` was of the other sort")
                    .help("count one or the other, or attach two probes"));
            }
            None => {
                let max_entries = if empty { 1 } else { self.max_entries };
                self.maps.push(Map { name: command.name.to_string(), kind, max_entries });
                self.maps.len() - 1
            }
        };
        let at = key.as_ref().map_or_else(|| self.closure.local(span), |key| self.whole(key, span));
        self.push(StmtKind::Count { map, key }, at);
        Ok(Reg::Empty)
    }

    fn read_str(&mut self, command: &Command, space: Space, max: u32, src: RegId, span: Span) -> Result<Reg> {
        let input = self.input(command, src, span)?;
        let Shape::Leaf(mut pointer) = input else {
            return Err(Error::new(Code::ClosureType, format!("`{}` reads at an address", command.name))
                .label(span, "a record or list flows in")
                .help("pipe the address itself: $ctx.arg0 | read-str"));
        };
        let local = self.exprs[pointer.0 as usize].span;
        // The string of a `__data_loc` is read already; here only its limit is named.
        if let ExprKind::Fallible(Fallible::ReadStr { pointer: inner, .. }) = self.exprs[pointer.0 as usize].kind {
            if !(space == Space::Kernel && self.is_data_loc(inner)) {
                return Err(Error::new(Code::ClosureType, format!("`{}` reads at an address", command.name))
                    .label(span, "this is a string already")
                    .help("leave it out"));
            }
            pointer = inner;
        }
        let whole = crate::ir::Span::new(local.start, self.closure.local(span).end.max(local.end));
        Ok(Reg::Shape(Shape::Leaf(self.add(ExprKind::Fallible(Fallible::ReadStr { pointer, space, max }), whole))))
    }

    fn is_data_loc(&self, expr: crate::ir::ExprId) -> bool {
        match self.exprs[expr.0 as usize].kind {
            ExprKind::Field(Field::Member { member, .. }) => self.context.members[member].form == Form::DataLoc,
            _ => false,
        }
    }

    /// The text from a command's input to its name.
    fn whole(&self, input: &Shape, span: Span) -> crate::ir::Span {
        let command = self.closure.local(span);
        let starts = input.leaves().into_iter().map(|(_, expr)| self.exprs[expr.0 as usize].span.start);
        let start = starts.filter(|start| *start < command.start).min().unwrap_or(command.start);
        crate::ir::Span::new(start, command.end)
    }

    fn unknown_command(&self, span: Span) -> Error {
        let words = self.closure.words(span).trim();
        let name = words.split(['|', '\n', ';']).next().unwrap_or(words).trim();
        let known: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
        let list = format!("these can: {}. Do the rest after the probe, in the pipeline", known.join(", "));
        let near = offer(name, known.iter().copied(), "");
        Error::new(Code::ClosureCommand, format!("`{name}` does not work in a probe"))
            .label(span, "this command cannot run in the kernel")
            .help(if near.is_empty() { list } else { format!("{near} {list}") })
    }
}
