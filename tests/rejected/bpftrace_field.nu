ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| if pid == 5 { $ctx.comm | count } }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| if $ctx.tgid == 5 { $ctx.comm | count } }
