//! The buckets of a histogram: the one value that tells C where a number goes, and the reader what a bucket means.

use serde::{Deserialize, Serialize};

/// How all 64-bit numbers are parted. Every bucket has its low end in it, and its high end not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// `2^steps` buckets for each octave (from a number to its double), from 0 up, and the same below 0.
    Log { steps: u32 },
    /// `count` buckets of one width, between one for all that is less and one for the rest.
    Linear { start: i64, step: u64, count: u32 },
}

impl Scale {
    /// How many buckets.
    pub fn buckets(self) -> usize {
        match self {
            Scale::Log { steps } => 2 * half(steps),
            Scale::Linear { count, .. } => count as usize + 2,
        }
    }

    /// The ends of a bucket; none where it has no end in 64 bits.
    pub fn bounds(self, bucket: usize) -> (Option<i64>, Option<i64>) {
        let (low, high) = match self {
            Scale::Log { steps } => match bucket.checked_sub(half(steps)) {
                Some(index) => (Some(edge(index, steps)), Some(edge(index + 1, steps))),
                None => {
                    let index = half(steps) - 1 - bucket;
                    (Some(-edge(index + 1, steps)), Some(-edge(index, steps)))
                }
            },
            Scale::Linear { start, step, count } => {
                let at = |number: usize| i128::from(start) + i128::from(step) * number as i128;
                let last = count as usize;
                match bucket {
                    0 => (None, Some(at(0))),
                    bucket if bucket > last => (Some(at(last)), None),
                    bucket => (Some(at(bucket - 1)), Some(at(bucket))),
                }
            }
        };
        let fits = |end: Option<i128>| end.and_then(|end| i64::try_from(end).ok());
        (fits(low), fits(high))
    }
}

/// Buckets on one side of 0.
fn half(steps: u32) -> usize {
    (64 - steps as usize) << steps
}

/// The least number of a bucket from 0 up.
fn edge(index: usize, steps: u32) -> i128 {
    match (index >> steps).checked_sub(1) {
        None => index as i128,
        Some(shift) => ((index % (1 << steps)) as i128 + (1 << steps)) << shift,
    }
}

#[cfg(test)]
#[path = "../../../../tests/unit/ir_scale.rs"]
mod tests;
