# The system calls that are made most, or the commands that make most of them.
#     > syscount | first 2
#      #   call    count
#      0   futex    9871
#      1   write    5783
# Beside bpftrace's: names of the calls, filters in the kernel.

use names *

# Count system calls.
@example 'What one program calls' { syscount --comm nginx | first 5 }
@example 'Who calls most' { syscount --by-comm | first 5 }
export def main [
    --duration (-d): duration = 5sec # how long to count
    --pid (-p): int                  # only this process
    --comm (-c): string              # only commands of this name
    --by-comm (-b)                   # by command, not by call
]: nothing -> table {
    let id = ebpf attach --pid $pid --comm $comm 'tracepoint:raw_syscalls/sys_enter' {|ctx|
        if $by_comm { {comm: $ctx.comm} | count } else { {call: $ctx.id} | count }
    }
    let counts = ebpf counters $id --every $duration --detach | first
    if $by_comm { $counts } else { $counts | update call { syscall } }
}
