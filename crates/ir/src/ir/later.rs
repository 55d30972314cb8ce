//! What the reader makes of values of the kernel's: what each kind is to a closure, and which numbers its texts stand for.

use super::{Binary, Const, Names, Space, Title};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// What is computed after the kernel, by Nushell's own arithmetic and formatting.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Later {
    /// String interpolation: the parts' texts, one behind the other.
    Text,
    /// An operator.
    #[serde(with = "super::by_name::operator")]
    Operator(Binary),
    /// What the attach point of a number is called.
    Title(Title),
    /// The name of a number: one of [`super::Program::enums`].
    Enum(usize),
    /// The text of an internet address: of its four bytes as one number as it lies in memory, of its sixteen as two such
    /// halves, or of four or sixteen bytes.
    InternetAddress,
    /// The record of a socket's address, of its bytes from the family on.
    SocketAddress,
    /// `MAJOR:MINOR` of a device's number, as the kernel has it (MKDEV, include/linux/kdev_t.h).
    Device,
    /// The bytes of a string, or so many of a number's, the lowest first.
    Binary(u32),
    /// The path of the cgroup of an id.
    Cgroup,
    /// What is at an address: of the kernel; or of a process, whose image is the second argument (`nu/image.h`).
    Symbol(Space),
}

impl Later {
    /// Whether it is a string to the closure.
    pub fn is_text(self) -> bool {
        match self {
            Later::Text | Later::Title(_) | Later::Enum(_) | Later::InternetAddress | Later::Device => true,
            Later::Cgroup | Later::Symbol(_) => true,
            Later::Operator(_) | Later::SocketAddress | Later::Binary(_) => false,
        }
    }

    /// Whether it stands for its number where one is wanted.
    pub fn is_number(self) -> bool {
        matches!(self, Later::Enum(_) | Later::Device)
    }

    /// Whether it is another face of a single value, which has the path of the whole.
    pub fn is_of_one(self) -> bool {
        let found = matches!(self, Later::Title(_) | Later::Cgroup | Later::Symbol(Space::Kernel));
        found || self == Later::SocketAddress || self.is_number()
    }

    /// Whether the kernel can count by what it is made of.
    pub fn is_key(self) -> bool {
        self.is_of_one() || matches!(self, Later::InternetAddress | Later::Symbol(_))
    }

    /// Whether a map of state keeps what it is made of.
    pub fn is_kept(self) -> bool {
        matches!(self, Later::InternetAddress) || self.is_number()
    }

    /// Why it is no single value in the kernel: what, the label, and what to write instead.
    pub fn refusal(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Later::Title(_) => (
                "the kernel does not know what an attach point of several is called",
                "this is found by the attach point's number, after the kernel",
                "attach a closure to each: a record of closures is one probe",
            ),
            Later::Binary(_) => (
                "the kernel cannot compute with a binary",
                "its bytes are put together after the kernel",
                "emit it, compare it with `==`, or use `bytes length`, `bytes at`, `bytes starts-with`, `bytes ends-with`",
            ),
            Later::Cgroup => (
                "the kernel knows a cgroup by its id",
                "its path is found after the kernel: it can be emitted, and be a key",
                "compare the id: $ctx.cgroup == (ls -lD /sys/fs/cgroup/NAME | get 0.inode)",
            ),
            Later::InternetAddress => (
                "the kernel does not know the text of an address",
                "it is written after the kernel",
                "emit it, count by it, compare it with one that is written out, or its bytes: $x.in6_u.u6_addr32.0",
            ),
            Later::SocketAddress => (
                "the kernel does not take a socket's address apart",
                "its record is made after the kernel: it can be emitted, and be a key",
                "look at members: $a.sa_family, ($a | cast 'struct sockaddr_in').sin_port",
            ),
            Later::Symbol(_) => (
                "the kernel does not know the names of addresses",
                "the name is found after the kernel: it can be emitted, and be a key",
                "compare the address: $ctx.function == (ebpf symbol NAME | get 0.address)",
            ),
            Later::Text | Later::Enum(_) | Later::Device | Later::Operator(_) => (
                "this may be a fraction, which the kernel cannot compute with",
                "it is computed after the kernel, and can only be emitted",
                "use `//` for whole numbers, or compare the operands",
            ),
        }
    }

    /// The values that `args` arguments have where the text is this one; `bytes`: they are one binary. None of what is
    /// not compared so; an error, in words and with what there is instead, of a text that it never is.
    pub fn values(
        self, text: &str, (args, bytes): (usize, bool), enums: &[Names],
    ) -> Option<Result<Vec<Const>, Never>> {
        let ints = |numbers: Vec<i64>| numbers.into_iter().map(Const::Int).collect();
        Some(match self {
            Later::Enum(number) => {
                let names = enums.get(number)?;
                let never = || Never::of(format!("`{}`", names.declared), names.all());
                names.value(text).map(|value| ints(vec![value])).ok_or_else(never)
            }
            Later::Device => {
                let never = || Never::of("a device's number".into(), vec!["MAJOR:MINOR, as in 8:1".into()]);
                device(text).map(|number| ints(vec![number])).ok_or_else(never)
            }
            Later::InternetAddress => address(text, args, bytes),
            Later::Text
            | Later::Operator(_)
            | Later::Title(_)
            | Later::SocketAddress
            | Later::Binary(_)
            | Later::Symbol(_)
            | Later::Cgroup => return None,
        })
    }
}

/// A text that something never is.
#[derive(Debug, PartialEq, Eq)]
pub struct Never {
    /// What it is.
    pub what: String,
    /// What there is instead.
    pub known: Vec<String>,
}

impl Never {
    fn of(what: String, known: Vec<String>) -> Never {
        Never { what, known }
    }
}

/// Bits of a device's minor number in the kernel (MINORBITS).
const MINOR: u32 = 20;

/// The number of a device that goes by such a text: `8:1`.
pub fn device(text: &str) -> Option<i64> {
    let (major, minor) = text.split_once(':')?;
    let number = i64::from(major.parse::<u16>().ok()?) << MINOR | i64::from(minor.parse::<u32>().ok()?);
    (device_text(number) == text).then_some(number)
}

/// `MAJOR:MINOR`
pub fn device_text(number: i64) -> String {
    let number = number as u32;
    format!("{}:{}", number >> MINOR, number & ((1 << MINOR) - 1))
}

/// An address in as many parts as it is read in.
fn address(text: &str, args: usize, binary: bool) -> Result<Vec<Const>, Never> {
    let never = |known: String| Never::of("an internet address".to_string(), vec![known]);
    let parsed = text.parse::<IpAddr>().map_err(|_| never("127.0.0.1, ::1".to_string()))?;
    if parsed.to_string() != text {
        return Err(never(parsed.to_string()));
    }
    let octets = match parsed {
        IpAddr::V4(four) => four.octets().to_vec(),
        IpAddr::V6(six) => six.octets().to_vec(),
    };
    let half = |half: &[u8]| half.try_into().map(|half| Const::Int(i64::from_ne_bytes(half))).ok();
    let values = match (args, octets.as_slice()) {
        _ if binary => Some(vec![Const::Binary(octets)]),
        (1, four) => four.try_into().ok().map(|four| vec![Const::Int(u32::from_ne_bytes(four).into())]),
        (2, six) if six.len() == 16 => six.chunks(8).map(half).collect(),
        (count, all) if count == all.len() => Some(all.iter().map(|byte| Const::Int((*byte).into())).collect()),
        _ => None,
    };
    let other = if args == 1 { "one of four numbers, as 127.0.0.1" } else { "one as long as ::1" };
    values.ok_or_else(|| never(other.to_string()))
}

#[cfg(test)]
#[path = "../../../../tests/unit/ir_later.rs"]
mod tests;
