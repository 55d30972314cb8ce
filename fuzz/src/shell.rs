//! A shell that answers what lowering asks with what its bytes say: blocks and commands of a closure that is kept, values
//! of any sort, errors.

use arbitrary::Unstructured;
use nu_plugin_ebpf::error::{Error, Result};
use nu_plugin_ebpf::front::{Declaration, Known, Param, ParamForm, Shell, Signature};
use nu_plugin_ebpf::spec::builtin::BUILTINS;
use nu_plugin_ebpf::spec::code::Code;
use nu_plugin_ebpf::spec::command::{COMMANDS, command};
use nu_protocol::ir::IrBlock;
use nu_protocol::{BlockId, DeclId, Record, Span, Type, Value};
use std::cell::RefCell;
use std::collections::HashMap;

/// From here on ids are of all of our commands and all known ones of Nushell's, in the order of the tables; behind them
/// of users' commands, which have the blocks for bodies.
pub const TABLES: usize = 100_000;

/// A closure, and what it calls.
#[derive(Clone)]
pub struct Case {
    pub target: String,
    pub text: String,
    pub base: usize,
    /// By their ids, the closure's own first.
    pub blocks: Vec<(usize, IrBlock)>,
    pub calls: HashMap<usize, String>,
}

pub struct Double<'a> {
    case: Case,
    answers: RefCell<Unstructured<'a>>,
}

impl<'a> Double<'a> {
    pub fn new(case: Case, answers: &'a [u8]) -> Self {
        Double { case, answers: RefCell::new(Unstructured::new(answers)) }
    }

    fn known(&self, id: usize) -> Option<&IrBlock> {
        self.case.blocks.iter().find(|(known, _)| *known == id).map(|(_, ir)| ir)
    }

    fn value(&self) -> Value {
        value(&mut self.answers.borrow_mut(), 3).unwrap_or_default()
    }
}

impl Shell for Double<'_> {
    fn block(&self, id: BlockId) -> Result<IrBlock> {
        self.known(id.get()).cloned().ok_or_else(|| unknown("block"))
    }

    fn text(&self, span: Span) -> Result<String> {
        let within = |at: usize| at.checked_sub(self.case.base);
        let (Some(start), Some(end)) = (within(span.start), within(span.end)) else { return Ok("{|x| $x}".into()) };
        Ok(self.case.text.get(start..end).unwrap_or("{|a, b| $a}").to_string())
    }

    fn declaration(&self, id: DeclId, words: &str) -> Result<Declaration> {
        let id = id.get();
        let (ours, theirs) = (TABLES + COMMANDS.len(), TABLES + COMMANDS.len() + BUILTINS.len());
        let custom = |name: &str| {
            let param = |name: &str, form| Param {
                name: name.into(),
                form,
                required: form == ParamForm::Positional,
                ty: Type::Any,
                default: Value::default(),
            };
            let params = vec![param("a", ParamForm::Positional), param("b", ParamForm::Named)];
            Declaration::Custom(Signature { name: name.into(), params })
        };
        if (TABLES..ours).contains(&id) {
            return Ok(Declaration::Closure(&COMMANDS[id - TABLES]));
        }
        if (ours..theirs).contains(&id) {
            return Ok(Declaration::Builtin(&BUILTINS[id - ours]));
        }
        if id >= theirs {
            return Ok(custom(words));
        }
        let name = self.case.calls.get(&id).ok_or_else(|| unknown("command"))?;
        let builtin = || BUILTINS.iter().find(|row| row.name == name).map(Declaration::Builtin);
        let known = command(name).map(Declaration::Closure).or_else(builtin);
        Ok(known.unwrap_or_else(|| Declaration::Other { name: name.clone(), pure: !name.contains("view") }))
    }

    fn definition(&self, id: DeclId) -> Result<IrBlock> {
        let (_, ir) = &self.case.blocks[id.get() % self.case.blocks.len()];
        Ok(ir.clone())
    }

    fn evaluate(&self, call: &Known) -> Result<Value> {
        match self.value() {
            Value::Nothing { .. } => Ok(call.input.clone()),
            Value::Bool { .. } => Err(unknown("value")),
            value => Ok(value),
        }
    }

    fn parameters(&self, list: &str) -> Result<Vec<Param>> {
        let param = |name: &str| Param {
            name: name.into(),
            form: ParamForm::Positional,
            required: false,
            ty: Type::Any,
            default: self.value(),
        };
        Ok(list.split([' ', ',']).filter(|name| !name.is_empty()).map(param).collect())
    }

    fn env(&self, _: &str) -> Result<Option<Value>> {
        Ok(Some(self.value()).filter(|value| !value.is_nothing()))
    }
}

fn unknown(what: &str) -> Error {
    Error::new(Code::ClosureRead, format!("no such {what}"))
}

/// Any value.
pub fn value(u: &mut Unstructured, depth: usize) -> arbitrary::Result<Value> {
    const TEXTS: &[&str] = &["", "a", "pid", "0x7f", "ä…", "%d\0", "{|ctx| $ctx }", "abcdefghijklmnopqrstuvwxyz"];
    const NUMBERS: &[i64] = &[0, 1, -1, 2, 7, 63, 64, 255, 1 << 20, i64::MAX, i64::MIN];
    let span = Span::unknown();
    let number = if u.arbitrary()? { *u.choose(NUMBERS)? } else { u.arbitrary()? };
    Ok(match u.int_in_range(0..=if depth == 0 { 7 } else { 9 })? {
        0 => Value::nothing(span),
        1 => Value::bool(u.arbitrary()?, span),
        2 => Value::int(number, span),
        3 => Value::string(*u.choose(TEXTS)?, span),
        4 => Value::duration(number, span),
        5 => Value::float(f64::from_bits(u.arbitrary()?), span),
        6 => Value::filesize(number, span),
        7 => Value::binary(number.to_ne_bytes(), span),
        8 => {
            let count = u.int_in_range(0..=3)?;
            let items: arbitrary::Result<Vec<Value>> = (0..count).map(|_| value(u, depth - 1)).collect();
            Value::list(items?, span)
        }
        _ => {
            let mut record = Record::new();
            for _ in 0..u.int_in_range(0..=3)? {
                record.push(*u.choose(TEXTS)?, value(u, depth - 1)?);
            }
            Value::record(record, span)
        }
    })
}
