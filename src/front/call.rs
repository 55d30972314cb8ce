//! Calls: of closure commands and of Nushell's own, by their tables or by Nushell itself; of the user's own, in place.

use super::argument::Args;
use super::frame::Params;
use super::shell::{Declaration, Known, Param, ParamForm, Signature};
use super::{Code, Error, Local, Lowering, Reg, Result, Span, bpftrace};
use crate::error::offer;
use crate::ir::{Const, ExprKind, Fallible, Field, Form, Shape, Space, StmtKind};
use crate::spec::builtin::{BUILTINS, Op};
use crate::spec::command::{BY, COMMANDS, Call, Command, Input, LEN, Outside};
use crate::spec::field::ARGS;
use nu_protocol::ir::DataSlice;
use nu_protocol::{DeclId, RegId};

/// What to do instead of a command: of any, of a program, and of those that are often tried.
const INSTEAD: &[(&str, &str)] = &[
    ("", "do this after the probe, in the pipeline, with what is emitted (`help ebpf` lists what works in a probe)"),
    ("^", "a probe starts no programs: `emit` what they need and run them after it, in the pipeline"),
    ("print", PRINT),
    ("printf", PRINT),
    ("echo", PRINT),
    ("exit", bpftrace::EXIT),
    ("sleep", "a probe cannot wait: measure time with `start-timer` and `stop-timer`, or attach to interval:1sec"),
    (
        "grep",
        "match in the probe: if $ctx.comm =~ 'PATTERN' { $ctx.comm | emit }; or filter the rows behind `ebpf attach -s`",
    ),
    ("lhist", "write hist --linear 0..10..100, where 10 is the width of a bucket"),
    ("date now", "the time of day is $ctx.time; $ctx.ktime counts from boot"),
    ("str", "read the string at an address: $ctx.filename | read-str; `str` alone does nothing in Nushell either"),
    ("save", "`emit` the value, and save what comes out of the probe: ebpf trace … | save FILE"),
    ("group-by", "count in the kernel by what you would group by: $ctx.comm | count"),
];

/// What to do instead of writing a line.
const PRINT: &str = "write `emit`, as in $ctx.pid | emit: the rows come out of `ebpf attach -s`, into the pipeline";

impl Lowering<'_> {
    pub fn call(&mut self, decl: DeclId, src_dst: RegId, span: Span) -> Result<()> {
        let args = std::mem::take(&mut self.frame.args);
        let origin = self.origin(src_dst);
        let input = self.take(src_dst)?;
        let words = self.words(span);
        let result = match self.shell.declaration(decl, &words)? {
            // Nushell's own does what it does where all of a list is known.
            Declaration::Closure(command)
                if command.outside == Outside::Nushell && matches!(input, Reg::Shape(Shape::List(_))) =>
            {
                match self.known_call(decl, &args, &input, span) {
                    Some(known) => self.now_by_shell(&known)?,
                    None => self.closure_command(command, args, input, origin, span)?,
                }
            }
            Declaration::Closure(command) => self.closure_command(command, args, input, origin, span)?,
            Declaration::Builtin(row) => match self.known_call(decl, &args, &input, span) {
                Some(known)
                    if !(matches!(row.op, Op::Random | Op::Ignore | Op::Raise)
                        || self.is_sent(&input) && self.ends_early(row, &args)) =>
                {
                    self.still_sent(&input, |this| this.now_by_shell(&known))?
                }
                _ => self.builtin(row, &args, (input, origin), span)?,
            },
            Declaration::Custom(signature) => self.custom(decl, &signature, args, input, span)?,
            Declaration::Other { name, pure } => match self.known_call(decl, &args, &input, span) {
                Some(known) if pure => self.now_by_shell(&known)?,
                _ => return Err(self.unknown_command(&name, pure, span)),
            },
        };
        self.now = span;
        self.set(src_dst, result)
    }

    /// A call of which everything is known at attach time.
    fn known_call(&self, decl: DeclId, args: &Args, input: &Reg, span: Span) -> Option<Known> {
        let positional = args.positional.iter().map(|(value, _)| self.constant_reg(value));
        let named = args.named.iter().map(|(name, value, _)| match value {
            Some(value) => Some((name.clone(), Some(self.constant_reg(value)?))),
            None => Some((name.clone(), None)),
        });
        Some(Known {
            decl,
            span,
            input: self.constant_reg(input)?,
            positional: positional.collect::<Option<_>>()?,
            named: named.collect::<Option<_>>()?,
        })
    }

    fn now_by_shell(&mut self, known: &Known) -> Result<Reg> {
        let value = match self.shell.evaluate(known) {
            Ok(value) => value,
            // What catches it goes on.
            Err(Error { fails: Some(kind), .. }) if self.tries > 0 => {
                self.fail(kind, known.span);
                return Ok(Reg::Empty);
            }
            Err(error) => return Err(error),
        };
        let local = self.local(known.span);
        Ok(self.captured(&value, local))
    }

    /// `$env.NAME`: read once, now.
    pub fn load_env(&mut self, dst: RegId, key: DataSlice, optional: bool, span: Span) -> Result<()> {
        let name = self.data(key);
        let value = match self.shell.env(&name)? {
            Some(value) => self.captured(&value, span),
            None if optional => self.nothing(span),
            None => {
                return Err(Error::new(Code::ClosureField, format!("there is no $env.{name}"))
                    .label(self.place(span), "it is read once, when the probe is attached")
                    .help(format!("set it before, or write $env.{name}? to get null instead")));
            }
        };
        self.set(dst, value)
    }

    /// A user's own command, lowered in place of its call.
    fn custom(&mut self, decl: DeclId, signature: &Signature, args: Args, input: Reg, span: Span) -> Result<Reg> {
        let params = self.bind_params(&signature.params, args, false, span)?;
        self.call_custom(decl, params, input, span)
    }

    /// What a callee's parameters are. Nushell looks at all types of a closure's, but only at a command's required ones.
    pub fn bind_params(&mut self, params: &[Param], args: Args, closure: bool, span: Span) -> Result<Params> {
        let mut positional = args.positional.into_iter().map(|(value, _)| value);
        let mut bound = Params::default();
        for param in params {
            let given = args.named.iter().find(|(name, ..)| *name == param.name);
            let any = &nu_protocol::Type::Any;
            let ty = if closure || param.required { &param.ty } else { any };
            let value = match (param.form, given) {
                (ParamForm::Positional, _) => {
                    positional.next().map(|value| self.of_type(value, ty, span)).transpose()?
                }
                (ParamForm::Rest, _) => {
                    let rest = positional.by_ref().map(|value| {
                        let value = self.of_type(value, ty, span)?;
                        self.shape_of(value, span)
                    });
                    Some(Shape::List(rest.collect::<Result<_>>()?).into())
                }
                (ParamForm::Switch, given) => Some(self.truth_value(given.is_some(), span).into()),
                (ParamForm::Named, given) => given.and_then(|(_, value, _)| value.clone()),
            };
            let value = match value {
                Some(value) => self.keep(value, &param.name, span),
                None if param.required => {
                    let what = format!("the closure is called without its parameter `{}`", param.name);
                    return Err(Error::new(Code::ClosureType, what)
                        .label(self.place(span), "it is missing here")
                        .help("give it a value, or let it be optional: {|x?| … }"));
                }
                None => self.captured(&param.default, span),
            };
            let name = param.name.replace('-', "_");
            // Of two of one name, Nushell sees the last.
            bound.named.retain(|(known, _)| *known != name);
            bound.named.push((name, value));
        }
        Ok(bound)
    }

    fn closure_command(
        &mut self, command: &'static Command, args: Args, input: Reg, origin: Span, span: Span,
    ) -> Result<Reg> {
        if let Some((_, extra)) = args.positional.get(command.positional.len()) {
            let by = command.flags.iter().any(|flag| flag.name == BY.name) || command.outside == Outside::Nushell;
            if let (Call::Aggregate(_), true) = (command.call, by) {
                let name = if command.outside == Outside::Nushell { "hist" } else { command.name };
                let key = self.words(*extra);
                let key = bpftrace::field(&key).unwrap_or(key);
                return Err(Error::new(Code::ClosureFlag, format!("`{}` takes no argument in a probe", command.name))
                    .label(self.place(*extra), "this is one too many")
                    .help(format!("to keep one for each key, write {name} --by {key}")));
            }
            let many = if command.positional.is_empty() { "no argument" } else { "fewer arguments" };
            return Err(Error::new(Code::ClosureFlag, format!("`{}` takes {many} here", command.name))
                .label(self.place(*extra), "this is one too many")
                .help(format!("for example: {}", command.example)));
        }
        if input == Reg::Empty && command.input != Input::Optional {
            return Err(Error::new(Code::ClosureType, format!("nothing flows into `{}`", command.name))
                .label(self.place(span), "a value is wanted before it")
                .help(format!("pipe one in: $ctx.pid | {}", command.name)));
        }
        for (name, _, at) in &args.named {
            if !command.flags.iter().any(|flag| flag.name == name) {
                return Err(Error::new(Code::ClosureFlag, format!("`{}` has no flag --{name}", command.name))
                    .label(self.place(*at), "unknown flag")
                    .help(format!("`help {}` lists its flags", command.name)));
            }
        }
        self.allowed_here(command, span)?;
        let result = match command.call {
            Call::Emit => self.emit(input, origin, span)?,
            Call::Aggregate(row) => self.aggregate(command, row, &args, input, span)?,
            Call::MapPut => self.map_put(&args, input, span)?,
            Call::MapGet => self.map_get(&args, input, span)?,
            Call::MapDelete => self.map_delete(&args, input, span)?,
            Call::MapContains => self.map_contains(&args, input, span)?,
            Call::StartTimer => self.start_timer(&args, input, span)?,
            Call::StopTimer => self.stop_timer(&args, input, span)?,
            Call::ReadBytes(space) => self.read_bytes(&args, input, space, span)?,
            Call::Cast => self.cast(&args, input, span)?,
            Call::KernelVar => self.kernel_variable(&args, span)?,
            Call::Symbol(space) => self.symbol(input, space, span)?,
            Call::ContainerOf => self.container_of(&args, input, span)?,
            Call::IntoIp => self.as_address(input, span)?,
            Call::ReadStr(space) => {
                let max = self.int_flag(&args, &LEN)? as u32;
                if space == Space::User && matches!(&input, Reg::Typed(typed) if typed.is_in_kernel()) {
                    return Err(self.kernel_string(origin));
                }
                let input = self.untyped(input, span)?;
                self.cases(input, &mut |this, input| this.read_str(command, space, max, input, origin))?
            }
        };
        Ok(result)
    }

    /// `VALUE | emit`
    fn emit(&mut self, input: Reg, origin: Span, span: Span) -> Result<Reg> {
        let row = match input {
            range @ Reg::Range(_) => {
                let Some(value) = self.constant_reg(&range) else {
                    let what = "only a range that is known at attach time can be emitted";
                    return Err(self.unknown(&range, origin, what, "emit its two ends: {from: $a, to: $b}"));
                };
                Shape::Leaf(self.add(ExprKind::Const(Const::Value(Box::new(value))), span))
            }
            other => self.value_of(other, origin, span)?,
        };
        let event = self.events;
        self.events += 1;
        let at = self.whole(&row, span);
        self.push(StmtKind::Emit { event, row: row.clone() }, at);
        Ok(Reg::Shape(row))
    }

    fn read_str(&mut self, command: &Command, space: Space, max: u32, input: Shape, span: Span) -> Result<Reg> {
        let Shape::Leaf(mut pointer) = input else {
            let what = format!("`{}` reads at an address", command.name);
            let instead = "pipe the address itself: $ctx.arg0 | read-str";
            return Err(self.other_kind(&input.into(), span, &what, instead));
        };
        let local = self.expr(pointer).span;
        // The string of a `__data_loc` is read already; here only its limit is named.
        if let ExprKind::Fallible(Fallible::ReadStr { pointer: inner, .. }) = self.expr(pointer).kind
            && space == Space::Kernel
            && self.is_data_loc(inner)
        {
            pointer = inner;
        }
        let pointer = self.standing(pointer);
        let whole = Local::new(local.start, self.local(self.now).end.max(local.end));
        Ok(Reg::Shape(Shape::Leaf(
            self.add(ExprKind::Fallible(Fallible::ReadStr { pointer, space: Some(space), max, array: false }), whole),
        )))
    }

    /// The error for a string in the kernel that is read as one of a process.
    fn kernel_string(&self, origin: Span) -> Error {
        let words = self.words(origin);
        let own = if words.starts_with('$') && !words.contains('\n') { words.as_str() } else { "…" };
        Error::new(Code::ClosureType, "`read-str` reads the memory of the traced process")
            .label(self.place(origin), "this is an address in the kernel")
            .help(format!(
                "write {own} | read-kernel-str; a member that the kernel declares as a string is read as one without it"
            ))
    }

    fn is_data_loc(&self, expr: crate::ir::ExprId) -> bool {
        matches!(self.expr(expr).kind,
            ExprKind::Field(Field::Member { member, .. }) if self.context.members[member].form == Form::DataLoc)
    }

    /// The text from a command's input to its name.
    pub fn whole(&self, input: &Shape, span: Span) -> Local {
        let command = self.local(span);
        let starts = input.leaves().into_iter().map(|(_, expr)| self.expr(expr).span.start);
        let start = starts.filter(|start| *start < command.start).min().unwrap_or(command.start);
        Local::new(start, command.end)
    }

    fn unknown_command(&self, name: &str, pure: bool, span: Span) -> Error {
        let words = self.words(span);
        let said = words.split(|c: char| c.is_whitespace() || c == ';').find(|word| !word.is_empty()).unwrap_or("");
        // An external command goes by its own name, which may be a mistyped one of Nushell's.
        let external = name.is_empty() || name == "run-external";
        let name = if external { said } else { name };
        let known = COMMANDS.iter().map(|command| command.name).chain(BUILTINS.iter().map(|row| row.name));
        let (_, instead) = INSTEAD[0];
        let before = self.closure.text.get(..self.local(span).start).unwrap_or("");
        let program = before.ends_with('^');
        let own = INSTEAD.iter().skip(2).find(|row| row.0 == name).map(|row| row.1.to_string());
        let own = if name == "lhist" { linear(self.text_behind(span)).or(own) } else { own };
        let known = known.filter(|_| !program);
        let offered = || self.meant(name).unwrap_or_else(|| offer(name, known, INSTEAD[1].1));
        let help = own.unwrap_or_else(|| if external { offered() } else { instead.to_string() });
        let label = if pure { "what it works on is not known at attach time" } else { "this cannot run in the kernel" };
        Error::new(Code::ClosureCommand, format!("`{name}` does not work in a probe"))
            .label(self.place(span), label)
            .help(help)
    }

    /// The closure's text behind the end of a span.
    fn text_behind(&self, span: Span) -> &str {
        self.closure.text.get(self.local(span).end..).unwrap_or("")
    }

    /// What to write for a field that is named without the context, or as in bpftrace: `args.NAME`, once `args->NAME`.
    fn meant(&self, said: &str) -> Option<String> {
        let own = said.strip_prefix(ARGS).and_then(|rest| rest.strip_prefix("->").or(rest.strip_prefix('.')));
        match own {
            Some(path) if self.has_arguments() => Some(format!("write $ctx.{ARGS}.{}", path.replace("->", "."))),
            Some(name) => self.elsewhere(name),
            None => self.elsewhere(said),
        }
    }
}

/// What to write for `lhist MIN MAX STEP`.
fn linear(behind: &str) -> Option<String> {
    let end = behind.find(['}', '|', ';', '\n']).unwrap_or(behind.len());
    let bounds: Vec<&str> = behind.get(..end)?.split_whitespace().collect();
    bpftrace::linear(&bounds).map(|range| format!("write hist --linear {range}"))
}
