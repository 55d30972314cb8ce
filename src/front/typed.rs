//! Types that a closure names, or that Nushell knows when it parses: a parameter or variable of another kind is an error.

use super::{Code, Error, Lowering, Param, Reg, Result, Span};
use crate::ir::{ExprKind, Kind, Later, Shape};
use nu_protocol::ast::Operator;
use nu_protocol::ir::{Instruction, Literal};
use nu_protocol::{CompareTypes, Filesize, Type, Value, VarId};

impl Lowering<'_> {
    /// A value that must be of a type. Where some alternatives are not, that is an error at run time.
    pub fn of_type(&mut self, value: Reg, ty: &Type, span: Span) -> Result<Reg> {
        let value = if value == Reg::Empty { self.nothing(span) } else { value };
        let shape = match value {
            Reg::Shape(shape) if !matches!(ty, Type::Any) => shape,
            // The others are nothing that Nushell's parser does not know.
            other => return Ok(other),
        };
        self.cases(shape, &mut |this, shape| {
            let last = !matches!(shape, Shape::Leaf(_));
            let samples = [this.sample(&shape, true), this.sample(&shape, !last)];
            if let Some(other) = samples.iter().find(|sample| !fits(sample, ty)) {
                let help = match samples.iter().any(|sample| fits(sample, ty)) {
                    true => "what is inside of it may be of another type: test that before, or leave the type out",
                    false => "Nushell would raise an error here as well: convert the value, or leave the type out",
                };
                return Err(Error::new(Code::ClosureType, format!("{} comes where {ty} is wanted", other.get_type()))
                    .label(this.place(span), format!("{ty} is wanted here"))
                    .help(help));
            }
            Ok(match shape {
                Shape::Leaf(leaf) if this.kind(leaf) == Kind::Text && !fits(&Value::default(), ty) => {
                    this.text(leaf, span)?.into()
                }
                shape => shape.into(),
            })
        })
    }

    /// A value of the same type; the first or the last of the types that it may be of.
    fn sample(&self, shape: &Shape, first: bool) -> Value {
        let now = self.now;
        match shape {
            Shape::Leaf(leaf) => match (&self.expr(*leaf).kind, self.kind(*leaf)) {
                (ExprKind::Const(value), _) => value.value(now),
                (_, Kind::Text) if !first && self.is_nullable(*leaf) => Value::nothing(now),
                (_, Kind::Text) => Value::string("", now),
                (_, Kind::Bool) => Value::bool(true, now),
                (_, Kind::Int | Kind::Address) => Value::int(0, now),
                (_, Kind::Float) => Value::float(0.0, now),
                (_, Kind::Duration) => Value::duration(0, now),
                (_, Kind::Filesize) => Value::filesize(Filesize::new(0), now),
                (_, Kind::Datetime) => Value::date(Default::default(), now),
                (_, Kind::Binary) => Value::binary(Vec::new(), now),
                (_, Kind::Nothing | Kind::Constant) => Value::nothing(now),
                // A table of no frames: what Nushell may ask of it, it may ask of every stack.
                (_, Kind::Stack) => Value::list(Vec::new(), now),
            },
            Shape::Record(fields) => {
                let fields = fields.iter().map(|(name, field)| (name.clone(), self.sample(field, first)));
                Value::record(fields.collect(), now)
            }
            Shape::List(items) => Value::list(items.iter().map(|item| self.sample(item, first)).collect(), now),
            Shape::Sparse(items) => Value::list(items.iter().map(|(_, item)| self.sample(item, first)).collect(), now),
            Shape::Either { then, otherwise, .. } => self.sample(if first { then } else { otherwise }, first),
            Shape::Later { op, .. } if op.is_text() => Value::string("", now),
            Shape::Later { op: Later::Binary(_), .. } => Value::binary(Vec::new(), now),
            Shape::Later { op: Later::SocketAddress, .. } => Value::record(Default::default(), now),
            Shape::Later { .. } if first => Value::int(0, now),
            Shape::Later { .. } => Value::float(0.0, now),
        }
    }

    /// The type of a variable: the one that is written behind its name, or what Nushell's parser makes of what begins it.
    pub fn variable_type(&mut self, var: VarId, keyword: Span, value: &Reg) -> Result<Type> {
        let rest = self.behind(keyword);
        let (name, rest) = rest.split_at(super::frame::word(&rest).len());
        if let (true, Some((ty, _))) = (rest.starts_with(':'), rest.split_once('=')) {
            let params = self.shell.parameters(&format!("{name}{ty}"))?;
            return Ok(params.into_iter().next().map_or(Type::Any, |param: Param| param.ty));
        }
        let instructions = &self.frame.code.ir.instructions;
        let store = |made: &Instruction| matches!(made, Instruction::StoreVariable { var_id, .. } if *var_id == var);
        let at = instructions.iter().position(store).unwrap_or(0);
        // What stands before it made the value. Where ways meet behind that it is a branch's, which has any type, also if
        // it is known which way is taken.
        let made = instructions[..at].iter().rposition(|made| !matches!(made, Instruction::Span { .. }));
        let meets = |target: usize| made.is_some_and(|made| made < target) && target <= at;
        if instructions.iter().filter_map(Instruction::branch_target).any(meets) {
            return Ok(Type::Any);
        }
        let constant = match value {
            Reg::Shape(Shape::Leaf(leaf)) if self.is_constant(*leaf) && self.kind(*leaf).is_kept() => {
                self.constant_reg(value).map(|value| value.get_type())
            }
            _ => None,
        };
        Ok(match made.and_then(|made| instructions.get(made)) {
            Some(Instruction::BinaryOp { op: Operator::Comparison(_) | Operator::Boolean(_), .. }) => Type::Bool,
            Some(Instruction::StringAppend { .. }) => Type::String,
            Some(Instruction::LoadLiteral { lit: Literal::Nothing, .. }) if self.constant_reg(value).is_some() => {
                Type::Nothing
            }
            _ => constant.unwrap_or(Type::Any),
        })
    }
}

/// Returns whether a value is of a type, as Nushell has it: a path or glob may be any string.
fn fits(value: &Value, ty: &Type) -> bool {
    value.is_subtype_of(ty) || (*ty == Type::Glob && matches!(value, Value::String { .. }))
}
