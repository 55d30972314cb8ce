# Signals that processes send: who, to whom, and what came of it.
#     > killsnoop | first 2
#      #   time    pid    comm   signal    target   error
#      0   now    32305   kill   SIGKILL   4194305   ESRCH
#      1   now    32307   kill   SIGCONT     32283
# Beside bpftrace's: signals to threads (tkill, tgkill), names of signals and errors, filters in the kernel.

use names *

# Watch the signals that processes send. A target below 0 is a process group; a signal of null asks who is there.
@example 'Who kills what' { killsnoop | where signal == SIGKILL }
export def main [
    --pid (-p): int     # only what this process sends
    --comm (-c): string # only what commands of this name send
    --failed (-x)       # only what failed
]: nothing -> table {
    ebpf attach --stream --pid $pid --comm $comm 'tracepoint:syscalls/sys_exit_{kill,tkill,tgkill}' {|ctx|
        if not $failed or $ctx.ret < 0 {
            {
                time: $ctx.time, pid: $ctx.tgid, comm: $ctx.comm
                signal: $ctx.entry.sig, target: $ctx.entry.args.pid, error: $ctx.ret
            } | emit
        }
    }
    | update signal { signal }
    | update error { errno }
}
