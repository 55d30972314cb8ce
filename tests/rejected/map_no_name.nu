ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| 1 | map-put 'a-b' $ctx.tid }
