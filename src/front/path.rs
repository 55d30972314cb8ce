//! Cell paths into records and lists: looked up, and written to.

use super::compare::Item;
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer;
use crate::ir::{Const, ExprKind, Kind, Shape};
use crate::spec::builtin::Write;
use crate::spec::failure::{BEYOND_END, MISSING_COLUMN};
use nu_protocol::ast::{CellPath, PathMember};
use nu_protocol::casing::Casing;
use nu_protocol::{RegId, Value, VarId};

impl Lowering<'_> {
    pub fn follow(&mut self, src_dst: RegId, path: RegId, span: Span) -> Result<()> {
        let path = self.path(path, span)?;
        let value = self.take(src_dst)?;
        let value = self.at_path(value, &path, span)?;
        self.set(src_dst, value)
    }

    pub fn at_path(&mut self, value: Reg, path: &CellPath, span: Span) -> Result<Reg> {
        self.at_members(value, &path.members, span)
    }

    /// Follows a path. Where an optional member is missing, the whole rest is null, as in Nushell.
    fn at_members(&mut self, value: Reg, path: &[PathMember], span: Span) -> Result<Reg> {
        let Some((member, rest)) = path.split_first() else { return Ok(value) };
        if rest.is_empty() || !member_optional(member) {
            let value = self.member(value, member, span)?;
            return self.at_members(value, rest, span);
        }
        let (shape, member) = match (self.followed(value, span), member) {
            (Reg::Shape(list @ Shape::Sparse(_)), PathMember::Int { val, .. }) => {
                (self.row_or_none(&list, *val, span)?, PathMember::int(0, true, span))
            }
            (Reg::Shape(shape), member) => (shape, member.clone()),
            (value, member) => {
                let found = self.member(value, member, span)?;
                let missing = matches!(&found, Reg::Shape(Shape::Leaf(leaf)) if self.is_nothing(*leaf));
                return if missing { Ok(found) } else { self.at_members(found, rest, span) };
            }
        };
        self.cases(shape, &mut |this, shape| {
            if this.is_missing(&shape, &member) {
                return Ok(this.nothing(span));
            }
            let value = this.member(shape.into(), &member, span)?;
            this.at_members(value, rest, span)
        })
    }

    /// Returns whether a value has no such member at all.
    fn is_missing(&self, shape: &Shape, member: &PathMember) -> bool {
        match (shape, member) {
            (Shape::Record(fields), PathMember::String { val, .. }) => fields.iter().all(|(name, _)| name != val),
            (Shape::List(items), PathMember::Int { val, .. }) => *val >= items.len(),
            (Shape::Leaf(leaf), _) => self.is_nothing(*leaf),
            _ => false,
        }
    }

    /// A list of only that row of another list, or of none.
    fn row_or_none(&mut self, list: &Shape, row: usize, span: Span) -> Result<Shape> {
        let items = self.items(list).unwrap_or_default();
        let items = self.sparse_part(items, row, row.saturating_add(1), span);
        let items: Vec<Item> = items.into_iter().map(|(there, item)| (there, Shape::List(vec![item]))).collect();
        let row = self.first_of(&items, &mut |_| Ok(Shape::List(Vec::new()).into()))?;
        self.shape_of(row, span)
    }

    /// A register as a cell path: itself, a name or a number.
    pub fn cell_path(&self, value: Reg, span: Span) -> Result<CellPath> {
        if let Reg::CellPath(path) = value {
            return Ok(path);
        }
        let member = match self.constant_reg(&value) {
            Some(Value::String { val, .. }) => PathMember::string(val, false, Casing::Sensitive, span),
            Some(Value::Int { val, .. }) => PathMember::int(val.max(0) as usize, false, span),
            _ => {
                let what = "which column is meant must be known at attach time";
                return Err(self.unknown(&value, span, what, "write the column's name or the row's number out"));
            }
        };
        Ok(CellPath { members: vec![member] })
    }

    fn path(&mut self, path: RegId, span: Span) -> Result<CellPath> {
        let path = self.take(path)?;
        self.cell_path(path, span)
    }

    /// One step of a path.
    pub fn member(&mut self, value: Reg, member: &PathMember, span: Span) -> Result<Reg> {
        let at = self.member_place(member, span);
        if let (false, PathMember::String { val, .. }) = (matches!(value, Reg::Shape(_)), member)
            && val.contains("->")
        {
            return Err(self.arrow(span, at));
        }
        match (self.followed(value, span), member) {
            (Reg::Ctx, PathMember::String { val, optional, .. }) => self.context_field(val, *optional, span, at),
            (Reg::Args, PathMember::String { val, optional, .. }) => self.own_field(val, *optional, span, at),
            (Reg::Entry, PathMember::String { val, optional, .. }) => self.entry_field(val, *optional, span, at),
            (Reg::EntryArgs, PathMember::String { val, optional, .. }) => self.entry_own(val, *optional, span, at),
            (Reg::Typed(typed), member) => self.typed_member(typed, member, (span, at)),
            (Reg::Shape(shape @ Shape::Either { .. }), member) => {
                self.cases(shape, &mut |this, shape| this.member(Reg::Shape(shape), member, span))
            }
            (Reg::Shape(Shape::Record(fields)), PathMember::String { val, optional, .. }) => {
                match fields.iter().find(|(name, _)| name == val) {
                    Some((_, shape)) => Ok(shape.clone().into()),
                    None if *optional => Ok(self.nothing(span)),
                    None => {
                        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
                        let list = || format!("it has {}", names.join(", "));
                        let all = if names.is_empty() { "it has none".into() } else { list() };
                        Err(Error::new(self.absent(), format!("this record has no `{val}`"))
                            .fails(&MISSING_COLUMN)
                            .label(self.place(at), "not a field of the record")
                            .help(offer(val, names, all)))
                    }
                }
            }
            (Reg::Shape(Shape::List(items)), PathMember::Int { val, optional, .. }) => match items.get(*val) {
                Some(shape) => Ok(shape.clone().into()),
                None if *optional => Ok(self.nothing(span)),
                None => Err(Error::new(self.absent(), format!("this list has no item {val}"))
                    .fails(&BEYOND_END)
                    .label(self.place(at), format!("the list has {} item(s), numbered from 0", items.len()))
                    .help("append `?` to get null instead")),
            },
            (Reg::Shape(list @ Shape::Sparse(_)), PathMember::Int { val, optional, .. }) => {
                let items = self.items(&list).unwrap_or_default();
                let items = self.sparse_part(items, *val, val.saturating_add(1), span);
                self.first_of(&items, &mut |this| {
                    if !optional {
                        this.fail(&BEYOND_END, span);
                    }
                    Ok(this.nothing(span))
                })
            }
            // A column of a table.
            (Reg::Shape(list @ (Shape::List(_) | Shape::Sparse(_))), PathMember::String { .. }) => {
                self.mapped(list, span, &mut |this, item| this.member(item.into(), member, span))
            }
            (Reg::Shape(Shape::Leaf(leaf)), member) if member_optional(member) && self.is_nothing(leaf) => {
                Ok(self.nothing(span))
            }
            (value, _) => Err(self.no_fields(&value, at)),
        }
    }

    /// The error for C's `->`, which is a `.` here.
    fn arrow(&self, span: Span, at: Span) -> Error {
        Error::new(Code::ClosureField, "the members of a path are separated by `.`, also behind an address")
            .label(self.place(at), "this is one name to Nushell")
            .help(format!("write {}", self.words(span).trim().replace("->", ".")))
    }

    fn no_fields(&self, value: &Reg, at: Span) -> Error {
        if let Reg::Shape(shape) = value
            && let Err(error) = self.no_stack(shape, at)
        {
            return error;
        }
        Error::new(self.absent(), format!("{} has no fields", value.describe()))
            .label(self.place(at), "there is nothing to look up here")
            .help(match value {
                Reg::Empty => "a closure gets its context as a parameter: {|ctx| $ctx.pid | emit }",
                Reg::Foreign(_) => "the kernel keeps no message of it: emit in each `catch` what you know there",
                Reg::Shape(Shape::Leaf(leaf)) if self.kind(*leaf) == Kind::Address => self.unseen(*leaf),
                _ => "only the context, records and lists have fields",
            })
    }

    /// The code of a column that is not there: of one alternative of several, that is for run time.
    fn absent(&self) -> Code {
        if self.alternatives > 0 { Code::ClosureType } else { Code::ClosureField }
    }

    pub fn is_nothing(&self, leaf: crate::ir::ExprId) -> bool {
        matches!(self.expr(leaf).kind, ExprKind::Const(Const::Nothing))
    }

    /// Where a path's member stands in the closure's text. Members have spans, but lose them on the way to a plugin.
    fn member_place(&self, member: &PathMember, span: Span) -> Span {
        let name = member_name(member);
        let words = self.closure.words(span);
        let found = words.rmatch_indices(&name).find(|(at, _)| words[..*at].ends_with(['.', '"', '\'', '`']));
        found.map_or(span, |(at, _)| {
            let start = self.closure.span().start + self.closure.local(span).start + at;
            Span::new(start, start + name.len())
        })
    }

    pub fn upsert(&mut self, src_dst: RegId, path: RegId, new: RegId, span: Span) -> Result<()> {
        let path = self.path(path, span)?;
        let new = self.shape(new, span)?;
        let old = self.shape(src_dst, span)?;
        let value = self.written_at(old, &path.members, new, Write::Upsert, span)?;
        self.set(src_dst, Reg::Shape(value))
    }

    /// `$r.count += 1`
    pub fn update_variable(&mut self, var: VarId, path: RegId, new: RegId, span: Span) -> Result<()> {
        let path = self.path(path, span)?;
        let new = self.shape(new, span)?;
        let Some(old) = self.mutables.get(&var).cloned() else { return Err(self.unreadable()) };
        let value = self.written_at(old, &path.members, new, Write::Upsert, span)?;
        self.assign(var, &value, span)
    }

    /// A value with something else at a path.
    pub fn written_at(
        &mut self, old: Shape, path: &[PathMember], new: Shape, write: Write, span: Span,
    ) -> Result<Shape> {
        let Some((member, rest)) = path.split_first() else { return Ok(new) };
        let at = self.member_place(member, span);
        let label = |this: &Self, what: &str, help: &str| {
            Err(Error::new(Code::ClosureField, what).label(this.place(at), "written to here").help(help))
        };
        match (old, member) {
            (Shape::Record(mut fields), PathMember::String { val, .. }) => {
                match fields.iter().position(|(name, _)| name == val) {
                    Some(_) if write == Write::Insert && rest.is_empty() => {
                        label(self, &format!("the column `{val}` is there already"), "use `update` or `upsert`")
                    }
                    Some(index) => {
                        let old = fields[index].1.clone();
                        fields[index].1 = self.written_at(old, rest, new, write, span)?;
                        Ok(Shape::Record(fields))
                    }
                    None if write == Write::Update && member_optional(member) => Ok(Shape::Record(fields)),
                    None if write == Write::Update => {
                        label(self, &format!("this record has no `{val}` to update"), "use `insert` or `upsert`")
                    }
                    None => {
                        let value = self.written_at(Shape::Record(Vec::new()), rest, new, write, span)?;
                        fields.push((val.clone(), value));
                        Ok(Shape::Record(fields))
                    }
                }
            }
            (Shape::List(mut items), PathMember::Int { val, .. }) if *val < items.len() => {
                if write == Write::Insert && rest.is_empty() {
                    items.insert(*val, new);
                } else {
                    items[*val] = self.written_at(items[*val].clone(), rest, new, write, span)?;
                }
                Ok(Shape::List(items))
            }
            (Shape::List(mut items), PathMember::Int { val, .. })
                if *val == items.len() && rest.is_empty() && write != Write::Update =>
            {
                items.push(new);
                Ok(Shape::List(items))
            }
            (Shape::List(items), PathMember::Int { optional: true, .. }) if write == Write::Update => {
                Ok(Shape::List(items))
            }
            (Shape::List(items), PathMember::String { .. }) => {
                let each = items.into_iter().map(|item| self.written_at(item, path, new.clone(), write, span));
                Ok(Shape::List(each.collect::<Result<_>>()?))
            }
            _ => label(self, "there is no such place to write to", "only records and lists can be written to"),
        }
    }

    pub fn record_insert(&mut self, dst: RegId, key: RegId, val: RegId, span: Span) -> Result<()> {
        let key = self.take(key)?;
        let name = match key {
            Reg::Shape(Shape::Leaf(expr)) => self.constant_text(expr),
            _ => None,
        };
        let value = self.shape(val, span)?;
        let (Some(name), Reg::Shape(Shape::Record(mut fields))) = (name, self.take(dst)?) else {
            return Err(self.unknown(&key, span, "a column's name must be known at attach time", "write the name out"));
        };
        if fields.iter().any(|(known, _)| *known == name) {
            return Err(self.syntax(span, &format!("the column `{name}` stands twice in this record"), "name it once"));
        }
        fields.push((name, value));
        self.set(dst, Reg::Shape(Shape::Record(fields)))
    }

    /// `{...$r}`
    pub fn record_spread(&mut self, dst: RegId, items: RegId, span: Span) -> Result<()> {
        let more = self.shape(items, span)?;
        let Reg::Shape(old) = self.take(dst)? else { return Err(self.unreadable()) };
        let value = self.cases(more, &mut |this, more| match (&old, &more) {
            (Shape::Record(known), Shape::Record(fields))
                if fields.iter().any(|(name, _)| known.iter().any(|(known, _)| known == name)) =>
            {
                Err(this.mismatch(span, "a column stands twice in this record"))
            }
            _ => this.merged(old.clone(), more, span),
        })?;
        self.set(dst, value)
    }

    /// One record with the columns of another over it.
    pub fn merged(&mut self, old: Shape, more: Shape, span: Span) -> Result<Reg> {
        match (old, more) {
            (old, Shape::Leaf(leaf)) if self.is_nothing(leaf) => Ok(Reg::Shape(old)),
            (Shape::Record(mut fields), Shape::Record(more)) => {
                more.into_iter().for_each(|(name, value)| set_column(&mut fields, name, value));
                Ok(Shape::Record(fields).into())
            }
            _ => Err(self.mismatch(span, "a record is wanted here")),
        }
    }

    pub fn list_push(&mut self, dst: RegId, item: RegId, span: Span) -> Result<()> {
        let value = self.shape(item, span)?;
        self.push_items(dst, vec![(None, value)], span)
    }

    pub fn list_spread(&mut self, dst: RegId, items: RegId, span: Span) -> Result<()> {
        let more = self.shape(items, span)?;
        match (self.items(&more), more) {
            (Some(items), _) => self.push_items(dst, items, span),
            (None, Shape::Leaf(leaf)) if self.is_nothing(leaf) => Ok(()),
            _ => Err(self.mismatch(span, "a list is wanted here")),
        }
    }

    fn push_items(&mut self, dst: RegId, more: Vec<Item>, span: Span) -> Result<()> {
        // The list stands where it begins.
        let begun = self.origin(dst);
        let list = self.shape(dst, span)?;
        let items = self.items(&list).ok_or_else(|| self.unreadable())?;
        let list = self.list_of([items, more].concat(), span);
        self.now = begun;
        self.set(dst, Reg::Shape(list))
    }
}

/// Gives a record's column a value; a new one stands last.
pub fn set_column(fields: &mut Vec<(String, Shape)>, name: String, value: Shape) {
    match fields.iter_mut().find(|(known, _)| *known == name) {
        Some(field) => field.1 = value,
        None => fields.push((name, value)),
    }
}

/// A path's member as a column's name.
pub fn member_name(member: &PathMember) -> String {
    match member {
        PathMember::String { val, .. } => val.clone(),
        PathMember::Int { val, .. } => val.to_string(),
    }
}

fn member_optional(member: &PathMember) -> bool {
    let (PathMember::String { optional, .. } | PathMember::Int { optional, .. }) = member;
    *optional
}
