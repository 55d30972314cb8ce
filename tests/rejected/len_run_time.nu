ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $ctx.filename | read-str --len $ctx.pid | emit
}
