let mode = "all"
ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx| if $mode == "all" { $ctx.pid } }
