# Files that are asked about: stat and its like.
#     > statsnoop --comm ls | where path != '' | first 2
#      #    pid    comm    call    error         path
#      0   31709   ls     statfs   ENOENT   /sys/fs/selinux
#      1   31709   ls     statfs   ENOENT   /selinux
# Beside bpftrace's: newfstatat, which most programs call; which call it was, names of errors, filters in the kernel.

use names *

# Watch files being asked about. A path of '' is an open file's own.
@example 'What is looked for and not there' { statsnoop --failed | first 10 }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
    --failed (-x)       # only calls that failed
]: nothing -> table {
    let calls = 'tracepoint:syscalls/sys_exit_{newstat,newlstat,newfstatat,statx,statfs}'
    ebpf attach --stream --optional --pid $pid --comm $comm $calls {|ctx|
        if not $failed or $ctx.ret < 0 {
            {
                pid: $ctx.tgid, comm: $ctx.comm, call: ($ctx.func | str substring 9..), error: $ctx.ret
                path: ($ctx.entry.filename? | default $ctx.entry.pathname? | read-str --len 256)
            } | emit
        }
    }
    | update error { errno }
}
