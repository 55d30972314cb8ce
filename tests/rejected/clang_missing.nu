$env.NU_EBPF_CLANG = "no-such-clang"
ebpf attach --dry-run 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
