//! The table of run-time errors, in Nushell's words, row by row of `bpf_headers/nu/errors.h` (a test compares).

/// One kind of run-time error.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// How a user looks for it; the last part of Nushell's code where it has one.
    pub name: &'static str,
    /// The enumerator in C.
    pub c: &'static str,
    pub message: &'static str,
    /// What to write instead.
    pub help: &'static str,
}

/// Makes a static of each row, whose enumerator in C has the same name, and the list of all.
macro_rules! failures {
    ($($row:ident: $name:literal, $message:literal, $help:literal;)*) => {
        $(pub static $row: Failure =
            Failure { name: $name, c: concat!("NU_", stringify!($row)), message: $message, help: $help };)*

        /// All of them: a number in the kernel is a place here.
        pub static FAILURES: &[&Failure] = &[$(&$row),*];
    };
}

failures! {
    OVERFLOW: "operator_overflow", "operator overflow",
        "the result does not fit 64 bits: test the operands with `if` before";
    DIVISION_BY_ZERO: "division_by_zero", "division by zero",
        "test the divisor before: if $d != 0 { … }";
    SHIFT: "shift_overflow", "right operand exceeds available bits in underlying data",
        "limit the right operand to 0 <= rhs < 64";
    TYPE_MISMATCH: "type_mismatch", "type mismatch",
        "test the value before: a string that could not be read is null";
    CANT_CONVERT: "cant_convert", "can't convert the value",
        "convert after the probe, in the pipeline, where the value can be looked at";
    MISSING_COLUMN: "column_not_found", "cannot find column",
        "make the column optional: $r.name?";
    BEYOND_END: "access_beyond_end", "row number too large",
        "make the row optional: $list.3?";
    LOOP_LIMIT: "loop_limit", "the loop took more rounds than a kernel program may",
        "leave the loop earlier, or do the rest after the probe, in the pipeline";
    NOT_ASCII: "not_ascii", "text is not ASCII",
        "emit the text and work on it after the probe, in the pipeline";
    BAD_ADDRESS: "bad_address", "there is nothing at this address",
        "it is null or no longer valid: make the member optional, $x.name?";
    RAISED: "error_made", "the closure has made an error",
        "catch it: try { … } catch { … }";
}

/// The row of an error of Nushell's.
pub fn of(error: &nu_protocol::ShellError) -> &'static Failure {
    match error {
        nu_protocol::ShellError::OperatorOverflow { .. } => &OVERFLOW,
        nu_protocol::ShellError::DivisionByZero { .. } => &DIVISION_BY_ZERO,
        nu_protocol::ShellError::CantConvert { .. } => &CANT_CONVERT,
        nu_protocol::ShellError::CantFindColumn { .. } => &MISSING_COLUMN,
        nu_protocol::ShellError::AccessBeyondEnd { .. } => &BEYOND_END,
        _ => &TYPE_MISMATCH,
    }
}
