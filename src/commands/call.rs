//! A call of one of the commands: its flags and their bounds, the closure or probe that it names, a probe's rows.

use super::interrupt::Interrupt;
use super::shell::EngineShell;
use crate::compile::VARIABLE;
use crate::error::{Error, Result};
use crate::front::{Closure, Options, Shell as _, unreachable_branches};
use crate::ir::{AttachPoint, Filters};
use crate::load::{Loaded, feature};
use crate::pipeline::{self, Compiler, Prepared, Wanted};
use crate::plugin::{EbpfPlugin, Finish, Probe};
use crate::read::{Shell, Stacks};
use crate::serve;
use crate::spec::code::Code;
use crate::spec::feature::{Kernel, OLDEST, Version};
use crate::tables::{Keeper, Pace, Source};
use crate::watch::{Report, watched};
use nu_ebpf_ir::environment;
use nu_ebpf_machine::process;
use nu_ebpf_pin::{BPFFS, Group, Pinned};
use nu_plugin::{EngineInterface, EvaluatedCall};
use nu_protocol::{
    FromValue, HandlerGuard, LabeledError, ListStream, PipelineData, ShellError, Signals, Span, Spanned, Value,
};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A result for Nushell.
pub type Answer<T> = std::result::Result<T, LabeledError>;

/// Names a bpffs that is mounted elsewhere.
const PINS: &str = "NU_EBPF_BPFFS";

/// Bytes of the ring buffer where none are asked for.
const RING: u32 = 256 * 1024;

/// The least and the most bytes of a ring buffer: a page, and what the kernel can map.
const RING_BOUNDS: std::ops::RangeInclusive<i64> = 4096..=1 << 30;

/// The most bytes of a command name (`TASK_COMM_LEN` less the NUL, include/linux/sched.h).
const COMM: usize = 15;

/// One call.
pub struct Call<'a> {
    pub plugin: &'a EbpfPlugin,
    pub engine: &'a EngineInterface,
    pub args: &'a EvaluatedCall,
}

impl Call<'_> {
    /// Returns the span of the command.
    pub fn head(&self) -> Span {
        self.args.head
    }

    /// Returns whether a switch is set.
    pub fn has(&self, name: &str) -> Result<bool> {
        self.args.has_flag(name).map_err(|error| self.unread(name, &error))
    }

    fn unread(&self, flag: &str, error: &ShellError) -> Error {
        Error::new(Code::Option, error.to_string()).label(self.head(), format!("--{flag}"))
    }

    /// Returns the value of a flag, or an error if it is out of bounds.
    pub fn flag<T: FromValue>(&self, name: &str, fits: impl Fn(&T) -> bool, bounds: &str) -> Result<Option<T>> {
        let Some(value) = self.given(name) else { return Ok(None) };
        let flag = <Spanned<T> as FromValue>::from_value(value).map_err(|error| self.unread(name, &error))?;
        if fits(&flag.item) { Ok(Some(flag.item)) } else { Err(out_of_bounds(name, flag.span, bounds)) }
    }

    /// The value behind a flag. Null is no flag, as for a command of Nushell's own: so one hands on the flags it has.
    pub fn given(&self, name: &str) -> Option<Value> {
        self.args.get_flag_value(name).filter(|value| !value.is_nothing())
    }

    /// The first of some flags that is given, and where it stands. Null and false are no flag.
    pub fn first_of<'f>(&self, flags: &[&'f str]) -> Option<(&'f str, Span)> {
        let is_given =
            |value: &Option<Value>| !matches!(value, Some(Value::Bool { val: false, .. } | Value::Nothing { .. }));
        let mut given = self.args.named.iter().filter(|(_, value)| is_given(value)).map(|(flag, _)| flag);
        given.find_map(|given| Some((*flags.iter().find(|flag| **flag == given.item)?, given.span)))
    }

    /// The name behind a flag.
    pub fn name(&self, flag: &str) -> Answer<Option<Spanned<String>>> {
        Ok(self.given(flag).map(Spanned::from_value).transpose()?)
    }

    /// Limits and filters.
    fn options(&self) -> Result<Options> {
        let entries = self.flag("max-entries", |entries| (1..=1 << 26).contains(entries), "from 1 to 67108864")?;
        let process = self.flag("pid", is_process_id, "a process id is a positive number")?;
        let fits = |comm: &String| (1..=COMM).contains(&comm.len()) && !comm.contains('\0');
        let comm = self.flag("comm", fits, "a command name has 1 to 15 bytes: the kernel keeps no more")?;
        Ok(Options {
            max_entries: entries.map(|entries: i64| entries as u32),
            pinned: Vec::new(),
            shares: false,
            filters: Filters { process: process.map(|process| process as u32), comm },
            stream: self.has("stream")?,
            kernel: self.kernel()?,
        })
    }

    /// Refuses a `--pid` that no process has: nothing would ever match it.
    pub fn check_process(&self) -> Result<()> {
        let Some(id) = self.flag("pid", is_process_id, "a process id is a positive number")? else { return Ok(()) };
        let at = self.given("pid").map_or(self.head(), |value| value.span());
        process::no_process(id as u32, at).map_or(Ok(()), Err)
    }

    /// The kernel to build for: a release that is named, or the running kernel.
    fn kernel(&self) -> Result<Kernel> {
        let fits = |text: &String| text.parse().is_ok_and(|version: Version| version >= OLDEST);
        let named: Option<String> = self.flag("kernel", fits, "a release from 5.8 on, such as '5.10'")?;
        Ok(named.and_then(|text| text.parse().ok()).map_or(Kernel::Found(feature::has), Kernel::Release))
    }

    /// The ring buffer's size in bytes, rounded up to the power of two that the kernel wants.
    fn ring(&self) -> Result<u32> {
        match self.given("ring-buffer") {
            None => Ok(RING),
            Some(Value::Filesize { val, .. }) if RING_BOUNDS.contains(&val.get()) => {
                Ok((val.get() as u32).next_power_of_two())
            }
            Some(other) => Err(out_of_bounds("ring-buffer", other.span(), "from 4KiB to 1GiB")),
        }
    }

    /// The clang that the shell's environment names.
    pub fn clang(&self) -> Option<String> {
        environment::setting(VARIABLE).map(|named| named.to_string_lossy().into_owned())
    }

    /// Compiles and loads prepared programs. Ctrl-C, or the end of the shell, ends clang as well.
    pub fn load(&self, prepared: &Prepared, verbose: bool, shared: &[Arc<Pinned>]) -> Answer<Loaded> {
        self.compiling(|compiler| pipeline::load(prepared, compiler, verbose, shared))
    }

    /// Runs `work` with the clang of the call.
    pub fn compiling<T>(&self, work: impl FnOnce(&Compiler) -> Result<T>) -> Answer<T> {
        let (signals, probes) = (self.engine.signals(), &self.plugin.probes);
        let compiler = Compiler { named: self.clang(), given_up: &|| signals.interrupted() || probes.alone() };
        Ok(work(&compiler)?)
    }

    /// Closures, with the flags of the call, through every stage before clang.
    pub fn prepare(
        &self, closures: Vec<(Vec<AttachPoint>, Value)>, group: Option<&Group>, shares: bool,
    ) -> Answer<Prepared> {
        let (options, ring, shell) = (self.options()?, self.ring()?, EngineShell::new(self.engine));
        let mut options = Options { shares, ..options };
        options.pinned = group.map(Group::known).unwrap_or_default();
        let wanted = |(targets, value)| Ok(Wanted { targets, closure: closure(&shell, &value)? });
        let wanted = closures.into_iter().map(wanted).collect::<Result<_>>()?;
        let prepared = pipeline::prepare(wanted, &shell, &options, ring, group)?;
        unreachable_branches(&prepared.object).iter().for_each(|warning| eprintln!("ebpf: {warning}"));
        Ok(prepared)
    }

    /// The bpffs that maps are pinned in: the one that the shell's environment names, or the usual one.
    pub fn bpffs(&self) -> PathBuf {
        environment::path(PINS).unwrap_or_else(|| BPFFS.into())
    }

    /// The maps that the attach shares. `make`: those that it adds are to be kept.
    pub fn group(&self, make: bool) -> Answer<Option<(Group<'_>, Span)>> {
        let Some(name) = self.name("pin")? else { return Ok(None) };
        let (signals, probes) = (self.engine.signals(), &self.plugin.probes);
        let given_up = || signals.interrupted() || probes.alone();
        let group = probes.pins.group(&self.bpffs(), &name.item, make, &given_up);
        Ok(Some((group.map_err(|error| error.label_if_bare(name.span, "this name"))?, name.span)))
    }

    /// Returns the source of a reader, the probe with the given id or the maps of `--pin`, and its span.
    pub fn source(&self) -> Answer<(Source, Span)> {
        let Some(name) = self.name("pin")? else {
            if self.args.positional.is_empty() {
                return Err(Error::new(Code::Option, "no probe is named")
                    .label(self.head(), "expected an id or --pin")
                    .help("give the id that `ebpf attach` returned, or the name of pinned maps: --pin reads")
                    .into());
            }
            let (probe, at) = self.probe()?;
            return Ok((Source::Probe(probe), at));
        };
        if let Some(id) = self.args.positional.first() {
            return Err(Error::new(Code::Option, "an id does not go with --pin")
                .label(id.span(), "an id")
                .label(name.span, "and a name")
                .help("remove the id, or --pin")
                .into());
        }
        let maps = self.plugin.probes.pins.get(&self.bpffs(), &name.item);
        let maps = maps.map_err(|error| error.label_if_bare(name.span, "this name"))?;
        let shell = Shell { span: name.span, config: self.engine.get_config()?, stacks: Some(Stacks::open(|_| None)?) };
        Ok((Source::Pins(name.item, maps, shell), name.span))
    }

    /// The probe whose id is the first argument, and where that stands.
    pub fn probe(&self) -> Answer<(Arc<Probe>, Span)> {
        let id: Spanned<i64> = self.args.req(0)?;
        Ok((self.plugin.probes.get(id.item, id.span)?, id.span))
    }

    /// A probe's rows as a stream of Nushell's, which ends with the probe, by Ctrl-C, or when its reader goes.
    pub fn stream(&self, probe: &Arc<Probe>, span: Span, finish: Finish) -> Answer<PipelineData> {
        let lossy = probe.clone();
        self.streamed(span, Box::new(move || lossy.tell_losses()), |reader, interrupt| {
            let finish = Box::new(move || {
                drop(interrupt);
                finish();
            });
            probe.rows(span, reader, finish)
        })
    }

    /// A probe's tables as a stream, which ends in the same ways.
    pub fn tables(&self, keeper: Keeper, pace: Pace) -> Answer<PipelineData> {
        let lossy = keeper.clone();
        let report = Box::new(move || lossy.tell_losses());
        self.streamed(self.head(), report, |reader, interrupt| keeper.stream(pace, reader, interrupt))
    }

    /// Returns the end of a stream: it reports the probe's losses.
    pub fn telling(&self, probe: &Arc<Probe>) -> Finish {
        let probe = probe.clone();
        Box::new(move || {
            probe.tell_losses();
        })
    }

    /// Returns the end of a stream: it detaches the probe.
    pub fn detaching(&self, probe: &Arc<Probe>) -> Finish {
        let (probes, shell, probe) = (self.plugin.probes.clone(), self.engine.clone(), probe.clone());
        Box::new(move || {
            probe.detached.store(true, Ordering::Release);
            probes.remove(&shell, probe.id);
        })
    }

    fn streamed<I: Iterator<Item = Value> + Send + 'static>(
        &self, span: Span, report: Report, rows: impl FnOnce(Arc<AtomicBool>, HandlerGuard) -> Result<I>,
    ) -> Answer<PipelineData> {
        let reader = Arc::new(AtomicBool::new(false));
        let gone = reader.clone();
        let interrupt = self.engine.register_signal_handler(Box::new(move |_| gone.store(true, Ordering::Release)))?;
        let rows = rows(reader.clone(), interrupt)?;
        let mut job = Interrupt::new(self.engine, span);
        let gone = Box::new(move || job.has_come());
        let rows = watched(rows, reader.clone(), gone, report)?;
        serve::announce(reader);
        Ok(PipelineData::list_stream(ListStream::new(rows, span, Signals::empty()), None))
    }
}

fn is_process_id(id: &i64) -> bool {
    (1..=i64::from(i32::MAX)).contains(id)
}

fn out_of_bounds(flag: &str, span: Span, bounds: &str) -> Error {
    Error::new(Code::Option, format!("--{flag} is out of bounds"))
        .label(span, bounds)
        .help(format!("give a value within the bounds, or leave --{flag} out"))
}

/// The closure with everything that lowering wants to know of it.
fn closure(shell: &EngineShell, value: &Value) -> Result<Closure> {
    let Value::Closure { val, .. } = value else {
        return Err(Error::new(Code::ClosureType, "expected a closure")
            .label(value.span(), format!("this is {}", value.get_type()))
            .help("write one: {|ctx| $ctx.pid | emit }"));
    };
    let unread = |error: Error| error.label(value.span(), "this closure");
    let ir = shell.block(val.block_id).map_err(unread)?;
    let extent = Closure::extent(&ir);
    let text = shell.text(extent).map_err(unread)?;
    Ok(Closure { ir, captures: val.captures.iter().cloned().collect(), text, base: extent.start })
}
