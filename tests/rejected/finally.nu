ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    try { $ctx.pid / $ctx.cpu | emit } catch { 0 | emit } finally { count }
}
