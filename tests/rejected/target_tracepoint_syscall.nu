ebpf attach --emit-c 'tracepoint:sys_enter_openat' {|ctx| count }

# corrected: ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| count }
