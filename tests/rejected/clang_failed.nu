$env.NU_EBPF_CLANG = "/bin/false"
ebpf attach --dry-run 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
