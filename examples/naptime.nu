# Sleeps that processes ask for: how long, and how long it was.
#     > naptime | first 2
#      #   time   ppid   pcomm    pid    comm     asked         took
#      0   now    811    bash    32305   sleep     1sec   1sec 72µs 114ns
#      1   now    811    bash    32307   python3   5ms    5ms 60µs 9ns
# Beside bpftrace's: clock_nanosleep, which the C library calls; how long each was, and what has ended it early.

use names *

const ABSOLUTE = 1

# Watch naps as they end. `asked` is null of those that last until a time of day.
@example 'What wakes up all the time' { naptime | where took < 10ms | get comm | first 100 | uniq --count }
export def main [
    --pid (-p): int     # only this process
    --comm (-c): string # only commands of this name
]: nothing -> table {
    ebpf attach --stream --pid $pid --comm $comm 'tracepoint:syscalls/sys_exit_{nanosleep,clock_nanosleep}' {|ctx|
        let asked = $ctx.entry.rqtp | cast 'struct __kernel_timespec'
        let until = ($ctx.entry.flags? | default 0) == $ABSOLUTE
        {
            time: $ctx.time, ppid: $ctx.ppid, pcomm: $ctx.pcomm, pid: $ctx.tgid, comm: $ctx.comm
            asked: (if not $until { ($asked.tv_sec * 1sec) + ($asked.tv_nsec * 1ns) })
            took: $ctx.elapsed, error: $ctx.ret
        } | emit
    }
    | update error { errno }
}
