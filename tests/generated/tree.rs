//! A closure as the tree of forms that it is made of, so that it can be shrunk: seed in, tree out, text from it.

use crate::grammar::{RULES, Rule};
use crate::random::Random;

/// How many of a hundred closures are large: they meet the limits of a kernel program.
const LARGE: u64 = 4;

/// How deep statements and expressions may nest.
const DEPTH: u32 = 4;

/// Statements of a closure at most, and forms after which only the simplest are taken, and blocks end.
const SIZE: (u64, u32) = (6, 70);

/// The same of a large one.
const LARGE_SIZE: (u64, u32) = (40, 500);

/// Names of variables, some of which are hard for C.
const NAMES: &[&str] = &["a", "b", "c", "int", "größe", "nu_event", "ctx_2", "N", "value", "len"];

/// A part of the closure that gives something.
#[derive(Debug, Clone)]
pub struct Node {
    pub gives: &'static str,
    /// The line of the grammar; none for a list of statements.
    pub rule: Option<usize>,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub enum Part {
    Text(String),
    Node(Node),
    /// A variable's name where it is declared; `leaks` where the statements that follow see it too.
    New {
        name: String,
        leaks: bool,
    },
    Use(String),
    /// What the template has named until here is not seen any more.
    End,
}

impl Node {
    /// The closure's text, for its outermost list of statements.
    pub fn closure(&self) -> String {
        format!("{{|ctx| {} }}", self.text())
    }

    pub fn text(&self) -> String {
        let text = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Node(node) => node.text(),
            Part::New { name, .. } => name.clone(),
            Part::Use(name) => format!("${name}"),
            Part::End => String::new(),
        };
        self.parts.iter().map(text).collect()
    }

    pub fn children(&self) -> impl Iterator<Item = &Node> {
        self.parts.iter().filter_map(|part| if let Part::Node(node) = part { Some(node) } else { None })
    }

    /// The lines of the grammar in it.
    pub fn rules(&self) -> Vec<usize> {
        self.rule.into_iter().chain(self.children().flat_map(Node::rules)).collect()
    }

    /// Whether every variable is declared where it is used.
    pub fn is_closed(&self) -> bool {
        self.closed(&mut Vec::new())
    }

    fn closed(&self, scope: &mut Vec<String>) -> bool {
        let start = scope.len();
        let mut leaking = Vec::new();
        let fine = self.parts.iter().all(|part| match part {
            Part::Text(_) => true,
            Part::Node(node) => node.closed(scope),
            Part::Use(name) => scope.contains(name),
            Part::End => {
                scope.truncate(start);
                true
            }
            Part::New { name, leaks } => {
                if *leaks {
                    leaking.push(name.clone())
                } else {
                    scope.push(name.clone())
                }
                true
            }
        });
        scope.truncate(start);
        scope.extend(leaking);
        fine
    }
}

/// A variable that can be seen.
#[derive(Debug, Clone)]
struct Variable {
    name: String,
    ty: String,
    mutable: bool,
}

struct Growth {
    random: Random,
    scope: Vec<Variable>,
    fuel: u32,
    in_loop: bool,
}

/// The closure of that number.
pub fn closure(seed: u64, number: u64) -> Node {
    let mut random = Random::new(seed, number);
    let (statements, fuel) = if random.below(100) < LARGE { LARGE_SIZE } else { SIZE };
    let mut growth = Growth { random, scope: Vec::new(), fuel, in_loop: false };
    let mut body = growth.stmts(DEPTH, statements, false);
    body.parts.push(Part::Text("; ".into()));
    body.parts.push(Part::Node(growth.node("end", DEPTH)));
    body
}

impl Growth {
    /// Statements of a block; what they declare is gone behind it.
    fn stmts(&mut self, depth: u32, most: u64, ends: bool) -> Node {
        let start = self.scope.len();
        let mut parts = Vec::new();
        for number in 0..=self.random.below(most) {
            if number > 0 && self.fuel == 0 {
                break;
            }
            if number > 0 {
                parts.push(Part::Text("; ".into()));
            }
            parts.push(Part::Node(self.node("stmt", depth)));
        }
        if ends {
            self.scope.truncate(start);
        }
        Node { gives: "stmts", rule: None, parts }
    }

    fn node(&mut self, gives: &str, depth: u32) -> Node {
        if gives == "stmts" {
            return self.stmts(depth, 3, true);
        }
        self.fuel = self.fuel.saturating_sub(1);
        let deepest = depth == 0 || self.fuel == 0;
        let fits = |rule: &(usize, &'static Rule)| {
            rule.1.gives == gives && pieces(rule.1.template).iter().all(|piece| self.fits(piece, deepest))
        };
        let fitting: Vec<(usize, &'static Rule)> = RULES.iter().enumerate().filter(fits).collect();
        let total = fitting.iter().map(|rule| u64::from(rule.1.weight)).sum();
        let mut at = self.random.below(total);
        let found = fitting.into_iter().find(|rule| {
            let weight = u64::from(rule.1.weight);
            let here = at < weight;
            at = at.saturating_sub(weight);
            here
        });
        let (number, rule) = found.unwrap_or_else(|| panic!("the grammar has no simple line that gives {gives}"));
        self.grow(number, rule, depth.saturating_sub(1))
    }

    fn fits(&self, piece: &Piece, deepest: bool) -> bool {
        match piece {
            Piece::Child(..) => !deepest,
            Piece::Get(ty) => self.visible(ty, false).next().is_some(),
            Piece::Set(ty) => self.visible(ty, true).next().is_some(),
            Piece::Break => self.in_loop,
            Piece::Text(_) | Piece::New { .. } | Piece::Last | Piece::End => true,
        }
    }

    fn grow(&mut self, number: usize, rule: &'static Rule, depth: u32) -> Node {
        let start = self.scope.len();
        let mut parts = Vec::new();
        let mut leaking = Vec::new();
        let mut last = String::new();
        for piece in pieces(rule.template) {
            parts.push(match piece {
                Piece::Text(text) => Part::Text(text.into()),
                Piece::Break => Part::Text(String::new()),
                Piece::End => {
                    self.scope.truncate(start);
                    Part::End
                }
                Piece::Child(place, ty) => Part::Node(self.child(place, ty, depth)),
                Piece::Get(ty) => Part::Use(self.pick(ty, false)),
                Piece::Set(ty) => Part::Use(self.pick(ty, true)),
                Piece::Last => Part::Text(format!("${last}")),
                Piece::New { ty, leaks, mutable } => {
                    last = self.name();
                    let variable = Variable { name: last.clone(), ty: ty.into(), mutable };
                    if leaks {
                        leaking.push(variable)
                    } else {
                        self.scope.push(variable)
                    }
                    Part::New { name: last.clone(), leaks }
                }
            });
        }
        self.scope.truncate(start);
        self.scope.extend(leaking);
        Node { gives: rule.gives, rule: Some(number), parts }
    }

    fn child(&mut self, place: &str, ty: &str, depth: u32) -> Node {
        let outside = (self.in_loop, self.scope.clone());
        match place {
            "loop" => self.in_loop = true,
            "over" => self.scope.iter_mut().last().into_iter().for_each(|variable| variable.ty.clear()),
            "closure" => {
                self.in_loop = false;
                self.scope.iter_mut().filter(|variable| variable.mutable).for_each(|variable| variable.ty.clear());
            }
            _ => {}
        }
        let node = self.node(ty, depth);
        (self.in_loop, self.scope) = outside;
        node
    }

    /// The variables of a type that no later one of the same name hides.
    fn visible(&self, ty: &str, mutable: bool) -> impl Iterator<Item = &Variable> {
        let hidden = |at: usize, name: &str| self.scope[at + 1..].iter().any(|later| later.name == name);
        let fits = move |variable: &Variable| variable.ty == ty && (variable.mutable || !mutable);
        self.scope.iter().enumerate().filter(move |(at, v)| fits(v) && !hidden(*at, &v.name)).map(|(_, v)| v)
    }

    fn pick(&mut self, ty: &str, mutable: bool) -> String {
        let names: Vec<String> = self.visible(ty, mutable).map(|variable| variable.name.clone()).collect();
        names[self.random.below(names.len() as u64) as usize].clone()
    }

    /// A name: often one that is taken, as closures may hide a variable behind another.
    fn name(&mut self) -> String {
        let base = NAMES[self.random.below(NAMES.len() as u64) as usize];
        match self.random.below(4) {
            0 => base.to_string(),
            _ => format!("{base}{}", self.scope.len()),
        }
    }
}

/// A piece of a template.
enum Piece {
    Text(&'static str),
    /// Where it stands (`loop`, `closure` or nothing), and what it gives.
    Child(&'static str, &'static str),
    New {
        ty: &'static str,
        leaks: bool,
        mutable: bool,
    },
    Get(&'static str),
    Set(&'static str),
    Last,
    Break,
    End,
}

fn pieces(template: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((start, end)) = placeholder(rest) {
        pieces.push(Piece::Text(&rest[..start]));
        let words: Vec<&str> = rest[start + 1..end].split(' ').collect();
        pieces.push(match words.as_slice() {
            ["break"] => Piece::Break,
            ["end"] => Piece::End,
            ["last"] if template.contains("<mut ") || template.contains("<new ") => Piece::Last,
            ["let", ty] => Piece::New { ty, leaks: true, mutable: false },
            ["mut", ty] => Piece::New { ty, leaks: true, mutable: true },
            ["new", ty] => Piece::New { ty, leaks: false, mutable: false },
            ["get", ty] => Piece::Get(ty),
            ["set", ty] => Piece::Set(ty),
            [place, ty] => Piece::Child(place, ty),
            [ty] => Piece::Child("", ty),
            other => panic!("a placeholder of the grammar is unknown: {other:?}"),
        });
        rest = &rest[end + 1..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Where the next placeholder begins and ends: small letters and a space between `<` and `>`.
fn placeholder(text: &str) -> Option<(usize, usize)> {
    text.match_indices('<').find_map(|(start, _)| {
        let length = text[start + 1..].find(|c: char| !c.is_ascii_lowercase() && c != ' ')?;
        let end = start + 1 + length;
        let words = &text[start + 1..end];
        (text[end..].starts_with('>') && !words.is_empty() && !words.starts_with(' ')).then_some((start, end))
    })
}

/// Whether a line of the grammar has no part to fill in.
pub fn is_plain(rule: &Rule) -> bool {
    placeholder(rule.template).is_none()
}
