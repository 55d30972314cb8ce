//! The table of run-time errors: what ends a program for one event where Nushell would have raised an error, row by row
//! of `bpf_headers/nu/errors.h` (a test compares). The words are those of Nushell's own errors.

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

pub static OVERFLOW: Failure = Failure {
    name: "operator_overflow",
    c: "NU_OVERFLOW",
    message: "operator overflow",
    help: "the result does not fit 64 bits: test the operands with `if` before",
};

pub static DIVISION_BY_ZERO: Failure = Failure {
    name: "division_by_zero",
    c: "NU_DIVISION_BY_ZERO",
    message: "division by zero",
    help: "test the divisor before: if $d != 0 { … }",
};

pub static SHIFT: Failure = Failure {
    name: "shift_overflow",
    c: "NU_SHIFT",
    message: "right operand exceeds available bits in underlying data",
    help: "limit the right operand to 0 <= rhs < 64",
};

pub static TYPE_MISMATCH: Failure = Failure {
    name: "type_mismatch",
    c: "NU_TYPE_MISMATCH",
    message: "type mismatch",
    help: "test the value before: a string that could not be read is null",
};

pub static CANT_CONVERT: Failure = Failure {
    name: "cant_convert",
    c: "NU_CANT_CONVERT",
    message: "can't convert the value",
    help: "convert after the probe, in the pipeline, where the value can be looked at",
};

pub static MISSING_COLUMN: Failure = Failure {
    name: "column_not_found",
    c: "NU_MISSING_COLUMN",
    message: "cannot find column",
    help: "make the column optional: $r.name?",
};

pub static BEYOND_END: Failure = Failure {
    name: "access_beyond_end",
    c: "NU_BEYOND_END",
    message: "row number too large",
    help: "make the row optional: $list.3?",
};

pub static LOOP_LIMIT: Failure = Failure {
    name: "loop_limit",
    c: "NU_LOOP_LIMIT",
    message: "the loop took more rounds than a kernel program may",
    help: "leave the loop earlier, or do the rest after the probe, in the pipeline",
};

pub static NOT_ASCII: Failure = Failure {
    name: "not_ascii",
    c: "NU_NOT_ASCII",
    message: "text is not ASCII",
    help: "emit the text and work on it after the probe, in the pipeline",
};

/// All of them: a number in the kernel is a place here.
/// The row of an error of Nushell's.
pub fn of(error: &nu_protocol::ShellError) -> &'static Failure {
    match error {
        nu_protocol::ShellError::OperatorOverflow { .. } => &OVERFLOW,
        nu_protocol::ShellError::DivisionByZero { .. } => &DIVISION_BY_ZERO,
        _ => &TYPE_MISMATCH,
    }
}

pub static FAILURES: &[&Failure] = &[
    &OVERFLOW,
    &DIVISION_BY_ZERO,
    &SHIFT,
    &TYPE_MISMATCH,
    &CANT_CONVERT,
    &MISSING_COLUMN,
    &BEYOND_END,
    &LOOP_LIMIT,
    &NOT_ASCII,
];
