//! What a file's capabilities, mode and owner are, as the kernel keeps them. It changes none.

use caps::{Capability, CapsHashSet};
use std::fs;
use std::path::Path;

/// Where the kernel keeps a file's capabilities (`XATTR_NAME_CAPS`, include/uapi/linux/xattr.h).
const ATTRIBUTE: &str = "security.capability";

/// Bytes of the longest form: a word of version and flags, two words of permitted and two of inheritable ones in turns,
/// and from version 3 on a user id (`struct vfs_ns_cap_data`, include/uapi/linux/capability.h).
const LONGEST: usize = 24;

/// The capabilities that a file gives to who runs it; none where it gives none or is not there.
pub fn capabilities(path: &Path) -> CapsHashSet {
    let mut bytes = [0u8; LONGEST];
    let length = rustix::fs::getxattr(path, ATTRIBUTE, &mut bytes).unwrap_or(0);
    read(&bytes[..length.min(LONGEST)])
}

fn read(bytes: &[u8]) -> CapsHashSet {
    let word = |at: usize| bytes.get(at..)?.first_chunk().map(|word| u64::from(u32::from_le_bytes(*word)));
    let mask = word(4).unwrap_or(0) | word(12).unwrap_or(0) << 32;
    caps::all().into_iter().filter(|capability| mask & capability.bitmask() != 0).collect()
}

/// As setcap(8) writes them, in the order of their numbers.
pub fn written(capabilities: &CapsHashSet) -> String {
    let mut all: Vec<&Capability> = capabilities.iter().collect();
    all.sort_by_key(|capability| capability.index());
    all.iter().map(|capability| capability.to_string().to_lowercase()).collect::<Vec<_>>().join(",")
}

/// The number of a group by its name or number; None where there is none of that name.
pub fn group(name: &str) -> Option<u32> {
    name.parse().ok().or_else(|| field(&fs::read_to_string("/etc/group").unwrap_or_default(), (0, name), 2))
}

/// The group that a user has by birth; their own number where nothing is known of them.
pub fn primary(user: u32) -> u32 {
    field(&fs::read_to_string("/etc/passwd").unwrap_or_default(), (2, &user.to_string()), 3).unwrap_or(user)
}

/// A number in the line of `text` whose `key` field is what is wanted (passwd(5), group(5)).
fn field(text: &str, (key, wanted): (usize, &str), number: usize) -> Option<u32> {
    let line = text.lines().find(|line| line.split(':').nth(key) == Some(wanted))?;
    line.split(':').nth(number)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_s_bytes_are_capabilities() {
        // `setcap cap_bpf,cap_perfmon,cap_syslog=ep`: 39 and 38 are in the second word, 34 as well.
        let bytes = [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0xc4, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(written(&read(&bytes)), "cap_syslog,cap_perfmon,cap_bpf");
        assert_eq!(written(&read(&[1, 0, 0, 2, 4])), "");
        assert_eq!(written(&read(&[])), "");
    }

    #[test]
    fn a_group_is_found_by_its_name() {
        let text = "root:x:0:\nebpf:x:998:alice,bob\n";
        assert_eq!((field(text, (0, "ebpf"), 2), field(text, (0, "alice"), 2)), (Some(998), None));
        assert_eq!(group("4711"), Some(4711));
    }
}
