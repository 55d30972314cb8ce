ebpf attach --emit-c 'tracepoint:raw_syscalls/sys_enter' {|ctx| $ctx.comm | count }
