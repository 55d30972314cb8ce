//! State that outlives an event: `map-put` and its like. What a map keeps is learnt from all that is put there
//! and looked up, in this closure and the probe's others; so closures are lowered anew until nothing new is learnt.

use super::aggregate::MAX_ENTRIES;
use super::argument::{Args, flag};
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::error::offer_of;
use crate::ir::{
    Const, ExprKind, Kind, Later, Layout, Map, MapKind, Names, Place, Role, Shape, State, StmtKind, Text, Tree, Type,
    VarId,
};
use crate::spec::command::{LRU, MAX_ENTRIES as ENTRIES};
use crate::spec::event::Counter;

/// What a value is taken for that is looked up where nothing was put as yet: that may come later in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    Nothing,
    Int,
}

impl Lowering<'_> {
    pub fn map_put(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let value = self.shape_of(input, span)?;
        let (key, at) = args.positional.get(1).cloned().ok_or_else(|| self.unreadable())?;
        self.unless_null(key, at, &mut |_| Ok(Reg::Empty), &mut |this, key| {
            let (map, key) = this.named(args, key, at, span)?;
            this.told(map, args)?;
            let mut delete = |this: &mut Self| {
                this.push(StmtKind::Delete { map, key: key.clone() }, span);
                Ok(Reg::Empty)
            };
            this.unless_null(value.clone().into(), span, &mut delete, &mut |this, value| {
                this.put(map, Some(key.clone()), value, span)?;
                Ok(Reg::Empty)
            })
        })
    }

    pub fn map_get(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        self.unless_null(input, span, &mut |this| Ok(this.nothing(span)), &mut |this, key| {
            let (map, key) = this.named(args, key, span, span)?;
            Ok(this.kept(map, Some(key), false, span))
        })
    }

    pub fn map_contains(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        self.unless_null(input, span, &mut |this| Ok(this.truth_value(false, span).into()), &mut |this, key| {
            let (map, key) = this.named(args, key, span, span)?;
            let found = this.declared("found", Type::Bool, span);
            this.push(StmtKind::Get { map, key: Some(key), found, into: Vec::new(), take: false }, span);
            Ok(this.add(ExprKind::Var(found), span).into())
        })
    }

    pub fn map_delete(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        self.unless_null(input, span, &mut |_| Ok(Reg::Empty), &mut |this, key| {
            let (map, key) = this.named(args, key, span, span)?;
            this.push(StmtKind::Delete { map, key }, span);
            Ok(Reg::Empty)
        })
    }

    /// Does something with each of a value's alternatives, and something else where it is null: that of a string that
    /// could not be read is known at run time only. Null is no key of any map, and to put it is to delete.
    pub fn unless_null(
        &mut self, value: Reg, span: Span, null: &mut dyn FnMut(&mut Self) -> Result<Reg>,
        act: &mut dyn FnMut(&mut Self, Shape) -> Result<Reg>,
    ) -> Result<Reg> {
        let value = self.shape_of(value, span)?;
        self.cases(value, &mut |this, value| match value {
            Shape::Leaf(leaf) if this.kind(leaf) == Kind::Nothing => null(this),
            Shape::Leaf(leaf) if this.may_be_null(leaf) => {
                let text = this.standing(leaf);
                let cond = this.add(ExprKind::IsNull(text), span);
                this.when(cond, null, &mut |this| act(this, Shape::Leaf(text)))
            }
            value => act(this, value),
        })
    }

    /// The map that a call names, and its key. `at`: where the key stands.
    fn named(&mut self, args: &Args, key: Shape, at: Span, span: Span) -> Result<(usize, Shape)> {
        let (name, place) = args.positional.first().cloned().ok_or_else(|| self.unreadable())?;
        let name =
            self.map_name(self.constant_reg(&name), place, "a map's name", "$ctx.pid | map-put seen $ctx.tid")?;
        let (map, key) = self.keyed(Role::Named, name, Some((key, at)), span)?;
        Ok((map, key.ok_or_else(|| self.unreadable())?))
    }

    /// The map of that name, which is to have such a key, standing there.
    pub fn keyed(
        &mut self, role: Role, name: String, key: Option<(Shape, Span)>, span: Span,
    ) -> Result<(usize, Option<Shape>)> {
        let (key, layout) = match key {
            Some((key, at)) => {
                let key = self.in_kernel(key, at)?;
                let layout = self.layout(&key, true, at)?;
                (Some(key), Some(layout))
            }
            None => (None, None),
        };
        let is_it = |map: &Map| map.name == name && map.state().is_some_and(|state| state.role == role);
        let Some(map) = self.maps.iter().position(is_it) else {
            let max_entries = if key.is_some() { self.options.max_entries.unwrap_or(MAX_ENTRIES as u32) } else { 0 };
            let state = State { role, key: layout, value: None, lru: false };
            let mut map = Map { name, kind: MapKind::State(state), max_entries, at: self.place(span) };
            let key = self.seeded(&mut map, key);
            self.maps.push(map);
            return Ok((self.maps.len() - 1, key));
        };
        let known = self.maps[map].state().and_then(|state| state.key.clone());
        match (&known, layout) {
            (None, None) => Ok((map, None)),
            (Some(known), Some(layout)) => {
                let Some(joined) = known.join(&layout) else {
                    return Err(self.differs("keys", map, known, &layout, span));
                };
                let key = key.map(|key| self.fitted(key, &joined));
                self.set_layout(map, true, joined);
                Ok((map, key))
            }
            (known, _) => {
                let (this, other) = if known.is_some() { ("no key", "a key") } else { ("a key", "no key") };
                Err(Error::new(Code::ClosureType, format!("the timer `{name}` has a key in one place only"))
                    .label(self.place(span), format!("{this} here"))
                    .label(self.maps[map].at, format!("{other} here"))
                    .help("start and stop it by the same key, or give one another name: --as NAME"))
            }
        }
    }

    /// The map of another probe's that is to be this one.
    pub fn pinned(&self, map: &Map) -> Option<&Map> {
        self.options.pinned.iter().find(|pinned| pinned.symbol() == map.symbol())
    }

    /// A map that another probe has pinned keeps what it keeps there. Where the two differ, it is told when all is known.
    fn seeded(&mut self, map: &mut Map, key: Option<Shape>) -> Option<Shape> {
        let Some(pinned) = self.pinned(map).cloned() else { return key };
        let (MapKind::State(own), Some(first)) = (&mut map.kind, pinned.state()) else { return key };
        if self.options.max_entries.is_none() {
            map.max_entries = pinned.max_entries;
        }
        (own.value, own.lru) = (first.value.clone(), first.lru);
        let Some(joined) = own.key.as_ref().and_then(|own| first.key.as_ref()?.join(own)) else { return key };
        let key = key.map(|key| self.fitted(key, &joined));
        own.key = Some(joined);
        key
    }

    /// Refuses what takes memory or locks where the processor's own counter may have interrupted the kernel at anything.
    pub fn not_in_nmi(&self, span: Span, what: &str, help: &str) -> Result<()> {
        match self.target.place {
            Place::Samples { event, .. } if event.counter == Counter::Hardware => {
                Err(Error::new(Code::ClosureSyntax, format!("{what} is not safe where the processor counts"))
                    .label(self.place(span), "a sample may interrupt the kernel while it holds what this takes")
                    .help(help))
            }
            _ => Ok(()),
        }
    }

    /// What `--lru` and `--max-entries` say of a map.
    fn told(&mut self, map: usize, args: &Args) -> Result<()> {
        if let Some((_, at)) = flag(args, &LRU) {
            self.not_in_nmi(at, "a map that forgets", "leave --lru out, and give the map room: --max-entries")?;
        }
        let entries = flag(args, &ENTRIES).map(|_| self.int_flag(args, &ENTRIES)).transpose()?;
        let known = &mut self.maps[map];
        if let Some(entries) = entries {
            // What two places ask for, the greater has room for.
            let unasked = self.options.max_entries.unwrap_or(MAX_ENTRIES as u32);
            let before = if known.max_entries == unasked { 0 } else { known.max_entries };
            known.max_entries = before.max(entries as u32);
        }
        if let MapKind::State(state) = &mut known.kind {
            state.lru |= flag(args, &LRU).is_some();
        }
        Ok(())
    }

    pub fn put(&mut self, map: usize, key: Option<Shape>, value: Shape, span: Span) -> Result<()> {
        let value = self.in_kernel(value, span)?;
        let mut layout = self.layout(&value, false, span)?;
        if let Some(known) = self.maps[map].state().and_then(|state| state.value.clone()) {
            let pinned = self.pinned(&self.maps[map]).and_then(|pinned| pinned.state()?.value.as_ref());
            layout = match known.join(&layout) {
                Some(joined) => joined,
                // What another probe puts there is compared when all is known.
                None if pinned == Some(&known) => layout,
                None => return Err(self.differs("values", map, &known, &layout, span)),
            };
        }
        let value = self.fitted(value, &layout);
        self.set_layout(map, false, layout);
        self.push(StmtKind::Put { map, key, value }, span);
        Ok(())
    }

    /// What is kept for a key, or null. `take`: it is kept no longer.
    pub fn kept(&mut self, map: usize, key: Option<Shape>, take: bool, span: Span) -> Reg {
        let Some(layout) = self.maps[map].state().and_then(|state| state.value.clone()) else {
            return match self.guess {
                Guess::Nothing => self.nothing(span),
                Guess::Int => {
                    let int = self.int(0, span);
                    self.bind(int, "value", span).into()
                }
            };
        };
        let found = self.declared("found", Type::Bool, span);
        let name = self.maps[map].name.clone();
        let slot = |slot: &crate::ir::Slot| {
            let part = if slot.path.is_empty() { name.clone() } else { format!("{name}_{}", slot.path) };
            self.declared(&part, slot.ty, span)
        };
        let into: Vec<VarId> = layout.slots.iter().map(slot).collect();
        self.push(StmtKind::Get { map, key, found, into: into.clone(), take }, span);
        let cond = self.add(ExprKind::Var(found), span);
        let then = Box::new(self.of_tree(&layout.tree, &into, span));
        let otherwise = Box::new(Shape::Leaf(self.add(ExprKind::Const(Const::Nothing), span)));
        Shape::Either { cond, then, otherwise }.into()
    }

    /// A variable that a statement gives its value.
    pub fn declared(&mut self, name: &str, ty: Type, span: Span) -> VarId {
        let var = self.variable(name, span);
        self.vars[var.0 as usize].ty = ty;
        if matches!(ty, Type::Text(Text::Counted(_))) {
            self.nullable.insert(var);
        }
        self.push(StmtKind::Declare { var, zero: true }, span);
        var
    }

    fn of_tree(&mut self, tree: &Tree, vars: &[VarId], span: Span) -> Shape {
        match tree {
            Tree::Record(fields) => Shape::Record(
                fields.iter().map(|(name, tree)| (name.clone(), self.of_tree(tree, vars, span))).collect(),
            ),
            Tree::List(items) => Shape::List(items.iter().map(|tree| self.of_tree(tree, vars, span)).collect()),
            Tree::Enum(names, number) => {
                let number = self.of_tree(number, vars, span);
                self.named_number(names.clone(), number)
            }
            Tree::Later(op, args) => {
                Shape::Later { op: *op, args: args.iter().map(|arg| self.of_tree(arg, vars, span)).collect() }
            }
            Tree::Slot(slot) if *slot < vars.len() => Shape::Leaf(self.add(ExprKind::Var(vars[*slot]), span)),
            _ => Shape::Leaf(self.add(ExprKind::Const(Const::Nothing), span)),
        }
    }

    /// How a value is kept.
    fn layout(&self, shape: &Shape, key: bool, span: Span) -> Result<Layout> {
        let leaves: Vec<(String, Type)> =
            shape.leaves().into_iter().map(|(path, leaf)| (path, self.ty(leaf))).collect();
        let tree = tree(shape, &mut 0, &self.enums);
        let what = if key { "a key" } else { "a value of a map" };
        tree.and_then(|tree| Layout::of_state(&leaves, tree, key)).filter(|layout| !layout.slots.is_empty()).ok_or_else(
            || {
                Error::new(Code::ClosureSyntax, format!("this cannot be {what}"))
                    .label(self.place(span), "a part of it is not always there, or nothing that the kernel can keep")
                    .help("keep ints, bools, strings, durations, filesizes, datetimes, and records of them; `default` replaces null")
            },
        )
    }

    /// A value of which the strings are as long as they are kept.
    fn fitted(&mut self, shape: Shape, layout: &Layout) -> Shape {
        let mut slots = layout.slots.iter();
        self.with_leaves(&shape, |this, path, leaf| {
            let wanted = slots.next().map(|slot| slot.ty);
            let is_made = !matches!(this.expr(leaf).kind, ExprKind::Const(_) | ExprKind::Var(_));
            match is_made && this.kind(leaf) == Kind::Text && wanted != Some(this.ty(leaf)) {
                true => this.bind(leaf, &format!("kept{path}"), this.expr(leaf).span),
                false => leaf,
            }
        })
    }

    fn set_layout(&mut self, map: usize, key: bool, layout: Layout) {
        if let MapKind::State(state) = &mut self.maps[map].kind {
            *(if key { &mut state.key } else { &mut state.value }) = Some(layout);
        }
    }

    fn differs(&self, what: &str, map: usize, first: &Layout, other: &Layout, span: Span) -> Error {
        let map = &self.maps[map];
        let (first, other) = first.apart_from(other);
        Error::new(Code::ClosureSyntax, format!("the {what} of `{}` differ in type", map.name))
            .label(self.place(span), other)
            .label(map.at, format!("here, {first}"))
            .help("all of a map's keys are of one type, and all of its values: use two maps, or the same fields")
    }
}

/// How the leaves of a value make it up; None where not all of them are always there.
fn tree(shape: &Shape, next: &mut usize, enums: &[Names]) -> Option<Tree> {
    Some(match shape {
        Shape::Leaf(_) => {
            *next += 1;
            Tree::Slot(*next - 1)
        }
        Shape::Record(fields) => {
            let field = |(name, shape): &(String, Shape)| Some((name.clone(), tree(shape, next, enums)?));
            Tree::Record(fields.iter().map(field).collect::<Option<_>>()?)
        }
        Shape::List(items) => Tree::List(items.iter().map(|item| tree(item, next, enums)).collect::<Option<_>>()?),
        Shape::Later { op: Later::Enum(number), args } => {
            Tree::Enum(enums.get(*number)?.clone(), Box::new(tree(args.first()?, next, enums)?))
        }
        Shape::Later { op, args } if op.is_kept() => {
            Tree::Later(*op, args.iter().map(|arg| tree(arg, next, enums)).collect::<Option<_>>()?)
        }
        Shape::Sparse(_) | Shape::Either { .. } | Shape::Later { .. } => return None,
    })
}

/// The maps of state that closures name, as far as they have told what these keep.
pub fn learnt(maps: &[Map]) -> Vec<Map> {
    let is_named = |map: &&Map| map.state().is_some_and(State::is_named);
    maps.iter().filter(is_named).cloned().collect()
}

/// A map that nothing is known to be put into.
fn never_put(maps: &[Map]) -> Option<&Map> {
    maps.iter().find(|map| map.state().is_some_and(|state| state.value.is_none()))
}

/// Whether an error that any guess leads to has nothing to do with a map's null: a null has no fields either way.
pub fn is_unrelated(error: &Error) -> bool {
    let about_null = |text: &str| text.contains("has no fields") || text.contains("null");
    !about_null(&error.message) && !error.labels.iter().any(|(_, label)| about_null(label))
}

/// An error in a closure that looks something up before the place in the text where it is put, if it is put at all.
pub fn explained(error: Error, known: &[Map]) -> Error {
    match never_put(known) {
        Some(map) if error.code == Code::ClosureField || error.code == Code::ClosureType => error.help(format!(
            "nothing was put into `{}` before this: it gives null at first. Look a column up as `.name?`, or use `default`",
            map.name
        )),
        _ => error,
    }
}

/// Refuses a map that is looked up in, but that nothing is put into.
///
/// # Errors
/// [`Code::ClosureType`]
pub fn all_put(maps: &[Map]) -> Result<()> {
    let Some(map) = never_put(maps) else { return Ok(()) };
    let (what, help) = match map.state().map(|state| state.role) {
        Some(Role::Timer) => (
            "no closure of this probe starts this timer",
            "start it before: start-timer; one of another attach is shared by --pin NAME",
        ),
        _ => (
            "no closure of this probe puts anything into this map",
            "put something there: $ctx.pid | map-put NAME KEY; what another attach puts is shared by --pin NAME",
        ),
    };
    let role = |map: &Map| map.state().filter(|state| state.value.is_some()).map(|state| state.role);
    let own = map.state().map(|state| state.role);
    let others = maps.iter().filter(|other| role(other) == own).map(|other| other.name.as_str());
    Err(Error::new(Code::ClosureType, what)
        .label(map.at, format!("`{}` is always empty", map.name))
        .help(offer_of(&map.name, others, help)))
}
