# How many threads wait for a processor, sampled many times a second, as a histogram.
#     > runqlen | where count > 0
#      #   low   high   count           bar
#      0     0      1     870   --------------------
#      1     1      2      94   --
# Beside bpftrace's: all that wait for the processor, not only those of the running thread's own group; by processor.

# Sample how many threads could run, but do not, on each processor.
@example 'Each processor by itself' { runqlen --by-cpu | where count > 0 }
export def main [
    --duration (-d): duration = 5sec # how long to collect
    --rate (-r): int = 99            # samples a second on each processor
    --comm (-c): string              # only while threads of this name run
    --by-cpu (-b)                    # a histogram for each processor
]: nothing -> table {
    let id = ebpf attach --comm $comm $'profile:($rate)hz' {|ctx|
        let able = $ctx.task.se.cfs_rq.rq.nr_running
        let waiting = if $able > 0 { $able - 1 } else { 0 }
        if $by_cpu { $waiting | hist --by {cpu: $ctx.cpu} --linear 0..1..100 } else { $waiting | hist --linear 0..1..100 }
    }
    ebpf histogram $id --every $duration --detach | first
}
