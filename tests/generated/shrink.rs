//! A closure in that fails, the shortest one out that was found to fail in the same way.

use crate::grammar::RULES;
use crate::tree::{Node, Part, is_plain};
use std::collections::BTreeMap;

/// Closures tried at once.
const ROUND: usize = 40;

/// Rounds after which it is left as it is.
const ROUNDS: usize = 24;

/// Shrinks a closure, greedily: `fails` says of each text whether it fails as the closure does.
pub fn shrink(closure: Node, fails: impl Fn(&[String]) -> Vec<bool>) -> Node {
    let mut best = closure;
    let mut rounds = 0;
    'smaller: while rounds < ROUNDS {
        let candidates = candidates(&best);
        for some in candidates.chunks(ROUND) {
            rounds += 1;
            let texts: Vec<String> = some.iter().map(Node::closure).collect();
            if let Some(found) = fails(&texts).iter().position(|fails| *fails) {
                best = some[found].clone();
                continue 'smaller;
            }
        }
        break;
    }
    best
}

/// Everything that is one step smaller, the shortest first.
fn candidates(closure: &Node) -> Vec<Node> {
    let shorter = |node: &Node| node.text().len() < closure.text().len();
    let all = smaller(closure).into_iter().filter(|node| shorter(node) && node.is_closed());
    let by_text: BTreeMap<(usize, String), Node> = all.map(|node| ((node.text().len(), node.text()), node)).collect();
    by_text.into_values().collect()
}

fn smaller(node: &Node) -> Vec<Node> {
    let mut found = Vec::new();
    if node.gives == "stmts" {
        found.extend((0..node.parts.len()).step_by(2).filter_map(|statement| without(node, statement)));
    } else {
        let mut inside = Vec::new();
        node.children().for_each(|child| giving(child, node.gives, &mut inside));
        found.extend(inside);
    }
    let plain = RULES.iter().position(|rule| rule.gives == node.gives && is_plain(rule));
    found.extend(plain.map(|rule| Node {
        gives: node.gives,
        rule: Some(rule),
        parts: vec![Part::Text(RULES[rule].template.into())],
    }));
    for (at, part) in node.parts.iter().enumerate() {
        let Part::Node(child) = part else { continue };
        found.extend(smaller(child).into_iter().map(|child| {
            let mut whole = node.clone();
            whole.parts[at] = Part::Node(child);
            whole
        }));
    }
    found
}

/// The parts below that give the same.
fn giving(node: &Node, gives: &str, found: &mut Vec<Node>) {
    if node.gives == gives {
        found.push(node.clone());
    }
    node.children().for_each(|child| giving(child, gives, found));
}

/// A list of statements without one of them and the `; ` beside it.
fn without(node: &Node, statement: usize) -> Option<Node> {
    let mut less = node.clone();
    if less.parts.len() < 3 {
        return None;
    }
    let from = statement.saturating_sub(1);
    less.parts.drain(from..from + 2);
    Some(less)
}
