ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.comm | ^grep foo }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| if $ctx.comm =~ 'PATTERN' { $ctx.comm | emit } }
