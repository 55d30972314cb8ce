//! What the loader and the readers need of an object besides its ELF, as it is written down.

use crate::ir::{AttachPoint, Context, Layout, Map, Object, Postponed, Program, Type};
use crate::needs::Needs;
use crate::spec::{failure::FAILURES, stat::STATS};
use nu_ebpf_check::Facts;
use nu_ebpf_ir::error::Result;
use nu_protocol::Span;
use serde::{Deserialize, Serialize};

/// The attach points that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Targets {
    /// In the user's words.
    pub words: String,
    /// Those that the machine that compiled did not have, and why.
    pub skipped: Vec<String>,
}

/// All of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Description {
    /// The plugin's version, the processor's kind, and the names of the tables' rows whose numbers are in the kernel.
    pub plugin: String,
    pub processor: String,
    pub tables: Vec<String>,
    pub targets: Targets,
    pub programs: Vec<Part>,
    pub maps: Vec<Map>,
    pub events: Vec<Layout>,
    /// By the maps' numbers: the layouts of their keys, and the types of their values.
    pub keys: Vec<Option<Layout>>,
    pub values: Vec<Type>,
}

/// One program.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    pub targets: Vec<AttachPoint>,
    /// The closure.
    pub text: String,
    pub for_return: bool,
    /// Whether it runs for events that another one has postponed.
    pub resumes: bool,
    pub needs: Needs,
}

/// What a file holds.
#[derive(Debug)]
pub struct Portable {
    /// Of its programs there is what is needed after clang.
    pub object: Object,
    /// Of its programs there is nothing.
    pub facts: Facts,
    pub targets: Targets,
    /// The ELF, as libbpf takes it.
    pub elf: Vec<u8>,
    /// The kind of processor whose registers it reads.
    pub(crate) processor: String,
    /// By the programs' numbers.
    pub(crate) needs: Vec<Needs>,
}

/// The names of the rows whose numbers a program counts and reports by.
pub fn tables() -> Vec<String> {
    let stats = STATS.iter().map(|row| row.name);
    stats.chain(FAILURES.iter().map(|row| row.name)).map(String::from).collect()
}

impl Description {
    /// # Errors
    /// A file that an attach point names cannot be read.
    pub fn of(object: &Object, facts: &Facts, targets: Targets) -> Result<Description> {
        let part = |program: &Program| {
            Ok(Part {
                name: program.name.clone(),
                targets: program.targets.clone(),
                text: program.text.clone(),
                for_return: program.for_return,
                resumes: program.is_added() && !program.for_return,
                needs: Needs::of(program)?,
            })
        };
        Ok(Description {
            plugin: env!("CARGO_PKG_VERSION").into(),
            processor: std::env::consts::ARCH.into(),
            tables: tables(),
            targets,
            programs: object.programs.iter().map(part).collect::<Result<_>>()?,
            maps: object.maps.clone(),
            events: facts.events.clone(),
            keys: facts.keys.clone(),
            values: facts.values.clone(),
        })
    }

    /// Whether this plugin means the same by its numbers; else in words what differs.
    pub fn like_ours(&self) -> std::result::Result<(), String> {
        let (plugin, own) = (&self.plugin, env!("CARGO_PKG_VERSION"));
        if self.tables == tables() {
            Ok(())
        } else {
            Err(format!("its counters are those of {plugin}, and this is {own}"))
        }
    }

    /// As it was before it was written; `at`: where the file is named.
    pub fn restored(self, elf: Vec<u8>, at: Span) -> Portable {
        let (mut programs, mut needs): (Vec<Program>, Vec<Needs>) = Default::default();
        let (mut first, mut shift) = (0, 0);
        for part in self.programs {
            let program = program(part.name, part.targets, part.text, (first, shift), (part.for_return, at));
            (first, shift) = (first + program.targets.len(), shift + program.text.len());
            // What it resumes, and how, is in the C.
            let postponed = part.resumes.then_some(Postponed::Resumes { number: 0, thread: None });
            programs.push(Program { variables: part.needs.variables.clone(), postponed, ..program });
            needs.push(part.needs);
        }
        let maps = self.maps.into_iter().map(|map| Map { at, ..map }).collect();
        let facts = Facts { programs: Vec::new(), events: self.events, keys: self.keys, values: self.values };
        let object = Object { programs, maps, events: facts.events.len(), shares: true, ..Object::default() };
        Portable { object, facts, targets: self.targets, elf, processor: self.processor, needs }
    }
}

fn program(
    name: String, mut targets: Vec<AttachPoint>, text: String, (first, shift): (usize, usize),
    (for_return, at): (bool, Span),
) -> Program {
    targets.iter_mut().for_each(|target| target.span = at);
    Program {
        name,
        context: Context::new(targets[0].kind.frame),
        targets,
        first,
        shift,
        // They are in the C.
        filters: Default::default(),
        text,
        base: 0,
        carried: Some(at),
        exprs: Vec::new(),
        vars: Vec::new(),
        automata: Vec::new(),
        accesses: Vec::new(),
        variables: Vec::new(),
        enums: Vec::new(),
        functions: Vec::new(),
        body: Vec::new(),
        decided: None,
        result: None,
        branches: Vec::new(),
        for_return,
        postponed: None,
    }
}
