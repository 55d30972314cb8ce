//! One change of a block of Nushell's instructions, as bytes say: an instruction more, less, elsewhere, or another.

use crate::shell::{TABLES, value};
use arbitrary::{Result, Unstructured};
use nu_plugin_ebpf::spec::builtin::BUILTINS;
use nu_plugin_ebpf::spec::command::COMMANDS;
use nu_plugin_ebpf::spec::operator::OPERATORS;
use nu_protocol::ast::{CellPath, MatchPattern, PathMember, Pattern, RangeInclusion};
use nu_protocol::casing::Casing;
use nu_protocol::ir::{DataSlice, Instruction as I, IrBlock, Literal, RedirectMode};
use nu_protocol::{BlockId, DeclId, Filesize, RegId, Span, VarId};

/// Members of contexts and records.
const MEMBERS: &[&str] =
    &["pid", "comm", "arg0", "args", "retval", "entry", "filename", "file", "f_path", "kstack", "a"];

/// A block of instructions.
pub fn block(instructions: Vec<I>, spans: Vec<Span>, data: &[u8]) -> IrBlock {
    IrBlock {
        ast: vec![None; instructions.len()],
        comments: vec![Box::default(); instructions.len()],
        instructions,
        spans,
        data: data.into(),
        register_count: 16,
        file_count: 0,
        scope_regions: Vec::new(),
    }
}

pub fn edit(u: &mut Unstructured, ir: &mut IrBlock) -> Result<()> {
    let count = ir.instructions.len();
    let at = u.int_in_range(0..=count)?;
    let span = *u.choose(&[Span::unknown(), Span::new(usize::MAX - 1, usize::MAX)])?;
    let span = ir.spans.get(at.saturating_sub(1)).copied().unwrap_or(span);
    match u.int_in_range(0..=7)? {
        0 | 1 if at < count => ir.instructions[at] = instruction(u, count)?,
        2 | 3 => {
            ir.instructions.insert(at, instruction(u, count)?);
            ir.spans.insert(at.min(ir.spans.len()), span);
        }
        4 if at < count => drop(ir.instructions.remove(at)),
        5 if count > 1 => ir.instructions.swap(at % count, u.int_in_range(0..=count - 1)?),
        6 if at < count => {
            // Where a jump leads.
            let index = u.int_in_range(0..=count + 1)?;
            let _ = ir.instructions[at].set_branch_target(index);
        }
        7 => ir.spans.truncate(at),
        _ => {}
    }
    Ok(())
}

fn register(u: &mut Unstructured) -> Result<RegId> {
    Ok(RegId::new(u.int_in_range(0..=6)?))
}

fn slice(u: &mut Unstructured) -> Result<DataSlice> {
    Ok(DataSlice { start: u.int_in_range(0..=20)?, len: u.int_in_range(0..=8)? })
}

fn variable(u: &mut Unstructured) -> Result<VarId> {
    // Those of the closures, of captures, and of the shell.
    Ok(VarId::new(*u.choose(&[0, 1, 2, 3, 4, 26, 27, 28, 29, 30, 45])?))
}

fn command(u: &mut Unstructured) -> Result<DeclId> {
    Ok(DeclId::new(TABLES + u.int_in_range(0..=COMMANDS.len() + BUILTINS.len() + 3)?))
}

fn instruction(u: &mut Unstructured, count: usize) -> Result<I> {
    let (dst, src, third) = (register(u)?, register(u)?, register(u)?);
    let (var_id, index) = (variable(u)?, u.int_in_range(0..=count + 1)?);
    Ok(match u.int_in_range(0..=43)? {
        0 => I::Unreachable,
        1 => I::LoadValue { dst, val: Box::new(value(u, 3)?) },
        2 => I::Move { dst, src },
        3 => I::Clone { dst, src },
        4 => I::Collect { src_dst: dst },
        5 => I::Drop { src },
        6 => I::Drain { src },
        7 | 8 => I::LoadVariable { dst, var_id },
        9 => I::StoreVariable { var_id, src },
        10 => I::LoadEnv { dst, key: slice(u)? },
        11 => I::LoadEnvOpt { dst, key: slice(u)? },
        12 => I::StoreEnv { key: slice(u)?, src },
        13 | 14 => I::PushPositional { src },
        15 => I::AppendRest { src },
        16 => I::PushFlag { name: slice(u)? },
        17 => I::PushNamed { name: slice(u)?, src },
        18 => I::PushShortNamed { short: slice(u)?, src },
        19 => I::RedirectOut { mode: RedirectMode::Value },
        20 => I::WriteFile { file_num: 0, src },
        21 | 22 => I::Call { decl_id: command(u)?, src_dst: dst },
        23 => I::StringAppend { src_dst: dst, val: src },
        24 => I::ListPush { src_dst: dst, item: src },
        25 => I::ListSpread { src_dst: dst, items: src },
        26 => I::RecordInsert { src_dst: dst, key: src, val: third },
        27 => I::RecordSpread { src_dst: dst, items: src },
        28 => I::Not { src_dst: dst },
        29 | 30 => I::BinaryOp { lhs_dst: dst, op: u.choose(OPERATORS)?.nu, rhs: src },
        31 | 32 => I::FollowCellPath { src_dst: dst, path: src },
        33 => I::CloneCellPath { dst, src, path: third },
        34 => I::UpsertCellPath { src_dst: dst, path: src, new_value: third },
        35 => I::UpdateVarCellPath { var_id, cell_path: src, new_value: third },
        36 => jump(u, dst, src, index)?,
        37 => I::Match { pattern: Box::new(pattern(u, 2)?), src, index },
        38 => I::Iterate { dst, stream: src, end_index: index },
        39 => I::ReturnEarly { src },
        40 => I::Return { src },
        _ => I::LoadLiteral { dst, lit: literal(u)? },
    })
}

fn jump(u: &mut Unstructured, dst: RegId, src: RegId, index: usize) -> Result<I> {
    Ok(match u.int_in_range(0..=8)? {
        0 => I::Jump { index },
        1 => I::BranchIf { cond: src, index },
        2 => I::BranchIfEmpty { src, index },
        3 => I::OnError { index },
        4 => I::OnErrorInto { index, dst },
        5 => I::Finally { index },
        6 => I::FinallyInto { index, dst },
        7 => I::PopErrorHandler,
        _ => I::PopFinallyRun,
    })
}

fn literal(u: &mut Unstructured) -> Result<Literal> {
    // Blocks of the closures have small numbers.
    let block = BlockId::new(u.int_in_range(0..=40)?);
    Ok(match u.int_in_range(0..=13)? {
        0 => Literal::Bool(u.arbitrary()?),
        1 => Literal::Int(u.arbitrary()?),
        2 => Literal::Int(u.int_in_range(-3..=70)?),
        3 => Literal::Float(u.arbitrary()?),
        4 => Literal::Filesize(Filesize::new(u.arbitrary()?)),
        5 => Literal::Duration(u.arbitrary()?),
        6 => Literal::Binary(slice(u)?),
        7 => u.choose(&[Literal::Block(block), Literal::Closure(block), Literal::RowCondition(block)])?.clone(),
        8 => {
            let inclusion = *u.choose(&[RangeInclusion::Inclusive, RangeInclusion::RightExclusive])?;
            Literal::Range { start: register(u)?, step: register(u)?, end: register(u)?, inclusion }
        }
        9 => Literal::List { capacity: u.arbitrary()? },
        10 => Literal::Record { capacity: u.arbitrary()? },
        11 => Literal::String(slice(u)?),
        12 => Literal::CellPath(Box::new(path(u)?)),
        _ if u.arbitrary()? => Literal::Nothing,
        _ => Literal::Empty,
    })
}

fn path(u: &mut Unstructured) -> Result<CellPath> {
    let mut members = Vec::new();
    for _ in 0..u.int_in_range(0..=3)? {
        let (span, optional) = (Span::unknown(), u.arbitrary()?);
        members.push(match u.int_in_range(0..=3)? {
            0 => PathMember::Int { val: u.int_in_range(0..=9)?, span, optional },
            _ => {
                let val = (*u.choose(MEMBERS)?).to_string();
                PathMember::String { val, span, optional, casing: Casing::Sensitive }
            }
        });
    }
    Ok(CellPath { members })
}

fn pattern(u: &mut Unstructured, depth: usize) -> Result<Pattern> {
    let inner =
        |u: &mut Unstructured| Ok(MatchPattern { pattern: pattern(u, depth - 1)?, guard: None, span: Span::unknown() });
    Ok(match u.int_in_range(0..=if depth == 0 { 4 } else { 7 })? {
        0 | 1 => Pattern::Value(value(u, 2)?),
        2 => Pattern::Variable(variable(u)?),
        3 => Pattern::IgnoreValue,
        4 => Pattern::Rest(variable(u)?),
        5 => Pattern::List(vec![inner(u)?, inner(u)?]),
        6 => Pattern::Or(vec![inner(u)?, inner(u)?]),
        _ => Pattern::Record(vec![((*u.choose(MEMBERS)?).to_string(), inner(u)?)]),
    })
}
