//! What `$ctx` is at one attach point: the fields that the point itself has, besides those of the table.

use super::{AttachPoint, Type};
use crate::spec::probe::Frame;
use serde::{Deserialize, Serialize};

/// The context of a program: the frame that the kernel passes and the members read from it.
#[derive(Debug, Clone)]
pub struct Context {
    pub frame: Frame,
    /// The fields of a tracepoint, in the order of its `format` file; the arguments of a USDT probe; else none.
    pub members: Vec<Member>,
    /// Of a return: the attach point at the entry, and what `$ctx.entry` is.
    pub entry: Option<Box<(AttachPoint, Context)>>,
}

/// One field of a tracepoint's record, or an argument of a USDT probe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub name: String,
    /// The type as the kernel declares it, for people (`const char *`); of an argument, as the kernel would (`s32`).
    pub declared: String,
    /// Bytes from the record's start; of an argument, its number.
    pub offset: u32,
    /// Bytes in the record; for a `__data_loc` those of its descriptor.
    pub size: u32,
    /// Type of the value, or of one element of an array.
    pub ty: Type,
    pub form: Form,
}

/// How a member lies in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    Value,
    /// That many elements.
    Array(u32),
    /// `__data_loc`: its low 16 bits are the string's offset in the record (Documentation/trace/events.rst).
    DataLoc,
    /// A type that cannot be read. Its use is an error that shows the declaration; of a USDT probe, the value is null.
    Opaque,
}

impl Context {
    pub fn new(frame: Frame) -> Self {
        Context { frame, members: Vec::new(), entry: None }
    }

    pub fn member(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }
}
