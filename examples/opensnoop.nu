# Files that are opened, by whom, and what came of it.
#
# Beside bpftrace's opensnoop: openat2, names of errors, filters in the kernel; the path is read when the call returns,
# so that one that was not in memory before is there as well.

use names *

# Watch files being opened.
@example 'What a service looks for and does not find' { opensnoop --comm nginx --failed }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
    --failed (-x)       # only opens that failed
]: nothing -> table {
    ebpf attach --stream --optional --pid $pid --comm $comm 'tracepoint:syscalls/sys_exit_{open,openat,openat2}' {|ctx|
        if not $failed or $ctx.ret < 0 {
            let fd = if $ctx.ret >= 0 { $ctx.ret }
            {pid: $ctx.tgid, comm: $ctx.comm, fd: $fd, error: $ctx.ret, path: ($ctx.entry.filename | read-str --len 256)} | emit
        }
    }
    | update error { errno }
}
