ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx|
    if $ctx.next_comm == 'sixteen bytes ok' and $ctx.prev_comm != 'and this is also' {
        {prev: $ctx.prev_comm, next: ($ctx.next_comm | str length)} | count
    }
}
