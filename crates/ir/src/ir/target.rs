//! An attach point, parsed: which kind of probe, and where.

use super::glob;
use crate::error::{Error, Result, offer_of};
use crate::spec::code::Code;
use crate::spec::event::Event;
use crate::spec::probe::{Attach, ITER, KINDS, Kind, SYSCALL_PREFIX, by_attach, kind};
use serde::{Deserialize, Serialize};

/// Where a program is to be attached.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AttachPoint {
    #[serde(with = "super::by_name::kind")]
    pub kind: &'static Kind,
    pub place: Place,
    /// The user's own words.
    pub text: String,
    /// Where they stand.
    pub span: nu_protocol::Span,
}

/// What an attach point names, by the grammar of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// A kernel function, or a system call without its prefix.
    Function(String),
    /// A kernel function that is said to be a module's, or an instruction so many bytes into a function.
    Symbol { module: Option<String>, function: String, offset: u64 },
    /// An event of the kernel, in its category.
    Tracepoint { category: String, name: String },
    /// A function of a binary or library, or an offset in its file.
    Binary { binary: String, function: Option<String>, offset: u64 },
    /// A USDT probe of a binary or library.
    Usdt { binary: String, provider: String, name: String },
    /// An event of the kernel by its name alone.
    Raw(String),
    /// Samples of an event.
    Samples {
        #[serde(with = "super::by_name::event")]
        event: &'static Event,
        rate: Rate,
    },
    /// What a process or the kernel does with so many bytes at an address.
    Watch { address: u64, bytes: u8, access: Watched },
    /// Nowhere: the program is run by its loader.
    Nowhere,
}

/// What is watched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Watched {
    Write,
    /// No processor of ours tells reads alone.
    ReadWrite,
    Execute,
}

impl Watched {
    pub const ALL: &[Watched] = &[Watched::Write, Watched::ReadWrite, Watched::Execute];

    pub fn written(self) -> &'static str {
        match self {
            Watched::Write => "w",
            Watched::ReadWrite => "rw",
            Watched::Execute => "x",
        }
    }
}

/// How often samples are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rate {
    /// So often a second.
    Hertz(u64),
    /// After so many events; of a clock, nanoseconds.
    Period(u64),
}

impl Rate {
    fn written(self) -> String {
        match self {
            Rate::Hertz(rate) => format!("{rate}hz"),
            Rate::Period(period) => period.to_string(),
        }
    }
}

/// Characters of the name of a program at most: a function of C++ may have thousands, and the kernel takes 128.
const IDENT: usize = 64;

/// What an attach point is called in a closure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Title {
    /// As the user names it, `$ctx.probe`.
    Probe,
    /// The function or event, `$ctx.func`.
    Function,
}

impl Place {
    /// As it is written behind its kind.
    pub fn written(&self) -> String {
        match self {
            Place::Function(name) | Place::Raw(name) => name.clone(),
            Place::Symbol { module, function, offset } => {
                let offset = if *offset > 0 { format!("+{offset:#x}") } else { String::new() };
                format!("{}{offset}", in_module(module.as_deref(), function))
            }
            Place::Tracepoint { category, name } => format!("{category}/{name}"),
            Place::Binary { binary, function: None, offset } => format!("{binary}:+{offset:#x}"),
            Place::Binary { binary, function: Some(function), offset: 0 } => format!("{binary}:{function}"),
            Place::Binary { binary, function: Some(function), offset } => format!("{binary}:{function}+{offset:#x}"),
            Place::Usdt { binary, provider, name } => format!("{binary}:{provider}:{name}"),
            Place::Samples { event, rate } => format!("{}:{}", event.name, rate.written()),
            Place::Watch { address, bytes, access } => format!("{address:#x}:{bytes}:{}", access.written()),
            Place::Nowhere => String::new(),
        }
    }
}

/// `BINARY:FUNCTION` taken apart: at the last colon that stands alone, as a path may have colons, and C++ and Rust write
/// `::` in names. Of three colons the last two are the name's.
pub fn binary_and_function(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    while let Some(last) = bytes[..end].iter().rposition(|byte| *byte == b':') {
        let begin = bytes[..last].iter().rposition(|byte| *byte != b':').map_or(0, |before| before + 1);
        if (last - begin) % 2 == 0 {
            return Some((&text[..begin], &text[begin + 1..]));
        }
        end = begin;
    }
    None
}

/// `FUNCTION+OFFSET` taken apart, where what is behind the last `+` begins with a digit: `operator+` is a name.
pub fn function_and_offset(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once('+') {
        Some((function, offset)) if offset.starts_with(|c: char| c.is_ascii_digit()) => (function, Some(offset)),
        _ => (text, None),
    }
}

impl AttachPoint {
    /// The function of a binary as the attach point names it: of C++ and Rust not as its symbol.
    fn shown(&self) -> Option<&str> {
        let (_, place) = self.text.split_once(':')?;
        let (_, function) = binary_and_function(place)?;
        Some(function_and_offset(function).0)
    }

    pub fn title(&self, title: Title) -> String {
        match (title, &self.place) {
            (Title::Probe, _) => self.text.clone(),
            (
                Title::Function,
                Place::Function(name)
                | Place::Raw(name)
                | Place::Symbol { function: name, .. }
                | Place::Tracepoint { name, .. }
                | Place::Usdt { name, .. },
            ) => name.clone(),
            (Title::Function, Place::Binary { function: Some(name), .. }) => self.shown().unwrap_or(name).to_string(),
            (Title::Function, Place::Binary { function: None, offset, .. }) => format!("at_{offset:x}"),
            // What was written: the rate of `profile`, the event of others, the address that is watched.
            (Title::Function, Place::Samples { .. } | Place::Watch { .. }) => {
                self.text.split(':').nth(1).unwrap_or_default().to_string()
            }
            (Title::Function, Place::Nowhere) => self.kind.name.to_string(),
        }
    }

    /// The last word of the attach point as a C identifier: the name of its program.
    pub fn ident(&self) -> String {
        let name = match self.place {
            Place::Samples { .. } | Place::Watch { .. } => {
                format!("{}_{}", self.kind.name, self.title(Title::Function))
            }
            _ => self.title(Title::Function),
        };
        name.chars().take(IDENT).map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
    }

    /// Whether it stands for all places whose names fit it.
    pub fn is_pattern(&self) -> bool {
        let parts = match &self.place {
            Place::Function(name) | Place::Raw(name) | Place::Binary { function: Some(name), .. } => {
                [name.as_str(), ""]
            }
            Place::Symbol { module, function, .. } => [module.as_deref().unwrap_or_default(), function.as_str()],
            Place::Tracepoint { category, name } => [category.as_str(), name.as_str()],
            Place::Usdt { provider, name, .. } => [provider.as_str(), name.as_str()],
            Place::Binary { function: None, .. } | Place::Samples { .. } | Place::Watch { .. } | Place::Nowhere => {
                return false;
            }
        };
        parts.iter().any(|part| glob::is_pattern(part))
    }
}

/// A kernel function as the kernel itself names one of a module.
pub fn in_module(module: Option<&str>, function: &str) -> String {
    module.map_or_else(|| function.to_string(), |module| format!("{module}:{function}"))
}

/// The kind of that name.
///
/// # Errors
/// [`Code::TargetKind`] where there is none.
pub fn kind_named(name: &str, span: nu_protocol::Span) -> Result<&'static Kind> {
    kind(name).ok_or_else(|| no_kind(name, span))
}

/// The error for a kind that there is not.
pub fn no_kind(name: &str, span: nu_protocol::Span) -> Error {
    if name == ITER.name {
        return Error::new(Code::TargetKind, "an iterator is no probe: it is read, not attached")
            .label(span, "no attach point is of this kind")
            .help("write ebpf iter KIND {|ctx| … }, for example: ebpf iter task {|ctx| {pid: $ctx.task.pid} }");
    }
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let known = format!("the kinds are {}", names.join(", "));
    Error::new(Code::TargetKind, format!("no probe kind `{name}`")).label(span, "this kind is unknown").help(offer_of(
        name,
        names.iter().copied(),
        &known,
    ))
}

/// `kprobe:sys_NAME` is the system call NAME: no kernel since 4.17 has a function of that name. The kind, and NAME.
pub fn syscall<'n>(kind: &Kind, function: &'n str) -> Option<(&'static Kind, &'n str)> {
    let Attach::Kprobe { ret } = kind.attach else { return None };
    let name = function.strip_prefix(SYSCALL_PREFIX).filter(|name| !name.is_empty())?;
    Some((by_attach(Attach::Ksyscall { ret })?, name))
}
