//! What the words of one slot say: count, sum, least, most, quantiles, as Nushell's values of the type that was added.

use crate::ir::{Aggregate, Scale, Type};
use crate::spec::aggregation::{Column, Slot, Word};
use nu_protocol::{Filesize, ShellError, Span, Value};

/// One slot's words, read.
#[derive(Debug)]
pub struct Numbers {
    count: u64,
    sum: i128,
    least: i64,
    most: i64,
    buckets: Option<(Scale, Vec<u64>)>,
}

impl Numbers {
    pub fn of(words: Vec<u64>, keeps: &Aggregate) -> Numbers {
        let mut numbers = Numbers { count: 0, sum: 0, least: 0, most: 0, buckets: None };
        match (keeps.row.slot, keeps.scale) {
            (Slot::Words { words: kinds, .. } | Slot::Periods { words: kinds, .. }, _) => {
                kinds.iter().zip(words).for_each(|(kind, word)| numbers.read(*kind, word))
            }
            (Slot::Buckets, scale) => {
                numbers.count = total(&words);
                numbers.buckets = scale.map(|scale| (scale, words));
            }
        }
        numbers
    }

    fn read(&mut self, kind: Word, word: u64) {
        match kind {
            Word::Count => self.count = word,
            Word::Sum => self.sum += i128::from(word as i64),
            Word::Wraps => self.sum += i128::from(word as i64) << 64,
            Word::Least => self.least = (word ^ i64::MAX as u64) as i64,
            Word::Most => self.most = (word ^ i64::MIN as u64) as i64,
        }
    }

    /// By what a table is sorted: the greater comes first.
    pub fn weight(&self, column: Column) -> i128 {
        match column {
            Column::Count | Column::Quantile(..) => self.count.into(),
            Column::Sum => self.sum,
            Column::Avg => self.sum / i128::from(self.count.max(1)),
            Column::Min => -i128::from(self.least),
            Column::Max => self.most.into(),
        }
    }

    /// A column's value; null of no values.
    pub fn cell(&self, column: Column, ty: Type, span: Span) -> Value {
        match column {
            Column::Count => int(self.count.into(), span),
            Column::Sum => match i64::try_from(self.sum) {
                Ok(sum) => typed(ty, sum, span),
                // As `math sum` says.
                Err(_) => {
                    let (msg, help) = (format!("the sum is {}, which does not fit in 64 bits", self.sum), None);
                    Value::error(ShellError::OperatorOverflow { msg, span, help }, span)
                }
            },
            _ if self.count == 0 => Value::nothing(span),
            Column::Avg => match ty {
                Type::Duration | Type::Filesize => typed(ty, self.weight(column) as i64, span),
                _ => Value::float(self.sum as f64 / self.count as f64, span),
            },
            Column::Min => typed(ty, self.least, span),
            Column::Max => typed(ty, self.most, span),
            Column::Quantile(_, thousandths) => {
                self.quantile(thousandths).map_or(Value::nothing(span), |value| typed(ty, value, span))
            }
        }
    }

    /// The middle of the bucket that the value of that rank lies in.
    fn quantile(&self, thousandths: u64) -> Option<i64> {
        let (scale, buckets) = self.buckets.as_ref()?;
        let rank = (u128::from(self.count) * u128::from(thousandths)).div_ceil(1000);
        let mut seen = 0;
        let bucket = buckets.iter().position(|count| {
            seen += u128::from(*count);
            seen >= rank
        })?;
        let (low, high) = scale.bounds(bucket);
        let (low, last) = (low.unwrap_or(i64::MIN), high.map_or(i64::MAX, |high| high - 1));
        // Of each two that lie next to the middle, that nearer to 0: so both sides are alike.
        Some(((i128::from(low) + i128::from(last)) / 2) as i64)
    }
}

/// What all buckets count together.
pub fn total(buckets: &[u64]) -> u64 {
    buckets.iter().fold(0, |all, count| all.saturating_add(*count))
}

/// A number of the type that was added.
pub fn typed(ty: Type, value: i64, span: Span) -> Value {
    match ty {
        Type::Duration => Value::duration(value, span),
        Type::Filesize => Value::filesize(Filesize::new(value), span),
        _ => Value::int(value, span),
    }
}

pub fn int(number: u128, span: Span) -> Value {
    Value::int(i64::try_from(number).unwrap_or(i64::MAX), span)
}
