# Calls that have memory written to disks: sync, fsync and their like.
#     > syncsnoop | first 2
#      #   time    pid    comm   call         took         error
#      0   now    32442   dd     fsync   6ms 217µs 820ns
#      1   now    32444   sync   fsync       420µs 510ns
# Beside bpftrace's: how long each took, and what came of it.

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
