//! Users' commands that are large, take numbers and give one: lowered once, as a function of the kernel program.

use super::frame::{Callee, Params};
use super::{Lowering, Reg, Result, Span};
use crate::ir::{ExprId, ExprKind, Fallible, Kind, Shape, Subprogram, Type, VarId};
use nu_protocol::DeclId;

/// Statements from which on a command becomes a function.
const LARGE: usize = 16;

/// Arguments of a function besides the place of its result, of the five that the kernel allows.
const MOST_PARAMS: usize = 4;

/// A command that has become a function, for parameters of these types.
pub struct Known {
    decl: DeclId,
    types: Vec<Type>,
    number: usize,
}

impl Lowering<'_> {
    /// A call of a user's command: in place if it is small, else of its function.
    pub fn call_custom(&mut self, decl: DeclId, params: Params, input: Reg, span: Span) -> Result<Reg> {
        let Some(args) = self.numbers(&params, &input) else {
            return self.inline(Callee::Definition(decl), params, input, span);
        };
        let types: Vec<Type> = args.iter().map(|arg| self.ty(*arg)).collect();
        if let Some(known) = self.subprograms.iter().find(|known| known.decl == decl && known.types == types) {
            let number = known.number;
            return Ok(self.call_subprogram(number, args, span));
        }
        let (begun, events, maps) = (self.statements, self.events, self.maps.len());
        let outer = std::mem::take(&mut self.block);
        let inlined = self.inline(Callee::Definition(decl), params.clone(), input, span);
        let mut body = std::mem::replace(&mut self.block, outer);
        let pure = (events, maps) == (self.events, self.maps.len()) && !self.ended;
        if self.statements - begun >= LARGE
            && pure
            && self.is_number(&inlined)
            && let Some(subprogram) = self.subprogram(decl, &params, span)
        {
            self.subprograms.push(Known { decl, types, number: self.functions.len() });
            self.functions.push(subprogram);
            return Ok(self.call_subprogram(self.functions.len() - 1, args, span));
        }
        self.block.append(&mut body);
        inlined
    }

    /// Lowers a command with variables for parameters; None where it takes constants to lower it.
    fn subprogram(&mut self, decl: DeclId, params: &Params, span: Span) -> Option<Subprogram> {
        let mut own = Params::default();
        let mut vars: Vec<VarId> = Vec::new();
        for (name, value) in &params.named {
            let Reg::Shape(Shape::Leaf(arg)) = value else { return None };
            let var = self.variable(name, span);
            self.set_type(var, *arg);
            vars.push(var);
            own.named.push((name.clone(), self.add(ExprKind::Var(var), span).into()));
        }
        let outer = std::mem::take(&mut self.block);
        let result = self.inline(Callee::Definition(decl), own, Reg::Empty, span);
        let body = std::mem::replace(&mut self.block, outer);
        let (false, true, Ok(Reg::Shape(Shape::Leaf(result)))) = (self.ended, self.is_number(&result), result) else {
            self.ended = false;
            return None;
        };
        let params = vars.into_iter().map(|var| (var, self.vars[var.0 as usize].ty)).collect();
        let name = self.words(span).split_whitespace().next().unwrap_or("command").to_string();
        Some(Subprogram { name, params, result, body, span: self.local(span) })
    }

    fn call_subprogram(&mut self, number: usize, args: Vec<ExprId>, span: Span) -> Reg {
        let (local, ty) = (self.local(span), self.ty(self.functions[number].result));
        self.bound(ExprKind::Fallible(Fallible::Sub { number, args, ty }), "value", local).into()
    }

    /// The arguments, if all are numbers and few.
    fn numbers(&self, params: &Params, input: &Reg) -> Option<Vec<ExprId>> {
        let number = |(_, value): &(String, Reg)| match value {
            Reg::Shape(Shape::Leaf(leaf)) if self.is_number_kind(*leaf) => Some(*leaf),
            _ => None,
        };
        let args = params.named.iter().map(number).collect::<Option<Vec<_>>>()?;
        (*input == Reg::Empty && args.len() <= MOST_PARAMS && !args.is_empty()).then_some(args)
    }

    fn is_number(&self, value: &Result<Reg>) -> bool {
        matches!(value, Ok(Reg::Shape(Shape::Leaf(leaf))) if self.is_number_kind(*leaf) && !self.is_constant(*leaf))
    }

    fn is_number_kind(&self, leaf: ExprId) -> bool {
        matches!(self.kind(leaf), Kind::Int | Kind::Bool | Kind::Duration | Kind::Filesize | Kind::Datetime)
    }
}
