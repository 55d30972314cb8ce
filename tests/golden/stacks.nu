ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| {kernel: $ctx.kstack, user: $ctx.ustack} | emit; {comm: $ctx.comm, user: $ctx.ustack} | count }
