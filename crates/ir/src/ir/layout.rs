//! How a row or a key lies in memory: the one value that declares its C struct and decodes its bytes.

use super::{Const, ExprId, Kind, Later, Text, Type, Width};
use nu_protocol::{Config, Span};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A C struct of ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// In the order in which they lie.
    pub slots: Vec<Slot>,
    /// Bytes, a multiple of `align`.
    pub size: u32,
    pub align: u32,
    /// How slots and constants make up the value that the closure named.
    pub tree: Tree,
}

/// One member of the struct.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// The path in the closure's value (`file.name`); empty for a lone value.
    pub path: String,
    pub ty: Type,
    pub offset: u32,
    /// The expression that fills it; of a layout that is kept, none.
    #[serde(skip)]
    pub expr: ExprId,
}

/// The closure's value with its run-time leaves replaced by slots.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Tree {
    Slot(usize),
    Const(Const),
    Record(Vec<(String, Tree)>),
    List(Vec<Tree>),
    /// Items that are there where their condition holds.
    Sparse(Vec<(Tree, Tree)>),
    /// Condition, and one of two.
    Either(Box<[Tree; 3]>),
    /// One of these texts, by its number.
    OneOf(Arc<[String]>, Box<Tree>),
    /// The name of a number.
    Enum(super::Names, Box<Tree>),
    /// What the reader computes.
    Later(Later, Vec<Tree>),
}

impl Layout {
    /// Lays out `slots` (path, type, expression) after `header` bytes (numbers of four), in the closure's order and by C's rules.
    pub fn new(header: u32, slots: Vec<(String, Type, ExprId)>, tree: Tree) -> Layout {
        let mut offset = header;
        let mut align = header.clamp(1, 4);
        let place = |(path, ty, expr): (String, Type, ExprId)| {
            let start = offset.next_multiple_of(ty.align());
            offset = start + ty.size();
            align = align.max(ty.align());
            Slot { path, ty, offset: start, expr }
        };
        let slots: Vec<Slot> = slots.into_iter().map(place).collect();
        Layout { slots, size: offset.next_multiple_of(align), align, tree }
    }

    /// Whether bytes of the one are the same value as bytes of the other.
    pub fn lies_as(&self, other: &Layout) -> bool {
        let slots = |layout: &Layout| layout.slots.iter().map(|slot| (slot.ty, slot.offset)).collect::<Vec<_>>();
        self.tree == other.tree && slots(self) == slots(other)
    }

    /// This and another in words, as plain as tells them apart.
    pub fn apart_from(&self, other: &Layout) -> (String, String) {
        let plain = (self.words(&self.tree, false), other.words(&other.tree, false));
        if plain.0 != plain.1 { plain } else { (self.words(&self.tree, true), other.words(&other.tree, true)) }
    }

    /// The value's structure and types, for people.
    pub fn describe(&self) -> String {
        self.words(&self.tree, false)
    }

    /// A part of the value in words: `exact` says how ints and strings lie in the kernel.
    fn words(&self, tree: &Tree, exact: bool) -> String {
        let all = |trees: &[Tree]| trees.iter().map(|tree| self.words(tree, exact)).collect::<Vec<_>>().join(", ");
        match tree {
            Tree::Slot(number) => match self.slots[*number].ty {
                Type::Int(Width { signed, bytes }) if exact => {
                    format!("int of {bytes} bytes {} a sign", if signed { "with" } else { "without" })
                }
                ty @ Type::Text(Text::Counted(_)) if exact => {
                    format!("string of at most {} bytes that is put together", ty.capacity())
                }
                ty if ty.kind() == Kind::Text => format!("string of at most {} bytes", ty.capacity()),
                ty => ty.to_string(),
            },
            Tree::Const(Const::Nothing) => "null".into(),
            Tree::Const(value) => {
                format!("the constant {}", value.value(Span::unknown()).to_expanded_string(", ", &Config::default()))
            }
            Tree::Record(fields) => {
                let field = |(name, tree): &(String, Tree)| format!("{name}: {}", self.words(tree, exact));
                format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
            }
            Tree::List(items) => format!("[{}]", all(items)),
            Tree::Sparse(items) => {
                let items = items.iter().map(|(_, item)| format!("perhaps {}", self.words(item, exact)));
                format!("[{}]", items.collect::<Vec<_>>().join(", "))
            }
            Tree::Either(either) => format!("either of {}", all(&either[1..])),
            Tree::Enum(names, _) => names.declared.to_string(),
            Tree::OneOf(..) => "the name of the attach point".into(),
            Tree::Later(_, args) => format!("computed of {}", all(args)),
        }
    }
}

#[cfg(test)]
#[path = "../../../../tests/unit/ir_layout.rs"]
mod tests;
