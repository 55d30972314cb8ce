ebpf attach --emit-c ['tracepoint:syscalls/sys_enter_kill' 'tracepoint:sched/sched_switch'] {|ctx| $ctx.sig | emit }
