ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| let last = 5 | map-get seen; $ctx.nope | emit }
