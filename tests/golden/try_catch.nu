ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    let share = try { 4096 // $ctx.count } catch { -1 }
    try {
        let sum = $ctx.fd + $ctx.count
        $sum | emit
    } catch { {fd: $ctx.fd} | emit }
    $share | count
}
