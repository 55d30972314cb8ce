//! Iterators: the objects that the kernel shows a closure one after the other, and the row that it gives for each.

use super::{Code, Error, Local, Lowering, Reg, Result, Span};
use crate::ir::{ExprKind, Field, Space, Stmt, StmtKind, Type, Value, VarId};
use crate::spec::command::{Call, Command};
use crate::spec::field::field;
use crate::spec::operator::EQUAL;
use crate::spec::probe::Frame;
use nu_ebpf_btf::Type as BtfType;

/// The place of the first object among an iterator's arguments: before it is what the kernel says of the iteration.
const FIRST: usize = 1;

impl Lowering<'_> {
    /// `$ctx.NAME`: one of the arguments that the kernel passes.
    pub fn iterated_field(&mut self, index: usize, span: Span) -> Result<Reg> {
        let name = self.context.members[index].name.clone();
        let btf = self.btf(span)?;
        let param = self.prototype(span)?.and_then(|prototype| prototype.params.get(index).cloned());
        let (Some(param), Some(row)) = (param, field(&format!("arg{index}"), Frame::Arguments)) else {
            return Err(self.unreadable());
        };
        let BtfType::Pointer(to) = btf.get(btf.bare(param.ty)) else {
            return self.in_register(row, &name, param.ty, span);
        };
        let var = self.object(index);
        let base = self.add(ExprKind::Var(var), span);
        Ok(Reg::Typed(super::kernel::Typed::address(base, to, true, span)))
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

    /// Lowers the whole closure: what it gives is a row, and null is none, as `each` has it.
    pub fn iterated(&mut self) -> Result<()> {
        let whole = Local::new(0, self.closure.text.len());
        let value = self.callee()?;
        if !std::mem::take(&mut self.ended) {
            let row = self.value_of(value, self.closure.span(), self.now)?;
            for (there, row) in self.present(None, row, self.now) {
                let spans = row.leaves().into_iter().map(|(_, leaf)| self.expr(leaf).span);
                let at = spans.reduce(|all, one| Local::new(all.start.min(one.start), all.end.max(one.end)));
                let emit = StmtKind::Emit { event: self.events, row };
                self.events += 1;
                match there {
                    Some(there) => self.push_if(there, emit, at.unwrap_or(whole)),
                    None => self.push(emit, at.unwrap_or(whole)),
                }
            }
        }
        if self.events == 0 {
            return Err(Error::new(Code::ClosureNoEmit, "no rows: the closure gives no value")
                .label(self.closure.span(), "what its last expression gives is the row")
                .help(format!("end it with a value of $ctx.{}, or a record of some", self.context.members[FIRST].name)));
        }
        self.look_first();
        Ok(())
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

    /// Refuses commands that send rows, or count what nobody could read, in an iterator.
    pub fn allowed_here(&self, command: &Command, span: Span) -> Result<()> {
        let help = match command.call {
            _ if self.context.frame != Frame::Iterator => return Ok(()),
            Call::Emit => "leave it out: what the closure gives is the row, and null is none",
            Call::Aggregate(_) => "give what it counts as a row, and count the rows: ebpf iter … | uniq --count",
            Call::StartTimer | Call::StopTimer => "give $ctx.ktime as part of the row",
            Call::MapPut | Call::MapGet | Call::MapDelete | Call::MapContains => return Ok(()),
            Call::Cast | Call::ContainerOf | Call::ReadStr(_) => return Ok(()),
        };
        Err(Error::new(Code::ClosureCommand, format!("`{}` does not work in an iterator", command.name))
            .label(self.place(span), "the value itself is the row")
            .help(help))
    }
}
