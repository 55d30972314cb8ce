//! The table of aggregations: closure commands that keep a number of each key in the kernel. A row says what one slot of
//! the map holds and which function of `bpf_headers/nu/aggregate.h` adds to it; `back` and `read` follow it.

/// One aggregation.
#[derive(Debug)]
pub struct Aggregation {
    /// The command, the name of its table where `--as` gives none, and the column of a single number.
    pub name: &'static str,
    pub slot: Slot,
    /// The command that reads it.
    pub table: Table,
    /// The columns behind the key's; of buckets, `read` knows them.
    pub columns: &'static [Column],
}

/// What a map keeps for each key, on each processor. Zero bytes are a slot that nothing was added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Some 64-bit words: the type in C, the function that adds to it, what the words are.
    Words { c: &'static str, add: &'static str, words: &'static [Word] },
    /// The same twice, for what cannot be taken off again: for the period that runs since a reader has cleared the table,
    /// and for the one before, each behind the number of its period.
    Periods { c: &'static str, half: &'static str, add: &'static str, words: &'static [Word] },
    /// A count for each bucket of a scale.
    Buckets,
}

/// One word of a slot: how what two processors have is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// How many values.
    Count,
    /// Their sum's lower 64 bits, with a sign; [`Word::Wraps`] follows.
    Sum,
    /// How often the sum went beyond 64 bits, less how often below.
    Wraps,
    /// The least value `v`, kept as `v ^ 0x7fff…`: zero is none yet, and the greater word is that of the lesser value.
    Least,
    /// The greatest value `v`, kept as `v ^ 0x8000…`.
    Most,
}

/// The commands that read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Counters,
    Histogram,
}

/// A column that the reader makes of a slot's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Count,
    Sum,
    /// A float of ints, as `math avg` gives; else of the values' own type.
    Avg,
    Min,
    Max,
    /// Some thousandths of all values are this or less.
    Quantile(&'static str, u64),
}

impl Column {
    pub fn name(self) -> &'static str {
        match self {
            Column::Count => "count",
            Column::Sum => "sum",
            Column::Avg => "avg",
            Column::Min => "min",
            Column::Max => "max",
            Column::Quantile(name, _) => name,
        }
    }
}

impl Aggregation {
    /// Whether a value flows in, and the key stands behind `--by`; else the key flows in.
    pub fn takes_value(&self) -> bool {
        self != &COUNT
    }

    /// Whether what was read can be taken off again: sums and counts can, a least value cannot.
    pub fn subtracts(&self) -> bool {
        !matches!(self.slot, Slot::Periods { .. })
    }
}

impl PartialEq for Aggregation {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

const SUMS: Slot = Slot::Words { c: "struct nu_sum", add: "nu_add_sum", words: &[Word::Count, Word::Sum, Word::Wraps] };
const LEAST: Slot = Slot::Periods {
    c: "struct nu_extremes",
    half: "struct nu_extreme",
    add: "nu_add_least",
    words: &[Word::Count, Word::Least],
};
const MOST: Slot = Slot::Periods {
    c: "struct nu_extremes",
    half: "struct nu_extreme",
    add: "nu_add_most",
    words: &[Word::Count, Word::Most],
};
const ALL: Slot = Slot::Periods {
    c: "struct nu_alls",
    half: "struct nu_all",
    add: "nu_add_all",
    words: &[Word::Count, Word::Sum, Word::Wraps, Word::Least, Word::Most],
};

const fn number(name: &'static str, slot: Slot, columns: &'static [Column]) -> Aggregation {
    Aggregation { name, slot, table: Table::Counters, columns }
}

const fn buckets(name: &'static str) -> Aggregation {
    Aggregation { name, slot: Slot::Buckets, table: Table::Histogram, columns: &[] }
}

pub static COUNT: Aggregation =
    number("count", Slot::Words { c: "__u64", add: "nu_add_one", words: &[Word::Count] }, &[Column::Count]);
pub static SUM: Aggregation = number("sum", SUMS, &[Column::Sum]);
pub static AVG: Aggregation = number("avg", SUMS, &[Column::Avg]);
pub static MIN: Aggregation = number("min", LEAST, &[Column::Min]);
pub static MAX: Aggregation = number("max", MOST, &[Column::Max]);
pub static STATS: Aggregation =
    number("stats", ALL, &[Column::Count, Column::Sum, Column::Avg, Column::Min, Column::Max]);
pub static HISTOGRAM: Aggregation = buckets("histogram");
pub static HIST: Aggregation = buckets("hist");
pub static QUANTILES: Aggregation = number(
    "quantiles",
    Slot::Buckets,
    &[
        Column::Count,
        Column::Quantile("p50", 500),
        Column::Quantile("p90", 900),
        Column::Quantile("p99", 990),
        Column::Quantile("p99.9", 999),
    ],
);

/// All of them.
pub static AGGREGATIONS: &[&Aggregation] = &[&COUNT, &SUM, &AVG, &MIN, &MAX, &STATS, &HISTOGRAM, &HIST, &QUANTILES];

/// Each octave's buckets of `quantiles`, as a power of two: the middle of a bucket is at most 1/32 off.
pub const QUANTILE_STEPS: u32 = 4;
