//! Types whose values mean more than their bits: a number in network order, a time, a device, an address, a path.

use crate::{Btf, Type, TypeId};

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// In network order, of so many bytes.
    Swapped(u32),
    /// Nanoseconds.
    Duration,
    /// A device's major and minor number.
    Device,
    /// One of an enum.
    Enum,
}

impl Number {
    /// What it is shown as, where that is no number.
    pub fn shown(self) -> Option<&'static str> {
        match self {
            Number::Enum | Number::Device => Some("string"),
            Number::Duration => Some("duration"),
            Number::Swapped(_) => None,
        }
    }
}

/// What a struct stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    InternetAddress,
    /// An address of a socket, of any family: the family comes first.
    SocketAddress,
    Path,
    /// Seconds, and the member of their parts, each of so many nanoseconds.
    Time(&'static str, i64),
}

/// Numbers by the names that they are declared by.
const NUMBERS: &[(&str, Number)] = &[
    ("__be16", Number::Swapped(2)),
    ("__be32", Number::Swapped(4)),
    ("__be64", Number::Swapped(8)),
    ("ktime_t", Number::Duration),
    ("dev_t", Number::Device),
];

/// Members that the kernel declares with `unsigned char` and that are text: a struct and its member.
const TEXTS: &[(&str, &str)] = &[("qstr", "name"), ("dentry", "d_iname"), ("shortname_store", "string")];

/// The member of a time's seconds.
pub const SECONDS: &str = "tv_sec";

/// The members of its parts, with the nanoseconds of one.
const PARTS: &[(&str, i64)] = &[("tv_nsec", 1), ("tv_usec", 1_000)];

impl Btf {
    /// Whether a member is text although it is not declared with `char`.
    pub fn is_text(&self, within: &str, member: &str) -> bool {
        self.program().is_none() && TEXTS.contains(&(within, member))
    }

    /// What a number is; None of one that is just that.
    pub fn number(&self, ty: TypeId) -> Option<Number> {
        if matches!(self.get(self.bare(ty)), Type::Enum { .. }) {
            return Some(Number::Enum);
        }
        // A program's `dev_t` is numbered in another way than the kernel's.
        let number = NUMBERS.iter().find(|(name, _)| self.goes_by(ty, name)).map(|(_, number)| *number);
        number.filter(|number| *number != Number::Device || self.program().is_none())
    }

    /// What a struct stands for, if it is a single value.
    pub fn known(&self, ty: TypeId) -> Option<Known> {
        let Type::Composite { name, members, union, .. } = self.get(self.bare(ty)) else { return None };
        match (name, members.as_slice()) {
            ("in_addr" | "in6_addr", _) => Some(Known::InternetAddress),
            // What a program calls so is its own.
            ("path", _) if self.program().is_none() => Some(Known::Path),
            // `struct timespec64`, `struct __kernel_timespec`, `struct timeval`, `struct old_timespec32`, …
            (_, [seconds, parts, ..]) if seconds.name == SECONDS && !union => {
                let part = PARTS.iter().find(|part| part.0 == parts.name)?;
                Some(Known::Time(part.0, part.1))
            }
            (name, _) if name.trim_start_matches("__kernel_").starts_with("sockaddr") => Some(Known::SocketAddress),
            _ => None,
        }
    }
}
