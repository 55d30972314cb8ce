ebpf attach --emit-c 'kprobe:vfs_llseek' {|ctx| $ctx.args.file | emit }
