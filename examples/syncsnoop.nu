# Calls that wait for a disk: sync, fsync and their like.
#
# Beside bpftrace's syncsnoop: how long each took, and what came of it.

use names *

# Watch what is written out, and how long it takes.
@example 'Those that were slow' { syncsnoop | where took > 10ms }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
]: nothing -> table {
    let calls = 'tracepoint:syscalls/sys_exit_{sync,syncfs,fsync,fdatasync,sync_file_range*,msync}'
    ebpf attach --stream --pid $pid --comm $comm $calls {|ctx|
        {
            time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm, call: ($ctx.func | str substring 9..)
            took: $ctx.elapsed, error: $ctx.ret
        } | emit
    }
    | update error { errno }
}
