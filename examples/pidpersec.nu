# How many processes and threads begin, second by second.
#     > pidpersec | first 2
#      #   time   count
#      0   now       89
#      1   now       90
# Beside bpftrace's: by the command that begins them, if you like.

# Count new processes and threads, each second.
@example 'For ten seconds' { pidpersec | first 10 }
export def main [
    --every (-e): duration = 1sec # how often to tell
    --by-comm (-b)                # by the command that begins them
]: nothing -> table {
    let id = ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx|
        if $by_comm { {comm: $ctx.comm} | count } else { count }
    }
    ebpf counters $id --every $every --delta --detach
    | each {|table| let time = date now; $table | each {|row| {time: $time, ...$row} } }
    | flatten
}
