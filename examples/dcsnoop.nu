# Names that are looked up in directories, and whether the kernel had them in memory.
#     > dcsnoop | first 2
#      #   time    pid    comm   cached    name
#      0   now    32305   ls     true     usr
#      1   now    32305   ls     false    nonexistent
# Beside bpftrace's: each name by itself, not with the rest of its path; whether it was there; filters in the kernel.

# Watch names being looked up in the directory cache. What is not there is looked for on disk, unless a lookup had to be
# given up for another try, which is left out.
@example 'What makes the disk work' { dcsnoop --missed | get name | first 100 | uniq --count }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
    --missed (-m)       # only what was not in memory
]: nothing -> table {
    ebpf attach --stream --pid $pid --comm $comm 'kretprobe:lookup_fast*' {|ctx|
        let entry = $ctx.retval | into int
        # An address, null, or an error from -4095 on.
        if ($entry == 0 or not $missed) and $entry not-in (-4095)..(-1) {
            let name = ($ctx.entry.arg0 | cast 'struct nameidata').last
            {
                time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, cached: ($entry != 0)
                name: ($name.name | read-kernel-bytes $name.len --len 255)
            } | emit
        }
    }
    | update name { if $in != null { decode utf-8 } }
}
