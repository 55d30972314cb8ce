//! tracefs: which tracepoints there are, and what their records hold.

use crate::error::{Error, Result, offer};
use crate::ir::{AttachPoint, Context, Form, Member, Place, Space, Text, Type, Width};
use crate::spec::code::Code;
use crate::usdt;
use nu_ebpf_ir::environment;
use nu_ebpf_privilege::{Deed, lends, raise};
use nu_protocol::Span;
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

/// Mount points of tracefs (Documentation/trace/ftrace.rst), in search order.
const MOUNTS: &[&str] = &["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

/// The category of the records that ftrace writes by itself: they are described, but nothing passes them.
const OWN: &str = "ftrace";

/// The environment variable that names another place.
const VARIABLE: &str = "NU_EBPF_TRACEFS";

/// The context of an attach point: for a tracepoint, the fields of its `format` file; for a USDT probe, its arguments.
///
/// # Errors
/// No tracefs, no right to read it, no such tracepoint.
pub fn context(target: &AttachPoint) -> Result<Context> {
    let mut context = Context::new(target.kind.frame);
    context.members = match target.kind.frame {
        crate::spec::probe::Frame::Iterator => crate::iterator::members(target)?,
        _ => usdt::context(target)?,
    };
    if let Place::Tracepoint { category, name } = &target.place {
        let _raised = raise(Deed::Tracefs);
        let read = |root: PathBuf| {
            let path = root.join("events").join(category).join(name).join("format");
            fs::read_to_string(&path).map_err(|error| match error.kind() {
                ErrorKind::NotFound => missing(&root, category, name, target),
                _ => unreadable(&error),
            })
        };
        let label = "tracefs describes tracepoints";
        let format = root().and_then(read).map_err(|error| error.label_if_bare(target.span, label))?;
        context.members = parse(&format, category == "syscalls");
    }
    Ok(context)
}

/// The names of the events that somebody has made, as with `kprobe_events`: they tell nothing of the kernel's own. None
/// where they cannot be read, and any event may be one. `dynamic_events` has a line for each:
/// `p:kprobes/NAME FUNCTION …`, `s:synthetic/NAME …`, `u:NAME …`.
pub fn dynamic() -> Option<BTreeSet<String>> {
    let _raised = raise(Deed::Tracefs);
    let known = fs::read_to_string(root().ok()?.join("dynamic_events"));
    let name = |line: &str| {
        let made = line.split_once(':').and_then(|line| line.1.split_whitespace().next())?;
        made.rsplit('/').next().map(String::from)
    };
    match known {
        Ok(known) => Some(known.lines().filter_map(name).collect()),
        // A kernel that makes none.
        Err(error) if error.kind() == ErrorKind::NotFound => Some(BTreeSet::new()),
        Err(_) => None,
    }
}

/// Returns the mount point of tracefs.
///
/// # Errors
/// It is nowhere, or must not be read.
pub fn root() -> Result<PathBuf> {
    let _raised = raise(Deed::Tracefs);
    // What a user names is not to be read as somebody who may more than they.
    let named = environment::path(VARIABLE).filter(|_| !lends());
    for mount in named.into_iter().chain(MOUNTS.iter().map(PathBuf::from)) {
        match fs::read_dir(mount.join("events")) {
            Ok(_) => return Ok(mount),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(unreadable(&error)),
            Err(error) => Error::no_descriptor(&format!("tracefs: {error}")).map_or(Ok(()), Err)?,
        }
    }
    Err(Error::new(Code::NoTracefs, "tracefs is not mounted")
        .help("as root: mount -t tracefs tracefs /sys/kernel/tracing"))
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::new(Code::NoTracefs, format!("tracefs cannot be read: {error}")).help(
        "only root may read tracefs: run nu as root, or give the plugin CAP_DAC_READ_SEARCH: `ebpf setup` says how",
    )
}

/// All tracepoints that can be attached to, by category and name. Those of [`OWN`] cannot. `span` is what asks for
/// them.
///
/// # Errors
/// tracefs is not mounted or must not be read.
pub fn events(span: Span) -> Result<Vec<(String, String)>> {
    let _raised = raise(Deed::Tracefs);
    let root = root().map_err(|error| error.label_if_bare(span, "tracefs lists tracepoints"))?;
    let events = root.join("events");
    let mut all = Vec::new();
    for category in list(events.clone()).into_iter().filter(|category| category != OWN) {
        let names = list(events.join(&category)).into_iter();
        let names = names.filter(|name| events.join(&category).join(name).join("format").exists());
        all.extend(names.map(|name| (category.clone(), name)));
    }
    all.sort();
    Ok(all)
}

/// The folders in a folder: beside them lie files that switch all at once.
fn list(path: PathBuf) -> Vec<String> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let entries = entries.filter(|entry| entry.file_type().is_ok_and(|file| file.is_dir()));
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn missing(root: &std::path::Path, category: &str, name: &str, target: &AttachPoint) -> Error {
    let categories = list(root.join("events"));
    let (label, help) = if categories.iter().any(|known| known == category) {
        let names = list(root.join("events").join(category));
        let none_near = format!("`{category}` has {} tracepoints, none of a similar name", names.len());
        let help = offer(name, names.iter().map(String::as_str), none_near);
        (format!("the category `{category}` has no `{name}`"), help)
    } else {
        let none_near = "`ebpf probes --kind tracepoint` lists them";
        let help = offer(category, categories.iter().map(String::as_str), none_near);
        (format!("no category `{category}`"), help)
    };
    let what = format!("no tracepoint `{category}/{name}` in this kernel");
    Error::new(Code::TargetTracepoint, what).label(target.span, label).help(help)
}

/// The fields of a `format` file but those common to all tracepoints. A line that is not understood is passed over.
pub fn parse(format: &str, syscall: bool) -> Vec<Member> {
    format.lines().filter_map(|line| member(line.trim(), syscall)).filter(|m| !m.name.starts_with("common_")).collect()
}

/// `field:const char * filename; offset:24; size:8; signed:0;`, with tabs between the parts.
fn member(line: &str, syscall: bool) -> Option<Member> {
    let mut parts = line.split(';').map(str::trim);
    let declaration = parts.next()?.strip_prefix("field:")?;
    let number = |part: Option<&str>, key: &str| part?.strip_prefix(key)?.parse::<u32>().ok();
    let offset = number(parts.next(), "offset:")?;
    let size = number(parts.next(), "size:")?;
    let signed = number(parts.next(), "signed:")? != 0;
    let array = declaration.split_once('[').map(|(plain, rest)| (plain, Some(rest.trim_end_matches(']'))));
    let (plain, length) = array.unwrap_or((declaration, None));
    let at = plain.rfind(|c: char| c.is_whitespace() || c == '*')? + 1;
    let (declared, name) = (plain[..at].trim(), plain[at..].trim());
    // `__data_loc char[] name` has its brackets before the name.
    let early = name.is_empty() || declared.starts_with("__data_loc") || declared.starts_with("__rel_loc");
    let (declared, name, length) = match length {
        Some(rest) if early => {
            (plain.trim(), rest.rsplit(|c: char| c.is_whitespace() || c == ']').next()?.trim(), None)
        }
        length => (declared, name, length),
    };
    if name.is_empty() || size == 0 {
        return None;
    }
    let (ty, form) = classify(declared, size, signed, length, syscall);
    let declared = length.map_or(declared.to_string(), |length| format!("{declared}[{length}]"));
    Some(Member { name: name.to_string(), declared, offset, size, ty, form })
}

fn classify(declared: &str, size: u32, signed: bool, length: Option<&str>, syscall: bool) -> (Type, Form) {
    let base = declared.trim_start_matches("const ").trim();
    if let Some(element) = base.strip_prefix("__data_loc") {
        let form = if element.trim() == "char" { Form::DataLoc } else { Form::Opaque };
        return (Type::Pointer(Some(Space::Kernel)), form);
    }
    if let Some(length) = length {
        return array(base, size, signed, length);
    }
    if base.contains('*') {
        let space = if syscall { Space::User } else { Space::Kernel };
        return (Type::Pointer(Some(space)), if size == 8 { Form::Value } else { Form::Opaque });
    }
    let scalar = matches!(size, 1 | 2 | 4 | 8) && !base.starts_with("struct ") && !base.starts_with("union ");
    if !scalar || base.starts_with("__rel_loc") {
        return (Type::Nothing, Form::Opaque);
    }
    if base == "bool" && size == 1 {
        return (Type::Bool, Form::Value);
    }
    // A system call's record widens every argument to eight bytes: then the declared type is the real one.
    let width = match width(base) {
        Some(width) if u32::from(width.bytes) < size => width,
        _ => Width { signed, bytes: size as u8 },
    };
    (Type::Int(width), Form::Value)
}

fn array(base: &str, size: u32, signed: bool, length: &str) -> (Type, Form) {
    match base {
        "char" => (Type::Text(Text::Chars(size)), Form::Value),
        "unsigned char" | "u8" | "__u8" | "uint8_t" => (Type::Binary(size), Form::Value),
        _ => {
            let length = length.parse::<u32>().unwrap_or(0);
            let bytes = size.checked_div(length).filter(|bytes| bytes * length == size).unwrap_or(0);
            if !matches!(bytes, 1 | 2 | 4 | 8) || base.contains("struct") {
                return (Type::Nothing, Form::Opaque);
            }
            let int = Type::Int(Width { signed, bytes: bytes as u8 });
            (if base.contains('*') { Type::Pointer(Some(Space::Kernel)) } else { int }, Form::Array(length))
        }
    }
}

/// The C integer types that system calls take, on 64-bit Linux: names, sign and bytes.
const INTEGERS: &[(&str, bool, u8)] = &[
    ("int,pid_t,key_t,clockid_t,timer_t,key_serial_t,rwf_t,mqd_t,__s32,s32", true, 4),
    ("unsigned int,unsigned,uid_t,gid_t,qid_t,u32,__u32,old_uid_t,old_gid_t", false, 4),
    ("umode_t,unsigned short,u16,__u16", false, 2),
    ("short,s16,__s16", true, 2),
    ("unsigned char,u8,__u8", false, 1),
    ("long,loff_t,off_t,ssize_t,long long,s64,__s64", true, 8),
];

fn width(declared: &str) -> Option<Width> {
    let row = INTEGERS.iter().find(|row| row.0.split(',').any(|name| name == declared));
    row.map(|(_, signed, bytes)| Width { signed: *signed, bytes: *bytes })
}

#[cfg(test)]
#[path = "../../../tests/unit/machine_tracefs.rs"]
mod tests;
