ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    for name in $ctx.filename { $name | read-str | emit }
}
