ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx| $ctx.comm | count }
