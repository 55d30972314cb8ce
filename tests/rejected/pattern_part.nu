ebpf attach --emit-c 'tracepoint:{sched,syscalls}/*kill*' {|ctx| $ctx.func | emit }
