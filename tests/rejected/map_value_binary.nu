ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| 0x[01 02] | map-put last $ctx.tid }
