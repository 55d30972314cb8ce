//! A line of `/proc/PID/maps` in, the executable mapping that it describes out (proc(5)).

/// An executable mapping of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The first address, and the first one behind it.
    pub start: u64,
    pub end: u64,
    /// Bytes from the file's start to what is mapped.
    pub offset: u64,
    /// Device and inode as the kernel writes them; inode 0 is no file.
    pub device: String,
    pub inode: u64,
    /// As the process sees it; empty for anonymous memory, `[vdso]` and the like for the kernel's own.
    pub path: String,
}

impl Mapping {
    /// Its name among `/proc/PID/map_files`.
    pub fn range(&self) -> String {
        format!("{:x}-{:x}", self.start, self.end)
    }
}

/// What the kernel puts behind the path of a file that has been removed.
const REMOVED: &str = " (deleted)";

/// The mapping of a line; none of one that no code can run in, or of another form.
pub fn executable(line: &[u8]) -> Option<Mapping> {
    // Names in it may be of any bytes. Most lines are of no code, and are left at once.
    (line.splitn(3, |byte| *byte == b' ').nth(1)?.get(2) == Some(&b'x')).then_some(())?;
    let line = String::from_utf8_lossy(line);
    // START-END MODE OFFSET DEVICE INODE, then blanks and the path, which may have blanks itself.
    let mut rest = &*line;
    let mut word = || {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        rest = after;
        word
    };
    let (range, _, offset, device, inode) = (word(), word(), word(), word(), word());
    let (start, end) = range.split_once('-')?;
    let hex = |number: &str| u64::from_str_radix(number, 16).ok();
    let path = rest.trim_start();
    Some(Mapping {
        start: hex(start)?,
        end: hex(end)?,
        offset: hex(offset)?,
        device: device.to_string(),
        inode: inode.parse().ok()?,
        path: path.strip_suffix(REMOVED).unwrap_or(path).replace("\\012", "\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
55d0c0000000-55d0c0001000 r--p 00000000 08:01 77                         /usr/bin/true
55d0c0001000-55d0c0003000 r-xp 00001000 08:01 77                         /usr/bin/true
7f0000000000-7f0000001000 rwxp 00000000 00:00 0
7f0000002000-7f0000003000 r-xp 00002000 fd:00 1234                       /opt/my lib/a b.so (deleted)
7fff00000000-7fff00002000 r-xp 00000000 00:00 0                          [vdso]
no line of a map";

    #[test]
    fn only_what_is_executable_is_taken() {
        let all: Vec<Mapping> = TEXT.lines().filter_map(|line| executable(line.as_bytes())).collect();
        let paths: Vec<&str> = all.iter().map(|mapping| mapping.path.as_str()).collect();
        assert_eq!(paths, ["/usr/bin/true", "", "/opt/my lib/a b.so", "[vdso]"]);
        assert_eq!((all[0].start, all[0].end, all[0].offset), (0x55d0c0001000, 0x55d0c0003000, 0x1000));
        assert_eq!((all[2].device.as_str(), all[2].inode), ("fd:00", 1234));
        assert_eq!(all[0].range(), "55d0c0001000-55d0c0003000");
    }
}
