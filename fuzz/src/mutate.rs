//! Inputs out of kept ones, the same at every run: a generator of known seed changes, cuts and joins them.

/// Numbers that come at random, the same ones of the same seed (xorshift64*).
pub struct Random(u64);

/// Bytes that are often at the edge of something.
const EDGES: &[u64] =
    &[0, 1, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, u64::MAX >> 1, u64::MAX];

/// Changes that one input has at most.
const MOST: usize = 6;

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed | 1)
    }

    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// One of the kept inputs, changed; where there is none, any bytes.
    pub fn input(&mut self, kept: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = match kept.get(self.below(kept.len() + 1)) {
            Some(one) => one.clone(),
            None => (0..self.below(64)).map(|_| self.number() as u8).collect(),
        };
        for _ in 0..=self.below(MOST) {
            self.change(&mut bytes, kept);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, kept: &[Vec<u8>]) {
        let at = self.below(bytes.len());
        let end = at + self.below(bytes.len() - at + 1).min(32);
        match self.below(8) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            1 => bytes.insert(at, self.number() as u8),
            2 => drop(bytes.drain(at..end)),
            3 => bytes.extend_from_within(at..end),
            4 => bytes.truncate(at),
            5 => {
                let edge = EDGES[self.below(EDGES.len())].to_ne_bytes();
                let width = [1, 2, 4, 8][self.below(4)].min(bytes.len() - at);
                bytes[at..at + width].copy_from_slice(&edge[..width]);
            }
            6 => {
                let Some(other) = kept.get(self.below(kept.len())) else { return };
                let from = self.below(other.len());
                let to = from + self.below(other.len() - from + 1).min(64);
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ if !bytes.is_empty() => bytes[at] = self.number() as u8,
            _ => {}
        }
    }
}
