# What processes ask to be allowed: checks of capabilities.
#
# Beside bpftrace's capable: whether it was granted, names of all capabilities, filters in the kernel.

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
