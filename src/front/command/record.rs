//! Records: their columns are known, so that choosing and changing them costs nothing in the kernel.

use super::super::path::{member_name, set_column};
use super::super::{Args, Lowering, Reg, Result, Span};
use crate::ir::{Const, ExprId, ExprKind, Kind, Later, Shape, Space, StmtKind, Text, Type};
use crate::spec::builtin::{Builtin, Op, Write};
use crate::spec::function::{LENGTH, NO_FRAMES, NO_USER_FRAMES};
use nu_protocol::ast::{CellPath, PathMember};
use std::cmp::Reverse;

impl Lowering<'_> {
    /// The cell paths that a command's arguments are; `--optional` makes them so.
    fn paths(&mut self, args: &Args, span: Span) -> Result<Vec<CellPath>> {
        let optional = is_optional(args);
        let mut paths = Vec::new();
        for (value, _) in &args.positional {
            let values = match value {
                Reg::Shape(Shape::List(items)) => items.iter().cloned().map(Reg::Shape).collect(),
                other => vec![other.clone()],
            };
            for value in values {
                let mut path = self.cell_path(value, span)?;
                if optional {
                    path.make_optional();
                }
                paths.push(path);
            }
        }
        Ok(paths)
    }

    pub fn get(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        if let [(Reg::Shape(Shape::Leaf(index)), _)] = args.positional.as_slice()
            && self.kind(*index) == Kind::Int
            && !self.is_constant(*index)
        {
            return self.item_at(input, *index, is_optional(args), span);
        }
        let (mut found, paths) = (Vec::new(), self.paths(args, span)?);
        for path in &paths {
            let value = self.at_path(input.clone(), path, span)?;
            // What the kernel knows the type of can be followed further.
            if let (Reg::Typed(_), [_]) = (&value, paths.as_slice()) {
                return Ok(value);
            }
            found.push(self.shape_of(value, span)?);
        }
        match found.len() {
            1 => Ok(found.remove(0).into()),
            _ => Ok(Shape::List(found).into()),
        }
    }

    pub fn select(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let paths = self.paths(args, span)?;
        let rows: Vec<usize> = paths.iter().filter_map(row_number).collect();
        match input {
            Reg::Shape(Shape::List(items)) if rows.len() == paths.len() => {
                let chosen = items.into_iter().enumerate().filter(|(index, _)| rows.contains(index));
                Ok(Shape::List(chosen.map(|(_, item)| item).collect()).into())
            }
            Reg::Shape(list @ (Shape::List(_) | Shape::Sparse(_))) => {
                self.mapped(list, span, &mut |this, item| this.select(args, item.into(), span))
            }
            input => {
                let mut fields = Vec::new();
                for path in paths {
                    let value = self.at_path(input.clone(), &path, span)?;
                    fields.push((column(&path), self.shape_of(value, span)?));
                }
                Ok(Shape::Record(fields).into())
            }
        }
    }

    /// What takes parts of a whole, and does not read the others; None where all of it is read.
    pub fn of_whole(&mut self, row: &Builtin, args: &Args, input: &Reg, span: Span) -> Result<Option<Reg>> {
        match row.op {
            Op::Get => self.get(args, input.clone(), span).map(Some),
            Op::Select => self.select(args, input.clone(), span).map(Some),
            Op::Reject => {
                let Some(names) = self.part_names(input, span)? else { return Ok(None) };
                let paths = self.paths(args, span)?;
                for path in &paths {
                    // What is not there is an error, unless it is optional.
                    if !matches!(path.members.as_slice(), [one] if names.contains(&member_name(one))) {
                        self.at_path(input.clone(), path, span)?;
                    }
                }
                let skipped = paths.iter().map(column).collect();
                Ok(self.all_but(input, &skipped, span)?.map(Reg::Shape))
            }
            Op::Columns => {
                let Some(names) = self.part_names(input, span)? else { return Ok(None) };
                let name = |name| Shape::Leaf(self.add(ExprKind::Const(Const::String(name)), span));
                Ok(Some(Shape::List(names.into_iter().map(name).collect()).into()))
            }
            _ => Ok(None),
        }
    }

    pub fn reject(&mut self, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        // Nushell takes columns away first, then rows from the last on, so that numbers stay what they are; each once.
        let mut paths = self.paths(args, span)?;
        paths.sort_by_key(|path| (row_number(path).map(Reverse), column(path)));
        paths.dedup_by(|path, last| path == last || row_number(path).is_some_and(|row| row_number(last) == Some(row)));
        let mut input = Reg::Shape(input);
        for path in paths {
            let shape = self.shape_of(input, span)?;
            input = self.without(shape, &path, span)?;
        }
        Ok(input)
    }

    fn without(&mut self, input: Shape, path: &CellPath, span: Span) -> Result<Reg> {
        let [member] = path.members.as_slice() else {
            return Err(self.syntax(span, "`reject` takes one column at a time here", "name columns, not paths"));
        };
        match (input, member) {
            (Shape::Record(mut fields), PathMember::String { val, optional, .. }) => {
                if !optional {
                    self.member(Shape::Record(fields.clone()).into(), member, span)?;
                }
                fields.retain(|(name, _)| name != val);
                Ok(Shape::Record(fields).into())
            }
            (Shape::List(mut items), PathMember::Int { val, .. }) if *val < items.len() => {
                items.remove(*val);
                Ok(Shape::List(items).into())
            }
            (Shape::Sparse(_), PathMember::Int { .. }) => {
                let what = "which row this is among those that are left is known at run time only";
                Err(self.syntax(span, what, "reject it before, or after the probe, in the pipeline"))
            }
            (list @ (Shape::List(_) | Shape::Sparse(_)), PathMember::String { .. }) => {
                self.mapped(list, span, &mut |this, item| this.without(item, path, span))
            }
            _ => Err(self.mismatch(span, "`reject` takes columns away from a record")),
        }
    }

    pub fn columns(&mut self, row: &Builtin, input: Shape, span: Span) -> Result<Reg> {
        let Shape::Record(fields) = input else { return Err(self.takes(row, span)) };
        let items = fields.into_iter().map(|(name, value)| match row.op {
            Op::Values => value,
            _ => Shape::Leaf(self.add(ExprKind::Const(Const::String(name)), span)),
        });
        Ok(Reg::Shape(Shape::List(items.collect())))
    }

    /// `insert`, `update`, `upsert`: a value, or what a closure makes of the record.
    pub fn write(&mut self, write: Write, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let [(path, _), (new, _)] = args.positional.as_slice() else { return Err(self.unreadable()) };
        let path = self.cell_path(path.clone(), span)?;
        if let (Shape::List(_) | Shape::Sparse(_), Some(PathMember::String { .. })) = (&input, path.members.first()) {
            return self.mapped(input, span, &mut |this, item| this.write(write, args, item, span));
        }
        let (new, input) = match new {
            closure @ Reg::Closure(..) => {
                let input = self.keep_shape(input, "row", span);
                (self.written_by(closure, write, &path, &input, span)?, input)
            }
            value => (value.clone(), input),
        };
        let new = self.shape_of(new, span)?;
        Ok(Reg::Shape(self.written_at(input, &path.members, new, write, span)?))
    }

    /// What a closure writes: it gets the record and what is at the path; of a row by its number, twice the latter.
    fn written_by(&mut self, closure: &Reg, write: Write, path: &CellPath, input: &Shape, span: Span) -> Result<Reg> {
        let is_row = matches!(path.members.first(), Some(PathMember::Int { .. }));
        let mut from = path.clone();
        match write {
            Write::Insert if !is_row => from.members.clear(),
            Write::Insert | Write::Upsert => from.make_optional(),
            Write::Update => {}
        }
        let old = self.at_path(input.clone().into(), &from, span)?;
        if !is_row {
            return self.call_closure(closure, &[Reg::Shape(input.clone())], old, span);
        }
        let old = self.shape_of(old, span)?;
        let old = Reg::Shape(self.keep_shape(old, "row", span));
        self.call_closure(closure, std::slice::from_ref(&old), old.clone(), span)
    }

    /// `default`: another value where there is none, in the input or in its columns.
    pub fn default(&mut self, args: &Args, input: Shape, span: Span) -> Result<Reg> {
        let Some(((value, _), columns)) = args.positional.split_first() else { return Err(self.unreadable()) };
        if columns.is_empty() {
            return self.or_else(input, value, span);
        }
        let mut fields = match input {
            Shape::Record(fields) => fields,
            list @ (Shape::List(_) | Shape::Sparse(_)) => {
                return self.mapped(list, span, &mut |this, item| this.default(args, item, span));
            }
            _ => return Err(self.mismatch(span, "a record is wanted here, as columns are named")),
        };
        for (column, _) in columns {
            let path = self.cell_path(column.clone(), span)?;
            let name = self::column(&path);
            let old = fields.iter().find(|(known, _)| *known == name).map(|(_, shape)| shape.clone());
            let old = old.unwrap_or_else(|| Shape::Leaf(self.add(ExprKind::Const(Const::Nothing), span)));
            let new = self.cases(old, &mut |this, old| this.or_else(old, value, span))?;
            let new = self.shape_of(new, span)?;
            set_column(&mut fields, name, new);
        }
        Ok(Reg::Shape(Shape::Record(fields)))
    }

    fn or_else(&mut self, input: Shape, value: &Reg, span: Span) -> Result<Reg> {
        let mut other = |this: &mut Self| match value {
            closure @ Reg::Closure(..) => this.call_closure(closure, &[], Reg::Empty, span),
            value => Ok(value.clone()),
        };
        match input {
            Shape::Leaf(leaf) if self.is_nothing(leaf) => other(self),
            Shape::Leaf(leaf) if self.may_be_null(leaf) => {
                if let Reg::Shape(Shape::Leaf(other)) = value
                    && self.constant_text(*other).is_some()
                {
                    return Ok(self.text_or(leaf, *other, span).into());
                }
                let leaf = self.standing(leaf);
                let null = self.add(ExprKind::IsNull(leaf), span);
                let text = self.some_text(leaf);
                let text = self.add(ExprKind::Var(text), span);
                self.when(null, &mut other, &mut |_| Ok(text.into()))
            }
            input => Ok(Reg::Shape(input)),
        }
    }

    /// A string of its own, which is a constant where it would be null.
    pub fn text_or(&mut self, text: ExprId, other: ExprId, local: Span) -> ExprId {
        let text = self.bind(text, "text", local);
        let ExprKind::Var(var) = self.expr(text).kind else { return text };
        let cond = self.add(ExprKind::IsNull(text), local);
        let value = self.value(other);
        self.push_if(cond, StmtKind::Assign { var, value }, local);
        self.set_type(var, other);
        self.nullable.remove(&var);
        text
    }

    /// Returns whether a value is empty: a list, record or string of nothing, or null.
    pub fn empty(&mut self, input: Shape, yes: bool, span: Span) -> Result<Reg> {
        let mut known = |empty: bool| Ok(self.truth_value(empty == yes, span).into());
        let empty = match input {
            Shape::List(items) => return known(items.is_empty()),
            Shape::Record(fields) => return known(fields.is_empty()),
            Shape::Sparse(items) => {
                let there: Vec<_> = items.into_iter().map(|(there, _)| there).collect();
                let Some(any) = self.any(&there, span) else { return Ok(self.truth_value(yes, span).into()) };
                self.negate(any, span)
            }
            Shape::Leaf(leaf) if self.is_nothing(leaf) => return Ok(self.truth_value(yes, span).into()),
            Shape::Leaf(leaf) if self.kind(leaf) == Kind::Stack => {
                let stack = self.steady(leaf, "stack");
                let user = self.ty(leaf) == Type::Stack(Space::User);
                let function = if user { &NO_USER_FRAMES } else { &NO_FRAMES };
                self.add(ExprKind::Call { function, args: vec![stack] }, span)
            }
            Shape::Later { op: Later::Binary(0), mut args } if args.len() == 1 => {
                return self.empty(args.remove(0), yes, span);
            }
            Shape::Leaf(leaf) if matches!(self.ty(leaf), Type::Text(Text::Raw(_))) => {
                return Err(self.unread(leaf, span));
            }
            // Neither a name nor a number is.
            Shape::Later { op, .. } if op.is_number() => return Ok(self.truth_value(!yes, span).into()),
            input if self.is_text(&input) => {
                let leaf = self.leaf(input, span)?;
                let leaf = self.counted(leaf);
                // Null counts as empty, and its length is below zero.
                let length = self.add(ExprKind::Call { function: &LENGTH, args: vec![leaf] }, span);
                let one = self.int(1, span);
                self.op(&crate::spec::operator::LESS, length, one, span)
            }
            _ => return Ok(self.truth_value(!yes, span).into()),
        };
        let answer = if yes { empty } else { self.negate(empty, span) };
        Ok(answer.into())
    }
}

/// Returns whether what is not there is null.
fn is_optional(args: &Args) -> bool {
    args.named.iter().any(|(name, ..)| name.starts_with('o'))
}

/// The column that a chosen path becomes.
fn column(path: &CellPath) -> String {
    path.members.iter().map(member_name).collect::<Vec<_>>().join(".")
}

fn row_number(path: &CellPath) -> Option<usize> {
    let [PathMember::Int { val, .. }] = path.members.as_slice() else { return None };
    Some(*val)
}
