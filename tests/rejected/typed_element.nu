ebpf attach --emit-c 'kprobe:tcp_connect' {|ctx| $ctx.task.signal.rlim.16.rlim_cur | emit }
