ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.args.fiel.f_pos | emit }
