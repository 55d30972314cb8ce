ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let flags = $ctx.flags
    let more = $ctx.mode
    if $flags < "x" { $more | emit }
}
