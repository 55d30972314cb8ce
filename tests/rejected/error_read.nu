ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    try { $ctx.pid // $ctx.cpu | emit } catch {|e| $e.msg | emit }
}
