ebpf attach --emit-c --optional ['tracepoint:syscalls/sys_enter_foo' 'tracepoint:syscalls/sys_enter_bar'] {|ctx| $ctx.pid | emit }
