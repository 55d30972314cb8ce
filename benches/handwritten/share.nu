ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    let share = try { 1048576 // $ctx.count } catch { -1 }
    let sizes = [$ctx.fd $ctx.count $share]
    {pid: $ctx.pid, share: $share, some: ($sizes | any {|n| $n == 0 }), large: ($sizes | where {|n| $n > 99 } | length)} | emit
}
