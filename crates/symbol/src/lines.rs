//! Lines of files that others fill: read one by one, each in bounded memory.

use std::io::{self, BufRead};

/// Reads lines of at most so many bytes; of a longer one the beginning is given.
pub(crate) struct Lines<R> {
    reader: R,
    longest: usize,
    line: Vec<u8>,
    /// Bytes of all lines so far, with their ends.
    pub bytes: u64,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R, longest: usize) -> Lines<R> {
        Lines { reader, longest, line: Vec::new(), bytes: 0 }
    }

    /// The next line without its end, and whether it has one; None at the end of the file.
    ///
    /// # Errors
    /// Those of reading.
    pub fn next(&mut self) -> io::Result<Option<(&[u8], bool)>> {
        self.line.clear();
        let mut any = false;
        loop {
            let part = self.reader.fill_buf()?;
            let end = part.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(part.len(), |end| end + 1);
            let text = part.get(..end.unwrap_or(taken)).unwrap_or_default();
            let room = self.longest - self.line.len();
            self.line.extend_from_slice(text.get(..room).unwrap_or(text));
            self.reader.consume(taken);
            self.bytes += taken as u64;
            any |= taken > 0;
            if end.is_some() || taken == 0 {
                return Ok(any.then_some((&self.line, end.is_some())));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn a_long_line_is_cut_and_the_next_one_whole() {
        let text = b"abcdef\n\nxy\nz";
        for buffer in [1, 3, 64] {
            let mut lines = Lines::new(BufReader::with_capacity(buffer, &text[..]), 4);
            let mut all = Vec::new();
            while let Some((line, whole)) = lines.next().expect("read") {
                all.push((String::from_utf8_lossy(line).into_owned(), whole));
            }
            let of = |line: &str, whole| (line.to_string(), whole);
            assert_eq!(all, [of("abcd", true), of("", true), of("xy", true), of("z", false)]);
            assert_eq!(lines.bytes, text.len() as u64);
        }
    }
}
