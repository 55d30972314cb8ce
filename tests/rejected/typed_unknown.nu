ebpf attach --emit-c 'kprobe:vfs_nothing' {|ctx| $ctx.args.file | emit }
