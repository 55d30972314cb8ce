//! Timers: `start-timer` keeps the clock for the thread or a key, `stop-timer` gives the time since.

use super::argument::{Args, flag};
use super::{Code, Error, Lowering, Reg, Result, Span};
use crate::ir::{ExprKind, Field, Role, Shape};
use crate::spec::command::{KEY, TIMER};
use crate::spec::field::{CLOCK, field};
use crate::spec::function::SINCE;

/// The name of a timer where none is given.
const TIMER_NAME: &str = "timer";

/// What is done with a timer's map and key.
type Timed<'a, L> = &'a mut dyn FnMut(&mut L, usize, Option<Shape>) -> Result<Reg>;

impl Lowering<'_> {
    pub fn start_timer(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        let clock = field(CLOCK, self.context.frame).ok_or_else(|| self.unreadable())?;
        self.timer(args, input, &mut |_| Ok(Reg::Empty), span, &mut |this, map, key| {
            let now = this.add(ExprKind::Field(Field::Builtin(clock)), span);
            this.put(map, key, Shape::Leaf(now), span)?;
            Ok(Reg::Empty)
        })
    }

    /// The time since the timer was started, or null.
    pub fn stop_timer(&mut self, args: &Args, input: Reg, span: Span) -> Result<Reg> {
        self.timer(args, input, &mut |this| Ok(this.nothing(span)), span, &mut |this, map, key| {
            let Reg::Shape(started) = this.kept(map, key, true, span) else { return Err(this.unreadable()) };
            let Shape::Either { cond, then, otherwise } = started else { return Ok(started.into()) };
            let start = this.leaf(*then, span)?;
            let took = this.bound(ExprKind::Call { function: &SINCE, args: vec![start] }, "took", span);
            Ok(Shape::Either { cond, then: Box::new(Shape::Leaf(took)), otherwise }.into())
        })
    }

    /// Does something with the map of a timer, for its key if it has one.
    fn timer(
        &mut self, args: &Args, input: Reg, null: &mut dyn FnMut(&mut Self) -> Result<Reg>, span: Span,
        act: Timed<'_, Self>,
    ) -> Result<Reg> {
        if input != Reg::Empty {
            return Err(Error::new(Code::ClosureType, "nothing flows into a timer")
                .label(self.place(span), "this takes the time of the thread")
                .help("what else takes time is a key: start-timer --key $ctx.arg0"));
        }
        let name = match flag(args, &TIMER) {
            Some((value, at)) => {
                let known = value.as_ref().and_then(|value| self.constant_reg(value));
                self.map_name(known, at, "--as", "start-timer --as queue")?
            }
            None => TIMER_NAME.to_string(),
        };
        let Some((key, at)) = flag(args, &KEY).map(|(key, at)| (key.clone().unwrap_or_default(), at)) else {
            self.not_in_nmi(span, "a thread's own timer", "name the thread as key: start-timer --key $ctx.tid")?;
            let (map, key) = self.keyed(Role::Timer, name, None, span)?;
            return act(self, map, key);
        };
        self.unless_null(key, at, null, &mut |this, key| {
            let (map, key) = this.keyed(Role::Timer, name.clone(), Some((key, at)), span)?;
            act(this, map, key)
        })
    }
}
