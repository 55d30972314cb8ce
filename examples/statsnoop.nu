# Files that are asked about: stat and its like.
#
# Beside bpftrace's statsnoop: newfstatat, which is what most programs call, and which call it was.

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
