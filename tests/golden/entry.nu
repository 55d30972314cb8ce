ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    {comm: $ctx.comm, file: ($ctx.entry.filename | read-str --len 60), fd: $ctx.ret, took: $ctx.elapsed} | emit
}
