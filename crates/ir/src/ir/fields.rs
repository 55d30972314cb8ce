//! The fields of a context as a table for people. A context in, rows out; what may be asked for, `front` decides.

use super::{Context, Form, Kind, Member, Space, Type};
use crate::spec::feature::TASK_STORAGE;
use crate::spec::field::{ARGS, ELAPSED, ENTRY, FIELDS, Field, field};
use crate::spec::probe::Frame;
use nu_protocol::IntoValue;

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, IntoValue)]
pub struct Named {
    /// As it is written behind `$ctx.`.
    pub field: String,
    /// What it is to Nushell; None where it cannot be read.
    #[nu_value(rename = "type")]
    pub ty: Option<String>,
    #[nu_value(rename = "description")]
    pub doc: String,
    /// As the kernel declares it, where it does.
    #[nu_value(rename = "kernel")]
    pub declared: Option<String>,
    /// The first kernel that can read it; None of what the attach point itself has, which is as old as that.
    pub since: Option<String>,
}

impl Context {
    /// All fields: the attach point's own, those of the table, and what a return has of its entry.
    pub fn fields(&self) -> Vec<Named> {
        let own = self.members.iter().map(|member| self.own(member, |_| true));
        let mut all: Vec<Named> = own.chain(self.rows().map(Field::named)).collect();
        let Some((_, entry)) = self.entry.as_deref() else { return all };
        let doc = "Time since the entry.".to_string();
        let since = Some(TASK_STORAGE.first().to_string());
        all.push(Named { field: ELAPSED.into(), ty: Some(Type::Duration.to_string()), doc, declared: None, since });
        // What is remembered are single values.
        let own = entry.members.iter().filter(|member| member.form == Form::Value);
        let own = own.map(|member| entry.own(member, Field::is_remembered));
        let entered = own.chain(entry.rows().filter(|row| row.is_remembered()).map(Field::named));
        all.extend(entered.map(|row| Named { field: format!("{ENTRY}.{}", row.field), ..row }));
        all
    }

    /// One of the attach point's own. Where a row of the table that counts has its name, that is the row's.
    fn own(&self, member: &Member, counts: impl Fn(&Field) -> bool) -> Named {
        let mut named = member.named();
        if self.frame == Frame::Usdt && member.form == Form::Opaque {
            named.ty = Some(Kind::Nothing.name().into());
            named.doc = format!("{} {}, which is read as null", member.declared, member.name);
        }
        match field(&member.name, self.frame).filter(|row| counts(row)) {
            Some(_) => Named { field: format!("{ARGS}.{}", member.name), ..named },
            None => named,
        }
    }

    fn rows(&self) -> impl Iterator<Item = &'static Field> {
        FIELDS.iter().filter(|row| row.frames.contains(&self.frame))
    }
}

impl Field {
    fn named(&self) -> Named {
        Named {
            field: self.name.into(),
            ty: Some(self.ty.kind().name().into()),
            doc: self.doc.into(),
            declared: None,
            since: Some(self.needs.first().to_string()),
        }
    }
}

impl Member {
    fn named(&self) -> Named {
        let one = self.ty.kind().name();
        let (ty, more) = match (self.form, self.ty) {
            (Form::Value, Type::Pointer(Some(Space::User))) => (Some(one.into()), ", in the process's memory"),
            (Form::Value, Type::Pointer(Some(Space::Kernel))) => (Some(one.into()), ", in the kernel's memory"),
            (Form::Value, _) => (Some(one.into()), ""),
            (Form::Array(_), _) => (Some(format!("list<{one}>")), ""),
            (Form::DataLoc, _) => (Some(Kind::Text.name().into()), ""),
            (Form::Opaque, _) => (None, ", which cannot be read"),
        };
        let doc = format!("{} {}{more}", self.declared, self.name);
        Named { field: self.name.clone(), ty, doc, declared: Some(self.declared.clone()), since: None }
    }
}

#[cfg(test)]
#[path = "../../../../tests/unit/ir_fields.rs"]
mod tests;
