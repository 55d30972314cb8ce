ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_kill' {|ctx|
    if $ctx.comm == "x" { {to: $ctx.args.pid, signal: $ctx.sig} | emit }
}
