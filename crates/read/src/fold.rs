//! Tables whose keys have stacks as folded lines, one a row: what else is text in the key, the user's frames from the
//! outermost to the innermost, then the kernel's, then how much.

use super::stacks::{FUNCTION, MODULE};
use super::table::KEY;
use crate::ir::{Const, Layout, Space, Tree, Type};
use nu_ebpf_symbol::fold::{name, part};
use nu_protocol::Value;
use std::collections::BTreeMap;

/// The columns of a key that are stacks, and whose; empty where there is none.
pub fn columns(key: &Layout) -> Vec<(String, Space)> {
    let stack = |name: &str, tree: &Tree| Some((name.to_string(), space(key, tree)?));
    match &key.tree {
        Tree::Record(fields) => fields.iter().filter_map(|(name, tree)| stack(name, tree)).collect(),
        tree => stack(KEY, tree).into_iter().collect(),
    }
}

/// Whose stack a part of a key is: always, or where it is not null.
fn space(key: &Layout, tree: &Tree) -> Option<Space> {
    match tree {
        Tree::Slot(slot) => match key.slots.get(*slot)?.ty {
            Type::Stack(space) => Some(space),
            _ => None,
        },
        Tree::Either(parts) => match &**parts {
            [_, tree, Tree::Const(Const::Nothing)] | [_, Tree::Const(Const::Nothing), tree] => space(key, tree),
            [_, one, other] => space(key, one).filter(|of| space(key, other) == Some(*of)),
        },
        _ => None,
    }
}

/// The rows of a table as folded lines, the same lines as one, the largest first. `weight` is the column that counts.
pub fn folded(table: &Value, stacks: &[(String, Space)], weight: &str) -> Vec<String> {
    let mut lines: BTreeMap<String, i64> = BTreeMap::new();
    for row in table.as_list().unwrap_or_default() {
        let Ok(row) = row.as_record() else { continue };
        let (mut parts, mut user, mut kernel) = (Vec::new(), Vec::new(), Vec::new());
        for (column, value) in row.iter() {
            match stacks.iter().find(|(stack, _)| stack == column).map(|(_, space)| space) {
                Some(Space::User) => user.extend(frames(value, false)),
                Some(Space::Kernel) => kernel.extend(frames(value, true)),
                None => parts.extend(value.as_str().map(part)),
            }
        }
        parts.append(&mut user);
        parts.append(&mut kernel);
        // What stands for no frame at all must still be a line.
        if parts.is_empty() {
            parts.push("[none]".to_string());
        }
        let count = row.get(weight).map_or(0, number);
        *lines.entry(parts.join(";")).or_default() += count;
    }
    let mut lines: Vec<(String, i64)> = lines.into_iter().filter(|(_, count)| *count > 0).collect();
    lines.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    lines.into_iter().map(|(line, count)| format!("{line} {count}")).collect()
}

/// The names of a stack's frames, outermost first.
fn frames(stack: &Value, kernel: bool) -> Vec<String> {
    let frame = |frame: &Value| {
        let frame = frame.as_record().ok();
        let text = |column| frame.and_then(|frame| frame.get(column)).and_then(|text| text.as_str().ok());
        name(text(FUNCTION), text(MODULE), kernel)
    };
    stack.as_list().unwrap_or_default().iter().rev().map(frame).collect()
}

/// A count, or a sum of whatever was added.
fn number(value: &Value) -> i64 {
    match value {
        Value::Int { val, .. } | Value::Duration { val, .. } => *val,
        Value::Filesize { val, .. } => val.get(),
        _ => 0,
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/read_fold.rs"]
mod tests;
