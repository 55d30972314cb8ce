# A character array of the record's may have anything behind its NUL, which must be no part of a key.
ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx|
    let from = $ctx.prev_comm
    let n = ($from | map-get switches | default 0) + 1
    $n | map-put switches $from
    start-timer --key $from
    {from: $from, comm: $ctx.comm} | count
    {comm: $ctx.comm, took: (stop-timer --key $ctx.next_comm)} | emit
}
