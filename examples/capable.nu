# What processes ask to be allowed: checks of capabilities, and whether they were granted.
#     > capable --comm trigger | where capability == CAP_SYS_CHROOT | first 2
#      #   time    uid    pid    comm       capability     audit   granted
#      0   now        0   430   trigger   CAP_SYS_CHROOT   true    true
#      1   now    65534   430   trigger   CAP_SYS_CHROOT   true    false
# Beside bpftrace's: whether it was granted; filters in the kernel.

use names *

# Watch checks of capabilities. `audit` is false where being refused is no event for the audit log.
@example 'What a service lacks' { capable --comm nginx --refused }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
    --refused (-x)      # only what was refused
]: nothing -> table {
    ebpf attach --stream --pid $pid --comm $comm 'kretprobe:cap_capable' {|ctx|
        # An int is returned in the lower half of a register.
        let granted = ($ctx.retval bit-and 0xffffffff) == 0
        if not ($refused and $granted) {
            {
                time: $ctx.time, uid: $ctx.uid, pid: $ctx.tgid, comm: $ctx.comm, capability: $ctx.entry.arg2
                audit: (($ctx.entry.arg3 bit-and 2) == 0), granted: $granted
            } | emit
        }
    }
    | update capability { capability }
}
