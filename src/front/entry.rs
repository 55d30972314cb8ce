//! What a return remembers of its entry: `$ctx.entry.NAME` and `$ctx.elapsed`. The fields that are asked for are kept by a
//! program of its own at the entry, and found again at the return, before the closure's first statement.

use super::{Code, Error, Local, Lowering, Reg, Result, Span};
use crate::ir::{
    AttachPoint, Block, Context, Expr, ExprId, ExprKind, Field, Form, Layout, Map, MapKind, Role, Shape, State, Stmt,
    StmtKind, Tree, Type, Value, VarId, rule,
};
use crate::spec::field::{ARGS, CLOCK, ELAPSED, Field as FieldRow, Read, field};
use crate::spec::function::SINCE;

/// A field of the entry's, and the variable that has it at the return.
pub struct Remembered {
    name: String,
    field: Field,
    ty: Type,
    var: VarId,
    /// Where it is asked for first.
    span: Local,
    /// Of a reading of the clock: the variable that has the time since.
    since: Option<VarId>,
}

/// The program at the entry: attach point, context, expressions and body.
type Entry = (AttachPoint, Context, Vec<Expr>, Block);

impl Lowering<'_> {
    /// A field of the context as it was at the entry.
    pub fn entry_field(&mut self, name: &str, optional: bool, span: Span, at: Span) -> Result<Reg> {
        let has_members = self.context.entry.as_ref().is_some_and(|entry| !entry.1.members.is_empty());
        if name == ARGS && (has_members || self.enters_function()) {
            return Ok(Reg::EntryArgs);
        }
        self.entered(name, (false, optional), span, at)
    }

    /// One of the attach point's own at the entry, though its name be taken.
    pub fn entry_own(&mut self, name: &str, optional: bool, span: Span, at: Span) -> Result<Reg> {
        if self.enters_function() {
            return self.typed_argument(name, (true, optional), (span, at));
        }
        self.entered(name, (true, optional), span, at)
    }

    /// A field as it was at the entry, under a name of its own.
    pub fn as_entered(&mut self, name: &str, field: Field, span: Span) -> Result<ExprId> {
        let context = self.context;
        let Some((_, entry)) = context.entry.as_deref() else { return Err(self.unreadable()) };
        let known = self.remembered(name, field, entry, span);
        let var = self.remembered[known].var;
        Ok(self.add(ExprKind::Var(var), span))
    }

    fn entered(&mut self, name: &str, (own, optional): (bool, bool), span: Span, at: Span) -> Result<Reg> {
        let context = self.context;
        let Some((target, entry)) = context.entry.as_deref() else { return Err(self.unreadable()) };
        let taken = field(name, entry.frame).filter(|row| row.is_remembered());
        if let (false, Some(FieldRow { read: Read::Later(op, of), .. })) = (own, taken) {
            let of = self.entered(of, (own, optional), span, at)?;
            return Ok(Shape::Later { op: *op, args: vec![self.shape_of(of, at)?] }.into());
        }
        let member = if taken.is_some() && !own { None } else { self.entry_member(name, entry) };
        let field = match (taken.filter(|_| !own), member) {
            (Some(row), _) => Field::Builtin(row),
            (None, Some(member)) if entry.members[member].form == Form::Value => {
                Field::Member { member, element: None }
            }
            (None, Some(member)) => {
                return Err(Error::new(Code::ClosureField, format!("`{name}` is not remembered"))
                    .label(self.place(at), format!("the kernel declares it as `{}`", entry.members[member].declared))
                    .help(
                        "numbers, addresses and char arrays are; emit others at the entry, in a closure of its own",
                    ));
            }
            (None, None) if optional => return Ok(self.nothing(span)),
            (None, None) => {
                return Err(self.no_field(name, at, (target, entry), "at the entry", FieldRow::is_remembered));
            }
        };
        let known = if taken.is_some() && own { format!("{ARGS}.{name}") } else { name.to_string() };
        Ok(self.as_entered(&known, field, span)?.into())
    }

    /// The time from the entry to here.
    pub fn elapsed(&mut self, span: Span) -> Reg {
        let context = self.context;
        let Some(entry) = context.entry.as_deref() else { return self.nothing(span) };
        let Some(clock) = field(CLOCK, entry.1.frame) else { return self.nothing(span) };
        let known = self.remembered(ELAPSED, Field::Builtin(clock), &entry.1, span);
        let since = match self.remembered[known].since {
            Some(since) => since,
            None => {
                let since = self.variable(ELAPSED, span);
                self.vars[since.0 as usize].ty = Type::Duration;
                *self.remembered[known].since.insert(since)
            }
        };
        self.add(ExprKind::Var(since), span).into()
    }

    /// The place of what is remembered of a field of the entry's.
    fn remembered(&mut self, name: &str, field: Field, entry: &Context, span: Span) -> usize {
        if let Some(known) = self.remembered.iter().position(|known| known.name == name) {
            return known;
        }
        let ty = rule::expression(&ExprKind::Field(field), entry, &mut |_| Type::Nothing, &|_| Type::Nothing);
        let ty = ty.unwrap_or(Type::Nothing);
        let var = self.variable(&format!("entry_{name}"), span);
        self.vars[var.0 as usize].ty = ty;
        let span = self.local(span);
        self.remembered.push(Remembered { name: name.to_string(), field, ty, var, span, since: None });
        self.remembered.len() - 1
    }

    /// Has the return find what its entry has kept, under the name of the program; what is to be run at the entry.
    pub fn remember(&mut self, name: &str) -> Option<Entry> {
        let remembered = std::mem::take(&mut self.remembered);
        let (target, context) = self.context.entry.as_deref().filter(|_| !remembered.is_empty())?.clone();
        let (at, span) = (self.closure.span(), remembered[0].span);
        let slot = |(slot, known): (usize, &Remembered)| (known.name.clone(), Tree::Slot(slot));
        let tree = Tree::Record(remembered.iter().enumerate().map(slot).collect());
        let slots = remembered.iter().map(|known| (known.name.clone(), known.ty, ExprId(0))).collect();
        let kind = MapKind::State(State {
            role: Role::Entry,
            key: None,
            value: Some(Layout::new(0, slots, tree)),
            lru: false,
        });
        self.maps.push(Map { name: name.to_string(), kind, max_entries: 0, at });
        let map = self.maps.len() - 1;
        let found = self.variable("found", span);
        self.vars[found.0 as usize].ty = Type::Bool;
        let into: Vec<VarId> = remembered.iter().map(|known| known.var).collect();
        let cond = self.add(ExprKind::Var(found), span);
        let cond = self.add(ExprKind::Not(cond), span);
        let missed = vec![self.stmt(StmtKind::Missed, span)];
        let declare = into.iter().chain([&found]).map(|var| StmtKind::Declare { var: *var, zero: true });
        let first = declare.chain([
            StmtKind::Get { map, key: None, found, into: into.clone(), take: true },
            StmtKind::If { cond, then: missed, otherwise: Block::new() },
        ]);
        let mut first: Vec<Stmt> = first.map(|kind| Stmt { kind, span }).collect();
        for (known, since) in remembered.iter().filter_map(|known| Some((known, known.since?))) {
            let start = self.add(ExprKind::Var(known.var), span);
            let took = self.add(ExprKind::Call { function: &SINCE, args: vec![start] }, span);
            first.push(Stmt { kind: StmtKind::Let { var: since, value: Value::Pure(took) }, span });
        }
        self.block.splice(0..0, first);
        let exprs =
            remembered.iter().map(|known| Expr { kind: ExprKind::Field(known.field), span: known.span }).collect();
        let leaf = |(number, known): (u32, &Remembered)| (known.name.clone(), Shape::Leaf(ExprId(number)));
        let value = Shape::Record((0..).zip(&remembered).map(leaf).collect());
        Some((target, context, exprs, vec![Stmt { kind: StmtKind::Put { map, key: None, value }, span }]))
    }
}
