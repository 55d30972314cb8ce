//! The arguments of `ebpf attach`: attach points and closures as the user gives them in, those that there are out.

use super::call::{Answer, Call};
use crate::error::{Error, Result};
use crate::front::{bpftrace, target};
use crate::ir::AttachPoint;
use crate::load;
use crate::pipeline::{self, Prepared};
use crate::spec::code::Code;
use nu_ebpf_pin::Group;
use nu_ebpf_portable::{self as portable, Targets};
use nu_protocol::{Span, Value};
use std::path::{Path, PathBuf};

/// Closures, each with its attach points.
type Closures = Vec<(Vec<AttachPoint>, Value)>;

/// Attach points that an object has at most where no other number is asked for.
const MAX_PROBES: i64 = 1000;

impl Call<'_> {
    /// The attach points and their closures: a string or a list of them before a closure, or a record of closures.
    pub fn targets(&self) -> Answer<(Closures, Targets)> {
        let Some(first) = self.args.opt::<Value>(0)? else {
            return Err(no_target(self.head()).into());
        };
        let closure: Option<Value> = self.args.opt(1)?;
        let given = given(first, closure, self.head())?;
        let positive = |most: &i64| (1..=1 << 20).contains(most);
        let most = self.flag("max-probes", positive, "from 1 to 1048576")?.unwrap_or(MAX_PROBES) as usize;
        let (optional, cwd) = (self.has("optional")?, self.engine.get_current_dir()?);
        let (mut closures, mut targets) = (Closures::new(), Targets::default());
        let mut words = Vec::new();
        let (several, mut absent) = (given.len() > 1, Vec::new());
        for (texts, closure) in given {
            let mut wanted = Vec::new();
            for (text, span) in texts {
                wanted.extend(target::parse_all(&text, span)?);
                words.push(text);
            }
            let found = match load::find(wanted.clone(), Path::new(&cwd), optional, most) {
                // One key of a record may be missing, as long as there is another one.
                Err(error) if optional && several && error.code != Code::TargetMany => {
                    targets.skipped.extend(skipped(&wanted, &error));
                    absent.push(error);
                    continue;
                }
                found => found?,
            };
            targets.skipped.extend(found.skipped.iter().map(|(target, why)| format!("{}: {why}", target.text)));
            closures.push((found.targets, closure));
        }
        if closures.is_empty() {
            return Err(Error::all(absent).unwrap_or_else(|| no_target(self.head())).into());
        }
        targets.words = words.join(", ");
        Ok((closures, targets))
    }

    /// Reads an object of `ebpf compile`, from a file or from its bytes.
    pub fn object(&self, file: &Value, group: Option<&Group>) -> Answer<(Prepared, Targets)> {
        let at = file.span();
        if let Some((flag, at)) = self.first_of(&COMPILED) {
            return Err(compiled_in(&format!("--{flag}"), at).into());
        }
        if let Some(first) = self.args.positional.first() {
            return Err(compiled_in("an attach point", first.span()).into());
        }
        let cwd = PathBuf::from(self.engine.get_current_dir()?);
        let bytes = match file {
            Value::Binary { val, .. } => val.to_vec(),
            other => portable::open(&cwd, &other.coerce_str()?, at)?,
        };
        Ok(pipeline::unpack(&bytes, at, &cwd, group)?)
    }
}

/// The attach points of a closure of which none is there, each with its reason.
fn skipped(wanted: &[AttachPoint], error: &Error) -> Vec<String> {
    let errors = std::iter::once(error).chain(&error.related);
    wanted.iter().zip(errors).map(|(target, why)| format!("{}: {}", target.text, why.message)).collect()
}

/// The flags that are in the C.
const COMPILED: [&str; 8] =
    ["emit-c", "optional", "max-probes", "max-entries", "ring-buffer", "pid", "comm", "no-upgrade"];

fn compiled_in(what: &str, at: Span) -> Error {
    Error::new(Code::Option, format!("{what} must be set at compile time"))
        .label(at, "an object is compiled already")
        .help("pass it to `ebpf compile`; --object goes with --stream, --dry-run and --pin")
}

fn no_target(head: Span) -> Error {
    Error::new(Code::TargetGrammar, "an attach point is missing")
        .label(head, "expected an attach point")
        .help("write ebpf attach 'KIND:PLACE' {|ctx| … }, or attach a compiled object: ebpf attach --object FILE")
}

/// Attach points as they are written, and where, each with the closure for them.
type Given = Vec<(Vec<(String, Span)>, Value)>;

fn given(first: Value, closure: Option<Value>, head: Span) -> Result<Given> {
    let span = first.span();
    let wrong = |what: &str, at: Span, label: &str| {
        Err(Error::new(Code::TargetGrammar, what).label(at, label).help(
            "write ebpf attach 'KIND:PLACE' {|ctx| … }, a list of attach points before the closure, or \
             a record of closures: {'KIND:PLACE': {|ctx| … }}",
        ))
    };
    match (first, closure) {
        (Value::Record { .. }, Some(closure)) => {
            wrong("a record of closures takes no other closure", closure.span(), "remove this closure")
        }
        (Value::Record { val, .. }, None) if !val.is_empty() => {
            let one = |(name, closure): (String, Value)| (vec![(name, closure.span())], closure);
            Ok(val.into_owned().into_iter().map(one).collect())
        }
        (Value::String { val, .. }, None) if bpftrace::is_program(&val) => Err(target::program(&val, span)),
        (Value::String { val, .. }, Some(closure)) => Ok(vec![(vec![(val, span)], closure)]),
        (Value::List { vals, .. }, Some(closure)) if !vals.is_empty() => {
            let mut texts = Vec::new();
            for value in vals {
                let Value::String { val, internal_span, .. } = value else {
                    return wrong(
                        "an attach point is a string",
                        value.span(),
                        &format!("this is {}", value.get_type()),
                    );
                };
                texts.push((val, internal_span));
            }
            Ok(vec![(texts, closure)])
        }
        (Value::List { .. } | Value::Record { .. }, _) => wrong("an attach point is missing", span, "this is empty"),
        (_, Some(_)) => wrong("an attach point is a string", span, "this is not a string"),
        (Value::String { val, .. }, None) => Err(Error::new(Code::TargetGrammar, "a closure is missing")
            .label(span, "expected a closure after this")
            .help(format!("write one: ebpf attach '{val}' {{|ctx| $ctx.comm | count }}"))),
        (_, None) => wrong("a closure is missing", head, "expected a closure after the attach point"),
    }
}
