//! Loads moved into the row that they are for: the many members of a whole struct have no room on the stack.

use crate::ir::{Block, ExprId, ExprKind, Fallible, Program, StmtKind, Value, VarId};
use std::collections::{HashMap, HashSet};

/// Loads before a row that stay variables: so many fit the stack.
const FEW: usize = 16;

/// What moving loads looks at.
struct Sink<'a> {
    program: &'a Program,
    /// How often each variable is read, by statements that have an effect.
    uses: HashMap<VarId, usize>,
}

/// Moves loads that only one row reads, and that nothing but other definitions separates from it, into that row.
pub fn sink(program: &mut Program) {
    let sink = Sink { program, uses: uses(program) };
    let bodies: Vec<Block> = program.functions.iter().map(|function| sink.moved(&function.body)).collect();
    let body = sink.moved(&program.body);
    program.functions.iter_mut().zip(bodies).for_each(|(function, body)| function.body = body);
    program.body = body;
}

fn uses(program: &Program) -> HashMap<VarId, usize> {
    let results: Vec<ExprId> = program.functions.iter().map(|function| function.result).collect();
    let (mut used, mut before): (HashSet<VarId>, _) = (HashSet::new(), None);
    let counts = |used: &HashSet<VarId>| {
        let read = program.stmts().into_iter().flat_map(|stmt| match &stmt.kind {
            // Nobody reads the variable, and its value cannot end the program.
            StmtKind::Let { var, value } | StmtKind::Assign { var, value }
                if !used.contains(var) && !program.expr(value.expr()).kind.fails() =>
            {
                Vec::new()
            }
            kind => kind.exprs(),
        });
        let mut counts: HashMap<VarId, usize> = HashMap::new();
        for var in read.chain(results.iter().copied()).flat_map(|expr| program.reads(expr)) {
            *counts.entry(var).or_default() += 1;
        }
        counts
    };
    // Until a round finds nothing new: a variable may be handed on through several others.
    loop {
        let counts = counts(&used);
        if before == Some(used.len()) {
            return counts;
        }
        before = Some(used.len());
        used.extend(counts.into_keys());
    }
}

impl Sink<'_> {
    fn moved(&self, block: &Block) -> Block {
        let mut block = block.clone();
        let mut at = 0;
        while at < block.len() {
            at -= self.before(&mut block, at);
            match &mut block[at].kind {
                StmtKind::If { then, otherwise, .. } => {
                    *then = self.moved(then);
                    *otherwise = self.moved(otherwise);
                }
                StmtKind::Loop { body, .. } | StmtKind::Scope { body, .. } => *body = self.moved(body),
                _ => {}
            }
            at += 1;
        }
        block
    }

    /// Moves the loads before a row into its leaves; how many statements that has taken out.
    fn before(&self, block: &mut Block, at: usize) -> usize {
        let StmtKind::Emit { event, row } = block[at].kind.clone() else { return 0 };
        let leaves: HashSet<VarId> = row.leaves().into_iter().filter_map(|(_, leaf)| self.variable(leaf)).collect();
        let mut loads = HashMap::new();
        let mut taken = Vec::new();
        for (number, stmt) in block[..at].iter().enumerate().rev() {
            let StmtKind::Let { var, value } = &stmt.kind else { break };
            let Value::Fallible(load) = value else { continue };
            let is_load = matches!(self.program.expr(*load).kind, ExprKind::Fallible(Fallible::Load { .. }));
            if is_load && leaves.contains(var) && self.uses.get(var) == Some(&1) {
                loads.insert(*var, *load);
                taken.push(number);
            }
        }
        if loads.len() <= FEW {
            return 0;
        }
        let load = |leaf: ExprId| self.variable(leaf).and_then(|var| loads.get(&var).copied()).unwrap_or(leaf);
        let Ok(row) = row.map(&mut |_, leaf| Ok::<_, ()>(load(leaf))) else { return 0 };
        block[at].kind = StmtKind::Emit { event, row };
        taken.iter().for_each(|number| drop(block.remove(*number)));
        taken.len()
    }

    fn variable(&self, leaf: ExprId) -> Option<VarId> {
        match self.program.expr(leaf).kind {
            ExprKind::Var(var) => Some(var),
            _ => None,
        }
    }
}
