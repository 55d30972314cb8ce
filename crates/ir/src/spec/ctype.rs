//! How a value of each C type is shown. It is the same for every kind of probe: in the records of tracepoints, in the
//! kernel's type information (BTF) and in a program's debug information (DWARF).

/// A C type, and how a value of it is shown.
#[derive(Debug)]
pub struct CType {
    pub name: &'static str,
    pub shown: &'static str,
    pub doc: &'static str,
}

const fn row(name: &'static str, shown: &'static str, doc: &'static str) -> CType {
    CType { name, shown, doc }
}

/// The rows of the table in docs/context.md, in its order.
pub const C_TYPES: &[CType] = &[
    row("`bool`", "bool", ""),
    row("`char`, `signed char`, `short`, `int`, `long`, unsigned ones, bit-fields", "int", "Modulo 2⁶⁴, from -2⁶³ on."),
    row("`enum`", "string", "The name; the number where one is wanted."),
    row("`char [N]`", "string", "Up to its NUL, or N bytes."),
    row("`unsigned char [N]`, `u8 [N]`, `uint8_t [N]`", "binary", "All N bytes, at most 4096."),
    row("`signed char [N]`, `s8 [N]`, `int8_t [N]`, arrays of any other type", "list", "At most 64 elements."),
    row("`char *`", "string", "What it points to, up to 128 bytes; null where that cannot be read."),
    row(
        "any other pointer",
        "address",
        "`unsigned char *` too: its text is `… | read-str`, its bytes `… | read-bytes 6`.",
    ),
    row("`struct`, `union`", "record", "All members, also those of structs inside, up to 8 levels and 256 values."),
    row("`float`, `double`, `__int128`", "", "Not read; `… | read-bytes 8` takes the bytes."),
];
