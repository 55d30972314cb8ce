ebpf attach --emit-c 'kprobe:vfs_raed*' {|ctx| $ctx.pid | emit }
