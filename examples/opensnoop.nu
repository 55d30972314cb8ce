# Files that are opened, by whom, and what came of it.
#     > opensnoop --comm tac | where path !~ '\.so|locale|gconv' | first 2
#      #    pid    comm   fd   error        path
#      0   31679   tac     3            /etc/hostname
#      1   31679   tac         ENOENT   /nonexistent
# Beside bpftrace's: openat2, names of errors, filters; a path that was not in memory before the call is there as well.

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
            {
                pid: $ctx.tgid, comm: $ctx.comm, fd: (if $ctx.ret >= 0 { $ctx.ret }), error: $ctx.ret
                path: ($ctx.entry.filename | read-str --len 256)
            } | emit
        }
    }
    | update error { errno }
}
