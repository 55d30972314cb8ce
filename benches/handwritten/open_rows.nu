ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    {pid: $ctx.tgid, comm: $ctx.comm, file: ($ctx.filename | read-str)} | emit
}
