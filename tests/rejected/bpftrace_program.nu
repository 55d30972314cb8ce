ebpf attach 'kprobe:vfs_read { @[comm] = count(); }'

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.comm | count }
