//! Lists: their items are known one by one, so that a closure is lowered once for each.

use super::super::compare::Item;
use super::super::frame::{Callee, Params};
use super::super::{Args, Code, Error, Lowering, Reg, Result, Span, Spot};
use super::lazy::Quota;
use crate::ir::{Const, ExprId, ExprKind, Kind, Shape};
use crate::spec::builtin::{Builtin, Op};
use crate::spec::failure;
use crate::spec::operator::EQUAL;

/// What makes one number of two.
type Fold<'f, L> = &'f mut dyn FnMut(&mut L, Shape, Shape) -> Result<Shape>;

impl Lowering<'_> {
    /// Calls the closure that an argument is.
    pub fn call_closure(&mut self, closure: &Reg, values: &[Reg], input: Reg, span: Span) -> Result<Reg> {
        let Reg::Closure(id, captures) = closure else {
            return Err(self.other_kind(closure, span, "a closure is wanted here", "write one: {|x| … }"));
        };
        self.captures.extend(captures.iter().cloned());
        let mut params = match self.parameters(Callee::Block(*id), span)? {
            None => {
                let other = values.first().map(|row| self.keep(row.clone(), "it", span));
                Params { other, ..Params::default() }
            }
            Some(params) => {
                let positional = values.iter().map(|value| (value.clone(), span)).collect();
                self.bind_params(&params, Args { positional, ..Args::default() }, true, span)?
            }
        };
        // A closure sees what is around it.
        params.named.extend(self.frame.params.named.iter().cloned());
        self.inline(Callee::Block(*id), params, input, span)
    }

    /// The closure that is a command's last argument.
    pub fn closure_argument(&self, args: &Args, span: Span) -> Result<Reg> {
        let (value, at) = args.positional.last().map_or((&Reg::Empty, span), |(value, at)| (value, *at));
        let closure = matches!(value, Reg::Closure(..)).then(|| value.clone());
        closure.ok_or_else(|| self.other_kind(value, at, "a closure is wanted here", "write one: {|x| … }"))
    }

    pub fn run_closure(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let Some(((closure, _), rest)) = args.positional.split_first() else { return Err(self.unreadable()) };
        let values: Vec<Reg> = rest.iter().map(|(value, _)| value.clone()).collect();
        self.call_closure(closure, &values, input, span)
    }

    /// The items of a list, or None of anything else.
    pub fn items(&self, input: &Shape) -> Option<Vec<Item>> {
        match input {
            Shape::List(items) => Some(items.iter().map(|item| (None, item.clone())).collect()),
            Shape::Sparse(items) => Some(items.iter().map(|(there, item)| (Some(*there), item.clone())).collect()),
            _ => None,
        }
    }

    /// The item whose number is known at run time only.
    pub fn item_at(&mut self, input: Reg, index: ExprId, optional: bool, span: Span) -> Result<Reg> {
        let items = match self.followed(input, span) {
            Reg::Typed(typed) => return self.element(typed, index, optional, span),
            Reg::Shape(Shape::List(items)) => items,
            other => return Err(self.other_kind(&other, span, "an item's number is of a list", "name the column")),
        };
        let index = self.natural(index, span);
        let item = |(number, item)| {
            let number = self.int(number, span);
            (Some(self.op(&EQUAL, index, number, span)), item)
        };
        let items: Vec<Item> = (0..).zip(items).map(item).collect();
        self.first_of(&items, &mut |this| {
            if !optional {
                this.fail(&failure::BEYOND_END, span);
            }
            Ok(this.nothing(span))
        })
    }

    /// Calls a closure on an item that is there; gives something else where it is not.
    fn on_item(
        &mut self, closure: &Reg, there: Option<ExprId>, values: &[Reg], otherwise: &Reg, span: Span,
    ) -> Result<Reg> {
        let input = values.last().cloned().unwrap_or(Reg::Empty);
        let mut call = |this: &mut Self| this.call_closure(closure, values, input.clone(), span);
        match there {
            None => call(self),
            Some(there) => self.when(there, &mut call, &mut |_| Ok(otherwise.clone())),
        }
    }

    /// `each`, for a command that takes so many items at most.
    pub fn each(&mut self, args: &Args, input: Shape, most: usize, span: Span) -> Result<Reg> {
        self.no_list(&input)?;
        let closure = self.closure_argument(args, span)?;
        let Some(items) = self.items(&input) else {
            // Nushell hands null on as it is, without the closure.
            return self.unless_null(input.into(), span, &mut |this| Ok(this.nothing(span)), &mut |this, value| {
                this.on_item(&closure, None, &[value.into()], &Reg::Empty, span)
            });
        };
        let keep = args.named.iter().any(|(name, ..)| name.starts_with('k'));
        let (mut out, mut quota) = (Vec::new(), Quota::of(most));
        for (there, item) in items {
            let Some(there) = self.if_wanted(&quota, there, span) else { break };
            let result = self.on_item(&closure, there, &[item.into()], &Reg::Empty, span)?;
            if self.ended {
                return Ok(Reg::Empty);
            }
            let shape = self.shape_of(result, span)?;
            let given = if keep { vec![(there, shape)] } else { self.present(there, shape, span) };
            self.taken(&mut quota, &given, span);
            out.extend(given);
        }
        Ok(self.list_of(out, span).into())
    }

    /// `where`, for a command that takes so many items at most.
    pub fn where_rows(&mut self, args: &Args, input: Shape, most: usize, span: Span) -> Result<Reg> {
        let closure = self.closure_argument(args, span)?;
        let Some(items) = self.items(&input) else { return Err(self.mismatch(span, "`where` looks into a list")) };
        let no = self.truth_value(false, span).into();
        let processes = is_processes(&input) && self.constant_of(&input).is_some();
        let (mut out, mut quota) = (Vec::new(), Quota::of(most));
        for (there, item) in items {
            let Some(there) = self.if_wanted(&quota, there, span) else { break };
            let item = self.keep_shape(item, "item", span);
            let holds = self.on_item(&closure, there, &[item.clone().into()], &no, span)?;
            let holds = self.leaf(holds, span)?;
            let none = self.reason(holds).filter(|_| self.known(holds) == Some(false));
            self.branch_side(span, 0, true, none);
            let given = match self.known(holds) {
                Some(true) => (there, item),
                Some(false) => continue,
                None if processes => return Err(self.no_processes(span)),
                None => (Some(self.steady(holds, "fits")), item),
            };
            self.taken(&mut quota, std::slice::from_ref(&given), span);
            out.push(given);
        }
        Ok(self.list_of(out, span).into())
    }

    /// The error for a look into the list of `ps`, which was made before the probe ran.
    fn no_processes(&self, span: Span) -> Error {
        Error::new(Code::ClosureCommand, "the processes are listed once, when the probe is attached")
            .label(self.place(span), "this looks for the process of an event in that list")
            .help(
                "the context describes it: $ctx.comm, $ctx.tgid, $ctx.ppid, $ctx.pcomm; or emit $ctx.tgid, and look it up \
                 behind `ebpf attach -s`: | each {|pid| ps | where pid == $pid }",
            )
    }

    /// `any` and `all`: one item after the other, until one decides.
    pub fn some(&mut self, args: &Args, input: Shape, decides: bool, span: Span) -> Result<Reg> {
        let closure = self.closure_argument(args, span)?;
        let items = self.items(&input).ok_or_else(|| self.mismatch(span, "`any` and `all` look into a list"))?;
        self.some_of(&closure, &items, decides, span)
    }

    fn some_of(&mut self, closure: &Reg, items: &[Item], decides: bool, span: Span) -> Result<Reg> {
        let undecided = self.truth_value(!decides, span).into();
        let Some(((there, item), rest)) = items.split_first() else { return Ok(undecided) };
        let holds = self.on_item(closure, *there, &[item.clone().into()], &undecided, span)?;
        if self.ended {
            return Ok(Reg::Empty);
        }
        let holds = self.leaf(holds, span)?;
        let mut decided = |this: &mut Self| Ok(this.truth_value(decides, span).into());
        let mut others = |this: &mut Self| this.some_of(closure, rest, decides, span);
        match decides {
            true => self.when(holds, &mut decided, &mut others),
            false => self.when(holds, &mut others, &mut decided),
        }
    }

    pub fn reduce(&mut self, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let closure = self.closure_argument(args, span)?;
        let mut items = self.items(&input).ok_or_else(|| self.mismatch(span, "`reduce` goes through a list"))?;
        let fold = args.named.iter().find(|(name, ..)| name.starts_with('f')).and_then(|(_, value, _)| value.clone());
        let mut so_far = match (fold, items.first()) {
            (Some(fold), _) => fold,
            (None, Some((None, _))) => items.remove(0).1.into(),
            _ => {
                let instead = "give it one: reduce --fold 0 { … }";
                return Err(self.syntax(span, "`reduce` needs a first value here", instead));
            }
        };
        for (there, item) in items {
            let values = [item.into(), so_far.clone()];
            so_far = self.on_item(&closure, there, &values, &so_far, span)?;
        }
        Ok(so_far)
    }

    /// `first`, `last`, `take` and `skip`.
    pub fn part(&mut self, row: &Builtin, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let count = match args.positional.first() {
            None => None,
            Some((count, at)) => match self.constant_reg(count) {
                Some(nu_protocol::Value::Int { val, .. }) if val >= 0 => Some(val as usize),
                _ => return Err(self.unknown(count, *at, "how many must be known at attach time", "write it out")),
            },
        };
        let mut items = match input {
            Shape::List(items) => items,
            input @ Shape::Sparse(_) => {
                let mut items = self.items(&input).unwrap_or_default();
                let last = matches!(row.op, Op::Last);
                if last {
                    items.reverse();
                }
                if count.is_none() && matches!(row.op, Op::First | Op::Last) {
                    return self.first_of(&items, &mut |this| Ok(this.nothing(span)));
                }
                let some = count.unwrap_or(1);
                let (from, to) = if matches!(row.op, Op::Skip) { (some, usize::MAX) } else { (0, some) };
                let mut part = self.sparse_part(items, from, to, span);
                if last {
                    part.reverse();
                }
                return Ok(self.list_of(part, span).into());
            }
            _ => return Err(self.takes(row, span)),
        };
        let length = items.len();
        let some = count.unwrap_or(1).min(length);
        let part = match row.op {
            Op::Skip => items.split_off(some),
            Op::Last => items.split_off(length - some),
            _ => {
                items.truncate(some);
                items
            }
        };
        let single = count.is_none() && matches!(row.op, Op::First | Op::Last);
        match (single, part.into_iter()) {
            (true, mut part) => Ok(part.next().map_or_else(|| self.nothing(span), Reg::Shape)),
            (false, part) => Ok(Reg::Shape(Shape::List(part.collect()))),
        }
    }

    /// `append` and `prepend`: of null, nothing.
    pub fn append_items(&mut self, row: &Builtin, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let more = self.argument(args, 0, span)?;
        let mut sides = [input, more].map(|side| self.items(&side).unwrap_or_else(|| self.present(None, side, span)));
        if matches!(row.op, Op::Prepend) {
            sides.reverse();
        }
        Ok(self.list_of(sides.concat(), span).into())
    }

    pub fn length(&mut self, row: &Builtin, input: Shape, span: Span) -> Result<Reg> {
        match input {
            Shape::List(items) => Ok(self.constant(Const::Int(items.len() as i64), span)),
            Shape::Sparse(items) => {
                let there: Vec<ExprId> = items.into_iter().map(|(there, _)| there).collect();
                Ok(self.total(&there, span).into())
            }
            Shape::Leaf(leaf) if self.is_nothing(leaf) => Ok(self.constant(Const::Int(0), span)),
            _ => Err(self.takes(row, span)),
        }
    }

    /// Sums, extremes: one number after the other.
    pub fn fold_numbers(&mut self, row: &Builtin, input: Shape, span: Span, act: Fold<Self>) -> Result<Reg> {
        let Some(items) = self.items(&input) else { return Err(self.takes(row, span)) };
        let mut so_far: Option<Shape> = None;
        let mut any: Vec<ExprId> = Vec::new();
        for (there, item) in items {
            let item = self.keep_shape(item, "item", span);
            any.extend(there);
            so_far = Some(match (so_far, there) {
                (None, there) if matches!(row.op, Op::Sum) => self.summand(row, there, item, span)?,
                (None, _) => item,
                (Some(before), None) => act(self, before, item)?,
                (Some(before), Some(there)) => self.fold_sparse(before, there, item, &any, span, act)?,
            });
        }
        // What `where` has left may be nothing, which Nushell's commands refuse.
        if let (false, Some(any)) = (any.is_empty(), self.any(&any, span))
            && self.items(&input).is_some_and(|items| items.iter().all(|(there, _)| there.is_some()))
        {
            let none = self.negate(any, span);
            self.push_if(none, crate::ir::StmtKind::Fail(&failure::TYPE_MISMATCH), span);
        }
        so_far.map(Reg::Shape).ok_or_else(|| self.takes(row, span))
    }

    /// The first item of a sum, which must be a number also where it is the only one.
    fn summand(&mut self, row: &Builtin, there: Option<ExprId>, item: Shape, span: Span) -> Result<Shape> {
        let mut number = |this: &mut Self| {
            this.cases(item.clone(), &mut |this, value| match &value {
                Shape::Leaf(leaf) if matches!(this.kind(*leaf), Kind::Nothing | Kind::Text | Kind::Bool) => {
                    Err(this.takes(row, span))
                }
                _ if this.is_text(&value) => Err(this.takes(row, span)),
                _ => Ok(value.into()),
            })
        };
        let value = match there {
            None => number(self)?,
            Some(there) => self.when(there, &mut number, &mut |_| Ok(item.clone().into()))?,
        };
        self.shape_of(value, span)
    }

    /// One item more, if it is there; the first that is there begins.
    fn fold_sparse(
        &mut self, before: Shape, there: ExprId, item: Shape, all: &[ExprId], span: Span, act: Fold<Self>,
    ) -> Result<Shape> {
        let earlier = all.split_last().map_or(&[][..], |(_, earlier)| earlier);
        let begun = self.any(earlier, self.local(span));
        let act = std::cell::RefCell::new(act);
        let add = |this: &mut Self| Ok(act.borrow_mut()(this, before.clone(), item.clone())?.into());
        let mut more = |this: &mut Self| match begun {
            None => Ok(item.clone().into()),
            Some(begun) => this.when(begun, &mut |this| add(this), &mut |_| Ok(item.clone().into())),
        };
        let result = self.when(there, &mut more, &mut |_| Ok(before.clone().into()))?;
        self.shape_of(result, span)
    }

    /// How many conditions hold.
    fn total(&mut self, conditions: &[ExprId], span: impl Spot) -> ExprId {
        let mut total = self.int(0, span);
        let op = &crate::spec::operator::ADD;
        for (index, cond) in conditions.iter().enumerate() {
            let one = self.add(ExprKind::Call { function: &crate::spec::function::AS_INT, args: vec![*cond] }, span);
            total = if index == 0 { one } else { self.op(op, total, one, span) };
        }
        total
    }
}

/// Returns whether a list is the table of `ps`.
fn is_processes(list: &Shape) -> bool {
    let Shape::List(items) = list else { return false };
    let has = |fields: &[(String, Shape)], name: &str| fields.iter().any(|(known, _)| known == name);
    matches!(items.first(), Some(Shape::Record(fields)) if ["pid", "ppid", "status"].iter().all(|name| has(fields, name)))
}
