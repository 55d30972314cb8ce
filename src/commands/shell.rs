//! The shell that the plugin runs in, as lowering asks it. In come ids, spans and calls whose arguments are known; out
//! come instructions, texts, commands and values, each by a message to Nushell and remembered where it costs several. It
//! must not run a command that lowering did not ask for, nor decide what a closure may do: it only tells what is there.

use super::interrupt::is_interrupt;
use crate::error::{Error, Result};
use crate::front::{Declaration, Known, Param, ParamForm, Shell, Signature};
use crate::spec::{builtin::BUILTINS, code::Code, command, failure};
use nu_plugin::{EngineInterface, EvaluatedCall};
use nu_protocol::ir::IrBlock;
use nu_protocol::{
    BlockId, DeclId, IntoSpanned, LabeledError, PipelineData, Record, ShellError, Span, SyntaxShape, Value,
};
use serde_json::Value as Json;
use std::{cell::RefCell, collections::HashMap, collections::HashSet};

/// Categories of Nushell's commands that compute, but for [`ACTING`].
const COMPUTING: &str = "bits,bytes,chart,conversions,date,filters,formats,generators,hash,math,path,strings";

/// Commands of those that are not run ahead: they write, give something else at every run, or may have no end.
const ACTING: &str = "into sqlite,tee,print,date now,cal,shuffle,par-each,generate";

/// Of the other categories, which mostly act: what only reads the machine or the net, and is meant to be read once.
const READING: &str = "open,ls,glob,du,ps,which,whoami,is-admin,term size,sys cpu,sys disks,sys mem,sys net,sys temp,\
    sys users,url build-query,url join,url parse,url split-query,ansi strip";

/// Nushell, over the plugin protocol, for the time of one attach.
pub struct EngineShell<'a> {
    engine: &'a EngineInterface,
    declarations: RefCell<HashMap<DeclId, Declaration>>,
    views: RefCell<HashMap<DeclId, View>>,
    /// The names of the pure ones of Nushell's commands; empty until it is asked.
    pure: RefCell<HashSet<String>>,
}

/// The answer of `view ir`.
#[derive(Clone)]
enum View {
    /// A user's: its block, and where the braces stand.
    Block(BlockId, Span),
    /// Any other: why there is nothing to show.
    Refused(String),
}

impl Shell for EngineShell<'_> {
    fn block(&self, id: BlockId) -> Result<IrBlock> {
        self.engine.get_block_ir(id).map_err(unread)
    }

    fn text(&self, span: Span) -> Result<String> {
        let bytes = self.engine.get_span_contents(span).map_err(unread)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn declaration(&self, id: DeclId, words: &str) -> Result<Declaration> {
        if let Some(known) = self.declarations.borrow().get(&id) {
            return Ok(known.clone());
        }
        let found = match self.view(id)? {
            View::Block(_, braces) => Declaration::Custom(self.signature(words.trim(), braces)?),
            View::Refused(why) => self.named(id, &why, words.trim())?,
        };
        self.declarations.borrow_mut().insert(id, found.clone());
        Ok(found)
    }

    fn definition(&self, id: DeclId) -> Result<IrBlock> {
        match self.view(id)? {
            View::Block(block, _) => self.block(block),
            View::Refused(why) => Err(Error::new(Code::ClosureRead, why)),
        }
    }

    fn evaluate(&self, call: &Known) -> Result<Value> {
        let flags = call.named.iter().map(|(name, value)| (name.clone().into_spanned(call.span), value.clone()));
        let (positional, named) = (call.positional.clone(), flags.collect());
        let input = match &call.input {
            Value::Nothing { .. } => PipelineData::empty(),
            value => PipelineData::value(value.clone(), None),
        };
        let run = self.run(call.decl, EvaluatedCall { head: call.span, positional, named }, input);
        let value = run.map_err(|error| refused(error, call.span))?;
        let error = fault(&value).map(|error| refused(error.clone(), call.span));
        error.map_or(Ok(value), Err)
    }

    fn parameters(&self, list: &str) -> Result<Vec<Param>> {
        let what = || Error::new(Code::ClosureRead, format!("these parameters cannot be read: {list}"));
        self.parsed(format!("def nu [{list}] {{}}"))?.ok_or_else(what)
    }

    fn env(&self, name: &str) -> Result<Option<Value>> {
        self.engine.get_env_var(name).map_err(unread)
    }
}

impl<'a> EngineShell<'a> {
    pub fn new(engine: &'a EngineInterface) -> EngineShell<'a> {
        EngineShell { engine, declarations: RefCell::default(), views: RefCell::default(), pure: RefCell::default() }
    }

    /// Returns Nushell's own command of this name; none where a user's command hides it.
    ///
    /// # Errors
    /// Nushell's: the job was killed.
    #[expect(clippy::result_large_err, reason = "the error is Nushell's own")]
    pub fn built_in(&self, name: &str) -> std::result::Result<Option<DeclId>, ShellError> {
        let Some(id) = self.engine.find_decl(name)? else { return Ok(None) };
        let number = [Value::int(id.get() as i64, Span::unknown())];
        match self.ask("view ir", &number, &["json", "decl-id"]) {
            Ok(Err(error)) if is_interrupt(&error) => Err(error),
            Ok(Err(error)) if error.to_string().split('`').nth(1) == Some(name) => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    /// Returns the number of columns of the user's terminal; none without a terminal.
    pub fn columns(&self) -> Option<usize> {
        let size = self.ask("term size", &[], &[]).ok()?.ok()?.into_record().ok()?;
        size.get("columns")?
            .as_int()
            .ok()
            .and_then(|columns| usize::try_from(columns).ok())
            .filter(|columns| *columns > 0)
    }

    /// A command that is no user's. Nushell says its name while refusing to show it; else the words must mean it.
    fn named(&self, id: DeclId, why: &str, words: &str) -> Result<Declaration> {
        let name = match why.split('`').nth(1) {
            Some(name) => name,
            None if self.engine.find_decl(words).map_err(unread)? == Some(id) => words,
            None => return Ok(Declaration::Other { name: words.to_string(), pure: false }),
        };
        let builtin = || BUILTINS.iter().find(|row| row.name == name).map(Declaration::Builtin);
        let row = command::command(name).map(Declaration::Closure).or_else(builtin);
        row.map_or_else(|| Ok(Declaration::Other { name: name.to_string(), pure: self.pure(name)? }), Ok)
    }

    fn pure(&self, name: &str) -> Result<bool> {
        if self.pure.borrow().is_empty() {
            // Not `scope commands`, whose examples hold values that Nushell does not send to plugins.
            let rows = self.ask("help commands", &[], &[])?.and_then(Value::into_list).map_err(unread)?;
            let rows = rows.iter().filter_map(|row| row.as_record().ok()).filter(|row| pure(row));
            *self.pure.borrow_mut() = rows.map(|row| text(row, "name").to_string()).collect();
        }
        Ok(self.pure.borrow().contains(name))
    }

    fn view(&self, id: DeclId) -> Result<View> {
        if let Some(known) = self.views.borrow().get(&id) {
            return Ok(known.clone());
        }
        let number = [Value::int(id.get() as i64, Span::unknown())];
        let view = match self.ask("view ir", &number, &["json", "decl-id"])?.and_then(Value::into_string) {
            Ok(json) => block(&json).ok_or_else(|| unknown("view ir"))?,
            Err(error) => View::Refused(error.to_string()),
        };
        self.views.borrow_mut().insert(id, view.clone());
        Ok(view)
    }

    /// Parses the signature of a user's command: no command of Nushell reports one private to a module or block.
    fn signature(&self, name: &str, braces: Span) -> Result<Signature> {
        let files = self.ask("view files", &[], &[])?.and_then(Value::into_list).map_err(unread)?;
        let start = |file: &Value| {
            let place = |column| file.as_record().ok()?.get(column)?.as_int().ok()?.try_into().ok();
            let (start, end): (usize, usize) = (place("start")?, place("end")?);
            (start <= braces.start && braces.end <= end).then_some(start)
        };
        let start = files.iter().find_map(start).ok_or_else(|| unknown("view files"))?;
        let before = self.text(Span::new(start, braces.start))?;
        // The last `def` is the command's, unless its parameters' comments and defaults have the word too.
        for (at, _) in before.rmatch_indices("def ").take(8) {
            let head = &before[at..];
            // A body of nothing does not fit the types that stand behind the parameters.
            let typed = |end: &usize| head[end + 1..].trim_start().starts_with(':');
            let ends = head.rmatch_indices(']').map(|(end, _)| end).filter(typed);
            for head in std::iter::once(head).chain(ends.map(|end| &head[..=end])) {
                if let Some(params) = self.parsed(format!("{head} {{}}"))? {
                    return Ok(Signature { name: name.to_string(), params });
                }
            }
        }
        Err(Error::new(Code::ClosureRead, format!("the parameters of `{name}` cannot be read"))
            .help("write its defaults out instead of naming constants of a module"))
    }

    /// The parameters of a `def`, by Nushell's own parser.
    fn parsed(&self, source: String) -> Result<Option<Vec<Param>>> {
        let tree = self.ask("ast", &[Value::string(source, Span::unknown())], &["json", "minify"])?;
        Ok(params(&tree.and_then(Value::into_record).map_err(unread)?))
    }

    /// Runs one of the commands by which Nushell tells about itself; the inner error is that command's.
    fn ask(&self, name: &str, args: &[Value], flags: &[&str]) -> Result<std::result::Result<Value, ShellError>> {
        let id = self.engine.find_decl(name).map_err(unread)?.ok_or_else(|| unknown(name))?;
        let mut call = EvaluatedCall::new(Span::unknown());
        call.positional.extend_from_slice(args);
        call.named.extend(flags.iter().map(|flag| (flag.to_string().into_spanned(call.head), None)));
        Ok(self.run(id, call, PipelineData::empty()))
    }

    #[expect(clippy::result_large_err, reason = "the error is Nushell's own")]
    fn run(&self, id: DeclId, mut call: EvaluatedCall, input: PipelineData) -> std::result::Result<Value, ShellError> {
        let span = call.head;
        // Nushell 0.115 clears the arguments of all calls around a plugin's that has none. An idle flag prevents that.
        call.named.push((IDLE.to_string().into_spanned(span), None));
        self.engine.call_decl(id, call, input, true, false)?.into_value(span)
    }
}

/// The name of a flag that no command has.
const IDLE: &str = "nu-plugin-ebpf";

/// Whether a row of `help commands` is of one that changes nothing, and gives what it gives at every run or only reads.
fn pure(row: &Record) -> bool {
    let (name, category) = (text(row, "name"), text(row, "category"));
    let listed = |list: &str, wanted: &str| list.split(',').any(|item| item == wanted);
    let computes = listed(COMPUTING, category) && !listed(ACTING, name);
    let constant = row.get("is_const").is_some_and(Value::is_true);
    text(row, "command_type") == "built-in" && (constant || computes || listed(READING, name))
}

/// The start of what `view ir --json` writes. The instructions after it may be deeper than a JSON reader goes.
fn block(json: &str) -> Option<View> {
    let number = |key: &str| {
        let (_, rest) = json.split_once(key)?;
        let rest = rest.trim_start();
        rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse().ok()
    };
    let span = Span::new(number("\"start\":")?, number("\"end\":")?);
    Some(View::Block(BlockId::new(number("\"block_id\":")?), span))
}

/// The parameters in the syntax tree of a `def`; None where it is none, or has errors.
fn params(tree: &Record) -> Option<Vec<Param>> {
    if tree.get("error").is_some_and(|error| !error.is_nothing() && error.as_str() != Ok("null")) {
        return None;
    }
    let block: Json = serde_json::from_str(text(tree, "block")).ok()?;
    let arguments = block.pointer("/pipelines/0/elements/0/expr/expr/Call/arguments")?.as_array()?;
    let signature = arguments.iter().find_map(|argument| argument.pointer("/Positional/expr/Signature"))?;
    let mut params = Vec::new();
    for part in ["required_positional", "optional_positional", "rest_positional", "named"] {
        let rows = signature.get(part)?;
        let rows = rows.as_array().map_or(std::slice::from_ref(rows), Vec::as_slice);
        for row in rows.iter().filter(|row| !row.is_null()) {
            let form = match (part, row.get("arg")) {
                ("rest_positional", _) => ParamForm::Rest,
                ("named", Some(Json::Null)) => ParamForm::Switch,
                ("named", _) => ParamForm::Named,
                _ => ParamForm::Positional,
            };
            let name = row.get("name").or(row.get("long"))?.as_str()?.to_string();
            let default = row.get("default_value").filter(|value| !value.is_null());
            let default = default.map_or(Some(Value::default()), |value| serde_json::from_value(value.clone()).ok())?;
            let shape =
                row.get("shape").map_or(Some(SyntaxShape::Any), |shape| serde_json::from_value(shape.clone()).ok())?;
            let required = part == "required_positional";
            params.push(Param { name, form, required, ty: shape.to_type(), default });
        }
    }
    Some(params)
}

fn text<'r>(row: &'r Record, column: &str) -> &'r str {
    row.get(column).and_then(|value| value.as_str().ok()).unwrap_or_default()
}

/// The first error within a value: Nushell hands some out as items instead of failing.
fn fault(value: &Value) -> Option<&ShellError> {
    match value {
        Value::Error { error, .. } => Some(error),
        Value::List { vals, .. } => vals.iter().find_map(fault),
        Value::Record { val, .. } => val.values().find_map(fault),
        _ => None,
    }
}

fn unread(error: ShellError) -> Error {
    Error::new(Code::ClosureRead, format!("cannot get the closure from Nushell: {error}"))
}

fn unknown(name: &str) -> Error {
    let what = format!("Nushell's `{name}` is hidden, or its output has an unknown form");
    Error::new(Code::ClosureRead, what)
}

fn refused(error: ShellError, span: Span) -> Error {
    let kind = failure::of(&error);
    let LabeledError { msg, labels, help, .. } = LabeledError::from(error);
    let why = labels.first().filter(|label| !label.text.is_empty()).map(|label| format!(": {}", label.text));
    let label = format!("Nushell refuses this at attach time{}", why.unwrap_or_default());
    Error { help, ..Error::new(Code::ClosureType, msg).label(span, label).fails(kind) }
}
