ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| {none: ($ctx.arg1 | read-bytes 4 | is-empty)} | emit }
