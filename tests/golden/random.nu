ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    if (random int 0..99) == 0 { $ctx.count | emit }
}
