ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx|
    {from: $ctx.prev_comm, state: $ctx.prev_state, to: $ctx.next_pid, prio: $ctx.next_prio} | emit
}
