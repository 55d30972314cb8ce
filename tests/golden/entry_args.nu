ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_kill' {|ctx|
    {who: $ctx.entry.pid, whom: $ctx.entry.args.pid, signal: $ctx.entry.args.sig, again: $ctx.entry.sig} | emit
}
