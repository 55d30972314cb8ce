//! The types of run-time values: what they are in Nushell, and how wide they are in memory.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Bits of an integer as the kernel keeps it; an `int` of Nushell's has 64 (an unsigned 2^64-1 becomes -1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Width {
    pub signed: bool,
    /// 1, 2, 4 or 8.
    pub bytes: u8,
}

impl Width {
    pub const I64: Width = Width { signed: true, bytes: 8 };
    pub const U64: Width = Width { signed: false, bytes: 8 };
    pub const U32: Width = Width { signed: false, bytes: 4 };
}

/// Whose memory an address belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Space {
    User,
    Kernel,
}

/// How a string lies in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Text {
    /// `char[N]`, ended by a NUL or by its size.
    Chars(u32),
    /// A length and at most N bytes (see `bpf_headers/nu/strings.h`).
    Counted(u32),
    /// A constant of N bytes; stored, it lies as if counted.
    Literal(u32),
    /// A length and at most N bytes of any kind: no string, but it lies like one.
    Raw(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Type {
    Nothing,
    Bool,
    Int(Width),
    Float,
    /// Nanoseconds.
    Duration,
    /// Bytes.
    Filesize,
    /// Nanoseconds since 1970, in UTC.
    Datetime,
    Text(Text),
    /// That many bytes.
    Binary(u32),
    /// An address; the space is known where the kernel declares it.
    Pointer(Option<Space>),
    /// The number of a stack in the table of stacks; of a user's also whose it is (see `bpf_headers/nu/stack.h`).
    Stack(Space),
    /// A constant of that type, which never travels.
    Constant(#[serde(skip)] &'static str),
}

impl Type {
    /// Size in bytes where the type is stored in a row or a key.
    pub fn size(self) -> u32 {
        match self {
            Type::Nothing | Type::Float | Type::Constant(_) => 0,
            Type::Bool => 1,
            Type::Int(width) => u32::from(width.bytes),
            Type::Duration | Type::Filesize | Type::Datetime | Type::Pointer(_) => 8,
            Type::Stack(Space::Kernel) => 4,
            Type::Stack(Space::User) => 12,
            Type::Text(Text::Chars(size)) | Type::Binary(size) => size,
            // Length, text, NUL and the byte that tells a cut string, up to the length's alignment.
            Type::Text(Text::Counted(max) | Text::Literal(max) | Text::Raw(max)) => (4 + max + 2).next_multiple_of(4),
        }
    }

    /// Alignment in bytes where the type is stored.
    pub fn align(self) -> u32 {
        match self {
            Type::Text(Text::Counted(_) | Text::Literal(_) | Text::Raw(_)) | Type::Stack(_) => 4,
            Type::Text(Text::Chars(_)) | Type::Binary(_) | Type::Nothing | Type::Float | Type::Constant(_) => 1,
            scalar => scalar.size(),
        }
    }

    /// One value of it, in a message.
    pub fn phrase(self) -> String {
        let name = self.to_string();
        let article = if name.starts_with(['a', 'i']) { "an" } else { "a" };
        if self == Type::Nothing { "null".into() } else { format!("{article} {name}") }
    }

    /// Whether the value fits a register: everything but strings, binaries and stacks.
    pub fn is_scalar(self) -> bool {
        !matches!(self, Type::Text(_) | Type::Binary(_) | Type::Stack(_))
    }

    pub fn kind(self) -> Kind {
        match self {
            Type::Nothing => Kind::Nothing,
            Type::Constant(_) => Kind::Constant,
            Type::Bool => Kind::Bool,
            Type::Int(_) => Kind::Int,
            Type::Float => Kind::Float,
            Type::Duration => Kind::Duration,
            Type::Filesize => Kind::Filesize,
            Type::Datetime => Kind::Datetime,
            Type::Text(Text::Chars(_) | Text::Counted(_) | Text::Literal(_)) => Kind::Text,
            Type::Text(Text::Raw(_)) | Type::Binary(_) => Kind::Binary,
            Type::Pointer(_) => Kind::Address,
            Type::Stack(_) => Kind::Stack,
        }
    }

    /// The most bytes that a string has; 0 for anything else.
    pub fn capacity(self) -> u32 {
        match self {
            Type::Text(Text::Chars(max) | Text::Counted(max) | Text::Literal(max) | Text::Raw(max)) => max,
            _ => 0,
        }
    }
}

/// What a value is to Nushell, whatever its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nothing,
    Bool,
    Int,
    Float,
    Duration,
    Filesize,
    Datetime,
    Text,
    Binary,
    Address,
    /// A table of frames, which is only handed on.
    Stack,
    /// Any other value, which is only handed on.
    Constant,
}

impl Kind {
    /// The name that Nushell's user knows.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Nothing => "nothing",
            Kind::Bool => "bool",
            Kind::Int => "int",
            Kind::Float => "float",
            Kind::Duration => "duration",
            Kind::Filesize => "filesize",
            Kind::Datetime => "datetime",
            Kind::Text => "string",
            Kind::Binary => "binary",
            Kind::Address => "address",
            Kind::Stack => "stack",
            Kind::Constant => "constant",
        }
    }

    /// Whether a variable of the kernel can hold it.
    pub fn is_kept(self) -> bool {
        !matches!(self, Kind::Nothing | Kind::Float | Kind::Binary | Kind::Stack | Kind::Constant)
    }
}

impl fmt::Display for Type {
    /// The name that Nushell's user knows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Constant(name) => name,
            Type::Pointer(Some(Space::User)) => "address in user memory",
            Type::Pointer(Some(Space::Kernel)) => "address in kernel memory",
            ty => ty.kind().name(),
        })
    }
}
