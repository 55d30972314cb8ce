ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    let result = if $ctx.ret < 0 { "failed" } else { "worked" }
    {pid: $ctx.pid, result: $result, root: (if $ctx.uid == 0 { 1 } else { $ctx.gid })} | emit
}
