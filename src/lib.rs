//! `nu_plugin_ebpf`: a Nushell closure becomes a kernel probe, and what that sees comes back as Nushell values.
//!
//! ```text
//!  closure ──front──▶ Object (ir) ──check──▶ Facts ──back──▶ C ──compile──▶ object ──load──▶ kernel
//!     ▲                                                                                        │
//!     └─────────── errors, labelled on the user's own text, from every stage ──────────────────┤
//!  values ◀──read── rows of the ring buffer, entries of maps ◀──────────────────────────────────┘
//! ```
//!
//! Data flows one way, and the folders are the stages in their order; [`pipeline`] is the list of them.
//!
//! | folder | in → out | never |
//! | --- | --- | --- |
//! | `crates/ir`: [`spec`] | the tables: probe kinds, context fields, closure commands, aggregations, operators, counters, errors, run-time errors, verifier hints | holds logic |
//! | [`front`] | attach point and Nushell's IR → our IR | knows C or BPF, learns types |
//! | `crates/ir`: [`ir`] | the one IR: object, program, statement, expression, type, layout | knows Nushell's IR or C |
//! | `crates/check`: [`check`] | IR → facts (types, layouts, stack), or all the errors | changes the program |
//! | `crates/back`: [`back`] | IR and facts → C, by `templates/` | fails |
//! | `crates/upgrade` | IR → IR at a cheaper attach point, where that gives the same, or why not | knows closures or C |
//! | [`postpone`] | IR → IR that reads a string that is not in memory yet at the end of the system call | knows closures or C |
//! | [`underneath`] | which of the two is attached: the cheaper one, if the kernel takes it | decides what is the same |
//! | `crates/compile`: [`compile`] | C → object bytes: clang, the object cache | knows Nushell |
//! | `crates/portable` | object and facts → a file, and back on another machine, or why not | believes what a file says |
//! | `crates/load`: [`load`] | object → attached program; the verifier's log, the preflight | decodes data |
//! | `crates/btf` | the kernel's type information: functions, structs, members | knows closures or C programs |
//! | `crates/dwarf` | a program's file → its functions' arguments and its structs, in the form of `crates/btf` | knows closures or processes |
//! | `crates/machine` | what there is to attach to: tracefs, ELF and kernel symbols | loads or attaches |
//! | `crates/read`: [`read`] | rows and map entries → values | knows how they were compiled, beyond the layout |
//! | [`commands`] | one `ebpf …` command a file; one struct for all closure commands | computes |
//! | [`run`] | records → what a loaded program gives for each, without a probe; what runs and iterators have lost | |
//! | `crates/symbol` | addresses of stacks → functions; folded lines, flame graphs | knows Nushell or BPF |
//! | `crates/worker` | a file of another user and a question about it → the answer of a process of limited memory and time | knows what is asked |
//! | `crates/pattern` | a pattern → the table that the kernel matches by | knows closures or C |
//! | `crates/privilege` | which capabilities tracing takes; raised for what takes them, given to the binary | loads or attaches |
//! | `crates/pin` | maps under a name, shared between attaches, and what they keep | loads, decodes entries |
//! | [`watch`] | a stream → the same, ended when its job is killed; reports of losses meanwhile | decodes |
//! | [`plugin`], [`tables`], [`serve`] | the attached probes by id; what their maps have added up; the ear for streams that Nushell closes | |
//!
//! # Invariants
//!
//! 1. A fact stands in one table. A new field, command or kind is a row (and its case), not a search through the code.
//! 2. Only `front` reads `nu_protocol::ir`, only `load`, `read` and `pin` use `libbpf_rs`, only `back` uses `askama`.
//! 3. When `check` says Ok, `back` cannot fail, clang accepts the C under `-Wall -Wextra -Werror`, and the kernel's
//!    verifier accepts the object. A closure that is accepted here and rejected there is a bug of ours.
//! 4. The [`ir::Layout`] that declares a C struct is the one that decodes its bytes.
//! 5. An expression is pure and cannot fail; what may fail stands alone (see [`ir`]). What Nushell would answer with an
//!    error ends the program for that event, is counted, and remembered with its place: nothing is silently wrong.
//! 6. Every error has a code, labels the user's own words and says what to write instead. Generated statements end with
//!    the span they came from ([`ir::mark`]), so that clang's and the verifier's complaints lead back to the closure.
//! 7. Nothing is lost silently: every object has the counters of [`spec::stat`], which `ebpf list` shows; whatever hands out
//!    rows or tables tells what they lack because of it ([`plugin::Probe::tell_losses`]).
//!
//! # From a register machine to statements
//!
//! Nushell hands a plugin the closure's instructions, with a span each: a register machine with jumps. [`front`] runs
//! through them once. Registers hold *symbolic* values: a constant, the context, a record of expressions. So `{pid:
//! $ctx.pid} | emit` never builds a record in the kernel: it is a [`ir::Shape`] whose one leaf is stored straight into
//! the ring buffer. `if`, `and` and `or` compile to forward jumps of a known form, and each is taken whole where it
//! begins; where two branches meet, what both gave becomes a variable that each assigns.
//!
//! # A row's way out
//!
//! The program reserves a row in the object's one ring buffer, fills it in place and submits it without a wake-up. A
//! thread of the stream looks every 5 ms, or is woken when a quarter of the ring is full; it takes batches of raw bytes,
//! which the thread that answers Nushell decodes. Between them are a few batches and no more: a consumer that does not
//! read lets the ring fill, and the kernel counts what it then drops. A stream ends by Ctrl-C, by `ebpf detach`, or when
//! its reader goes, which [`serve`] hears from the protocol, as a rare event may never come to tell.
//! [`watch`] checks every second whether the job that it belongs to was killed, and reports losses.
//!
//! An iterator (`ebpf iter`) has no ring: what its closure gives is written to whom the kernel runs it for, and reading is
//! what runs it. Each read asks for so little that one more row fits the kernel's buffer: else the kernel would drop what
//! an object has given and show it again.
//!
//! # A number's way out
//!
//! An aggregation keeps a slot for each key on each processor: a row of [`spec::aggregation`] says what its words are and
//! which function of `bpf_headers/nu` adds to it in place. Two slots are put together word by word, and so is one taken
//! off another: that sums up the processors when a table is read, and is how tables are cleared without touching the
//! kernel's. Which bucket of a histogram a number is in, [`ir::Scale`] says, for C and for the reader alike.
//!
//! # State
//!
//! What one event leaves for a later one is an [`ir::State`]: values by key in a hash, or a thread's in its task storage.
//! What a map keeps is learnt from all that closures put there, so [`front::lower`] lowers them anew until it learns
//! nothing more. A return that asks for its entry gets a second program, which keeps the fields that are asked for.
//!
//! # The kernel's own types
//!
//! A value of the kernel's is an address and a way from it ([`front`]'s `Typed`): nothing is loaded until a value, or what
//! another address leads to, is wanted. The way is an [`ir::Access`], of which [`back`] prints the fragments of structs that
//! are used, and libbpf puts in where members lie. `front` looks types up in the running kernel's BTF, which is read once; of a
//! program in its debug information, where members lie as they are declared. A `Typed` holds the types that it goes by.
//!
//! # A stack's way out
//!
//! What travels is a number of the kernel's table of stacks, for a process's with the process and which of its programs.
//! Addresses mean nothing without what that had mapped: its first stack, and the first after it has mapped more, is told
//! through a small ring buffer, with a wake-up, to a thread of the probe, which keeps the mappings and holds their files
//! open. Symbols are looked up when a stack is read, each address once a probe, each stack's frames once.

pub mod commands;
pub mod front;
pub mod pipeline;
pub mod plugin;
pub mod postpone;
pub mod run;
pub mod serve;
pub mod tables;
pub mod underneath;
pub mod watch;

pub use nu_ebpf_back as back;
pub use nu_ebpf_check as check;
pub use nu_ebpf_compile as compile;
pub use nu_ebpf_ir::{bug, error, ir, spec};
pub use nu_ebpf_load as load;
pub use nu_ebpf_read as read;
