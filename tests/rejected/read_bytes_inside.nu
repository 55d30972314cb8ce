ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| let bytes = $ctx.arg1 | read-bytes 4; if ($bytes | bytes length) > 2 { $bytes | emit } }
