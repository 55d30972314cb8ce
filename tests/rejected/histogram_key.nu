ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.arg2 | histogram $ctx.comm }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.arg2 | hist --by $ctx.comm }
