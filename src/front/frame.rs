//! The code that is being lowered: the closure, or a block, closure or command that it calls, lowered in its place.

use super::{Args, Code as ErrorCode, Error, Flow, Local, Lowering, Param, ParamForm, Reg, Result, Span};
use crate::ir::{Block, ExprId, Label, Shape, Stmt, StmtKind};
use nu_protocol::ir::IrBlock;
use nu_protocol::{BlockId, DeclId, Type, Value, VarId};
use std::collections::HashMap;
use std::rc::Rc;

/// How deep calls may nest.
const DEPTH: usize = 32;

/// Instructions, and where they stand.
#[derive(Debug)]
pub struct Code {
    pub ir: IrBlock,
    /// For code outside the closure's text: the call that leads there, which is what the user sees of it.
    pub at: Option<Span>,
}

/// A place in the closure's text: its own offsets, or one of Nushell's spans.
pub trait Spot: Copy {
    fn within(self, lowering: &Lowering) -> Local;
}

impl Spot for Local {
    fn within(self, _: &Lowering) -> Local {
        self
    }
}

impl Spot for Span {
    fn within(self, lowering: &Lowering) -> Local {
        lowering.local(self)
    }
}

/// One activation of some code.
pub struct Frame {
    pub code: Rc<Code>,
    pub regs: Vec<Reg>,
    /// Where each register's content was made, for messages.
    pub origins: Vec<Span>,
    /// Arguments gathered for the next call.
    pub args: Args,
    pub params: Params,
    /// The loops that the walk is inside, innermost last.
    pub loops: Vec<Turn>,
    /// Parameters that have been read: another call binds them to something else.
    pub bound: Vec<VarId>,
    /// Places that a `return` leaves from, with what it returned; None where it ends the program.
    pub returns: Option<Returns>,
}

/// What a closure's parameters are.
#[derive(Debug, Clone, Default)]
pub struct Params {
    /// By name, without `$`.
    pub named: Vec<(String, Reg)>,
    /// What any other variable is: the context of a probe, the row of a condition.
    pub other: Option<Reg>,
}

/// A loop, by the instructions that its `continue` and its `break` jump to.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    pub head: usize,
    pub end: usize,
    pub label: Label,
    pub again: Label,
    /// Whether its jumps leave something; the turns of an unrolled loop without any follow by themselves.
    pub leaves: bool,
}

/// A callee's early returns: a label for each until all are known, and what it gives.
pub type Returns = Vec<(Label, Shape)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callee {
    Block(BlockId),
    Definition(DeclId),
}

impl Frame {
    pub fn new(code: Rc<Code>, params: Params, span: Span) -> Frame {
        let count = code.ir.register_count as usize;
        Frame {
            regs: vec![Reg::Empty; count],
            origins: vec![span; count],
            code,
            args: Args::default(),
            params,
            loops: Vec::new(),
            bound: Vec::new(),
            returns: None,
        }
    }
}

impl Lowering<'_> {
    /// One of Nushell's spans as offsets into the closure's text.
    pub fn local(&self, span: Span) -> Local {
        self.closure.local(self.place(span))
    }

    /// Where the user sees what stands at a span.
    pub fn place(&self, span: Span) -> Span {
        self.frame.code.at.unwrap_or(span)
    }

    /// Where an expression stands.
    pub fn stands(&self, expr: ExprId) -> Span {
        let own = self.expr(expr).span;
        Span::new(self.closure.base + own.start, self.closure.base + own.end)
    }

    pub fn words(&self, span: Span) -> String {
        match self.frame.code.at {
            None => self.closure.words(span).to_string(),
            Some(_) => self.shell.text(span).unwrap_or_default(),
        }
    }

    /// The text of one of the code's strings.
    pub fn data(&self, slice: nu_protocol::ir::DataSlice) -> String {
        String::from_utf8_lossy(&self.bytes(slice)).into_owned()
    }

    pub fn bytes(&self, slice: nu_protocol::ir::DataSlice) -> Vec<u8> {
        let (start, end) = (slice.start as usize, slice.start as usize + slice.len as usize);
        self.frame.code.ir.data.get(start..end).map_or_else(Vec::new, <[u8]>::to_vec)
    }

    /// Lowers a call's code in the call's place; gives what it returns.
    pub fn inline(&mut self, callee: Callee, params: Params, input: Reg, span: Span) -> Result<Reg> {
        if self.calls.iter().any(|(open, _)| *open == callee) {
            return Err(self.recursion(callee, span));
        }
        if self.calls.len() == DEPTH {
            let what = format!("calls are nested more than {DEPTH} deep here");
            return Err(self.syntax(span, &what, "write it with fewer of them"));
        }
        let code = self.code(callee, span)?;
        self.calls.push((callee, self.words(span)));
        let outer = std::mem::replace(&mut self.frame, Frame::new(code, params, span));
        if let Some(first) = self.frame.regs.first_mut() {
            *first = input;
        }
        let mut result = self.callee();
        // The label of an error in code that stands elsewhere is on the call.
        if let (Some(at), Err(Error { labels, .. })) = (self.frame.code.at, &mut result) {
            let inside = self.calls.last().map_or("", |(_, name)| name.trim());
            let bare = labels.iter_mut().filter(|(span, text)| *span == at && !text.contains(['`', '→']));
            bare.for_each(|(_, text)| *text += &format!(", inside `{inside}`"));
        }
        let inner = std::mem::replace(&mut self.frame, outer);
        inner.bound.iter().for_each(|var| drop(self.bindings.remove(var)));
        self.calls.pop();
        result
    }

    /// Lowers the frame's code to its end, and puts together what its returns give.
    fn callee(&mut self) -> Result<Reg> {
        let local = self.local(self.now);
        self.frame.returns = Some(Returns::new());
        let outer = std::mem::take(&mut self.block);
        let end = self.frame.code.ir.instructions.len();
        let flow = self.walk(0, end);
        let mut body = std::mem::replace(&mut self.block, outer);
        let flow = flow?;
        let returned = std::mem::take(&mut self.returned);
        let early = self.frame.returns.take().unwrap_or_default();
        if early.is_empty() {
            self.block.append(&mut body);
            self.ended = flow == Flow::Ended;
            return Ok(returned);
        }
        let (labels, mut ways): (Vec<Label>, Vec<Shape>) = early.into_iter().unzip();
        if flow == Flow::On {
            ways.push(self.shape_of(returned, self.now)?);
        }
        let mut blocks = vec![Block::new(); ways.len()];
        let first = ways.remove(0);
        let mut whole = self.hoist_out(&first, &mut blocks[..1], local);
        for (index, way) in ways.iter().enumerate() {
            whole = self.merge(&whole, way, &mut blocks[..index + 2], index + 1, local);
        }
        if flow == Flow::On {
            body.append(&mut blocks.pop().unwrap_or_default());
        }
        let label = self.label();
        leave_by(&mut body, label, &mut labels.into_iter().zip(blocks).collect());
        // At the end of the scope, leaving it goes without saying.
        if matches!(body.last(), Some(Stmt { kind: StmtKind::Leave(to), .. }) if *to == label) {
            body.pop();
        }
        self.push(StmtKind::Scope { label, catches: false, body }, local);
        Ok(Reg::Shape(whole))
    }

    /// A closure's parameters; None of a condition of `where`, which has a row and no name for it.
    pub fn parameters(&mut self, callee: Callee, span: Span) -> Result<Option<Vec<Param>>> {
        let code = self.code(callee, span)?;
        let text = self.shell.text(super::closure::Closure::extent(&code.ir))?;
        let Some(list) = parameters(&text) else { return Ok(None) };
        if list.contains([':', '=', '?', '.']) {
            return self.shell.parameters(list).map(Some);
        }
        let plain = |name| Param {
            name,
            form: ParamForm::Positional,
            required: true,
            ty: Type::Any,
            default: Value::default(),
        };
        Ok(Some(names(list).into_iter().map(plain).collect()))
    }

    pub fn code(&mut self, callee: Callee, span: Span) -> Result<Rc<Code>> {
        if let Some((_, code)) = self.codes.iter().find(|(known, _)| *known == callee) {
            return Ok(code.clone());
        }
        let ir = match callee {
            Callee::Block(id) => self.shell.block(id)?,
            Callee::Definition(id) => self.shell.definition(id)?,
        };
        // The condition of a `where` has no span of its own.
        let own = self.closure.span();
        let inside = ir.spans.iter().any(|span| own.contains_span(*span));
        let code = Rc::new(Code { ir, at: (!inside).then(|| self.place(span)) });
        // Code elsewhere is known by its caller, as that is what its messages show.
        if inside {
            self.codes.push((callee, code.clone()));
        }
        Ok(code)
    }

    fn recursion(&self, callee: Callee, span: Span) -> Error {
        let from = self.calls.iter().position(|(open, _)| *open == callee).unwrap_or(0);
        let mut cycle: Vec<&str> = self.calls[from..].iter().map(|(_, name)| name.trim()).collect();
        cycle.extend(cycle.first().copied());
        Error::new(ErrorCode::ClosureSyntax, "a command that calls itself cannot run in the kernel")
            .label(self.place(span), format!("the cycle: {}", cycle.join(" → ")))
            .help("write it as a loop: for … in …")
    }
}

/// Lets every early return leave by one label, each behind its own block.
fn leave_by(body: &mut Block, label: Label, blocks: &mut HashMap<Label, Block>) {
    let mut out = Block::new();
    for mut stmt in std::mem::take(body) {
        match &mut stmt.kind {
            StmtKind::Leave(to) => {
                if let Some(block) = blocks.remove(to) {
                    out.extend(block);
                    *to = label;
                }
            }
            StmtKind::If { then, otherwise, .. } => {
                leave_by(then, label, blocks);
                leave_by(otherwise, label, blocks);
            }
            StmtKind::Loop { body, .. } | StmtKind::Scope { body, .. } => leave_by(body, label, blocks),
            _ => {}
        }
        out.push(stmt);
    }
    *body = out;
}

/// The list of a closure's parameters in its text: instructions do not have them. None of what is no closure.
pub fn parameters(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('{')?.trim_start();
    Some(inner.strip_prefix('|').and_then(|rest| rest.split_once('|')).map_or("", |(list, _)| list))
}

/// The names of the parameters in a closure's text.
pub fn names(list: &str) -> Vec<String> {
    let words = list.split(',').flat_map(|part| part.split_whitespace().next());
    words.map(word).filter(|name| !name.is_empty()).collect()
}

/// The name that a text begins with.
pub fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect()
}
