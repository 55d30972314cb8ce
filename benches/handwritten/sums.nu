ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    let sum = $ctx.fd + $ctx.count
    {sum: $sum, twice: ($sum * 2), pages: ($ctx.count // 4096), rest: ($ctx.count mod 4096)} | emit
}
