//! The table of functions of `bpf_headers/nu`, for what closures do with strings. A new one is a row, a function, a case.

use super::failure::{self, Failure};
use crate::ir::{Space, Text, Type, Width};

/// One function of C. A string argument is passed as three: bytes, length, and how many bytes may be read.
#[derive(Debug)]
pub struct Function {
    /// Its name in C.
    pub name: &'static str,
    pub gives: Gives,
    /// What its failing means. It, or one that gives a string, takes its result's place; returns failure, or a length.
    pub fails: Option<&'static Failure>,
    /// The header that has it.
    pub header: &'static str,
    /// Bytes of stack that it takes for itself.
    pub stack: u32,
    /// What a byte of its longest string costs the verifier, in instructions.
    pub work: usize,
}

/// What it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    Type(Type),
    /// What the first argument is.
    First,
    /// A string of at most as many bytes as the first argument.
    Same,
    /// A string of at most that many bytes.
    Text(u32),
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

const INT: Gives = Gives::Type(Type::Int(Width::I64));
const BOOL: Gives = Gives::Type(Type::Bool);

const fn text(name: &'static str, gives: Gives) -> Function {
    Function { name, gives, fails: None, header: "nu/text.h", stack: 0, work: 130 }
}

const fn math(name: &'static str, gives: Gives) -> Function {
    Function { name, gives, fails: None, header: "nu/math.h", stack: 0, work: 0 }
}

const fn fallible(name: &'static str, gives: Gives, fails: &'static Failure, header: &'static str) -> Function {
    Function { name, gives, fails: Some(fails), header, stack: 0, work: 300 }
}

/// How far two ints are apart, at most 2^63-1.
pub static DISTANCE: Function = math("nu_distance", INT);

/// The int so many steps of one behind a start, in the direction of an end.
pub static AFTER: Function = math("nu_after", INT);

/// The same number, as a duration or a filesize: in C it is nothing.
pub static AS_INT: Function = math("", INT);
pub static AS_DURATION: Function = math("", Gives::Type(Type::Duration));
pub static AS_FILESIZE: Function = math("", Gives::Type(Type::Filesize));
pub static AS_DATETIME: Function = math("", Gives::Type(Type::Datetime));

/// The time since a reading of the clock that `$ctx.ktime` is.
pub static SINCE: Function = Function { header: "nu/state.h", ..math("nu_since", Gives::Type(Type::Duration)) };

/// Whether a stack of the kernel's or a process's has no frames, or was not stored.
pub static NO_FRAMES: Function = Function { header: "nu/stack.h", ..math("nu_no_frames", BOOL) };
pub static NO_USER_FRAMES: Function = Function { header: "nu/process.h", ..math("nu_no_user_frames", BOOL) };

/// A number in network order as one of the machine's.
pub static HOST_16: Function = Function { header: "nu/kernel.h", ..math("nu_be16", INT) };
pub static HOST_32: Function = Function { header: "nu/kernel.h", ..math("nu_be32", INT) };
pub static HOST_64: Function = Function { header: "nu/kernel.h", ..math("nu_be64", INT) };

/// Seconds, parts of one, and nanoseconds of such a part, together.
pub static TIME: Function = Function { header: "nu/kernel.h", ..math("nu_nanoseconds", Gives::Type(Type::Duration)) };

/// The address of an element of an array, of those of the first and the second, and its number.
pub static ELEMENT: Function = Function { name: "nu_element", ..AT };

/// So many bytes behind an address.
pub static AT: Function =
    Function { header: "nu/kernel.h", ..math("nu_at", Gives::Type(Type::Pointer(Some(Space::Kernel)))) };

/// An address as a number to the verifier.
pub static NUMBER: Function = Function { name: "nu_number", gives: Gives::First, ..AT };

/// Which program the current process runs, as one number, of which the reader is told.
pub static IMAGE: Function = Function { header: "nu/image.h", ..math("nu_image_number", INT) };

/// A number from the kernel's own generator: 32 random bits.
pub static RANDOM: Function = math("nu_random", INT);

/// One of two, compared as signed numbers.
pub static MAX: Function = math("nu_max", Gives::First);
pub static MIN: Function = math("nu_min", Gives::First);

/// Without its sign; the least number has no such.
pub static ABS: Function = Function { fails: Some(&failure::OVERFLOW), ..math("nu_abs", Gives::First) };

/// The bytes of a `struct sockaddr` at an address, as many as its family has; and whether a process has them.
pub static SOCKET_ADDRESS: Function =
    Function { header: "nu/socket.h", work: 0, ..text("nu_sockaddr", Gives::Type(Type::Text(Text::Raw(SOCKET_LEN)))) };

/// The most bytes of a socket's address: the family, and a path with its NUL (`struct sockaddr_un`).
const SOCKET_LEN: u32 = 110;

/// The path of a `struct path` at an address; null where it cannot be found.
pub static PATH: Function =
    Function { header: "nu/path.h", stack: 64, work: 0, ..text("nu_path", Gives::Text(PATH_LEN)) };

/// The most bytes of a path: what fits a key beside others.
pub const PATH_LEN: u32 = 255;

/// A string of the kernel as one with its length.
pub static COPY: Function = text("nu_chars", Gives::Same);
pub static LENGTH: Function = text("nu_str_length", INT);
pub static SAME: Function = text("nu_equal", BOOL);
pub static COMPARE: Function = text("nu_compare", INT);
pub static STARTS_WITH: Function = text("nu_starts_with", BOOL);
pub static ENDS_WITH: Function = text("nu_ends_with", BOOL);
/// The place of a constant.
pub static INDEX_OF_KNOWN: Function = text("nu_find_known", INT);
/// It keeps a byte for each of what is looked for.
pub static INDEX_OF: Function = Function { stack: 72, ..text("nu_find", INT) };
/// Text, first byte, last byte, how the range ends (`enum nu_end`).
pub static SUBSTRING: Function = fallible("nu_substring", Gives::Same, &failure::NOT_ASCII, "nu/text.h");
/// Text, what is trimmed, which sides.
pub static TRIM: Function = text("nu_trim_space", Gives::Same);
pub static DOWNCASE: Function = fallible("nu_lowercase", Gives::Same, &failure::NOT_ASCII, "nu/convert.h");
pub static UPCASE: Function = fallible("nu_uppercase", Gives::Same, &failure::NOT_ASCII, "nu/convert.h");
pub static INTO_INT: Function = fallible("nu_into_int", INT, &failure::CANT_CONVERT, "nu/convert.h");
