ebpf attach --emit-c 'kprobe:vfs_read+0x12' {|ctx| $ctx.args.file.f_flags | emit }
