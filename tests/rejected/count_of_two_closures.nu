ebpf attach --emit-c {
    'tracepoint:syscalls/sys_enter_kill': {|ctx| $ctx.sig | count }
    'tracepoint:sched/sched_switch': {|ctx| $ctx.comm | count }
}
