//! Queries on an object: its attach points, its maps, and the positions of its closures' texts.

use super::{AttachPoint, Map, Object, Program, Span};
use crate::spec::feature::TASK_STORAGE;

impl Object {
    /// The attach points of all programs: a number in the kernel is a place here.
    pub fn targets(&self) -> impl Iterator<Item = &AttachPoint> {
        self.programs.iter().flat_map(|program| &program.targets)
    }

    /// The maps of values for each thread that are hashes, because the kernel has no task storage for them.
    pub fn hashed(&self) -> impl Iterator<Item = &Map> {
        let own = self.maps.iter().filter(|map| map.state().is_some_and(|state| state.key.is_none()));
        own.filter(|_| !self.kernel.has(&TASK_STORAGE))
    }

    /// Returns whether an event may be postponed. Rows then name their event.
    pub fn postpones(&self) -> bool {
        self.programs.iter().any(|program| program.postponed.is_some())
    }

    /// A name that no program has yet: the given one, or with a number.
    pub fn unused_name(&self, ident: &str) -> String {
        let numbered = (2..).map(|number| format!("{ident}_{number}"));
        let taken = |name: &String| self.programs.iter().any(|program| program.name == *name);
        [ident.to_string()].into_iter().chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// The program that a span of a [`mark`] belongs to, and the span in that program's text.
    pub fn locate(&self, span: Span) -> (&Program, Span) {
        let program = self.programs.iter().rfind(|program| program.shift <= span.start);
        let program = program.unwrap_or(&self.programs[0]);
        (program, Span::new(span.start - program.shift, span.end.saturating_sub(program.shift)))
    }
}
