//! Iterators: the objects that the kernel shows a closure one after the other, and the row that it gives for each.

use super::{Code, Error, Flow, Local, Lowering, Reg, Result, Span};
use crate::error::offer_of;
use crate::ir::{ExprKind, Field, Shape, Space, Stmt, StmtKind, Type, Value, VarId};
use crate::spec::command::{Call, Command};
use crate::spec::field::field;
use crate::spec::operator::EQUAL;
use crate::spec::probe::Frame;
use nu_ebpf_btf::{Btf, Type as BtfType};
use nu_protocol::RegId;
use nu_protocol::ir::Instruction;

/// The place of the first object among an iterator's arguments: before it is what the kernel says of the iteration.
const FIRST: usize = 1;

impl Lowering<'_> {
    /// `$ctx.NAME`: one of the arguments that the kernel passes.
    pub fn iterated_field(&mut self, index: usize, span: Span) -> Result<Reg> {
        let name = self.context.members[index].name.clone();
        let btf = self.btf(span)?;
        let param = self.prototype(&[], span)?.and_then(|(_, prototype)| prototype.params.get(index).cloned());
        let (Some(param), Some(row)) = (param, field(&format!("arg{index}"), Frame::Arguments)) else {
            return Err(self.unreadable());
        };
        let BtfType::Pointer(to) = btf.get(btf.bare(param.ty)) else {
            return self.in_register((row, false), &name, (btf, param.ty), span);
        };
        let var = self.object(index);
        let base = self.add(ExprKind::Var(var), span);
        Ok(Reg::Typed(super::kernel::Typed::address(base, (btf, to), true, span)))
    }

    /// The variable that has an object from the first statement on: where it is read again, the verifier does not know
    /// that it has been looked at.
    fn object(&mut self, index: usize) -> VarId {
        if let Some((_, var)) = self.objects.iter().find(|known| known.0 == index) {
            return *var;
        }
        let name = self.context.members.get(index).map_or_else(String::new, |member| member.name.clone());
        let var = self.variable(&name, self.now);
        self.vars[var.0 as usize].ty = Type::Pointer(Some(Space::Kernel));
        self.objects.push((index, var));
        var
    }

    /// Lowers the whole closure: what it gives is a row.
    pub fn iterated(&mut self) -> Result<()> {
        let before = self.events;
        let end = self.frame.code.ir.instructions.len();
        self.walk(0, end)?;
        if self.events == before {
            let first = self.context.members.get(FIRST).map_or("", |member| &member.name);
            return Err(Error::new(Code::ClosureNoEmit, "no rows: the closure gives no value")
                .label(self.closure.span(), "what its last expression gives is the row")
                .help(format!("end it with a value of $ctx.{first}, or a record of some")));
        }
        self.look_first();
        Ok(())
    }

    /// Hands over what the closure gives here. Null is no row, as `each` has it.
    pub fn row(&mut self, src: RegId) -> Result<()> {
        let (origin, now) = (self.origin(src), self.now);
        let value = self.take(src)?;
        let row = self.value_of(value, origin, now)?;
        let rows = match &row {
            // Of a string that could not be read, who reads the rows takes none.
            Shape::Leaf(leaf) if !self.is_nothing(*leaf) => vec![(None, row)],
            _ => self.present(None, row, now),
        };
        for (there, row) in rows {
            let spans = row.leaves().into_iter().map(|(_, leaf)| self.expr(leaf).span);
            let at = spans.reduce(|all, one| Local::new(all.start.min(one.start), all.end.max(one.end)));
            let at = at.unwrap_or(self.local(origin));
            let emit = StmtKind::Emit { event: self.events, row };
            self.events += 1;
            match there {
                Some(there) => self.push_if(there, emit, at),
                None => self.push(emit, at),
            }
        }
        Ok(())
    }

    /// Where an `if` ends the closure of an iterator, the register with its value: each branch hands over its own row,
    /// which so need not lie on the stack before.
    pub fn row_behind(&self, mut end: usize) -> Option<RegId> {
        let outermost = self.frame.returns.is_none() && self.frame.loops.is_empty();
        if self.context.frame != Frame::Iterator || !outermost {
            return None;
        }
        loop {
            match self.frame.code.ir.instructions.get(end)? {
                Instruction::Return { src } => return Some(*src),
                Instruction::Jump { index } if *index > end => end = *index,
                _ => return None,
            }
        }
    }

    /// The end of such a branch; behind the first, what is in the second must not follow.
    pub fn last_row(&mut self, row: Option<RegId>, flow: Flow, first: bool) -> Result<Flow> {
        let Some(row) = row else { return Ok(flow) };
        if flow == Flow::On {
            self.row(row)?;
        }
        let ended = matches!(self.block.last(), Some(Stmt { kind: StmtKind::Return, .. }));
        if first && !ended {
            self.push(StmtKind::Return, self.now);
        }
        Ok(Flow::Ended)
    }

    /// Has the program end where there is no object, as at the end of the iteration.
    fn look_first(&mut self) {
        self.object(FIRST);
        let span = Local::new(0, 0);
        let mut first = Vec::new();
        let mut objects = std::mem::take(&mut self.objects);
        objects.sort_unstable();
        for (index, var) in objects {
            let Some(row) = field(&format!("arg{index}"), Frame::Arguments) else { continue };
            let field = Field::Argument { row, ty: Type::Pointer(Some(Space::Kernel)) };
            let value = Value::Pure(self.add(ExprKind::Field(field), span));
            let (is, null) = (self.add(ExprKind::Var(var), span), self.int(0, span));
            let cond = self.op(&EQUAL, is, null, span);
            let then = vec![self.stmt(StmtKind::Return, span)];
            first.push(Stmt { kind: StmtKind::Let { var, value }, span });
            first.push(Stmt { kind: StmtKind::If { cond, then, otherwise: Vec::new() }, span });
        }
        self.block.splice(0..0, first);
    }

    /// A field that an iterator has not: of the thread that runs the program there is nothing to know, it is the reader.
    pub fn no_object(&self, name: &str, error: Error) -> Error {
        let first = self.context.members.get(FIRST).map_or("", |member| &member.name);
        let own = |btf: &Btf| {
            let BtfType::Pointer(to) = btf.get(btf.bare(self.prototype(&[], self.now).ok()??.1.params.get(FIRST)?.ty))
            else {
                return None;
            };
            btf.member(to, name).map(|_| format!("write $ctx.{first}.{name}"))
        };
        let known: Vec<&str> = self.context.members.iter().map(|member| member.name.as_str()).collect();
        let all = format!("`{}` has {}, and the time: ktime, uptime, time", self.target.text, known.join(", "));
        let help = Btf::kernel().ok().and_then(own).unwrap_or_else(|| offer_of(name, known.iter().copied(), &all));
        Error {
            labels: error.labels.into_iter().map(|(at, _)| (at, "an iterator shows no such thing".into())).collect(),
            ..error
        }
        .help(help)
    }

    /// Refuses commands that send rows, or count what nobody could read, in an iterator.
    pub fn allowed_here(&self, command: &Command, span: Span) -> Result<()> {
        let help = match command.call {
            _ if self.context.frame != Frame::Iterator => return Ok(()),
            Call::Emit => "leave it out: what the closure gives is the row, and null is none",
            Call::Aggregate(_) => "give what it counts as a row, and count the rows: ebpf iter … | uniq --count",
            Call::StartTimer | Call::StopTimer => "give $ctx.ktime as part of the row",
            Call::MapPut | Call::MapGet | Call::MapDelete | Call::MapContains => return Ok(()),
            Call::Cast | Call::KernelVar | Call::Symbol(_) | Call::ContainerOf | Call::IntoIp => return Ok(()),
            Call::ReadStr(_) | Call::ReadBytes(_) => return Ok(()),
        };
        Err(Error::new(Code::ClosureCommand, format!("`{}` does not work in an iterator", command.name))
            .label(self.place(span), "the value itself is the row")
            .help(help))
    }
}
